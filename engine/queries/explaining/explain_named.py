"""What has no explanation of its own - an indicator, a service, a person - is named for what it is, with the way on."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator

from engine.packs.pack import Pack
from engine.queries.explaining.explanation import ExplainedLine, Explanation
from engine.queries.names import Names
from engine.queries.reader import Reader
from events.errors import Invalid
from events.period import kind_words, parse_period

Named = tuple[str, tuple[str, ...]]
"""What a text names, inside a sentence, and what there is to look at."""


def explain_named(reader: Reader, text: str, names: Names) -> Explanation | None:
    """Everything of this book that is called so; None where nothing is."""
    called = text.strip()
    found = [named for kind in _KINDS for named in kind(reader, called, names)]
    if not found:
        return None
    if len(found) == 1:
        said, ways = found[0]
        return Explanation(ref=called, heading=f"{called} is {said}.", lines=_lines(ways))
    lines = [line for said, ways in found for line in _lines((f"It is {said}.", *ways))]
    return Explanation(ref=called, heading=f"{called} names more than one thing", lines=tuple(lines))


def _lines(sentences: tuple[str, ...]) -> tuple[ExplainedLine, ...]:
    return tuple(ExplainedLine(kind="note", what=sentence) for sentence in sentences)


def _way(command: str, what: str, *arguments: str) -> str:
    written = " ".join(["goldenthread", command, *map(shlex.quote, arguments)])
    return f"{what}: {written}"


# what a text may name -----------------------------------------------------------------------------------------
def _indicator(reader: Reader, text: str, names: Names) -> Iterator[Named]:
    added = reader.work.indicator(text).added
    if added is None:
        return
    series = (f"{text}/{service}" for service in added.services)
    yield (
        f"an indicator: {added.title}",
        (
            _way("indicator show", "How it is measured, and its targets", text),
            *(_way("explain", "Its latest figure", each) for each in series),
        ),
    )


def _service(reader: Reader, text: str, names: Names) -> Iterator[Named]:
    label = reader.work.services().labels.get(text)
    if label is not None:
        yield (
            f"a service: {label}",
            (
                _way("indicator list", "The indicators with their services"),
                _way("matter list --service", "The matters that are open about it", text),
            ),
        )


def _person(reader: Reader, text: str, names: Names) -> Iterator[Named]:
    people = reader.work.people().names
    names.fetch(people.values())
    for person, ref in people.items():
        name = names.text(ref)
        if text == person or text.casefold() == name.casefold():
            yield (
                f"a person: {name} ({person})",
                (
                    _way("person list", "The roles they hold"),
                    _way("task list --mine --as", "What they are asked for", person),
                    _way("log search --by", "What they did", person),
                ),
            )


def _of_the_pack(reader: Reader, text: str, names: Names) -> Iterator[Named]:
    """What the pack adopted last calls so."""
    pack = reader.newest
    if pack is None:
        return
    shown = _way("pack show", "What the pack says of it")
    organisation = pack.organisation
    if text in organisation.bodies:
        matters = _way("matter list --body", "The matters that are open with it", text)
        yield "a body of the pack", (matters, shown)
    if text in organisation.roles:
        yield f"a role: {organisation.label(text)}", (_way("role list", "Who holds it"), shown)
    if text in pack.workflows:
        matters = _way("matter list --workflow", "The matters of it that are open", text)
        yield "a workflow of the pack", (matters, _way("pack diagram", "Its steps", text))
    yield from _trigger(pack, text, shown)


def _trigger(pack: Pack, text: str, shown: str) -> Iterator[Named]:
    if text in {trigger.id for trigger in pack.rules.triggers}:
        why = f"Why it fired or did not: goldenthread explain INDICATOR/SERVICE/PERIOD --trigger {text}"
        yield "a trigger of the pack", (why, shown)


def _pack(reader: Reader, text: str, names: Names) -> Iterator[Named]:
    for adopted in reader.framework.adopted:
        if adopted.pack == text:
            ways = (_way("pack show", "What the book's pack says"),)
            yield f"a pack, version {adopted.version}, in force from {adopted.effective_from}", ways


def _period(reader: Reader, text: str, names: Names) -> Iterator[Named]:
    try:
        period = parse_period(text)
    except Invalid:
        return
    ways = (
        _way("period show", "What is in, what is missing and who owes it", str(period)),
        _way("dashboard --period", "Every series at this period", str(period)),
    )
    yield f"a period, a {kind_words(period.kind)}", ways


_KINDS: tuple[Callable[[Reader, str, Names], Iterator[Named]], ...] = (
    _indicator,
    _service,
    _person,
    _of_the_pack,
    _pack,
    _period,
)

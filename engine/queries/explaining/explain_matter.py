"""Why a matter is where it is: its cause, every move, what it owes now, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.handle import Engine
from engine.queries.explaining.explain_deadline import explain_deadline
from engine.queries.explaining.explanation import ExplainedLine, Explanation, source_lines
from engine.queries.late import late_words
from engine.queries.matters.matter import MatterStory, MoveLine, matter
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.references import MatterRef
from engine.queries.shown import day_shown, joined, position_shown
from events.stream import INTERVENTION


def explain_matter(
    engine: Engine, ref: MatterRef, today: date, *, names: Names, at: int | None = None
) -> Explanation:
    """Explain one matter. Raises NotFound GT-USE-104."""
    story = matter(engine, ref, today, names=names, at=at)
    reader = Reader(engine, at)
    line = story.line
    deadlines = () if line.ended_on else explain_deadline(engine, ref, today, names=names, at=at).lines
    return Explanation(
        ref=line.id or str(ref),
        heading=f"{line.id or ref} {_about(story)}: {line.label}",
        lines=(
            *_cause(reader, story),
            *_target(story),
            *map(_move, story.moves),
            *deadlines,
            *(ExplainedLine(kind="note", what=f"Outstanding: {each}.") for each in story.outstanding),
            *_possible(story, names),
        ),
    )


def _about(story: MatterStory) -> str:
    line = story.line
    named = f"{line.indicator} {line.title}".strip()
    return ", ".join(filter(None, (named, line.service))) or "the council"


def _cause(reader: Reader, story: MatterStory) -> Iterator[ExplainedLine]:
    line = story.line
    if line.cause:
        where = position_shown(line.cause_event) if line.cause_event is not None else ""
        at = (line.cause_event,) if line.cause_event is not None else ()
        what = f"It began by itself, because of {line.cause}."
        yield ExplainedLine(kind="intervention", what=what, where=where, events=at)
        return
    if line.trigger is None or line.period is None:
        raised = "A person raised the concern." if line.workflow == INTERVENTION else "A person began it."
        yield ExplainedLine(kind="intervention", what=raised)
        return
    standing = reader.work.series(line.indicator, line.service).at(line.period)
    fired = standing.fired.get(line.trigger)
    reason = fired[0].reason if fired else "It no longer holds: the period was judged again."
    yield ExplainedLine(
        kind="trigger",
        what=f"{line.indicator}/{line.service}/{line.period}: {reason}",
        rule=f"trigger {line.trigger}",
        where=fired[1] if fired else "",
    )
    pack = reader.shelf.pack(fired[0].pack) if fired else None
    if pack is not None:
        yield from source_lines(pack, "triggers", line.trigger)
    for each in story.evidence:
        yield ExplainedLine(
            kind="trigger", what=each.label, where=position_shown(each.position), events=(each.position,)
        )


def _target(story: MatterStory) -> Iterator[ExplainedLine]:
    """Of a matter about a target: the old one and the new, and whether it restates what is known."""
    if story.target is None:
        return
    for line in story.target.lines:
        what = f"From {story.target.from_period} on, {line.name}: {line.old} → {line.new}."
        yield ExplainedLine(kind="note", what=what)
    if story.target.restates:
        what = "A restatement: the outcome was known when it was put forward."
        yield ExplainedLine(kind="note", what=what, rule="restates: yes")


def _move(move: MoveLine) -> ExplainedLine:
    by = f" by {move.on_behalf_of}, through {move.person}" if move.on_behalf_of else f" by {move.person}"
    if move.step in ("deadline", "reminder", "cause withdrawn", "link", "told"):
        by = ""
    fields = "; ".join(f"{field.name.replace('_', ' ')}: {field.value}" for field in move.fields)
    late = f", {words}" if (words := late_words(move.late_days)) else ""
    return ExplainedLine(
        kind="move",
        what=f"{day_shown(move.effective_on)}: {move.label}{by}{late}" + (f" ({fields})" if fields else ""),
        rule=f"→ {move.target}" if move.target and move.target != move.source else "",
        where=position_shown(move.position),
        events=(move.position,),
    )


def _possible(story: MatterStory, names: Names) -> Iterator[ExplainedLine]:
    for move in story.possible:
        who = move.shown(names) if move.people else "nobody at present"
        yield ExplainedLine(
            kind="note",
            what=f"Possible now: {move.label}, by {who}.{move.so_far(names)}",
            rule=joined(move.by) if move.by else "anybody",
        )

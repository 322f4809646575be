"""Looking at packs: those at hand, what one says, its workflows drawn, and which the book adopted when."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from adapters.cli.session import Session
from adapters.cli.verbs import catalogue, listing, plain
from events.errors import Invalid, NotFound
from events.nearest import did_you_mean

if TYPE_CHECKING:
    from engine.packs.pack import Pack
    from workflows.definition import Definition, Step
    from workflows.organisation import Organisation


@catalogue("list")
def list_packs(session: Session) -> None:
    """The packs that come with the product."""
    from adapters.cli.packs import known
    from adapters.cli.tables import Column, show_list

    columns = [
        Column("pack", lambda row: row["pack"]),
        Column("version", lambda row: row["version"]),
        Column("in force from", lambda row: row["effective_from"]),
        Column("title", lambda row: row["title"]),
    ]
    show_list(session, "packs", [_line(session, name) for name in known(session.root)], columns)


def _line(session: Session, name: str) -> dict[str, Any]:
    from adapters.cli.packs import load

    try:
        pack = load(session.root, name)
    except Invalid as invalid:
        title = f"cannot be used: {len(invalid.problems)} errors; see 'goldenthread pack check {quote(name)}'"
        return {"pack": name, "version": None, "effective_from": None, "title": title}
    return {
        "pack": pack.name,
        "version": pack.version,
        "effective_from": pack.effective_from,
        "title": pack.title,
    }


@plain("show")
@click.argument(
    "pack", required=False, help="A name of 'pack list', or a folder; the book's pack by default."
)
def show(session: Session, pack: str | None) -> None:
    """What a pack says, in plain words: rules, bodies, categories, menu, workflows, closing, adoption, assumptions."""
    from adapters.cli.tables import show_object

    found = _pack(session, pack)
    content = {
        "pack": found.name,
        "title": found.title,
        "version": found.version,
        "effective_from": found.effective_from,
        "digest": found.digest,
        "said": list(_said(found)),
    }
    show_object(session, "pack", content, _said(found))


@plain("diagram")
@click.argument("workflow", help="For example intervention.")
@click.argument(
    "pack", required=False, help="A name of 'pack list', or a folder; the book's pack by default."
)
def diagram(session: Session, workflow: str, pack: str | None) -> None:
    """A workflow of a pack as a Mermaid diagram."""
    from workflows.diagram import diagram as draw

    found = _pack(session, pack)
    if workflow not in found.workflows:
        raise NotFound.of(
            "GT-USE-023",
            f"The pack {found.name} has no workflow '{workflow}'.{did_you_mean(workflow, found.workflows)}",
            f"It has: {', '.join(found.workflows) or 'none'}.",
        )
    bodies = found.organisation.bodies
    drawn = draw(found.workflows[workflow], lambda name: bodies[name].label)
    session.say(drawn.rstrip("\n"))


@listing("history")
def history(session: Session) -> None:
    """Which packs were proposed, adopted and declined, by whom."""
    from adapters.cli.moments import calendar_of, instant_words
    from adapters.cli.tables import Column, show_list
    from engine.queries.names import Names
    from engine.queries.packs import pack_history

    office = session.reading()
    calendar = calendar_of(office)
    columns = [
        Column("pack", lambda p: p.pack),
        Column("version", lambda p: p.version),
        Column("in force from", lambda p: p.effective_from),
        Column("state", lambda p: p.state),
        Column("proposed by", lambda p: p.proposed_by),
        Column("decided by", lambda p: p.decided_by),
        Column("decided", lambda p: instant_words(p.decided_at, calendar) if p.decided_at else None),
        Column("judged again", lambda p: p.rejudged),
        Column("digest", lambda p: p.digest[:12]),
        Column("event", lambda p: p.position, right=True),
    ]
    lines = pack_history(office.engine, names=Names.of(office), at=session.position(office))
    show_list(session, "packs of the book", lines, columns)


def _pack(session: Session, pack: str | None) -> Pack:
    """A pack by name or folder, or the newest one of the book."""
    from adapters.cli.packs import load

    if pack is not None:
        return load(session.root, pack)
    from engine.queries.reader import Reader

    newest = Reader(session.reading().engine).newest
    if newest is None:
        raise NotFound.of(
            "GT-USE-024",
            "This book has adopted no pack yet.",
            "Name a pack; 'goldenthread pack list' shows those at hand.",
        )
    return newest


def _said(pack: Pack) -> Iterator[str]:
    from adapters.cli.pack_words import adoption_lines, closing_lines
    from rules.english import english

    yield pack.title
    yield f"{pack.name} {pack.version}, in force from {pack.effective_from.isoformat()}, digest {pack.digest[:12]}…"
    yield ""
    yield "Rules"
    yield from (f"  {sentence}" for sentence in english(pack.rules))
    yield from _organisation(pack.organisation)
    for name, definition in pack.workflows.items():
        yield from _workflow(name, definition)
    yield from closing_lines(pack)
    yield from adoption_lines(pack)
    if pack.assumptions:
        yield ""
        yield "Assumptions"
        for each in pack.assumptions.values():
            yield f"  {each.id}  {each.issue}: {each.reading}" + (
                f" (or: {each.alternative})" if each.alternative else ""
            )


def _organisation(organisation: Organisation) -> Iterator[str]:
    yield ""
    yield "Bodies"
    for body in organisation.bodies.values():
        chair = f", chaired by the {organisation.label(body.chair)}" if body.chair else ""
        yield f"  {body.name}: {body.label}{chair}"
    yield f"Roles: {', '.join(organisation.roles)}"
    intervention = organisation.intervention
    if intervention.report_back:
        yield ""
        yield "Report-back categories"
        for category in intervention.report_back.values():
            number = f"{category.menu:>2}  " if category.menu else ""
            yield f"  {number}{category.name}: within {category.within}"
    if intervention.menu:
        yield ""
        yield "Menu"
        for item in sorted(intervention.menu.values(), key=lambda item: item.number):
            moves = f" (moves the matter to {item.moves_to})" if item.moves_to else ""
            yield f"  {item.number:>2}  {item.name}{moves}"
    if intervention.ladder:
        ladder = intervention.ladder
        how = "by itself" if ladder.mode == "automatic" else "by a person's decision"
        yield ""
        yield f"Ladder: {' → '.join(ladder.rungs)}, {how}; each rung has {ladder.each_rung}"


def _workflow(name: str, definition: Definition) -> Iterator[str]:
    from adapters.cli.tables import Column, table

    yield ""
    yield f"Workflow {name}"
    if definition.collects is not None:
        yield f"  brings together what each service gives in {definition.collects.workflow}"
    columns = [Column("step", lambda step: f"  {step.name}"), Column("what it does", _step)]
    yield from table(definition.steps, columns, headings=False)


def _step(step: Step) -> str:
    """From where to where, by whom, and what is given with it."""
    from adapters.cli.pack_words import by_words

    given = ", ".join([*step.needs, *(f"[{field}]" for field in step.may)])
    target = "" if step.target == "same" else f" → {step.target}"
    said = f"{', '.join(step.source)}{target}, by {by_words(step)}"
    return said + (f"; gives {given}" if given else "")

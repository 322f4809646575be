"""Looking at interventions: those that are open, and one from its beginning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Unpack

import click

from adapters.cli.matter_list import Which, listed, which_matters
from adapters.cli.session import Session
from adapters.cli.verbs import listing, read

if TYPE_CHECKING:
    from engine.queries.matters.matter import DeadlineLine, ItemLine, MatterStory, MoveLine
    from engine.queries.matters.moves import Move
    from engine.queries.matters.target_compared import TargetCompared
    from engine.queries.names import Names


@listing("list")
@which_matters
def list_interventions(session: Session, **which: Unpack[Which]) -> None:
    """Interventions that are open, and where each stands."""
    from adapters.cli.matter_columns import because_of, report_due
    from adapters.cli.tables import Column, show_list

    lines, today = listed(session, "intervention", which)
    columns = [
        Column("id", lambda i: i.id),
        Column("series", lambda i: f"{i.indicator}/{i.service}#{i.ordinal}"),
        Column("with", lambda i: i.body),
        Column("state", lambda i: i.label, wraps=True),
        Column("since", lambda i: i.started_on),
        Column("ended", lambda i: i.ended_on),
        Column("category", lambda i: (i.category or "").replace("_", " ") or None),
        Column("report due", lambda line: report_due(line, today), wraps=True),
        Column("proposed next", lambda i: i.proposed_rung),
        Column("because of", because_of),
    ]
    show_list(
        session,
        "interventions",
        lines,
        columns,
        empty="No intervention is open." if not which["everything"] else "There is none.",
    )


@read("show")
@click.argument("intervention", help="INT-0001, CH04/childrens#1, or the series alone for its last one.")
def show(session: Session, intervention: str) -> None:
    """One intervention from its beginning: every move, every date, and what can be done now."""
    from adapters.cli.tables import show_object
    from engine.queries.matters.matter import matter as story_of
    from engine.queries.names import Names
    from engine.queries.references import find_intervention

    office = session.reading()
    at, names = session.position(office), Names.of(office)
    ref = find_intervention(office.engine, intervention, at)
    story = story_of(office.engine, ref, session.day(office), names=names, at=at)
    show_object(session, "intervention", story, story_lines(story, names))


def story_lines(story: MatterStory, names: Names) -> Iterator[str]:
    """A matter from its beginning, as it is shown."""
    line = story.line
    about = "/".join(filter(None, (line.indicator, line.service))) or "the council"
    yield f"{line.id}  {about}#{line.ordinal}  {line.title}".rstrip()
    yield f"  {line.label}"
    if line.proposed_rung:
        yield f"  {line.proposed_rung} is proposed as the next rung; a person decides"
    yield ""
    if story.target is not None:
        yield from _target(story.target)
        yield ""
    for move in story.moves:
        yield from _move(move)
    if story.evidence:
        yield ""
        yield "  Evidence"
        yield from (
            f"    {each.effective_on}  {each.label} (event {each.position})" for each in story.evidence
        )
    if story.items:
        yield ""
        yield "  Asked for"
        yield from (f"    {_item(each)}" for each in story.items)
    if story.outstanding:
        yield ""
        yield "  Outstanding"
        yield from (f"    {each}" for each in story.outstanding)
    if story.links:
        yield ""
        yield "  Linked with"
        yield from (f"    {each.sentence}" for each in story.links)
    if story.deadlines:
        yield ""
        yield "  Dates"
        yield from (f"    {_deadline(each)}" for each in story.deadlines)
    if story.possible:
        yield ""
        yield "  Possible now"
        for each in story.possible:
            who = each.shown(names) if each.people else "nobody at present"
            said = each.so_far(names)
            so_far = f".{said}" if said else ""
            yield f"    {each.step:<20} by {' or '.join(each.by) or 'anybody'}: {who}{so_far}"
            if line.workflow != "intervention" and (each.needs or each.may):
                yield f"    {'':<20} {_fields(each)}"


def _target(target: TargetCompared) -> Iterator[str]:
    """Old and new side by side."""
    yield f"  From {target.from_period} on   {'old':>12}   {'new':>12}"
    for line in target.lines:
        yield f"    {line.name:<16} {line.old:>12} → {line.new:>12}"
    if target.easier_than:
        yield f"    easier than the last outturn, {target.easier_than}"
    if target.outcome_known:
        yield f"    a restatement: the outcome of {target.outcome_known} is known"
    elif target.restates:
        yield "    a restatement: the outcome was known when it was put forward"


def _item(line: ItemLine) -> str:
    from adapters.cli.moments import day_words

    due = f", by {day_words(line.due)}" if line.due else ""
    first = f" (first {day_words(line.original)})" if line.original else ""
    done = f"done on {day_words(line.done_on)}" if line.done_on else "not done"
    return f"{line.label}, asked of {line.owner}{due}{first}: {done}{_slipped(line)}"


def _slipped(line: ItemLine) -> str:
    """How far behind its first day something is, or by how much that was moved while the new day has not gone by."""
    from engine.queries.shown import counted

    if not line.slipped_days:
        return ""
    days = counted(line.slipped_days, "day")
    if line.done_on is None and line.due is not None and line.original is not None:
        moved = (line.due - line.original).days
        if moved == line.slipped_days:
            return f", moved by {days}"
    return f", {days} after the first date"


def _fields(move: Move) -> str:
    """The options that a step takes, those that may be left out in brackets."""
    needed = [f"--{name.replace('_', '-')} …" for name in move.needs]
    return " ".join([*needed, *(f"[--{name.replace('_', '-')} …]" for name in move.may)])


def _move(move: MoveLine) -> Iterator[str]:
    from engine.queries.late import late_words

    who = f"{move.person} for {move.on_behalf_of}" if move.on_behalf_of else move.person
    target = f" → {move.target}" if move.target and move.target != move.source else ""
    late = f", {words}" if (words := late_words(move.late_days)) else ""
    yield f"  {move.effective_on}  {move.label}{target}  ({who}{late}, event {move.position})"
    for field in move.fields:
        yield f"      {field.name}: {field.value}"


def _deadline(line: DeadlineLine) -> str:
    from adapters.cli.late import span
    from adapters.cli.moments import day_words

    first = (
        f", first due {day_words(line.original)}" if line.original and line.original != line.last_day else ""
    )
    late = ""
    if line.noticed_on is not None:
        late = f", noticed {span((line.noticed_on - line.last_day).days, line.working_days_late or 0)}"
    return f"{line.label}: by {day_words(line.last_day)} ({line.rule}{first}): {line.state}{late}"

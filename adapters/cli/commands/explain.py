"""Why something is as it is: a figure's status, a trigger, an intervention, a deadline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from adapters.cli.session import Session
from adapters.cli.verbs import read
from events.errors import Invalid

if TYPE_CHECKING:
    from engine.office import Office
    from engine.queries.explaining.explanation import ExplainedLine, Explanation
    from engine.queries.references import FigureRef, MatterRef


@read("explain")
@click.argument(
    "ref",
    required=False,
    metavar="REF",
    help="CH04/childrens/2026-Q2, CH04/childrens, INT-0042, CH04/childrens#1 or 'event 12'.",
)
@click.option(
    "--trigger",
    is_flag=False,
    flag_value="",
    metavar="NAME",
    help="Why a trigger fired or did not; all of them without a name.",
)
@click.option(
    "--deadline",
    is_flag=False,
    flag_value="",
    metavar="NAME",
    help="Where a date comes from; all of them without a name.",
)
def explain(session: Session, ref: str | None, trigger: str | None, deadline: str | None) -> None:
    """Why a figure has its status, or why something is due: by which rule, from which facts."""
    from adapters.cli.tables import show_object

    if ref is None and trigger:  # `--trigger REF`: the reference was taken for the trigger's name
        ref, trigger = trigger, ""
    elif ref is None and deadline:
        ref, deadline = deadline, ""
    if ref is None:
        raise click.UsageError("Missing argument 'REF': name what is to be explained.")
    office = session.reading()
    found = _explained(session, office, ref, trigger, deadline)
    show_object(session, "explanation", found, _lines(session, found), painted=session.colour)


def _explained(
    session: Session, office: Office, text: str, trigger: str | None, deadline: str | None
) -> Explanation:
    from engine.queries.explaining.explain import explain as explain_anything
    from engine.queries.explaining.explain_deadline import explain_deadline
    from engine.queries.explaining.explain_trigger import explain_trigger
    from engine.queries.names import Names

    at, names, today = session.position(office), Names.of(office), session.day(office)
    if trigger is not None:
        return explain_trigger(office.engine, _figure(office, text), trigger or None, names=names, at=at)
    if deadline is not None:
        ref = _with_deadlines(office, text, at)
        return explain_deadline(office.engine, ref, today, deadline or None, names=names, at=at)
    return explain_anything(office.engine, text, today, names=names, at=at)


def _figure(office: Office, text: str) -> FigureRef:
    from adapters.cli import references

    return references.figure(office, text)


def _with_deadlines(office: Office, text: str, at: int | None) -> FigureRef | MatterRef:
    """A figure, or an intervention; a series alone means its last intervention."""
    from engine.queries.references import EventRef, SeriesRef, find_intervention, parse_reference

    ref = parse_reference(office.engine, text, at)
    if isinstance(ref, SeriesRef):
        return find_intervention(office.engine, text, at)
    if isinstance(ref, EventRef):
        raise Invalid.of("GT-USE-025", "An event has no deadline.", "Name a figure or an intervention.")
    return ref


def _lines(session: Session, found: Explanation) -> Iterator[str]:
    from adapters.cli.columns import STATUS_COLOURS, paint, stacked
    from adapters.cli.door import clean

    heading = clean(found.heading)
    if found.status is not None and session.colour:
        label = found.status.label.upper()
        colour = found.status.colour or STATUS_COLOURS.get(found.status.id)
        heading = heading.replace(label, paint(label, colour))
    yield heading
    yield from stacked([_row(line) for line in found.lines])


def _row(line: ExplainedLine) -> tuple[str, str]:
    """A sentence with its remark; where a rule comes from is a remark by itself."""
    from adapters.cli.door import clean

    if line.kind == "source":
        return "", clean(line.what)
    return clean(line.what), clean(_remark(line))


def _remark(line: ExplainedLine) -> str:
    """The rule, where it stands, and the events it rests on, unless one of these says so already."""
    from adapters.cli.answers import events_said

    said = [part for part in (line.rule, line.where) if part]
    if not any("event " in part for part in said):
        said.append(events_said(line.events))
    return " · ".join(filter(None, said))

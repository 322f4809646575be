"""Looking at figures: one with what follows from it, its revisions, and those still to be made final."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from adapters.cli.session import Session
from adapters.cli.verbs import listing, read

if TYPE_CHECKING:
    from datetime import date

    from engine.handle import Engine
    from engine.queries.figures.derived import Derived, Part
    from engine.queries.figures.figure_history import RevisionLine
    from engine.queries.references import FigureRef
    from events.errors import Problem

_MEASURES = {"period": "", "year_to_date": "year to date", "rolling": "twelve months"}


@read("show")
@click.argument(
    "figure",
    metavar="FIGURE",
    help="INDICATOR/SERVICE/PERIOD; the period may be longer than the indicator's own, the service one above those that return it.",
)
@click.option(
    "--derived", is_flag=True, help="Also the year to date and the twelve months up to the end of the period."
)
def show(session: Session, figure: str, derived: bool) -> None:
    """A figure in force; of a longer period, or of a service above, the value that follows from its parts."""
    from adapters.cli import references
    from adapters.cli.tables import show_object

    office = session.reading()
    at, ref = session.position(office), references.figure(office, figure)
    found, reasons = _all(office.engine, ref, derived=derived, at=at, today=session.day(office))
    content = {
        "figure": found[0],
        "derived": found[1:],
        "not_derived": [{"measure": measure, "problems": problems} for measure, problems in reasons],
    }
    show_object(session, "figure", content, _shown(found, reasons))


@listing("history")
@click.argument(
    "figure", metavar="FIGURE", help="INDICATOR/SERVICE/PERIOD, for example CH04/childrens/2026-Q2."
)
def history(session: Session, figure: str) -> None:
    """Every revision of a figure: what was given, by whom, when and why, and the status after it."""
    from adapters.cli import references
    from adapters.cli.tables import Column, show_list
    from engine.queries.figures.breaks import break_words
    from engine.queries.figures.figure_history import figure_history
    from engine.queries.names import Names

    office = session.reading()
    ref = references.figure(office, figure)
    names = Names.of(office)
    lines = figure_history(office.engine, ref, names=names, at=session.position(office))
    columns = [
        Column("revision", lambda line: line.revision, right=True),
        Column("what", _what_was_done),
        Column("figure", lambda line: line.shown + (" provisional" if line.provisional else ""), right=True),
        Column("by", lambda line: line.by),
        Column("on", _when),
        Column("status after", lambda line: line.status.label),
        Column("event", lambda line: line.position, right=True),
        Column("reason", lambda line: line.reason, wraps=True),
    ]
    show_list(session, "revisions", lines, columns, empty=f"Nothing has been said about {ref} yet.")
    since = lines[0].comparable_from if lines else None
    if since is not None and session.manners.output == "table":
        session.say(break_words(ref.indicator, since))


@listing("provisional")
@click.option("--indicator", metavar="CODE", help="Only figures of this indicator.")
@click.option("--service", metavar="SERVICE", help="Only figures of this service.")
def provisional(session: Session, indicator: str | None, service: str | None) -> None:
    """Figures that count for the time being and wait to be made final, the longest first."""
    from adapters.cli.tables import Column, show_list
    from engine.queries.figures.provisional import provisional_figures

    office = session.reading()
    lines = provisional_figures(
        office.engine,
        session.day(office),
        indicator=indicator,
        service=service,
        at=session.position(office),
    )
    columns = [
        Column("figure", lambda line: line.ref),
        Column("value", lambda line: line.shown, right=True),
        Column("confirmed", lambda line: line.confirmed_on),
        Column("days", lambda line: line.days, right=True),
        Column("", lambda line: "another figure waits for approval" if line.waiting else ""),
    ]
    show_list(session, "provisional figures", lines, columns, empty="No figure in force is provisional.")


def _all(
    engine: Engine, ref: FigureRef, *, derived: bool, at: int | None, today: date
) -> tuple[list[Derived], list[tuple[str, tuple[Problem, ...]]]]:
    """The value asked for; with `derived` the measures up to its end too, or why there is none of them."""
    from engine.queries.figures.derived import MEASURES
    from engine.queries.figures.derived import derived as derive
    from events.errors import Invalid

    found = [derive(engine, ref, at=at, today=today)]
    reasons: list[tuple[str, tuple[Problem, ...]]] = []
    for measure in MEASURES[1:] if derived else ():
        try:
            found.append(derive(engine, ref, measure=measure, at=at, today=today))
        except Invalid as invalid:
            reasons.append((measure, invalid.problems))
    return found, reasons


def _shown(found: list[Derived], reasons: list[tuple[str, tuple[Problem, ...]]]) -> Iterator[str]:
    for each in found:
        measure = _MEASURES[each.measure]
        yield f"{each.ref}{f', {measure}' if measure else ''}: {each.shown}{' (provisional)' if each.provisional else ''}"
        if each.numerator is not None:
            yield f"  {each.numerator} of {each.denominator}"
        yield f"  {each.how}"
        yield from _break(each)
        if len(each.parts) > 1:
            yield from (f"  {'+' if part.sign > 0 else '-'} {_part(part)}" for part in each.parts)
    for measure, problems in reasons:
        first = problems[0]
        more = f" And {len(problems) - 1} more such." if len(problems) > 1 else ""
        yield f"{found[0].ref}, {_MEASURES[measure]}: none. {first.sentence} {first.fix}{more} [{first.code}]"


def _break(found: Derived) -> Iterator[str]:
    """Where the indicator measured something else before, and whether the value mixes both."""
    from engine.queries.figures.breaks import break_words

    if found.comparable_from is not None:
        yield f"  {break_words(found.indicator, found.comparable_from)}"
    if found.mixed:
        yield "  Some of its parts lie before that, so it is a figure of neither version."


def _part(part: Part) -> str:

    given = part.value if part.numerator is None else f"{part.numerator} of {part.denominator}"
    return f"{part.ref}: {given}{', provisional' if part.provisional else ''}"


def _when(line: RevisionLine) -> str:
    """The day it took effect; and the day it was said, where that is another."""
    return f"{line.on}" if line.on == line.received_on else f"{line.on}, said on {line.received_on}"


def _what_was_done(line: RevisionLine) -> str:
    """What was done, why it was judged again, how late, and whether the period was closed by then."""
    from engine.queries.late import late_words

    cause = f" ({line.cause})" if line.cause else ""
    late = f", {words}" if (words := late_words(line.late_days)) else ""
    return f"{line.what}{cause}{late}" + (f", {line.closed}" if line.closed else "")

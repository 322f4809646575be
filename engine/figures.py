"""Whether a figure makes sense for its indicator, period and pack, before anybody is asked to confirm it."""

from __future__ import annotations

from datetime import date

from engine.commands import FigureFields
from engine.limits import check_limits
from engine.packs.pack import Pack
from events.errors import Problem
from events.kinds.figures import FigureConfirmed
from events.kinds.register import IndicatorAdded
from events.nearest import did_you_mean
from events.number import plain
from events.period import Period
from workflows.duration import Duration, parse_duration
from workflows.window import known_from


def check_ended(
    period: Period, pack: Pack, today: date, added: IndicatorAdded | None = None
) -> list[Problem]:
    """Nothing is said about a period before it has ended, not even that it has no figure; nor, of an indicator with a
    reporting lag, before the figure can be known."""
    year_starts = pack.organisation.calendar.year_starts
    last, lag = period.last_day(year_starts), lag_of(added)
    known = known_from(period, year_starts, lag)
    if today >= known:
        return []
    if lag is not None and added is not None and today > last:
        return [
            Problem(
                code="GT-FIGURE-016",
                sentence=f"The figure of {added.indicator} for {period} cannot be known yet: its reporting lag is {lag}.",
                fix=f"Enter the figure from {known.isoformat()} on.",
            )
        ]
    return [
        Problem(
            code="GT-FIGURE-004",
            sentence=f"Period {period} has not ended: its last day is {last.isoformat()} and today is {today.isoformat()}.",
            fix=f"Enter the figure from {known.isoformat()} on.",
        )
    ]


def lag_of(added: IndicatorAdded | None) -> Duration | None:
    """An indicator's reporting lag; None where its figures can be known at once."""
    return parse_duration(added.lag) if added is not None and added.lag else None


def check_figure(figure: FigureFields, added: IndicatorAdded, pack: Pack) -> list[Problem]:
    """Every reason against a figure: nothing given, impossible parts or values, unknown words."""
    return [*_parts(figure, added), *check_limits(figure, added), *_words(figure, pack)]


def check_parts_kept(name: str, figure: FigureFields, before: FigureConfirmed | None) -> list[Problem]:
    """A fraction in force is not replaced by a value alone: longer periods add up numerators and denominators."""
    if (
        before is None
        or before.numerator is None
        or before.denominator is None
        or figure.numerator is not None
    ):
        return []
    return [
        Problem(
            code="GT-FIGURE-400",
            sentence=f"{name} was given as {plain(before.numerator)} of {plain(before.denominator)}: without numerator and "
            "denominator both would be lost.",
            fix="In a file they stand in the columns numerator and denominator. Give both: goldenthread figure restate "
            f"{name} --numerator N --denominator N --reason WORDS.",
        )
    ]


def _parts(figure: FigureFields, added: IndicatorAdded) -> list[Problem]:
    problems = []
    if (figure.numerator is None) != (figure.denominator is None):
        missing = "denominator" if figure.denominator is None else "numerator"
        problems.append(
            Problem(
                code="GT-FIGURE-005",
                sentence=f"The {missing} is missing.",
                fix="Give numerator and denominator together, or a value alone.",
            )
        )
    if figure.denominator is not None and figure.denominator < 0:
        problems.append(
            Problem(
                code="GT-FIGURE-006",
                sentence="The denominator is below zero.",
                fix="Give the number of all cases, which is zero or more.",
            )
        )
    if figure.numerator is not None and figure.value is not None:
        problems.append(
            Problem(
                code="GT-FIGURE-007",
                sentence="Both a value and a numerator with denominator are given.",
                fix="Give one or the other: the value follows from numerator and denominator exactly.",
            )
        )
    if figure.numerator is None and figure == FigureFields(provisional=figure.provisional):
        problems.append(
            Problem(
                code="GT-FIGURE-008",
                sentence="There is no figure: neither a value, nor numerator and denominator, nor a declared status.",
                fix=f"Give a value in {added.measured_in}. If there is none this period, that is said with "
                "'goldenthread figure none' and a reason.",
            )
        )
    return problems


def _words(figure: FigureFields, pack: Pack) -> list[Problem]:
    problems = []
    rules = pack.rules
    if figure.declared_status is not None and figure.declared_status not in rules.judged:
        known = sorted(rules.judged)
        problems.append(
            Problem(
                code="GT-FIGURE-009",
                sentence=f"'{figure.declared_status}' is not a status of the pack {pack.name}."
                f"{did_you_mean(figure.declared_status, known)}",
                fix=f"It is one of: {', '.join(known)}.",
            )
        )
    if figure.declared_status is None and rules.status_from == "declared":
        problems.append(
            Problem(
                code="GT-FIGURE-010",
                sentence=f"The pack {pack.name} has no agreed bands, so an officer declares the status; none is given.",
                fix=f"Give it with --declared-status, or in a file in the column declared_status. It is one of: {', '.join(status.id for status in rules.statuses if status.judged)}.",
            )
        )
    if figure.reported_as is not None and rules.reported_as and figure.reported_as not in rules.reported_as:
        problems.append(
            Problem(
                code="GT-FIGURE-011",
                sentence=f"Nothing can be reported as '{figure.reported_as}'."
                f"{did_you_mean(figure.reported_as, rules.reported_as)}",
                fix=f"It is one of: {', '.join(rules.reported_as)}.",
            )
        )
    return problems

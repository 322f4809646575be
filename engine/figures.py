"""Whether a figure makes sense for its indicator, period and pack, before anybody is asked to confirm it."""

from __future__ import annotations

from datetime import date

from engine.commands import FigureFields
from engine.packs.pack import Pack
from events.errors import Problem
from events.kinds.register import IndicatorAdded
from events.nearest import did_you_mean
from events.period import Period


def check_ended(period: Period, pack: Pack, today: date) -> list[Problem]:
    """Nothing is said about a period before it has ended, not even that it has no figure."""
    last = period.last_day(pack.organisation.calendar.year_starts)
    if today > last:
        return []
    return [
        Problem(
            code="GT-FIGURE-004",
            sentence=f"Period {period} has not ended: its last day is {last.isoformat()} and today is {today.isoformat()}.",
            fix=f"Enter the figure from {date.fromordinal(last.toordinal() + 1).isoformat()} on.",
        )
    ]


def check_figure(figure: FigureFields, added: IndicatorAdded, pack: Pack) -> list[Problem]:
    """Every reason against a figure: nothing given, impossible parts, unknown words."""
    return [*_parts(figure, added), *_words(figure, pack)]


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
    if figure == FigureFields():
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

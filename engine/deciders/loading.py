"""A part of an approved historic load: its figures are confirmed, and judged with nothing following."""

from __future__ import annotations

import msgspec
from msgspec.structs import asdict, replace

from engine.commands import HistoricFigure, LoadHistory
from engine.context import Context
from engine.deciders.imports import imports_of
from engine.deciders.retired import retired_problem
from engine.deciders.subjects import SUBMISSION
from engine.figures import check_figure
from engine.judging.history import STEP, not_history
from engine.judging.series import Rejudge, rejudge
from engine.packs.pack import Pack
from engine.states.imports import Accepted
from engine.states.register import Indicator
from events import stream as streams
from events.errors import Invalid, Problem
from events.kinds.figures import FigureConfirmed
from events.kinds.imports import HistoryProposed
from events.kinds.register import IndicatorAdded
from events.kinds.workflow import Move
from events.period import Period, parse_period
from workflows.definition import Definition

CAUSE = "history"


def load_history(context: Context, request: LoadHistory) -> None:
    """Confirm a part of an approved file and judge it as history; what the book holds already is left alone."""
    approved = imports_of(context).unfinished.get(request.import_id)
    if approved is None or not isinstance(approved.event, HistoryProposed):
        context.refuse(
            "GT-IMPORT-061",
            f"There is no approved historic load {request.import_id} that has figures left.",
            "'goldenthread import list' shows those there are.",
        )
    elif approved.by != context.command.actor:
        context.refuse(
            "GT-IMPORT-062",
            f"Person {approved.by} approved {request.import_id}, and goes on with it.",
            f"Let them say: goldenthread import approve {request.import_id}. Or give up what is left of it: "
            f"goldenthread import give-up {request.import_id} --reason WORDS.",
        )
    context.settle()
    assert approved is not None  # settle() has raised otherwise
    context.work.fetch(_streams(request))
    loads = _Loads(context, approved)
    fresh = [found for each in request.figures if (found := loads.fresh(each)) is not None]
    context.settle()
    context.quiet = True
    starts: dict[tuple[str, str], Period] = {}
    for asked, place in fresh:
        loads.record(asked, place)
        series = asked.indicator, asked.service
        starts[series] = min(starts.get(series, place.period), place.period)
    for (indicator, service), start in starts.items():
        order = Rejudge(
            indicator=indicator,
            service=service,
            start=start,
            cause=CAUSE,
            caused_by=approved.ref,
            historic=True,
        )
        rejudge(context.work, context.shelf, order)


class _Place(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the figures of one indicator and one period have in common."""

    entry: Indicator
    added: IndicatorAdded
    period: Period
    pack: Pack | None
    """The pack that judges the period; the first one where none was adopted yet."""
    begins: Move | None
    """The step by which a figure is loaded of which nothing was said before; None without a workflow for it."""


class _Loads:
    """The figures of one command on their way from a file of history into the record."""

    def __init__(self, context: Context, approved: Accepted) -> None:
        self._context = context
        self._approved = approved
        self._framework = context.work.framework()
        self._places: dict[tuple[str, str], _Place] = {}

    def fresh(self, asked: HistoricFigure) -> tuple[HistoricFigure, _Place] | None:
        """The figure and its place, if it is to be recorded; else None, with every reason collected where there is one."""
        place = self._places.get((asked.indicator, asked.period)) or self._place(asked)
        if place is None:
            return None
        series = self._context.work.series(asked.indicator, asked.service)
        if series.at(asked.period).submission is not None:
            return None
        reasons = self._reasons(asked, place)
        if reasons:
            name = _name(asked)
            self._context.problems.extend(_about(name, problem) for problem in reasons)
        return None if reasons else (asked, place)

    def _place(self, asked: HistoricFigure) -> _Place | None:
        context = self._context
        entry = context.work.indicator(asked.indicator)
        if entry.added is None:
            context.problems.append(context.shelf.unknown_indicator(asked.indicator))
            return None
        try:
            period = parse_period(asked.period)
        except Invalid as invalid:
            context.problems.extend(invalid.problems)
            return None
        pack = context.shelf.for_period(self._framework, period) or context.shelf.first(self._framework)
        definition = None if pack is None else pack.workflows.get(SUBMISSION)
        begins = None if definition is None else _begins(definition, asked.period)
        found = _Place(entry=entry, added=entry.added, period=period, pack=pack, begins=begins)
        self._places[asked.indicator, asked.period] = found
        return found

    def _reasons(self, asked: HistoricFigure, place: _Place) -> list[Problem]:
        added, period, pack = place.added, place.period, place.pack
        if asked.service not in added.services or period.kind != added.frequency or pack is None:
            sentence = f"The register has no {_name(asked)} to load."
            return [Problem(code="GT-IMPORT-063", sentence=sentence, fix="Put the file forward again.")]
        if place.begins is None:
            sentence = f"The pack {pack.name} has no workflow for figures, so none can be loaded."
            fix = "Propose a version that has one; 'goldenthread pack check' finds what a pack lacks."
            return [Problem(code="GT-IMPORT-064", sentence=sentence, fix=fix)]
        year_starts = pack.organisation.calendar.year_starts
        against = retired_problem(asked.indicator, place.entry)
        against = against or not_history(_name(asked), period, self._framework, year_starts)
        wrong = check_figure(asked.figure, added, pack)
        return [*([against] if against else []), *(each for each in wrong if each.severity == "error")]

    def record(self, asked: HistoricFigure, place: _Place) -> None:
        """Write a figure down as confirmed by whoever approved the load."""
        work, approved, move = self._context.work, self._approved, place.begins
        assert move is not None  # it is refused without a workflow
        work.record(
            streams.series(asked.indicator, asked.service),
            FigureConfirmed(
                move=move,
                period=asked.period,
                revision=1,
                entry=approved.ref,
                **asdict(asked.figure),
            ),
            caused_by=approved.ref,
        )


def _begins(definition: Definition, period: str) -> Move:
    """The step by which a figure of history is confirmed."""
    confirms = next(step for step in definition.steps if step.effect == "figure_confirmed")
    return Move(
        workflow=SUBMISSION,
        subject=period,
        step=STEP,
        source=definition.initial,
        target=confirms.target,
        definition=definition.digest,
        ends=definition.state(confirms.target).final,
    )


def _name(asked: HistoricFigure) -> str:
    return f"{asked.indicator}/{asked.service}/{asked.period}"


def _about(name: str, problem: Problem) -> Problem:
    if problem.sentence.startswith(name):
        return problem
    return replace(problem, sentence=f"{name}: {problem.sentence}")


def _streams(request: LoadHistory) -> set[str]:
    names = {streams.FRAMEWORK, streams.PEOPLE}
    for figure in request.figures:
        names.add(streams.indicator(figure.indicator))
        names.add(streams.targets(figure.indicator))
        names.add(streams.series(figure.indicator, figure.service))
    return names

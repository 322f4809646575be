"""Historic loads: put forward by one person, approved by another, then confirmed and judged with nothing following."""

from __future__ import annotations

import msgspec

from engine.commands import ApproveHistory, DeclineHistory, HistoricFigure, LoadHistory, ProposeHistory
from engine.context import Context
from engine.deciders.imports import imports_of
from engine.deciders.retired import retired_problem
from engine.deciders.subjects import SUBMISSION
from engine.figures import check_figure
from engine.judging.history import STEP, not_history
from engine.judging.series import Rejudge, rejudge
from engine.packs.pack import Pack
from engine.states.imports import Accepted
from events import stream as streams
from events.errors import Invalid, Problem
from events.kinds.figures import FigureConfirmed
from events.kinds.imports import HistoryApproved, HistoryDeclined, HistoryProposed
from events.kinds.register import IndicatorAdded
from events.kinds.workflow import Move
from events.period import Period, parse_period
from workflows.definition import Definition

CAUSE = "history"


def propose_history(context: Context, request: ProposeHistory) -> None:
    """Put a file forward; the same file waits once."""
    context.need_person()
    imports = imports_of(context)
    waiting = next((each for each in imports.waiting.values() if each.event.digest == request.digest), None)
    if waiting is not None or request.import_id in imports.accepted:
        known = waiting.event.import_id if waiting is not None else request.import_id
        context.refuse(
            "GT-IMPORT-058",
            f"This file has been put forward already, as {known}.",
            f"Another person approves it: goldenthread import approve {known}.",
        )
    context.settle()
    context.work.record(streams.IMPORTS, HistoryProposed(**msgspec.structs.asdict(request)))


def approve_history(context: Context, request: ApproveHistory) -> None:
    """Approve exactly the file that was put forward; refused to whoever did so."""
    context.need_governance_lead()
    waiting = _waiting(context, request.import_id)
    if waiting is not None and waiting.by == context.command.actor:
        context.refuse(
            "GT-IMPORT-059",
            f"Person {waiting.by} put {request.import_id} forward and cannot also approve it.",
            f"Another governance lead has to: goldenthread import approve {request.import_id}.",
        )
    if waiting is not None and waiting.event.digest != request.digest:
        context.refuse(
            "GT-IMPORT-060",
            f"The file is not the one that was put forward as {request.import_id}.",
            "Approve exactly that file; 'goldenthread import show' gives its digest.",
        )
    context.settle()
    assert waiting is not None  # settle() has raised otherwise
    context.work.record(
        streams.IMPORTS,
        HistoryApproved(import_id=request.import_id, digest=request.digest, proposed_by=waiting.by),
        caused_by=waiting.ref,
    )


def decline_history(context: Context, request: DeclineHistory) -> None:
    """Turn a historic load down."""
    context.need_governance_lead()
    waiting = _waiting(context, request.import_id)
    context.settle()
    assert waiting is not None  # settle() has raised otherwise
    context.work.record(
        streams.IMPORTS,
        HistoryDeclined(import_id=request.import_id, reason=request.reason),
        caused_by=waiting.ref,
    )


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
            f"Let them say: goldenthread import approve {request.import_id}.",
        )
    context.settle()
    assert approved is not None  # settle() has raised otherwise
    context.work.fetch(_streams(request))
    fresh = [figure for each in request.figures if (figure := _Loading(context, each).figure()) is not None]
    context.settle()
    context.quiet = True
    starts: dict[tuple[str, str], Period] = {}
    for loading in fresh:
        loading.record(approved)
        series = loading.asked.indicator, loading.asked.service
        starts[series] = min(starts.get(series, loading.period), loading.period)
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


class _Loading:
    """One figure on its way from a file of history into the record."""

    def __init__(self, context: Context, asked: HistoricFigure) -> None:
        self._context = context
        self.asked = asked
        self._name = f"{asked.indicator}/{asked.service}/{asked.period}"

    def figure(self) -> _Loading | None:
        """Itself, if it is to be recorded; else None, with every reason collected where there is one."""
        context, asked = self._context, self.asked
        added = context.work.indicator(asked.indicator).added
        if added is None:
            context.problems.append(context.shelf.unknown_indicator(asked.indicator))
            return None
        try:
            self.period = parse_period(asked.period)
        except Invalid as invalid:
            context.problems.extend(invalid.problems)
            return None
        framework = context.work.framework()
        pack = context.shelf.for_period(framework, self.period) or context.shelf.first(framework)
        series = context.work.series(asked.indicator, asked.service)
        held = series.at(asked.period)
        if held.is_history and held.confirmed is not None and _same(held.confirmed[0], asked):
            return None
        problems = self._reasons(added, pack)
        context.problems.extend(self._about(problem) for problem in problems)
        if problems or pack is None:
            return None
        self._definition: Definition = pack.workflows[SUBMISSION]
        return self

    def _reasons(self, added: IndicatorAdded, pack: Pack | None) -> list[Problem]:
        asked, context = self.asked, self._context
        if asked.service not in added.services or self.period.kind != added.frequency or pack is None:
            sentence = f"The register has no {self._name} to load."
            return [Problem(code="GT-IMPORT-063", sentence=sentence, fix="Put the file forward again.")]
        if SUBMISSION not in pack.workflows:
            sentence = f"The pack {pack.name} has no workflow for figures, so none can be loaded."
            fix = "Propose a version that has one; 'goldenthread pack check' finds what a pack lacks."
            return [Problem(code="GT-IMPORT-064", sentence=sentence, fix=fix)]
        series, framework = context.work.series(asked.indicator, asked.service), context.work.framework()
        against = not_history(
            self._name, self.period, series, framework, pack.organisation.calendar.year_starts
        )
        if against is None and series.at(asked.period).confirmed is not None:
            against = loaded_before(self._name)
        against = retired_problem(asked.indicator, context.work.indicator(asked.indicator)) or against
        return [
            *([against] if against else []),
            *(each for each in check_figure(asked.figure, added, pack) if each.severity == "error"),
        ]

    def _about(self, problem: Problem) -> Problem:
        if problem.sentence.startswith(self._name):
            return problem
        return msgspec.structs.replace(problem, sentence=f"{self._name}: {problem.sentence}")

    def record(self, approved: Accepted) -> None:
        """Write the figure down as confirmed by whoever approved the load."""
        asked, definition = self.asked, self._definition
        confirms = next(step for step in definition.steps if step.effect == "figure_confirmed")
        begun = self._context.work.series(asked.indicator, asked.service).at(asked.period).submission
        move = Move(
            workflow=SUBMISSION,
            subject=asked.period,
            step=STEP,
            source=definition.initial,
            target=confirms.target,
            definition=definition.digest if begun is None else None,
            ends=definition.state(confirms.target).final,
        )
        self._context.work.record(
            streams.series(asked.indicator, asked.service),
            FigureConfirmed(
                move=move,
                period=asked.period,
                revision=1,
                entry=approved.ref,
                **msgspec.structs.asdict(asked.figure),
            ),
            caused_by=approved.ref,
        )


def loaded_before(name: str) -> Problem:
    """Why a figure of history is not loaded a second time with another value."""
    return Problem(
        code="GT-IMPORT-065",
        sentence=f"{name} was loaded before, with another figure.",
        fix=f"Restate it, so that the old one stays on record: goldenthread figure restate {name}.",
    )


def _same(event: FigureConfirmed, asked: HistoricFigure) -> bool:
    given = msgspec.structs.asdict(asked.figure)
    return all(getattr(event, name) == value for name, value in given.items())


def _streams(request: LoadHistory) -> set[str]:
    names = {streams.FRAMEWORK, streams.PEOPLE}
    for figure in request.figures:
        names.add(streams.indicator(figure.indicator))
        names.add(streams.targets(figure.indicator))
        names.add(streams.series(figure.indicator, figure.service))
    return names


def _waiting(context: Context, import_id: str) -> Accepted | None:
    waiting = imports_of(context).waiting.get(import_id)
    if waiting is None:
        context.refuse(
            "GT-IMPORT-066",
            f"No historic load {import_id} waits for approval.",
            "'goldenthread import list' shows those there are.",
        )
    return waiting

"""What a figure of a file would do, by the state the book has it in: nothing, enter, correct, restate, declare none."""

from __future__ import annotations

from typing import Protocol

import msgspec

from engine.commands import FigureFields, Step
from engine.deciders.retired import retired_problem
from engine.deciders.subjects import SUBMISSION
from engine.figures import check_parts_kept
from engine.importing.found import Findings, Line
from engine.importing.mapping import COMMENT
from engine.importing.planned import CORRECTION, NEW, NONE, RESTATEMENT, UNCHANGED, PlannedRow
from engine.judging.history import STEP, held_already, not_history
from engine.packs.pack import Pack
from engine.queries.reader import Reader
from engine.queries.sentences.telling import figure as said_of
from engine.states.imports import Imports
from engine.states.series import Standing
from events import stream as streams
from events.errors import Problem
from events.kinds.figures import FigureConfirmed, FigureEntered, RestatementProposed
from workflows.definition import SAME, Definition
from workflows.definition import Step as DefinedStep
from workflows.machine import legal_moves
from workflows.situation import standing as state_of

LEFT_OUT = "It is left out of the load, which goes on."
"""What is said of a figure of an approved load that cannot be loaded any more."""
_GIVING = ("figure_entered", "restatement_proposed")
_FIELDS = FigureFields.__struct_fields__


class Decides(Protocol):
    """Decides figures of one part of a file, whose series have been read."""

    def planned(self, line: Line) -> PlannedRow | None:
        """What a figure would do; None where it can do nothing, with the reason noted."""
        ...


class DecidingHistory:
    """Decides figures of a historic load.

    Of a load that was approved and not finished, what has become impossible since is left out with a warning: it can
    always be finished.
    """

    def __init__(self, reader: Reader, found: Findings, digest: str) -> None:
        self._reader = reader
        self._begun = reader.work.state(streams.IMPORTS, Imports).begun_load(digest) is not None
        self._found = found
        self._framework = reader.framework
        self._year_starts = reader.calendar.year_starts

    def planned(self, line: Line) -> PlannedRow | None:
        """New, unchanged, or none of history."""
        held = self._reader.work.series(line.indicator, line.service).at(str(line.period))
        if line.figure is None:
            return None
        name = "/".join(line.key)
        live = not_history(name, line.period, self._framework, self._year_starts)
        if _said_already(held, line.figure) and (held.is_history or live is None):
            return _row(line, UNCHANGED, None)
        against = retired_problem(line.indicator, self._reader.work.indicator(line.indicator))
        against = against or live or held_already(name, held)
        if against is not None:
            self._against(line, against)
            return None
        if line.comment:
            sentence = "Figures are loaded as history without comments, so this one is left out."
            fix = "Comment on the figure once it is loaded: goldenthread figure comment."
            self._found.add(
                line.row, line.group, line.at, ("GT-IMPORT-404", sentence, fix), severity="warning"
            )
        return _row(line, NEW, STEP)

    def _against(self, line: Line, against: Problem) -> None:
        fix, severity = against.fix, "error"
        if self._begun:
            fix, severity = LEFT_OUT, "warning"
        said = against.code, against.sentence, fix
        self._found.add(line.row, line.group, line.at, said, severity=severity)


class Deciding:
    """Decides figures by the state the workflow has them in, and what is said about them by the state they are in then."""

    def __init__(self, reader: Reader, found: Findings, reason: str | None) -> None:
        self._reader = reader
        self._found = found
        self._reason = reason
        self._steps: dict[tuple[str, str, tuple[str, ...]], DefinedStep | None] = {}

    def planned(self, line: Line) -> PlannedRow | None:
        """What a figure would do; None where it can do nothing, with the reason noted."""
        row = self._planned(line)
        if row is None or not line.comment:
            return row
        if row.step is None:
            self._found.comments_known += 1
            return row
        return self._commented(line, row)

    def _commented(self, line: Line, row: PlannedRow) -> PlannedRow:
        """The figure with what is said about it, where the workflow takes comments once the figure is given."""
        standing = self._reader.work.series(line.indicator, line.service).at(str(line.period))
        definition = self._definition(line, standing)
        assert definition is not None  # it has a step
        assert row.step is not None  # asked by the caller
        given = next(step for step in definition.steps if step.name == row.step.step)
        state = state_of(definition, standing.submission) if given.target == SAME else given.target
        takes = next(
            (
                step
                for step in (legal_moves(definition, state) if state else ())
                if step.effect == "comment_added" and step.needs.keys() <= {COMMENT}
            ),
            None,
        )
        if takes is None:
            sentence = "The pack's workflow for figures takes no comment here, so this one is left out."
            said = (
                "GT-IMPORT-403",
                sentence,
                "Take the column out, or let the workflow have a step for comments.",
            )
            self._found.add(line.row, line.group, line.at, said, severity="warning")
            return row
        return msgspec.structs.replace(row, comment=line.comment, comments=_step_of(line, takes.name, None))

    def _planned(self, line: Line) -> PlannedRow | None:
        standing = self._reader.work.series(line.indicator, line.service).at(str(line.period))
        definition = self._definition(line, standing)
        if definition is None:
            sentence = f"The pack in force at the end of {line.period} has no workflow for figures."
            fix = "Propose a version that has one; 'goldenthread pack check' finds what a pack lacks."
            self._note(line, ("GT-IMPORT-032", sentence, fix))
            return None
        if line.figure is None:
            return self._none(line, standing, definition)
        if _said_last(standing, line.figure):
            return _row(line, UNCHANGED, None)
        against = retired_problem(line.indicator, self._reader.work.indicator(line.indicator))
        if against is not None:
            self._note(line, (against.code, against.sentence, against.fix))
            return None
        step = self._step(definition, standing, _GIVING)
        if step is None:
            self._cannot(line, standing, definition)
            return None
        if step.effect == "restatement_proposed":
            return self._restated(line, standing, definition, step)
        return _row(line, NEW if standing.entry is None else CORRECTION, step.name)

    def _definition(self, line: Line, standing: Standing) -> Definition | None:
        pack: Pack | None = self._reader.pack_for(line.period)
        definition = pack.workflows.get(SUBMISSION) if pack else None
        begun = standing.submission
        if pack is None or definition is None or begun is None or begun.definition == definition.digest:
            return definition
        _, definition = self._reader.definition(begun.definition) or (pack, definition)
        return definition

    def _step(
        self, definition: Definition, standing: Standing, effects: tuple[str, ...]
    ) -> DefinedStep | None:
        """The step with the first of these effects that can be taken now."""
        state = state_of(definition, standing.submission) or ""
        key = (definition.digest, state, effects)
        if key not in self._steps:
            steps = legal_moves(definition, state) if state else ()
            found = (step for effect in effects for step in steps if step.effect == effect)
            self._steps[key] = next(found, None)
        return self._steps[key]

    def _restated(
        self, line: Line, standing: Standing, definition: Definition, step: DefinedStep
    ) -> PlannedRow | None:
        before = standing.confirmed[0] if standing.confirmed else None
        for lost in check_parts_kept("/".join(line.key), line.figure, before) if line.figure else ():
            self._note(line, (lost.code, lost.sentence, lost.fix))
            return None
        if self._reason:
            return _row(line, RESTATEMENT, step.name)
        if standing.entry is not None:
            self._note(line, _waits("/".join(line.key), standing.entry[0]))
            return None
        name, state = "/".join(line.key), _state_words(definition, standing)
        sentence = f"{name} is {state} already: another figure restates it, and that needs a reason."
        fix = "Give one reason for the whole file with --reason, or take the line out."
        self._note(line, ("GT-IMPORT-023", sentence, fix))
        return None

    def _none(self, line: Line, standing: Standing, definition: Definition) -> PlannedRow | None:
        """Where the file says that there is no figure."""
        declares = next((step for step in definition.steps if step.effect == "no_figure"), None)
        state = state_of(definition, standing.submission)
        if declares is not None and state == declares.target and standing.entry is None:
            return _row(line, UNCHANGED, None)
        step = self._step(definition, standing, ("no_figure",))
        if step is None:
            self._cannot(line, standing, definition)
            return None
        return _row(line, NONE, step.name)

    def _cannot(self, line: Line, standing: Standing, definition: Definition) -> None:
        name, state = "/".join(line.key), _state_words(definition, standing)
        sentence = f"{name} is {state} and takes no other figure now."
        fix = f"Take the line out; 'goldenthread explain {name}' says how it came about."
        self._note(line, ("GT-IMPORT-024", sentence, fix))

    def _note(self, line: Line, said: tuple[str, str, str]) -> None:
        self._found.add(line.row, line.group, line.at, said)


def _state_words(definition: Definition, standing: Standing) -> str:
    """Where a figure stands, inside a sentence."""
    state = state_of(definition, standing.submission)
    label = definition.state(state).label if state else "there"
    return label[:1].lower() + label[1:]


def _said_last(standing: Standing, figure: FigureFields) -> bool:
    """Whether this very figure is the last that was given: the one that waits for another person, else the one in force.

    A file that repeats the figure in force while a restatement of it waits contradicts the restatement.
    """
    last = standing.entry or standing.confirmed
    return last is not None and fields_of(last[0]) == figure


def _waits(name: str, waiting: FigureEntered | RestatementProposed) -> tuple[str, str, str]:
    """Why a file that says another figure than the restatement that waits is not taken in without a word."""
    return (
        "GT-IMPORT-400",
        f"{name} is restated as {said_of(waiting)}, which waits for another person, and the file has another figure.",
        f"Let that be approved first (goldenthread figure approve-restatement {name}), declined (decline-restatement) or "
        "taken back (withdraw-restatement), or take the line out. With --reason the figure of the file takes the place of "
        "the one that waits.",
    )


def _said_already(standing: Standing, figure: FigureFields) -> bool:
    """Whether this very figure is entered, or confirmed, or waits as a restatement."""
    held = [each[0] for each in (standing.entry, standing.confirmed) if each is not None]
    return any(fields_of(event) == figure for event in held)


def fields_of(event: FigureEntered | RestatementProposed | FigureConfirmed) -> FigureFields:
    """The figure that a fact holds."""
    return FigureFields(**{name: getattr(event, name) for name in _FIELDS if hasattr(event, name)})


def _step_of(line: Line, name: str, figure: FigureFields | None) -> Step:
    return Step(
        workflow=SUBMISSION,
        indicator=line.indicator,
        service=line.service,
        subject=str(line.period),
        step=name,
        figure=figure,
    )


def _row(line: Line, action: str, step: str | None) -> PlannedRow:
    taken = None if step is None else _step_of(line, step, line.figure)
    return PlannedRow(
        line=line.row.line,
        group=line.group,
        row=line.row,
        indicator=line.indicator,
        service=line.service,
        period=str(line.period),
        action=action,
        step=taken,
        absent=line.absent,
    )

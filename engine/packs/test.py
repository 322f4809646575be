"""Running a pack's own tests: judged by its rules, played through its workflows, compared with what is expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engine.packs.coverage import Coverage, coverage
from engine.packs.crossing import SUBMISSION
from engine.packs.folder import PackFolder
from engine.packs.outcome import Outcome
from engine.packs.pack import Pack
from engine.packs.periods import FIRST_PERIOD, judged_periods
from engine.packs.rehearsal import Cast, Outturn, Rehearsal
from engine.packs.tests_file import PackTest, read_tests
from engine.ports import Document, Holidays
from events.errors import GoldenthreadError, Problem
from events.kinds.statuses import StatusAssessed, TriggerFired
from events.period import parse_period
from events.schema import Event
from rules.case import Past
from rules.compared import ratio_of
from rules.exact import Ratio
from rules.ir import Trigger
from workflows.calendar import Calendar
from workflows.window import SubmissionWindow, submission_window


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one test."""

    name: str
    problems: tuple[Problem, ...]
    """One for each expectation that was not met, at its place in `tests.yaml`."""

    @property
    def passed(self) -> bool:
        """Whether all came as expected."""
        return not self.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """What came of all tests of a pack, and what they leave out."""

    results: tuple[Result, ...]
    coverage: Coverage

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that did not come as expected."""
        return tuple(problem for result in self.results for problem in result.problems)

    @property
    def counts(self) -> str:
        """``6 tests, 5 passed``."""
        passed = sum(result.passed for result in self.results)
        return f"{len(self.results)} test{'' if len(self.results) == 1 else 's'}, {passed} passed"


def run_tests(folder: PackFolder, pack: Pack, holidays: Holidays) -> Tested:
    """Run every test of a pack. Raises Invalid where `tests.yaml` itself is wrong; without one there are no results."""
    document = folder.tests()
    if document is None:
        return Tested(results=(), coverage=coverage(pack, ()))
    outcomes: list[Outcome] = []
    results = []
    for test in read_tests(document, pack):
        try:
            outcome = play(test, pack, holidays)
        except GoldenthreadError as trouble:
            problems = tuple(
                _failed(document, test, "given", problem.sentence, fix=problem.fix)
                for problem in trouble.problems
            )
        else:
            outcomes.append(outcome)
            problems = _differences(document, test, outcome)
        results.append(Result(name=test.name, problems=problems))
    return Tested(results=tuple(results), coverage=coverage(pack, outcomes))


def play(test: PackTest, pack: Pack, holidays: Holidays) -> Outcome:
    """Judge what a test gives and play the workflow that follows."""
    calendar = calendar_of(pack, holidays)
    judged = judged_periods(test, pack)
    return Outcome(
        pack=pack,
        judged=judged,
        before=() if test.restated is None else judged_periods(test, pack, restated=False),
        rehearsal=_rehearsed(test, pack, calendar, judged),
        window=_window(test, pack, calendar),
    )


def _differences(document: Document, test: PackTest, outcome: Outcome) -> tuple[Problem, ...]:
    unexpected = _unexpected_refusal(test, outcome)
    problems = [_failed(document, test, "given", unexpected)] if unexpected else []
    for key, expected, value in test.expected:
        came = expected.differs(outcome, value)
        if came is not None:
            problems.append(_failed(document, test, "expect", came, key))
    return tuple(problems)


def _unexpected_refusal(test: PackTest, outcome: Outcome) -> str:
    refused = outcome.rehearsal.refused if outcome.rehearsal else ()
    wanted = any(key == "refused" for key, _, _ in test.expected)
    return (
        "" if wanted or not refused else "the step is refused: " + " ".join(each.sentence for each in refused)
    )


def _failed(
    document: Document, test: PackTest, part: str, came: str, key: str = "", fix: str = ""
) -> Problem:
    place = document.place((*test.path, part, key) if key else (*test.path, part), key=True)
    sentence = f'Test "{test.name}": {came}'.rstrip(".") + "."
    return Problem(
        code="GT-PACK-070", sentence=sentence, fix=fix or "Correct the pack, or the test.", place=place
    )


def _last(judged: Sequence[Sequence[Event]]) -> StatusAssessed | None:
    facts = judged[-1] if judged else ()
    return next((fact for fact in reversed(facts) if isinstance(fact, StatusAssessed)), None)


def _rehearsed(
    test: PackTest, pack: Pack, calendar: Calendar, judged: Sequence[Sequence[Event]]
) -> Rehearsal | None:
    """The matter that follows: from the day given, from that of the first step, or from when the pack is in force."""
    trigger = _begins(pack, test.workflow, judged)
    definition = pack.workflows.get(test.workflow)
    by_hand = test.begins_with is not None and definition is not None
    by_itself = definition is not None and definition.window is not None and bool(test.doings)
    asked_for = trigger is not None and bool(test.doings or test.begins or _tasks(test))
    if not (by_hand or by_itself or asked_for):
        return None
    last = _last(judged)
    ranks = {status.id: status.rank for status in pack.rules.statuses if status.judged}
    status = last.status if last else None
    cast = Cast(
        calendar=calendar,
        organisation=pack.organisation,
        meetings=test.meetings,
        now_status=status,
        best_status=status in ranks and ranks[status] == max(ranks.values()),
        outturn=_outturn(test, judged),
        holders=test.holders,
    )
    rehearsal = Rehearsal(pack=pack, workflow=test.workflow, cast=cast)
    if by_itself and test.period is not None:
        rehearsal.subject = str(test.period)
    begins = test.begins or (test.doings[0].on if test.doings else pack.effective_from)
    if test.begins_with is not None:
        rehearsal.begin(begins, test.begins_with)
    elif trigger is not None:
        rehearsal.follow(begins, trigger, FIRST_PERIOD)
    for doing in test.doings:
        rehearsal.take(doing.step, doing.on, doing.by, doing.fields)
    rehearsal.wait(_last_day_expected(test, begins))
    return rehearsal


def _outturn(test: PackTest, judged: Sequence[Sequence[Event]]) -> Outturn | None:
    """The last figure of a test, and its period."""
    figures = [*test.figures, *([test.figure] if test.figure else [])]
    last = _last(judged)
    if not figures or not figures[-1] or last is None:
        return None
    past = Past(last.period, last.status, None, **figures[-1])
    ratio = ratio_of(past, test.measured_in)
    return Outturn(parse_period(last.period), ratio, test.polarity) if isinstance(ratio, Ratio) else None


def _begins(pack: Pack, workflow: str, judged: Sequence[Sequence[Event]]) -> Trigger | None:
    """The trigger that asks for a workflow: of several, one that fired in the last period."""
    asking = [each for each in pack.rules.triggers if workflow in (each.then.start, each.then.require)]
    fired = {fact.trigger for fact in (judged[-1] if judged else ()) if isinstance(fact, TriggerFired)}
    asking.sort(key=lambda trigger: trigger.id not in fired)
    return asking[0] if asking and workflow in pack.workflows else None


def _tasks(test: PackTest) -> bool:
    return any(key == "task" for key, _, _ in test.expected)


def _last_day_expected(test: PackTest, begins: date) -> date:
    days: list[date] = [day for key, _, value in test.expected if key == "on" for day in value]
    return max([begins, *days])


def _window(test: PackTest, pack: Pack, calendar: Calendar) -> SubmissionWindow | None:
    definition = pack.workflows.get(SUBMISSION)
    if test.period is None or definition is None or definition.window is None:
        return None
    return submission_window(definition.window, test.period, pack.organisation.calendar, calendar)


def calendar_of(pack: Pack, holidays: Holidays) -> Calendar:
    """The calendar that a pack describes."""
    settings = pack.organisation.calendar
    return Calendar(
        time_zone=settings.time_zone,
        year_starts=settings.year_starts,
        nation=settings.nation,
        holidays=lambda year: holidays.days(settings.nation, year),
        day_ends=settings.day_ends,
    )

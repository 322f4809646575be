"""What steps have in common is decided once: whatever comes in one command is decided as if each step came alone."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.yaml.reader import YamlDocuments
from engine.answers import MOST_KEPT, Answers
from engine.commands import FigureFields, Step, TakeSteps
from engine.handle import Engine
from engine.packs.load import load_pack
from engine.packs.pack import Pack
from engine.testing.council import Council
from events.errors import Refused
from events.kinds.figures import FigureConfirmed, FigureEntered
from events.kinds.workflow import Move
from workflows.taking import Decision

ROOT = Path(__file__).resolve().parents[2]
START = date(2017, 6, 6)
PLACES = [
    (indicator, service, period)
    for indicator in ("AE4", "LATE")
    for service in ("acute", "dental")
    for period in ("2017-04", "2017-05")
]
PEOPLE = ("everywhere", "enters", "confirms", "acute only", "nobody")

Deed = tuple[int, str, str, list[tuple[str, str, str]]]
"""After so many days somebody takes a step in several places."""
deeds = st.lists(
    st.tuples(
        st.sampled_from((0, 0, 0, 10, 20)),
        st.sampled_from(PEOPLE),
        st.sampled_from(("enter", "confirm")),
        st.lists(st.sampled_from(PLACES), min_size=1, max_size=6, unique=True),
    ),
    max_size=12,
)


@cache
def pack() -> Pack:
    folder = ROOT / "examples" / "hospital-waiting" / "example-council"
    return load_pack(folder, ROOT / "packs" / "library", YamlDocuments())


class Small:
    """A council of two services; one indicator has a reporting lag, one person a role for one service alone."""

    def __init__(self) -> None:
        council = self.council = Council(pack(), START)
        for service in ("acute", "dental"):
            council.service(service)
        council.indicator("AE4", "acute", "dental", target="95")
        council.indicator("LATE", "acute", "dental", target="95", lag="1 month")
        both = ("data_enterer", "data_manager")
        self.people = {
            "everywhere": council.hire("Ann", *both),
            "enters": council.hire("Ben", both[0]),
            "confirms": council.hire("Cem", both[1]),
            "acute only": council.hire("Dot", *both, scope="acute"),
            "nobody": council.hire("Eve"),
        }

    def take(self, who: str, steps: tuple[Step, ...], *, dry_run: bool = False) -> list[str]:
        """Take steps with one command; answers why not."""
        try:
            self.council.ask(TakeSteps(steps=steps), self.people[who], dry_run=dry_run)
        except Refused as refused:
            return [f"{each.code} {each.sentence}" for each in refused.problems]
        return []

    def take_apart(self, who: str, steps: tuple[Step, ...]) -> list[str]:
        """Take each with a command of its own, by an engine that knows of no step before it; all of them, or none."""
        reasons = [reason for step in steps for reason in self._alone(who, step, dry_run=True)]
        return reasons or [reason for step in steps for reason in self._alone(who, step)]

    def _alone(self, who: str, step: Step, *, dry_run: bool = False) -> list[str]:
        self.council.engine = Engine(self.council.store, self.council.engine.shelf.holidays)
        return self.take(who, (step,), dry_run=dry_run)

    def moves(self) -> list[tuple[str, str, Move, date]]:
        """Every move of a figure: by whom, and on which day."""
        facts = self.council.store.page(0, 10_000)
        return sorted(
            (
                (fact.stream, fact.actor, fact.event.move, fact.effective_on)
                for fact in facts
                if isinstance(fact.event, FigureEntered | FigureConfirmed)
            ),
            key=repr,
        )


def steps_of(name: str, places: list[tuple[str, str, str]]) -> tuple[Step, ...]:
    figure = FigureFields(numerator=Decimal(90), denominator=Decimal(100)) if name == "enter" else None
    return tuple(
        Step(workflow="submission", indicator=a, service=b, subject=c, step=name, figure=figure)
        for a, b, c in places
    )


def without_names(reasons: list[str]) -> list[str]:
    """Of several steps each reason says of which it is; of one alone it says so anyway, or need not."""
    return [reason.rpartition(": ")[2] for reason in reasons]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds)
def test_steps_in_one_command_are_decided_as_if_each_came_alone(story: list[Deed]) -> None:
    together, apart = Small(), Small()
    today = START
    for days, who, name, places in story:
        today += timedelta(days=days)
        steps = steps_of(name, places)
        for small in (together, apart):
            small.council.at(today)
        told, told_apart = together.take(who, steps), apart.take_apart(who, steps)
        assert without_names(told) == without_names(told_apart)
    assert together.moves() == apart.moves()


def test_nobody_confirms_their_own_figure_though_another_has_just_confirmed_one_like_it() -> None:
    small = Small()
    first, second = steps_of("confirm", [("AE4", "acute", "2017-05"), ("AE4", "dental", "2017-05")])
    small.take("everywhere", steps_of("enter", [("AE4", "acute", "2017-05"), ("AE4", "dental", "2017-05")]))
    assert small.take("confirms", (first,)) == []
    assert small.take("everywhere", (second,)) != []


def test_a_role_for_one_service_does_not_do_for_another_though_the_figures_are_alike() -> None:
    small = Small()
    steps = steps_of("enter", [("AE4", "acute", "2017-05"), ("AE4", "dental", "2017-05")])
    assert small.take("acute only", steps[:1]) == []
    assert small.take("acute only", steps[1:]) != []


def test_what_was_in_time_for_one_figure_is_late_for_another_like_it_weeks_after() -> None:
    small = Small()
    small.take("enters", steps_of("enter", [("AE4", "acute", "2017-05"), ("AE4", "dental", "2017-05")]))
    for days, service in ((0, "acute"), (60, "dental")):
        small.council.at(START + timedelta(days=days))
        small.take("confirms", steps_of("confirm", [("AE4", service, "2017-05")]))
    assert [move.late_days is not None for _, who, move, _ in small.moves() if move.step == "confirm"] == [
        False,
        True,
    ]


def test_a_period_that_one_indicator_is_due_for_is_too_early_for_one_with_a_lag() -> None:
    small = Small()
    together = steps_of("enter", [("AE4", "acute", "2017-05"), ("LATE", "acute", "2017-05")])
    assert [reason[:13] for reason in small.take("enters", together)] == ["GT-FIGURE-016"]


def test_each_figure_is_of_its_own_period() -> None:
    small = Small()
    small.council.at(START + timedelta(days=60))  # both windows have closed
    small.take("enters", steps_of("enter", [("AE4", "acute", "2017-04"), ("AE4", "acute", "2017-05")]))
    assert [move.subject for _, _, move, _ in small.moves()] == ["2017-04", "2017-05"]


def decision(step: str) -> Decision:
    move = Move(workflow="submission", subject="2017-05", step=step, source="", target="entered")
    return Decision(move=move, effect=None, fields={})


def test_an_answer_is_kept_with_those_of_its_kind() -> None:
    answers = Answers()
    answers.keep(answers.of(("enter", "2017-05")), ("awaiting",), decision("enter"))
    assert answers.of(("enter", "2017-05")) == {("awaiting",): decision("enter")}
    assert answers.of(("enter", "2017-06")) == {}


def test_where_too_many_answers_are_kept_all_are_forgotten_and_it_goes_on() -> None:
    answers, enter = Answers(), decision("enter")
    for number in range(MOST_KEPT):
        answers.keep(answers.of(("enter",)), (number,), enter)
    assert len(answers.of(("enter",))) < MOST_KEPT
    answers.keep(answers.of(("confirm",)), ("entered",), enter)
    assert answers.of(("confirm",)) == {("entered",): enter}

"""Whatever people try in whatever order: nobody approves their own act, and nothing leaves the paths drawn."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from events.kinds.workflow import FieldValue
from tests.unit.workflows.town import WORDS, Story, Town, house, library, same, submission
from workflows.decide import Decision
from workflows.definition import Definition

START = date(2026, 11, 2)
PEOPLE = ("ann", "bob", "cat")
SUBMISSION = submission()
INTERVENTION = library("intervention")
BY_ITSELF = house(mode="automatic")
CATEGORIES = ("category_1", "category_2", "category_3", "category_4")
RUNGS = ("CPEG", "CMT", "EXECUTIVE_MEMBER", "CABINET")


def town(mode: str = "propose") -> Town:
    """Everybody may do everything and has delegated to everybody: only separation of duties stands in the way."""
    found = Town(BY_ITSELF if mode == "automatic" else house())
    found.people = {who: set(found.organisation.roles) for who in PEOPLE}
    found.clerks = {body: set(PEOPLE) for body in RUNGS}
    found.delegations = {(a, b) for a in PEOPLE for b in PEOPLE}
    return found


def attempts(definition: Definition) -> st.SearchStrategy[tuple[str, str, str | None, int, str, str, bool]]:
    """(step, person, acting for, days later, category, rung, for the body)."""
    return st.tuples(
        st.sampled_from([step.name for step in definition.steps]),
        st.sampled_from((*PEOPLE, "system")),
        st.sampled_from((None, None, None, *PEOPLE)),
        st.integers(0, 40),
        st.sampled_from(CATEGORIES),
        st.sampled_from(RUNGS),
        st.booleans(),
    )


def fields(story: Story, step: str, on: date, category: str, rung: str) -> dict[str, FieldValue]:
    """Something fitting for every field the step needs."""
    ahead = (on + timedelta(days=60)).isoformat()
    fitting: dict[str, FieldValue] = {
        "text": WORDS,
        "date": ahead,
        "figure": "given",
        "category": category,
        "rung": rung,
        "owed_item": "5",
    }
    return {name: fitting[type_] for name, type_ in story.definition.step(step).needs.items()}


def play(
    story: Story, tries: list[tuple[str, str, str | None, int, str, str, bool]], *, ticks: bool
) -> list[Decision]:
    """Try everything, one after another; whatever is refused changes nothing."""
    day, taken = START, []
    for step, person, acting_for, later, category, rung, for_body in tries:
        day += timedelta(days=later)
        if ticks and story.instance is not None:
            story.tick(day)
        needs_body = "body" in story.definition.step(step).by and for_body
        body = story.instance.body if needs_body and story.instance else None
        before = story.instance
        answer = story.ask(
            step,
            person,
            day,
            acting_for=acting_for,
            body=body,
            fields=fields(story, step, day, category, rung),
        )
        if isinstance(answer, Decision):
            assert before is None or not story.definition.state(before.state).final, (
                "a final state never moves"
            )
            taken.append(
                story.take(
                    step,
                    person,
                    day,
                    acting_for=acting_for,
                    body=body,
                    fields=fields(story, step, day, category, rung),
                )
            )
            assert story.now.state in {state.name for state in story.definition.states}
        else:
            assert answer.reasons
    return taken


def own_acts_approved(story: Story) -> list[str]:
    """Steps approved by somebody who took part in what they approve, since the approving step was last taken."""
    found, history = [], story.now.history
    for index, taker in enumerate(history):
        before = history[:index]
        last = max(
            (at for at, each in enumerate(before) if each.step in (taker.step, "query", "continue")),
            default=-1,
        )
        approved = story.definition.step(taker.step).not_same_person_as
        people = {taker.person, taker.acting_for} - {None, "system"}
        found += [
            taker.step
            for each in before[last + 1 :]
            if each.step in approved and people & {each.person, each.acting_for}
        ]
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(attempts(SUBMISSION), min_size=1, max_size=25))
def test_nobody_confirms_a_figure_they_had_a_hand_in(
    tries: list[tuple[str, str, str | None, int, str, str, bool]],
) -> None:
    story = Story(SUBMISSION, town(), subject="2026-Q2")
    if play(story, tries, ticks=False):
        assert own_acts_approved(story) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(attempts(INTERVENTION), min_size=1, max_size=25), st.sampled_from(["propose", "automatic"]))
def test_nobody_decides_on_what_they_asked_for_or_reported(
    tries: list[tuple[str, str, str | None, int, str, str, bool]], mode: str
) -> None:
    story = Story(INTERVENTION, town(mode))
    story.take("propose", "ann", START, refer_to="CPEG")
    play(story, tries, ticks=True)
    assert own_acts_approved(story) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(attempts(INTERVENTION), min_size=1, max_size=15), st.sampled_from(["propose", "automatic"]))
def test_every_waiting_instance_has_something_running_or_missed(
    tries: list[tuple[str, str, str | None, int, str, str, bool]], mode: str
) -> None:
    story = Story(INTERVENTION, town(mode))
    story.take("propose", "ann", START, refer_to="CPEG")
    play(story, tries, ticks=True)
    final = story.definition.state(story.now.state).final
    assert bool(story.now.open or story.now.passed) is not final


@settings(max_examples=40, deadline=None)
@given(st.lists(attempts(INTERVENTION), min_size=1, max_size=15), st.integers(0, 400))
def test_two_ticks_are_one_tick(
    tries: list[tuple[str, str, str | None, int, str, str, bool]], later: int
) -> None:
    story = Story(INTERVENTION, town())
    story.take("propose", "ann", START, refer_to="CPEG")
    play(story, tries, ticks=True)
    day = story.facts[-1].effective_on + timedelta(days=later)
    story.tick(day)
    once = story.now
    assert story.tick(day) == []
    assert same(once, story.now)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.booleans(), min_size=4, max_size=4))
def test_a_tick_up_to_a_working_day_late_sets_the_same_dates(late: list[bool]) -> None:
    """The ladder's dates do not depend on which of two working days the poller came by."""
    story = Story(library("intervention", BY_ITSELF), town("automatic"))
    story.take("propose", "ann", START, refer_to="CPEG")
    seen = []
    for behind in late:
        due = next(iter(story.now.open.values()), None)
        if due is None:
            break
        seen.append((due.name, due.last_day))
        day = story.town.calendar.local_date(due.due_at)
        story.tick(story.town.calendar.roll(day + timedelta(days=1), "next working day") if behind else day)
    assert seen == [
        ("answer", date(2026, 12, 2)),
        ("rung_response", date(2027, 1, 4)),
        ("rung_response", date(2027, 2, 4)),
        ("rung_response", date(2027, 3, 4)),
    ]

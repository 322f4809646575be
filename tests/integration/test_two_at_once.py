"""Two workers on one book: whoever is slower decides again on what the other wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest

from adapters.holidays import UkHolidays
from engine.commands import AddPerson, AddService, ApprovePack, ProposePack, SetTarget
from engine.handle import Answer
from engine.judging.rejudging import unfinished
from engine.packs.pack import Pack
from engine.ports import Store
from engine.queries.reader import Reader
from engine.testing.council import Council
from engine.views import STATUSES
from events.errors import Conflict, Refused
from tests.campaigns.homes import Home
from tests.campaigns.interrupted import slow

from .conftest import START, hire_everybody, varied

ANALYST, MANAGER = "p3", "p4"


@pytest.fixture
def two(example: Pack, home: Home) -> Iterator[tuple[Council, Council]]:
    """The same book, opened twice."""
    one = Council(example, START, store=home.make(), holidays=UkHolidays())
    hire_everybody(one)
    other = Council.joining(one, home.open())
    yield one, other
    other.store.close()
    one.store.close()


def test_no_false_trigger_when_one_period_is_restated_while_the_next_is_confirmed(
    two: tuple[Council, Council],
) -> None:
    one, other = two
    one.figure(ANALYST, "enter", "AE4/acute/2017-05", "90")
    one.figure(MANAGER, "confirm", "AE4/acute/2017-05")
    one.figure(ANALYST, "restate", "AE4/acute/2017-05", "80", words={"reason": "late returns"})
    one.figure(ANALYST, "enter", "AE4/acute/2017-06", "80")
    slow(one, lambda: other.figure(MANAGER, "approve_restatement", "AE4/acute/2017-05"))
    one.figure(MANAGER, "confirm", "AE4/acute/2017-06")
    assert "trigger.fired" not in one.types()
    assert (one.status("AE4/acute/2017-05"), one.status("AE4/acute/2017-06")) == ("red", "red")


def test_the_slower_of_two_confirmations_is_refused(two: tuple[Council, Council]) -> None:
    one, other = two
    one.figure(ANALYST, "enter", "AE4/acute/2017-05", "90")
    slow(one, lambda: other.figure(MANAGER, "confirm", "AE4/acute/2017-05"))
    with pytest.raises(Refused, match="confirm"):
        one.figure(MANAGER, "confirm", "AE4/acute/2017-05")
    assert one.types().count("figure.confirmed") == 1


def test_the_same_command_sent_twice_at_once_is_taken_once(two: tuple[Council, Council]) -> None:
    one, other = two
    slow(one, lambda: other.figure(ANALYST, "enter", "AE4/acute/2017-05", "90", command_id="once"))
    answer = one.figure(ANALYST, "enter", "AE4/acute/2017-05", "90", command_id="once")
    assert answer.repeated
    assert one.types().count("figure.entered") == 1


def test_after_three_tries_it_says_what_happened_in_between(two: tuple[Council, Council]) -> None:
    one, other = two
    one.figure(ANALYST, "enter", "AE4/acute/2017-05", "90")
    said = iter(range(10))
    slow(
        one,
        lambda: other.figure(ANALYST, "comment", "AE4/acute/2017-05", words={"comment": f"No. {next(said)}"}),
        times=3,
    )
    with pytest.raises(Conflict, match=r"figure\.commented by p3"):
        one.figure(MANAGER, "confirm", "AE4/acute/2017-05")
    assert "figure.confirmed" not in one.types()


def test_a_deadline_is_passed_once_by_two_ticking_at_once(two: tuple[Council, Council]) -> None:

    one, other = two
    for period, value in (("2017-05", "90"), ("2017-06", "80")):
        one.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
        one.figure(MANAGER, "confirm", f"AE4/acute/{period}")
    one.step("p6", "intervention", ("AE4", "acute", "1"), "answer", {"category": "category_4"}, body="CPEG")
    for council in two:
        council.at(date(2017, 8, 11))
    slow(one, other.tick)
    ticked = one.tick()
    assert ticked.failed == []
    assert one.types().count("deadline.passed") == 1


def test_what_others_make_due_between_two_tries_is_passed_before_the_next(
    two: tuple[Council, Council],
) -> None:
    """In time by the first date; but the body has set an earlier one, which had gone by when the report came."""
    one, other = two
    matter = ("AE4", "acute", "1")
    one.step(ANALYST, "intervention", ("AE4", "acute", ""), "propose", {"refer_to": "CPEG"})
    one.step("p6", "intervention", matter, "answer", {"category": "category_1"}, body="CPEG")
    head = one.store.head().position
    one.at(date(2017, 8, 14))
    one.tick()
    assert one.store.head().position == head, "nothing is due yet"
    slow(
        one,
        lambda: other.step("p6", "intervention", matter, "answer", {"category": "category_4"}, body="CPEG"),
    )
    one.step("p5", "intervention", matter, "report", words={"report": "Done."})
    told = [fact for fact in one.store.page(head, 100) if fact.type != "reminder.sent"]
    assert [fact.type for fact in told] == ["intervention.agreed", "deadline.passed", "report.received"]
    assert told[1].event.last_day == date(2017, 8, 10)  # type: ignore[attr-defined]  # a deadline that has passed
    other.at(date(2017, 8, 14))
    for council in two:
        council.tick()
    assert one.types().count("deadline.passed") == 1


def propose_another(council: Council, example: Pack, start: date) -> str:
    """The example pack in another version, proposed by one governance lead; answers its digest."""
    other = varied(example, version="9.9", effective_from=start)
    council.ask(ProposePack(pack=other.digest), "p1", blobs={other.digest: other.canonical()})
    return other.digest


def test_no_pack_is_adopted_over_a_period_that_is_judged_in_the_same_instant(
    two: tuple[Council, Council], example: Pack
) -> None:
    one, other = two
    one.figure(ANALYST, "enter", "AE4/acute/2017-05", "90")
    digest = propose_another(one, example, date(2017, 5, 1))
    slow(one, lambda: other.figure(MANAGER, "confirm", "AE4/acute/2017-05"))
    with pytest.raises(Refused, match="are already judged"):
        one.ask(ApprovePack(pack=digest), "p2")
    assert one.types().count("pack.adopted") == 1


def test_a_pack_is_adopted_on_the_second_look_where_nothing_was_judged_meanwhile(
    two: tuple[Council, Council], example: Pack
) -> None:
    one, other = two
    digest = propose_another(one, example, date(2017, 5, 1))
    slow(one, lambda: other.ask(AddService(service="mental", label="Mental health"), "p1"))
    one.ask(ApprovePack(pack=digest), "p2")
    assert one.types().count("pack.adopted") == 2


def test_an_adoption_that_never_finds_the_log_still_says_what_was_written_meanwhile(
    two: tuple[Council, Council], example: Pack
) -> None:
    one, other = two
    digest = propose_another(one, example, date(2017, 5, 1))
    said = iter(range(10))
    slow(one, lambda: other.ask(AddService(service=f"s{next(said)}", label="One more"), "p1"), times=3)
    with pytest.raises(Conflict, match=r"service\.added by p1"):
        one.ask(ApprovePack(pack=digest), "p2")


def test_what_another_wrote_beside_ones_own_commit_is_learnt_of(two: tuple[Council, Council]) -> None:
    one, other = two
    one.figure(ANALYST, "enter", "AE4/acute/2017-05", "90")
    slow(one, lambda: other.figure(ANALYST, "enter", "AE4/acute/2017-05", "91"))
    one.service("mental")  # another stream: nothing it was decided on has grown
    one.figure(MANAGER, "confirm", "AE4/acute/2017-05")
    assert one.types().count("figure.confirmed") == 1


def test_one_person_added_twice_at_once_is_added_once(two: tuple[Council, Council]) -> None:
    one, other = two
    slow(one, lambda: other.hire("Zoë Clark"))
    with pytest.raises(Refused, match="p7 is in this book already"):
        one.hire("zoe clark")
    namesake = one.text("Zoe Clark")
    one.ask(AddPerson(name=namesake.ref, another=True), "p1", texts=(namesake,))
    assert one.types()[-1] == "person.added"


class Asked:
    """A store that lets somebody else in just after it was asked for a command that nobody had sent yet."""

    def __init__(self, store: Store, then: Callable[[], object]) -> None:
        self._store = store
        self._then: Callable[[], object] | None = then

    def command(self, command_id: str) -> object:
        found = self._store.command(command_id)
        then, self._then = self._then, None
        if then is not None:
            then()
        return found

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def test_the_slower_of_a_command_sent_twice_gets_the_answer_and_no_refusal(
    two: tuple[Council, Council],
) -> None:
    one, other = two
    one.figure(ANALYST, "enter", "AE4/acute/2017-05", "90")

    def confirm(council: Council) -> Answer:
        return council.figure(MANAGER, "confirm", "AE4/acute/2017-05", command_id="once")

    one.engine.store = Asked(one.store, lambda: confirm(other))  # type: ignore[assignment]  # a store for this test
    answer = confirm(one)
    assert answer.repeated
    assert answer.facts == confirm(other).facts


def entered(council: Council, period: str, value: str) -> None:
    council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)


def new_target(council: Council, why: str | None) -> Callable[[], object]:
    words = (council.text(why),) if why else ()
    request = SetTarget(
        indicator="AE4",
        from_period="2017-05",
        value=Decimal(80),
        reason=words[0].ref if words else None,
    )
    return lambda: council.ask(request, "p1", texts=words)


def test_a_figure_confirmed_while_its_target_is_changed_is_judged_by_the_new_one(
    two: tuple[Council, Council],
) -> None:
    one, other = two
    entered(one, "2017-05", "88")
    slow(one, lambda: other.figure(MANAGER, "confirm", "AE4/acute/2017-05"))
    new_target(one, "agreed in cabinet")()
    assert one.status("AE4/acute/2017-05") == "green"


def test_a_target_without_a_reason_does_not_slip_under_a_figure_confirmed_meanwhile(
    two: tuple[Council, Council],
) -> None:
    one, other = two
    entered(one, "2017-05", "88")
    slow(one, lambda: other.figure(MANAGER, "confirm", "AE4/acute/2017-05"))
    with pytest.raises(Refused, match="with this target it would be judged again"):
        new_target(one, None)()


def test_a_target_set_while_a_figure_is_confirmed_judges_it(two: tuple[Council, Council]) -> None:
    one, other = two
    entered(one, "2017-05", "88")
    slow(one, new_target(other, None))
    one.figure(MANAGER, "confirm", "AE4/acute/2017-05")
    assert one.status("AE4/acute/2017-05") == "green"


def adoption(council: Council, pack: Pack, **more: bool) -> Callable[[], object]:
    council.ask(
        ProposePack(pack=pack.digest, effective_from=date(2017, 5, 1)),
        "p1",
        blobs={pack.digest: pack.canonical()},
    )
    return lambda: council.ask(ApprovePack(pack=pack.digest, **more), "p2")


def test_no_figure_slips_under_a_pack_that_is_adopted_for_its_period(
    two: tuple[Council, Council], example: Pack
) -> None:
    one, other = two
    entered(one, "2017-05", "88")
    adopt = adoption(one, varied(example, version="2", effective_from=date(2017, 5, 1)))
    slow(one, lambda: other.figure(MANAGER, "confirm", "AE4/acute/2017-05"))
    with pytest.raises(Refused, match="already judged"):
        adopt()


def test_a_figure_confirmed_while_a_pack_is_adopted_that_judges_again_is_among_what_is_judged_again(
    two: tuple[Council, Council], example: Pack
) -> None:
    one, other = two
    entered(one, "2017-05", "88")
    adopt = adoption(one, varied(example, version="2", effective_from=date(2017, 5, 1)), rejudge=True)
    slow(one, lambda: other.figure(MANAGER, "confirm", "AE4/acute/2017-05"))
    adopt()
    (waiting,) = unfinished(Reader(one.engine))
    assert waiting.left == (("AE4", "acute"),)


def test_a_figure_confirmed_just_after_a_pack_was_adopted_is_judged_by_it(
    two: tuple[Council, Council], example: Pack
) -> None:
    one, other = two
    entered(one, "2017-05", "88")
    second = varied(example, version="2", effective_from=date(2017, 5, 1))
    slow(one, adoption(other, second))
    one.figure(MANAGER, "confirm", "AE4/acute/2017-05")
    (row,) = one.store.rows(STATUSES)
    assert row["pack"] == second.digest

"""A pack adopted over judged periods judges them again, one series after another; what is interrupted goes on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from adapters.cli.told_rejudging import judged_again_lines
from engine.audit.replay import replay
from engine.commands import ApprovePack, ProposePack, RejudgeSeries
from engine.handle import Answer
from engine.judging import rejudging_foretold
from engine.judging.rejudging import command_id, rejudge_all, unfinished
from engine.judging.rejudging_foretold import foretell_rejudging, foretell_unfinished
from engine.packs.pack import Pack
from engine.queries.explaining.explain import explain
from engine.queries.names import Names
from engine.queries.packs import pack_history
from engine.queries.reader import Reader
from engine.states.people import SYSTEM
from engine.testing.council import Council
from engine.views import STATUSES, VIEWS
from events.errors import Refused
from events.kinds.statuses import StatusAssessed
from tests.integration.conftest import varied
from tests.office import office_of

LEAD, SECOND, ANALYST, MANAGER, CLERK = "p1", "p2", "p3", "p4", "p6"
SERVICES = ("acute", "minor", "mental")


def stricter(pack: Pack, **rules: Any) -> Pack:
    """Amber ends at 5 % instead of 10 %."""

    def tightened(band: Any) -> Any:
        edges = {name: getattr(band, name) for name in ("lower", "upper")}
        moved = {
            name: msgspec.structs.replace(edge, at=Decimal(-5))
            for name, edge in edges.items()
            if edge is not None and edge.at == Decimal(-10)
        }
        return msgspec.structs.replace(band, **moved)

    bands = tuple(tightened(band) for band in pack.rules.bands)
    changed = msgspec.structs.replace(pack.rules, bands=bands, **rules)
    return varied(pack, version="2", effective_from=date(2017, 5, 1), rules=changed)


def confirmed(council: Council, period: str, value: str, service: str = "acute") -> None:
    indicator = "AE4" if service == "acute" else "AE5"
    council.figure(ANALYST, "enter", f"{indicator}/{service}/{period}", value)
    council.figure(MANAGER, "confirm", f"{indicator}/{service}/{period}")


def adopt(council: Council, pack: Pack, *, rejudge: bool = True) -> None:
    council.ask(ProposePack(pack=pack.digest), LEAD, blobs={pack.digest: pack.canonical()})
    council.ask(ApprovePack(pack=pack.digest, rejudge=rejudge), SECOND)


def judgements(council: Council, period: str) -> list[StatusAssessed]:
    facts = council.store.streams({"series/AE4/acute": 0})["series/AE4/acute"]
    return [f.event for f in facts if isinstance(f.event, StatusAssessed) and f.event.period == period]


@pytest.fixture
def three(council: Council) -> Council:
    """Three series, each with April to June."""
    for service in SERVICES[1:]:
        council.service(service)
    council.indicator("AE5", *SERVICES[1:], target="95")
    for service in SERVICES:
        for period, value in (("2017-04", "88"), ("2017-05", "88"), ("2017-06", "96")):
            confirmed(council, period, value, service)
    return council


def test_without_the_word_it_is_refused_over_judged_periods(three: Council, example: Pack) -> None:
    with pytest.raises(Refused) as refused:
        adopt(three, stricter(example), rejudge=False)
    assert [problem.code for problem in refused.value.problems] == ["GT-PACK-111"]


def test_periods_from_its_first_day_on_are_judged_again_and_none_before(
    three: Council, example: Pack
) -> None:
    adopt(three, stricter(example))
    (result,) = rejudge_all(office_of(three))
    assert (result.series, result.changed, result.resumed) == (3, 3, False)
    assert [three.status(f"AE4/acute/2017-0{month}") for month in (4, 5, 6)] == ["amber", "red", "green"]
    assert [judged.cause for judged in judgements(three, "2017-05")] == ["confirmed", "adoption"]
    assert len(judgements(three, "2017-04")) == 1
    assert unfinished(Reader(three.engine)) == []


def test_it_goes_on_where_it_was_interrupted_and_does_nothing_twice(three: Council, example: Pack) -> None:
    adopt(three, stricter(example))
    (waiting,) = unfinished(Reader(three.engine))
    assert (waiting.done, len(waiting.series)) == (0, 3)
    indicator, service = waiting.series[0]
    request = RejudgeSeries(adoption=waiting.adoption, indicator=indicator, service=service)
    one = command_id(waiting.adoption, f"{indicator}/{service}")
    three.ask(request, SYSTEM, command_id=one)
    assert three.ask(request, SYSTEM, command_id=one).repeated
    assert [line.rejudged for line in pack_history(three.engine, names=Names())] == ["", "1 of 3 series"]
    told: list[tuple[int, int]] = []
    (result,) = rejudge_all(office_of(three), progress=lambda done, of: told.append((done, of)))
    assert told == [(2, 3), (3, 3)]
    assert result.resumed
    assert [line.rejudged for line in pack_history(three.engine, names=Names())] == ["", "3 of 3 series"]
    assert rejudge_all(office_of(three)) == []
    assert three.types().count("pack.rejudged") == 1


def test_a_figure_confirmed_between_the_adoption_and_its_judging_again_is_not_lost(
    council: Council, example: Pack
) -> None:
    confirmed(council, "2017-05", "88")
    adopt(council, stricter(example))
    confirmed(council, "2017-06", "89")
    rejudge_all(office_of(council))
    assert [council.status(f"AE4/acute/2017-0{month}") for month in (5, 6)] == ["red", "red"]


def test_a_trigger_that_the_new_pack_has_dropped_is_closed_and_its_intervention_runs_on(
    council: Council, example: Pack
) -> None:
    confirmed(council, "2017-05", "90")
    confirmed(council, "2017-06", "80")
    council.step(
        CLERK, "intervention", ("AE4", "acute", "1"), "answer", {"category": "category_1"}, body="CPEG"
    )
    other = tuple(
        msgspec.structs.replace(each, id=f"{each.id}_2", when=each.when) for each in example.rules.triggers
    )
    adopt(council, stricter(example, triggers=other))
    rejudge_all(office_of(council))
    assert "trigger.closed" in council.types()
    assert "trigger.withdrawn" not in council.types()
    assert "cause.withdrawn" not in council.types()
    row = council.intervention("AE4", "acute")
    assert row is not None
    assert row["state"] == "reporting"
    told = explain(council.engine, "AE4/acute/2017-06", date(2017, 7, 7), names=Names())
    ended = [line.where for line in told.lines if "none of that name" in line.where]
    assert len(ended) == 1
    assert "intervention INT-0001; ended" in ended[0]


@pytest.mark.parametrize(("answered", "state"), [(False, "declined"), (True, "reporting")])
def test_a_trigger_that_the_new_pack_does_not_fire_is_withdrawn(
    council: Council, example: Pack, answered: bool, state: str
) -> None:
    """What was only proposed is declined by it; what a body has answered runs on, and the body is told."""
    confirmed(council, "2017-05", "88")
    confirmed(council, "2017-06", "80")
    if answered:
        council.step(
            CLERK, "intervention", ("AE4", "acute", "1"), "answer", {"category": "category_1"}, body="CPEG"
        )
    adopt(council, stricter(example))
    rejudge_all(office_of(council))
    row = council.intervention("AE4", "acute")
    assert row is not None
    assert row["state"] == state, "May is red by the new pack, so June did not turn"
    assert ("cause.withdrawn" in council.types()) == answered


def test_a_trigger_that_the_new_pack_fires_for_the_latest_period_has_consequences(
    council: Council, example: Pack
) -> None:
    confirmed(council, "2017-05", "91")
    confirmed(council, "2017-06", "88")
    assert council.intervention("AE4", "acute") is None
    adopt(council, stricter(example))
    rejudge_all(office_of(council))
    row = council.intervention("AE4", "acute")
    assert row is not None
    assert (row["state"], row["period"]) == ("proposed", "2017-06")


def test_every_judgement_comes_out_again_and_the_views_are_a_rebuild(three: Council, example: Pack) -> None:
    adopt(three, stricter(example))
    rejudge_all(office_of(three))
    assert replay(three.store, three.engine.shelf).differences == []
    assert three.store.differences(VIEWS) == []


def proposed(council: Council, pack: Pack) -> Answer:
    """The pack is put forward, and somebody looks what approving it would do."""
    council.ask(ProposePack(pack=pack.digest), LEAD, blobs={pack.digest: pack.canonical()})
    return office_of(council).ask(ApprovePack(pack=pack.digest, rejudge=True), actor=SECOND, dry_run=True)


def test_only_series_that_came_out_otherwise_are_counted_as_such(three: Council, example: Pack) -> None:
    """Every period is judged again, and by another pack that is recorded, also where all is as it was."""
    adopt(three, varied(example, version="2", effective_from=date(2017, 6, 1)))
    (result,) = rejudge_all(office_of(three))
    assert (result.series, result.changed) == (3, 0)
    assert [judged.cause for judged in judgements(three, "2017-06")] == ["confirmed", "adoption"]


@pytest.mark.parametrize("dropped", [False, True])
def test_what_would_come_out_otherwise_is_foretold_exactly_and_nothing_is_written(
    three: Council, example: Pack, dropped: bool
) -> None:
    three.at(date(2017, 9, 5))
    for period, value in (("2017-07", "88"), ("2017-08", "80")):
        confirmed(three, period, value, "minor")
    other = tuple(msgspec.structs.replace(each, id=f"{each.id}_2") for each in example.rules.triggers)
    pack = stricter(example, **({"triggers": other} if dropped else {}))
    answer = proposed(three, pack)
    head = three.store.head()
    told: list[tuple[int, int]] = []
    foretold = foretell_rejudging(
        office_of(three), answer.facts, progress=lambda done, of: told.append((done, of))
    )
    assert foretold is not None
    assert (three.store.head(), unfinished(Reader(three.engine))) == (head, [])
    assert told == [(1, 3), (2, 3), (3, 3)]

    before = {service: statuses(three, service) for service in SERVICES}
    three.ask(ApprovePack(pack=pack.digest, rejudge=True), SECOND)
    at = three.store.head().position
    (result,) = rejudge_all(office_of(three))
    assert (foretold.series, foretold.changed) == (result.series, result.changed)
    written = [fact for fact in three.store.page(at, 1_000) if fact.stream.startswith("series/")]
    assert foretold.triggers == sum(fact.type.startswith("trigger.") for fact in written) > 0
    assert foretold.periods == sum(fact.type == "status.assessed" for fact in written)
    changes = {(each.service, change.period): change for each in foretold.named for change in each.statuses}
    assert foretold.statuses == len(changes) > 0
    for service, was in before.items():
        for period, status in statuses(three, service).items():
            change = changes.get((service, period))
            assert (was[period], status) == (
                (change.before, change.after) if change else (was[period], was[period])
            )
    became = {each.became for series in foretold.named for each in series.triggers}
    assert ("closed" in became, "withdrawn" in became) == (dropped, not dropped)


@pytest.mark.parametrize("adoptions", [1, 2])
def test_what_an_interruption_has_left_is_foretold_exactly_and_nothing_is_written(
    three: Council, example: Pack, adoptions: int
) -> None:
    """The series done before is not foretold again; a second adoption finds the series as the first leaves them."""
    adopt(three, stricter(example))
    (waiting,) = unfinished(Reader(three.engine))
    indicator, service = waiting.series[0]
    request = RejudgeSeries(adoption=waiting.adoption, indicator=indicator, service=service)
    three.ask(request, SYSTEM, command_id=command_id(waiting.adoption, f"{indicator}/{service}"))
    if adoptions == 2:
        adopt(three, varied(example, version="3", effective_from=date(2017, 6, 1)))
    head = three.store.head()
    told: list[tuple[int, int]] = []
    foretold = foretell_unfinished(office_of(three), progress=lambda done, of: told.append((done, of)))
    assert three.store.head() == head
    assert told == [(2, 3), (3, 3), (1, 3), (2, 3), (3, 3)][: 2 if adoptions == 1 else 5]
    assert [each.series for each in foretold] == [2, 3][:adoptions]

    results = rejudge_all(office_of(three))
    assert [each.changed for each in foretold] == [each.changed for each in results]
    page = three.store.page(head.position, 1_000)
    written = [fact.type for fact in page if fact.stream.startswith("series/")]
    assert sum(each.periods for each in foretold) == written.count("status.assessed") > 0
    assert sum(each.triggers for each in foretold) == sum(kind.startswith("trigger.") for kind in written) > 0
    assert foretell_unfinished(office_of(three)) == []


def statuses(council: Council, service: str) -> dict[str, str]:
    rows = council.store.rows(STATUSES, {"service": {service}})
    return {str(row["period"]): str(row["status"]) for row in rows}


def test_where_nothing_is_judged_again_nothing_is_foretold(council: Council, example: Pack) -> None:
    pack = stricter(example)
    council.ask(ProposePack(pack=pack.digest), LEAD, blobs={pack.digest: pack.canonical()})
    answer = office_of(council).ask(ApprovePack(pack=pack.digest), actor=SECOND, dry_run=True)
    assert foretell_rejudging(office_of(council), answer.facts) is None


def test_all_is_counted_though_few_are_named(
    three: Council, example: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rejudging_foretold, "MOST_SERIES", 1)
    foretold = foretell_rejudging(office_of(three), proposed(three, stricter(example)).facts)
    assert foretold is not None
    assert (foretold.changed, len(foretold.named)) == (3, 1)
    lines = judged_again_lines([foretold])
    assert lines[0] == (
        "3 series would be judged again by example-council 2; 3 of them would come out otherwise: another status in 3 "
        "of 6 periods, and 3 triggers that would fire, clear or end otherwise."
    )
    assert lines[-1] == "  And 2 more series; --json names up to 1 of them."

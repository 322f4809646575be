"""However figures, restatements, absences, targets and a pack come in, the statuses are those of the final truth told in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.yaml.reader import YamlDocuments
from engine.audit.replay import replay
from engine.commands import ApprovePack, ProposePack, RejudgeSeries, SetTarget
from engine.judging.rejudging import command_id, unfinished
from engine.packs.canonical import sealed
from engine.packs.load import load_pack
from engine.packs.pack import Pack
from engine.queries.reader import Reader
from engine.states.people import SYSTEM
from engine.testing.council import Council
from engine.views import VIEWS
from events.errors import Refused

ROOT = Path(__file__).resolve().parents[2]
ANALYST, MANAGER = "p3", "p4"
MONTHS = ("2017-01", "2017-02", "2017-03", "2017-04", "2017-05", "2017-06")
TODAY = date(2017, 7, 10)


class Packs:
    """Two packs, told by no more than an address where an example fails."""

    def __init__(self, first: Pack, second: Pack) -> None:
        self.first, self.second = first, second


@pytest.fixture(scope="module")
def packs() -> Packs:
    """The example pack, and one from April 2017 on that is stricter and has lost a trigger and won another."""
    first = load_pack(
        ROOT / "examples" / "hospital-waiting" / "example-council",
        ROOT / "packs" / "library",
        YamlDocuments(),
    )
    return Packs(first, stricter(first))


def stricter(pack: Pack) -> Pack:
    """The same pack with amber ending at 5 % instead of 10 %, and its first trigger under another name."""
    bands = tuple(_tightened(band) for band in pack.rules.bands)
    renamed = msgspec.structs.replace(pack.rules.triggers[0], id="turned_for_the_worse")
    rules = msgspec.structs.replace(pack.rules, bands=bands, triggers=(renamed, *pack.rules.triggers[1:]))
    parts = ("name", "title", "source", "organisation", "workflows", "assumptions", "sources")
    kept = {part: getattr(pack, part) for part in parts}
    return sealed(**kept, version="2", effective_from=date(2017, 4, 1), rules=rules)


def _tightened(band: Any) -> Any:
    """A band with every edge at -10 % moved to -5 %."""
    edges = {name: getattr(band, name) for name in ("lower", "upper")}
    moved = {
        name: msgspec.structs.replace(edge, at=Decimal(-5))
        for name, edge in edges.items()
        if edge is not None and edge.at == Decimal(-10)
    }
    return msgspec.structs.replace(band, **moved)


@dataclass
class Truth:
    """What is so in the end: each month's figure or that there is none, the targets, and whether the second pack is in force."""

    figures: dict[str, str | None] = field(default_factory=dict)
    targets: list[tuple[str, str]] = field(default_factory=list)
    adopted: bool = False


def council(pack: Pack) -> Council:
    made = Council(pack, TODAY)
    made.service("acute")
    made.indicator("AE4", "acute", target="95")
    made.hire("Priya", "data_enterer")
    made.hire("Tom", "data_manager")
    return made


def submit(at: Council, month: str, value: str | None, truth: Truth) -> None:
    """A figure, another in its place, or that there is none; what is not possible as it stands is left."""
    ref = f"AE4/acute/{month}"
    known = month in truth.figures
    try:
        if value is None:
            at.figure(MANAGER, "declare_none", ref, words={"reason": "the system was down"})
        else:
            step, follow = ("restate", "approve_restatement") if known else ("enter", "confirm")
            at.figure(ANALYST, step, ref, value, words={"reason": "put right"} if known else None)
            at.figure(MANAGER, follow, ref)
    except Refused:
        return
    truth.figures[month] = value


def set_target(at: Council, month: str, value: str, truth: Truth) -> None:
    why = at.text("agreed in cabinet")
    request = SetTarget(indicator="AE4", from_period=month, value=Decimal(value), reason=why.ref)
    at.ask(request, "p1", texts=(why,))
    truth.targets.append((month, value))


def adopt(at: Council, pack: Pack, truth: Truth) -> None:
    """Adopt the second pack over whatever is judged, and judge again, each series by a command."""
    if truth.adopted:
        return
    at.ask(ProposePack(pack=pack.digest, rejudge=True), "p1", blobs={pack.digest: pack.canonical()})
    at.ask(ApprovePack(pack=pack.digest), "p2")
    for each in unfinished(Reader(at.engine)):
        for indicator, service in each.left:
            request = RejudgeSeries(adoption=each.adoption, indicator=indicator, service=service)
            at.ask(request, SYSTEM, command_id=command_id(each.adoption, f"{indicator}/{service}"))
    truth.adopted = True


def told_in_order(first: Pack, second: Pack, truth: Truth) -> Council:
    plain = council(first)
    nothing = Truth()
    if truth.adopted:
        adopt(plain, second, nothing)
    for month, value in truth.targets:
        set_target(plain, month, value, nothing)
    for month in sorted(truth.figures):
        submit(plain, month, truth.figures[month], nothing)
    return plain


def judged(at: Council) -> dict[str, Any]:
    """Period → its judgement without what only says how it came about, and the triggers that stand."""
    held = Reader(at.engine).work.series("AE4", "acute").periods
    blank = {"cause": "", "figure": None, "target": None}
    return {
        period: (msgspec.structs.replace(standing.assessed, **blank), sorted(standing.fired))
        for period, standing in held.items()
        if standing.assessed is not None
    }


figures = st.tuples(
    st.just("figure"), st.sampled_from(MONTHS), st.sampled_from(["96", "91", "88", "80", "70", None])
)
targets = st.tuples(st.just("target"), st.sampled_from(MONTHS), st.sampled_from(["95", "85", "75"]))
adoptions = st.tuples(st.just("adopt"), st.just(""), st.just(""))
courses = st.lists(st.one_of(figures, figures, figures, targets, adoptions), max_size=16)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(courses)
def test_any_order_gives_the_statuses_of_the_final_truth_told_in_order(
    packs: Packs, course: list[tuple[str, str, str | None]]
) -> None:
    first, second = packs.first, packs.second
    muddled, truth = council(first), Truth()
    for what, month, value in course:
        match what:
            case "figure":
                submit(muddled, month, value, truth)
            case "target":
                set_target(muddled, month, value or "", truth)
            case _:
                adopt(muddled, second, truth)
    assert judged(muddled) == judged(told_in_order(first, second, truth))
    assert replay(muddled.store, muddled.engine.shelf).differences == []
    assert muddled.store.differences(VIEWS) == []

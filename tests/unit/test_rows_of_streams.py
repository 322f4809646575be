"""Each row of a view belongs to one stream: that is why a commit in one turn compares streams, and no rows.

Facts of every kind that a view heeds are put into every stream in which such facts stand, with few words to choose from.
Where facts of each kind stand is held against a life in which everything that can be asked is asked; and the store in memory, in
which all other tests live, refuses a row that two streams share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import nullcontext
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.testing import InMemoryStore
from engine.view import Key, View
from engine.views import SUBMISSIONS, VIEWS
from events import stream as streams
from events.fact import Fact
from events.instant import Instant
from events.kinds.book import ReactionRefused, TaskDone
from events.kinds.register import IndicatorAdded, IndicatorAmended, IndicatorRetired
from events.kinds.statuses import StatusAssessed
from events.schema import TYPES, Event
from tests.contract.conftest import Desk
from tests.contract.meetings import Meetings
from tests.unit.facts import arbitrary, fact

CODES = ("", "A", "B")
LATER = Instant("2031-01-01T00:00:00.000000Z")
STREAMS = sorted(
    {
        *(streams.indicator(code) for code in CODES[1:]),
        *(streams.series(indicator, service) for indicator in CODES[1:] for service in CODES[1:]),
        *(
            streams.matters(workflow, indicator, service)
            for workflow in (streams.INTERVENTION, "A", "series")
            for indicator in CODES
            for service in CODES
        ),
    }
)
WORDS = st.sampled_from([*CODES[1:], "1", *(f"{stream}@1" for stream in STREAMS)])
HEEDED = sorted(name for name, kind in TYPES.items() if any(issubclass(kind, view.heeds) for view in VIEWS))


def stands(event: Event, stream: str) -> bool:
    """Whether what happened may stand there."""
    family = stream.partition("/")[0]
    match event:
        case IndicatorAdded() | IndicatorAmended() | IndicatorRetired():
            return stream == streams.indicator(event.indicator)
        case TaskDone():
            return stream == event.task.rpartition("@")[0] and family == "series"
        case StatusAssessed() | ReactionRefused():
            return family == "series"
        case _ if isinstance(event, SUBMISSIONS.heeds):
            return family == "series"
        case _:
            return family in ("series", "interventions", "matters")


@st.composite
def events(draw: st.DrawFn) -> tuple[str, Event]:
    """Something that some view heeds, and what it is called."""
    name = draw(st.sampled_from(HEEDED))
    event: Event = draw(arbitrary(TYPES[name], WORDS))
    if isinstance(event, TaskDone):
        event = replace(event, task=f"{draw(st.sampled_from(STREAMS))}@1")
    if isinstance(event, IndicatorAdded | IndicatorAmended | IndicatorRetired):
        event = replace(event, indicator=draw(st.sampled_from(CODES[1:])))
    return name, event


def everywhere(name: str, event: Event) -> list[Fact[Event]]:
    """The fact in every stream where it may stand."""
    return [replace(fact(event, name), stream=each, version=1) for each in STREAMS if stands(event, each)]


def rows(view: View, of: Fact[Event]) -> set[Key]:
    return set(view.touches(of)) if isinstance(of.event, view.heeds) else set()


def owners(view: View, log: Iterable[Fact[Event]]) -> dict[Key, set[str]]:
    """Each row with the streams whose facts bear on it."""
    found: dict[Key, set[str]] = defaultdict(set)
    for each in log:
        for key in rows(view, each):
            found[key].add(each.stream)
    return found


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(events(), events())
def test_no_facts_of_two_streams_bear_on_one_row(one: tuple[str, Event], other: tuple[str, Event]) -> None:
    facts = [*everywhere(*one), *everywhere(*other)]
    for view in VIEWS:
        shared = {key: names for key, names in owners(view, facts).items() if len(names) > 1}
        assert not shared or getattr(view, "shared", False), view.name


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(events(), min_size=1, max_size=4))
def test_no_row_depends_on_where_or_when_its_facts_were_recorded(several: list[tuple[str, Event]]) -> None:
    facts = [(view, each) for name, event in several for view in VIEWS for each in everywhere(name, event)]
    for view in VIEWS:
        own = [each for of, each in facts if of is view and isinstance(each.event, view.heeds)]
        elsewhere = [replace(each, position=each.position + 7, recorded_at=LATER) for each in own]
        assert folded(view, own) == folded(view, elsewhere), view.name


def folded(view: View, facts: Iterable[Fact[Event]]) -> dict[Key, object]:
    rows: dict[Key, object] = {}
    for each in facts:
        for key in view.touches(each):
            rows[key] = view.fold(rows.get(key), key, each)
    return rows


@lru_cache(maxsize=1)
def life() -> list[Fact[Event]]:
    """Every fact of a life in which everything is asked."""
    from tests.campaigns.council_life import life
    from tests.campaigns.failpoints import undisturbed

    return undisturbed(life())[0].page(0, 10_000)


def test_facts_that_views_heed_stand_where_they_are_put_here() -> None:
    heeded = [each for each in life() if isinstance(each.event, tuple(TYPES[name] for name in HEEDED))]
    assert [each.ref for each in heeded if not stands(each.event, each.stream)] == []
    assert len({each.type for each in heeded}) > 10


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_each_row_that_a_life_leads_to_belongs_to_one_stream(view: View) -> None:
    found = owners(view, life())
    assert found
    assert [key for key, names in found.items() if len(names) > 1] == []


def test_a_view_whose_rows_streams_share_must_say_so() -> None:
    desk = Desk()

    class Silent(Meetings):
        shared = False

    for view, refused in ((Meetings(), False), (Silent(), True)):
        store = InMemoryStore([view])
        store.commit(desk.of(desk.added(), read={"meetings": 0}))
        with pytest.raises(AssertionError, match="meetings and others share") if refused else nullcontext():
            store.commit(desk.of(desk.added(), stream="others", read={"others": 0}))

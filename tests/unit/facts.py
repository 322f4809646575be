"""Facts of every registered type: arbitrary ones for properties, and one plain sample of each for the golden files."""

from __future__ import annotations

import types
import typing
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import strategies as st

from events import codec
from events.fact import Fact
from events.instant import Instant
from events.schema import TYPES, VERSIONS, Event

NOW = Instant("2026-04-01T09:00:00.000000Z")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12)
assert codec.kinds, "importing the codec registers every type"


def arbitrary(hint: Any, texts: st.SearchStrategy[str] = TEXTS) -> st.SearchStrategy[Any]:
    """Anything that a field of this type may hold, its words among `texts`."""
    hint = getattr(hint, "__supertype__", hint)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(arbitrary(argument, texts) for argument in arguments))
    if origin is tuple:
        return st.lists(arbitrary(arguments[0], texts), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(arbitrary(arguments[0], texts), arbitrary(arguments[1], texts), max_size=3)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return st.builds(
            hint, **{name: arbitrary(kind, texts) for name, kind in typing.get_type_hints(hint).items()}
        )
    simple = {
        str: texts,
        Decimal: NUMBERS,
        date: st.dates(),
        bool: st.booleans(),
        int: st.integers(-(2**53), 2**53),
    }
    return st.none() if hint is type(None) else simple[hint]


def sample(hint: Any, name: str = "") -> Any:
    """One plain value for a field of this type; every field of a struct is given."""
    hint = getattr(hint, "__supertype__", hint)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return sample(next(argument for argument in arguments if argument is not type(None)), name)
    if origin is tuple:
        return (sample(arguments[0], name),)
    if origin is dict:
        return {"a": sample(arguments[1], name)}
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint(**{field: sample(kind, field) for field, kind in typing.get_type_hints(hint).items()})
    return {str: f"{name} ✓", Decimal: Decimal("57.10"), date: date(2026, 11, 30), bool: True, int: 7}[hint]


def fact(event: Event, type_: str, position: int = 12) -> Fact[Event]:
    """An event with an envelope around it."""
    return Fact(
        position=position,
        stream="series/CH04/childrens",
        version=3,
        type=type_,
        schema=VERSIONS[type_],
        recorded_at=NOW,
        received_at=NOW,
        effective_on=date(2026, 3, 31),
        actor="p-0042",
        account="clerk@townhall",
        command_id="01JQZK8M000000000000000000",
        correlation_id="01JQZK8M000000000000000000",
        caused_by="series/CH04/childrens@2",
        event=event,
    )


ARBITRARY_FACTS = st.sampled_from(sorted(TYPES)).flatmap(
    lambda name: st.builds(fact, arbitrary(TYPES[name]), st.just(name), st.integers(1, 2**53))
)

"""Reading what may be damaged: what cannot be read is named and stepped over, and the rest is still looked at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from engine.audit.faults import Fault
from engine.ports import Store, Stored
from events.errors import Broken, Unavailable

PAGE = 2_000
"""Rows read at once: a body has 60 kB at most, and less than one as a rule."""

T = TypeVar("T")
K = TypeVar("K")


class Unreadable(NamedTuple):
    """Positions that could not be read, and what the database said."""

    first: int
    last: int
    sentence: str

    def fault(self) -> Fault:
        """As a fault."""
        which = f"Event {self.first}" if self.first == self.last else f"Events {self.first} to {self.last}"
        return Fault(self.first, "file", f"{which} cannot be read: {self.sentence}")


class Page(NamedTuple):
    """Rows in order of their positions; what could not be read among them; the position it reaches up to."""

    rows: list[Stored]
    unreadable: list[Unreadable]
    reaches: int


def pages(store: Store, until: int) -> Iterator[Page]:
    """The rows up to a position, as stored, whatever is wrong with them."""
    after, stride = 0, PAGE
    while after < until:
        try:
            rows = store.stored(after, PAGE)
        except Unavailable:
            raise
        except Broken as problem:
            page = _singly(store, after, min(after + stride, until), problem)
            stride = PAGE if page.rows else stride * 2  # a log that ends far beyond what it holds
        else:
            page, stride = _as_read(rows, after, until), PAGE
        yield page
        after = page.reaches


def _as_read(rows: list[Stored], after: int, until: int) -> Page:
    """A page without what was recorded meanwhile; it ends the log where rows do not stand in order."""
    if rows and rows[-1].position > until:
        rows = [row for row in rows if row.position <= until]
    return Page(rows, [], rows[-1].position if rows and rows[-1].position > after else until)


def _singly(store: Store, after: int, until: int, problem: Broken) -> Page:
    rows: list[Stored] = []
    unreadable: list[Unreadable] = []
    for position in range(after + 1, min(after + PAGE, until) + 1):
        try:
            found = store.stored(position - 1, 1)
        except Broken as broken:
            _extend(unreadable, Unreadable(position, position, _said(broken)))
        else:
            rows += [row for row in found if row.position == position]
    if not rows and until > after + PAGE:
        _extend(unreadable, Unreadable(after + PAGE + 1, until, _said(problem)))
        return Page(rows, unreadable, until)
    return Page(rows, unreadable, min(after + PAGE, until))


def _extend(unreadable: list[Unreadable], more: Unreadable) -> None:
    last = unreadable[-1] if unreadable else None
    if last and (last.last + 1, last.sentence) == (more.first, more.sentence):
        unreadable[-1] = last._replace(last=more.last)
    else:
        unreadable.append(more)


def _said(problem: Broken) -> str:
    return problem.problems[0].sentence


def by_key(read: Callable[[K, int], list[T]], first: K, key: Callable[[T], K]) -> Iterator[list[T]]:
    """Rows in the order of their keys, a page at a time. Raises Broken GT-LOG-011 where they stand in another."""
    after = first
    while page := read(after, PAGE):
        yield page
        last = key(page[-1])
        if not _follows(last, after):
            raise Broken.of(
                "GT-LOG-011",
                "Rows do not stand in the order of their keys: an index of the book is damaged.",
                "Copy the book away as it is, and restore the last backup that passes 'goldenthread audit verify'.",
            )
        after = last


def _follows(last: Any, after: Any) -> bool:
    try:
        return bool(last > after)
    except TypeError:  # a damaged key may be anything
        return False


def each(
    read: Callable[[Collection[str]], Mapping[str, T]], keys: Collection[str]
) -> tuple[Mapping[str, T], dict[str, str]]:
    """What stands under some keys, and under which nothing can be read, with what the database said."""
    try:
        return read(keys), {}
    except Unavailable:
        raise
    except Broken:
        found: dict[str, T] = {}
        unreadable: dict[str, str] = {}
        for key in keys:
            try:
                found.update(read((key,)))
            except Broken as problem:
                unreadable[key] = _said(problem)
        return found, unreadable


def as_far_as_readable(what: str, faults: Iterator[Fault]) -> Iterator[Fault]:
    """Faults, and one more where the database cannot read on; `what` is being read."""
    try:
        yield from faults
    except Unavailable:
        raise
    except Broken as problem:
        yield Fault(0, "file", f"{what} cannot be read to the end: {_said(problem)}")

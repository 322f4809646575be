"""The outbox must hold what the facts tell, command by command: no notice more, none less, none otherwise.

Notices stand in the order of the facts they were written with; both are read once. When they were handed over is not
checked: nothing in the log says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import attrgetter

from engine.audit.commands import Run
from engine.audit.faults import Fault, Faults, shown
from engine.audit.pages import as_far_as_readable, by_key
from engine.notices import ALONE, Told, of_command
from engine.ports import Notice, OutboxRow, Store, Stored
from events.codec import decode
from events.kinds.statuses import TriggerFired
from events.kinds.workflow import EvidenceAdded, StepTaken
from events.schema import TYPES

_TELL = frozenset(name for name, kind in TYPES.items() if kind in ALONE or kind is TriggerFired)
_BEAR = _TELL | {name for name, kind in TYPES.items() if issubclass(kind, StepTaken | EvidenceAdded)}
"""What bears on what a command tells."""
_BEFORE_ALL = -(2**63)


class Notices:
    """Compares the outbox with the log up to `until`; what it finds counts only where that is sound."""

    def __init__(self, store: Store, until: int) -> None:
        self._store = store
        self._until = until
        self._found = Faults()
        self._bearing: list[Stored] = []
        """Of commands that have not ended yet."""
        self._odd: list[OutboxRow] = []
        self._rows = self._in_order()
        self._next: OutboxRow | None = None
        self._begun = False

    def take(self, rows: Sequence[Stored], ended: Sequence[Run]) -> None:
        """Take the next rows of the log in, and the commands that ended with them."""
        self._look(self._of_ended(rows, ended))

    def found_with(self, ended: Sequence[Run]) -> Faults:
        """Everything that is wrong, the command that the log ends with taken in."""
        self._look(self._of_ended((), ended))
        self._look(self._left())
        return self._found

    def _look(self, faults: Iterator[Fault]) -> None:
        if not self._found.kinds & {"file"}:  # what comes after an unreadable notice cannot be compared
            self._found.add(as_far_as_readable("The outbox", faults))

    def _of_ended(self, rows: Sequence[Stored], ended: Sequence[Run]) -> Iterator[Fault]:
        if not self._begun:
            self._begun, self._next = True, next(self._rows, None)
        self._bearing += [row for row in rows if row.type in _BEAR]
        done = 0
        for run in ended:
            begun = done
            while done < len(self._bearing) and self._bearing[done].position <= run.last:
                done += 1
            if done > begun or (self._next is not None and self._next.position <= run.last):
                yield from self._compared(run, self._bearing[begun:done])
        del self._bearing[:done]

    def _left(self) -> Iterator[Fault]:
        """Every notice that is of no event; what was recorded meanwhile is left for next time."""
        head = self._store.head().position
        left = chain(() if self._next is None else (self._next,), self._rows)
        for row in chain((row for row in left if not self._until < row.position <= head), self._odd):
            yield _odd(row)

    def _compared(self, run: Run, bearing: Sequence[Stored]) -> Iterator[Fault]:
        found = list(self._of(run))
        tell = any(row.type in _TELL for row in bearing)
        facts = [decode(row.position, row.type, row.schema, row.body) for row in bearing] if tell else []
        told = of_command(facts) if facts else Told(Counter(), Counter())
        left = told.must.copy()
        may = told.may.copy()
        for row in found:
            for expected in (left, may):
                if expected[row.notice] > 0 and run.first <= row.position:
                    expected[row.notice] -= 1
                    break
            else:
                yield _odd(row)
        for notice in left.elements():
            yield _missing(run, notice)

    def _of(self, run: Run) -> Iterator[OutboxRow]:
        """The notices that were written up to the end of a command."""
        while self._next is not None and self._next.position <= run.last:
            yield self._next
            self._next = next(self._rows, None)

    def _in_order(self) -> Iterator[OutboxRow]:
        """Notices by id, without those that stand at an event out of order: one that stands before the notice that precedes it,
        or, where the next does so too, that one.
        """
        held: OutboxRow | None = None
        doubtful: OutboxRow | None = None
        for row in self._all():
            if held is None or row.position >= held.position:
                self._odd += [] if doubtful is None else [doubtful]
                if held is not None:
                    yield held
                held, doubtful = row, None
            elif doubtful is None:
                doubtful = row
            else:
                self._odd.append(held)
                if row.position < doubtful.position:
                    held, doubtful = doubtful, row
                else:
                    yield doubtful
                    held, doubtful = row, None
        if held is not None and held.position > self._until and doubtful is not None:
            held, doubtful = doubtful, held
        self._odd += [] if doubtful is None else [doubtful]
        if held is not None:
            yield held

    def _all(self) -> Iterator[OutboxRow]:
        for page in by_key(self._page, _BEFORE_ALL, attrgetter("id")):
            for row in page:
                if _is_placed(row):
                    yield row
                else:
                    self._odd.append(row)

    def _page(self, after: int, limit: int) -> list[OutboxRow]:
        return self._store.outbox(unsent_only=False, limit=limit, after=after)


def _is_placed(row: OutboxRow) -> bool:
    return isinstance(row.position, int)


def _odd(row: OutboxRow) -> Fault:
    position = row.position if _is_placed(row) else 0
    sentence = f"Notice {row.id}, {_words(row.notice)}, stands at event {shown(row.position)}, whose command tells nobody so."
    return Fault(position, "notice", sentence)


def _missing(run: Run, notice: Notice) -> Fault:
    which = f"Event {run.first} tells" if run.first == run.last else f"Events {run.first} to {run.last} tell"
    return Fault(
        run.first, "notice", f"{which} more than the outbox holds: a notice {_words(notice)}, is missing."
    )


def _words(notice: Notice) -> str:
    return f"to {shown(notice.to)} of {shown(notice.subject)} ({shown(notice.kind)})"

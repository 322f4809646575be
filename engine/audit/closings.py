"""What was frozen, found again: a closing's digest against the statuses as they stood at that event."""

from __future__ import annotations

from engine.closing.report import digest_of, report_lines
from engine.ports import Store
from engine.views import STATUSES
from events.fact import Fact
from events.kinds.periods import PeriodClosed
from events.schema import Event


def frozen_again(store: Store, fact: Fact[Event], closing: PeriodClosed) -> str:
    """The digest of the report that the record gives for a closing; equal to the one recorded where nothing was altered."""
    lines = report_lines(store.rows(STATUSES, {"period": closing.period}, at=fact.position))
    return digest_of(closing.period, lines, closing.missing)

"""Where a series stands: its status now, and the statuses before it, as conditions ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from events.kinds.statuses import RecentStatus
from events.period import parse_period
from rules.ir import RuleSet


class Standing(msgspec.Struct, frozen=True):
    """What every condition may look at, and nothing else."""

    rules: RuleSet
    period: str
    status: str
    """The status of this period: a word of the pack, or the built-in word for an unrated state."""
    fields: Mapping[str, str]
    reported_as: str | None
    history: tuple[RecentStatus, ...]
    """Earlier judged periods, oldest first; a period left out is a gap."""

    @property
    def word(self) -> str:
        """The status of this period, as it stands inside a sentence."""
        return self.rules.word(self.status)

    def before(self, periods: int) -> RecentStatus | None:
        """The status so many periods ago; None where that period was not judged."""
        if not self.history:
            return None
        wanted = earlier(self.period, periods)
        for recent in reversed(self.history):
            if recent.period == wanted:
                return recent
        return None

    def judged_before(self, periods: int) -> RecentStatus | None:
        """The same, and None too where that period has no judgement: no data, or not rated."""
        recent = self.before(periods)
        return recent if recent is not None and recent.status in self.rules.judged else None


@lru_cache(maxsize=8192)
def earlier(period: str, periods: int) -> str:
    """The name of the period so many before another."""
    return str(parse_period(period).shift(-periods))

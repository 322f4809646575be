"""What lies behind a period that is judged: the judged periods before it, moved along from one period to the next."""

from __future__ import annotations

from engine.states.series import Series, Standing
from events.kinds.statuses import StatusAssessed
from events.period import Period
from rules.case import Past


class Trail:
    """The judged periods before the one in hand, as many as the rules look back at.

    A pass over a series reads them once; every period is then passed by in its turn.
    """

    def __init__(self) -> None:
        self._reach = -1
        self._pasts: list[Past] = []
        self.last: StatusAssessed | None = None
        """The assessment of the latest of them."""

    def behind(self, series: Series, period: Period, reach: int) -> list[Past]:
        """They, oldest first. They are read anew for rules that look back another number of periods."""
        if reach != self._reach:
            found = series.judged_before(period, reach)
            self._reach = reach
            self._pasts = [each.past for each in found if each.past is not None]
            self.last = found[-1].assessed if found else None
        return self._pasts

    def pass_by(self, standing: Standing) -> None:
        """Leave the period in hand behind, as it stands now."""
        if standing.past is None or self._reach < 1:
            return
        self.last = standing.assessed
        self._pasts.append(standing.past)
        del self._pasts[: -self._reach]

"""What the passing of time asks: deadlines that fall due, figures to be asked for, and a clock that was put right."""

from __future__ import annotations

from datetime import date

from engine.commands.request import Request
from events.instant import Instant
from events.text import TextRef


class CorrectClock(Request, frozen=True, kw_only=True):
    """Accept that the head of the log lies in the future of a clock that was put right."""

    reason: TextRef


class PassDeadline(Request, frozen=True, kw_only=True):
    """A deadline, or a reminder of it (`reminder` > 0), fell due; sent by the tick only."""

    stream: str
    subject: str
    name: str
    n: int
    due_at: Instant
    reminder: int = 0

    @property
    def command_id(self) -> str:
        """The id that makes it fire once: which deadline, which setting of it, and for when."""
        mark = f"~{self.reminder}" if self.reminder else ""
        return f"{self.stream}/{self.subject}/{self.name}/{self.n}{mark}@{self.due_at}"


class RequestData(Request, frozen=True, kw_only=True):
    """The day has come on which figures are asked for; sent by the tick only."""

    period: str
    lag: str
    opens_on: date
    last_day: date
    figures: int
    to: tuple[str, ...]

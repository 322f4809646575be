"""Days on which a body meets, minutes of what it decided, and tasks that were dealt with."""

from __future__ import annotations

from datetime import date

from engine.commands.request import Request
from events.text import TextRef


class AddMeeting(Request, frozen=True, kw_only=True):
    """Enter a day on which a body meets."""

    body: str
    on: date


class CancelMeeting(Request, frozen=True, kw_only=True):
    """Take a meeting back."""

    body: str
    on: date


class RecordMinute(Request, frozen=True, kw_only=True):
    """Note the minute of a body's decision about a matter."""

    workflow: str
    indicator: str
    service: str
    subject: str
    minute: TextRef
    decision: str | None = None
    """The decision, as ``stream@version``; the last one without a minute where none is named."""
    acting_for: str | None = None


class FinishTask(Request, frozen=True, kw_only=True):
    """Say that a refused consequence was dealt with; `task` cites it as ``stream@version``."""

    task: str
    reason: TextRef

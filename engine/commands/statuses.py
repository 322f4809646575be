"""A trigger that is kept quiet, and a status that is set by hand."""

from __future__ import annotations

from datetime import date

from engine.commands.request import Request
from events.text import TextRef


class MuteTrigger(Request, frozen=True, kw_only=True):
    """Let nothing follow from a trigger of a series up to and including a day."""

    trigger: str
    indicator: str
    service: str
    until: date
    reason: TextRef


class UnmuteTrigger(Request, frozen=True, kw_only=True):
    """Take a mute back."""

    trigger: str
    indicator: str
    service: str
    reason: TextRef


class OverrideStatus(Request, frozen=True, kw_only=True):
    """Set a status in place of the computed one, where the pack allows it."""

    indicator: str
    service: str
    period: str
    status: str
    reason: TextRef


class EndOverride(Request, frozen=True, kw_only=True):
    """Take a status that was set in place of the computed one back."""

    indicator: str
    service: str
    period: str
    reason: TextRef

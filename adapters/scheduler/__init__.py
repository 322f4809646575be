"""A heart for a process that lives: APScheduler in memory, beating once every so often, and watched."""

from __future__ import annotations

from adapters.scheduler.heart import Heart
from adapters.scheduler.watch import beat_until_told

__all__ = ["Heart", "beat_until_told"]

"""A red figure of a council whose pack lets the data manager set a status otherwise, for messages about that."""

from __future__ import annotations

import msgspec

from engine.commands import EndOverride, OverrideStatus
from engine.testing.council import Council
from tests.errors.council import ANALYST, JUNE, MANAGER, a_council, changed, example


def _council(by: str | None) -> Council:
    council = a_council(changed(rules=msgspec.structs.replace(example().rules, override_by=by)))
    council.figure(ANALYST, "enter", JUNE, "50")
    council.figure(MANAGER, "confirm", JUNE)
    return council


def override(
    status: str, *, who: str = MANAGER, period: str = "2026-06", by: str | None = "data_manager"
) -> None:
    """Set the status of a figure otherwise."""
    council = _council(by)
    text = council.text("A road was closed")
    request = OverrideStatus(
        indicator="HW1", service="highways", period=period, status=status, reason=text.ref
    )
    council.ask(request, who, texts=(text,))


def end_override() -> None:
    """Take back what was not set."""
    council = _council("data_manager")
    text = council.text("It is open again")
    request = EndOverride(indicator="HW1", service="highways", period="2026-06", reason=text.ref)
    council.ask(request, MANAGER, texts=(text,))

"""A finding: something that is not as it should be, and what to do about it."""

from __future__ import annotations

import msgspec

ERROR, WARNING, NOTE = "error", "warning", "note"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing found."""

    code: str
    severity: str
    """``error`` (something is broken or waits for a person), ``warning`` (it will be), ``note`` (good to know)."""
    sentence: str
    fix: str

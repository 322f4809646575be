"""One thing that an auditor of duties is told."""

from __future__ import annotations

import msgspec

BREACH, NEAR = "breach", "near"


class DutyFinding(msgspec.Struct, frozen=True, kw_only=True):
    """A breach or a near-breach of the separation of duties."""

    severity: str
    """``breach`` or ``near``."""
    kind: str
    """What sort it is, in two or three words."""
    about: str
    """The figure, matter, person or account."""
    persons: tuple[str, ...]
    """Ids of those concerned."""
    events: tuple[int, ...]
    """Positions of the facts, in order."""
    sentence: str

"""How large a campaign is, and by which seed it can be run again.

`GOLDENTHREAD_CAMPAIGN=release` asks for the size before a release (`make campaign`); else it is the short one.
`GOLDENTHREAD_CAMPAIGN_SEED` repeats a run's choices.
"""

from __future__ import annotations

import os

RELEASE = os.environ.get("GOLDENTHREAD_CAMPAIGN") == "release"
SEED = int(os.environ.get("GOLDENTHREAD_CAMPAIGN_SEED", "0")) or int.from_bytes(os.urandom(4), "big")


def size(short: int, release: int) -> int:
    """The size that was asked for."""
    return release if RELEASE else short


def cpu_seconds() -> float:
    """What this process and the children it has buried have computed; a database server is not among them."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system

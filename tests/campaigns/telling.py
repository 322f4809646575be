"""How a campaign tells what it did: its seed and its counts, for the end of the run."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[str], None]
TOLD = "told"
"""The name under which a test's report carries it."""

"""Room in memory for the server of the tests.

Tests stop processes, never machines: what the operating system was handed is as safe in memory as on a disk, and
costs no waiting for one. Books in files stay on a disk: the product remarks on one that stands in memory.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 4 * 2**30
"""Bytes: four processes have a server each, of half a gigabyte at the most."""


def in_memory() -> Path | None:
    """A folder in memory, where this machine has one that has room and may be written."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free >= ENOUGH else None

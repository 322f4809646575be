"""Room in memory for what tests write, and a disk for those that look at what a book stands on.

Tests stop processes, never machines: what the operating system was handed is as safe in memory as on a disk, and
costs no waiting for one. The product remarks on a book in memory, where somebody asks it to look over the machine.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 4 * 2**30
"""Bytes: four processes have a server each, of half a gigabyte at the most, and folders are gone with their tests."""


def in_memory() -> Path | None:
    """A folder in memory, where this machine has one that has room and may be written."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free >= ENOUGH else None


def on_a_disk() -> Iterator[Path]:
    """A folder on a disk, for a fixture."""
    with tempfile.TemporaryDirectory(prefix="goldenthread-") as folder:
        yield Path(folder)

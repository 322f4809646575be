"""Which kind of file system a file stands on, as the kernel names it: a network's or memory's is no home for a book."""

from __future__ import annotations

import os
import re
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
_ESCAPED = re.compile(r"\\([0-7]{3})")


def file_system(path: str | Path, mounts: Path = MOUNTS) -> str | None:
    """The type of the file system under a file, for example ``ext4`` or ``nfs4``; None where it cannot be told."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    wanted = os.path.realpath(path)
    found, best = None, -1
    for line in lines:
        point, kind = _mount(line)
        if kind is not None and _within(wanted, point) and len(point) >= best:
            found, best = kind, len(point)  # of two mounts on one folder the later one hides the other
    return found


def _mount(line: str) -> tuple[str, str | None]:
    """The folder and the type of one mount: ``36 35 98:0 / /mnt rw,noatime master:1 - ext3 /dev/root rw``."""
    before, separator, after = line.partition(" - ")
    fields, kinds = before.split(" "), after.split(" ")
    if not separator or len(fields) < 5:
        return "", None
    return _ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), fields[4]), kinds[0]


def _within(path: str, folder: str) -> bool:
    return folder == "/" or path == folder or path.startswith(folder.rstrip("/") + "/")

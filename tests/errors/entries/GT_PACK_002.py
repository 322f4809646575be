"""A pack file that is a link to a place outside the pack's folder."""

import tempfile
from pathlib import Path

from engine.packs.folder import read_text

SAYS = "This file leads out of the pack's folder."
FIX = "Put a copy of it into the folder."


def provoke():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pack.yaml").symlink_to("/etc/hostname")
        read_text(Path(folder), "pack.yaml")

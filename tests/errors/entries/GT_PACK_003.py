"""A folder where a file should be."""

import tempfile
from pathlib import Path

from engine.packs.folder import read_text

SAYS = "This is not a file."
FIX = "Put a plain text file there."


def provoke():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "tests.yaml").mkdir()
        read_text(Path(folder), "tests.yaml")

"""A file saved with another encoding, as older spreadsheets and editors do."""

import tempfile
from pathlib import Path

from engine.packs.folder import read_text

SAYS = "The file is not text in UTF-8."
FIX = "Save it again with the encoding UTF-8."


def provoke():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pack.yaml").write_bytes("title: Café".encode("latin-1"))
        read_text(Path(folder), "pack.yaml")

"""The example pack in a folder of its own, to be changed at will."""

import pytest

from adapters.yaml import YamlDocuments
from engine.packs.check import check_pack
from engine.packs.folder import PackFolder
from goldenthread.resources import packs_folder
from tests.errors.provoke import EXAMPLE, overlaid


class Example:
    def __init__(self, root):
        self.root = root
        self.folder = PackFolder(root, packs_folder() / "library", YamlDocuments())

    def write(self, text, file="pack.yaml"):
        path = self.root / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, parts):
        """Put top-level parts of pack.yaml in the place of those that are there."""
        self.write(overlaid((self.root / "pack.yaml").read_text(encoding="utf-8"), parts))

    def check(self):
        return check_pack(self.folder)

    def codes(self):
        return [problem.code for problem in self.check().problems]


@pytest.fixture
def example(tmp_path):
    root = tmp_path / "example"
    root.mkdir()
    made = Example(root)
    for file in ("pack.yaml", "tests.yaml"):
        made.write((EXAMPLE / file).read_text(encoding="utf-8"), file)
    return made

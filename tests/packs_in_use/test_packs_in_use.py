"""How councils rate indicators today: every definition that needs no forecast can be said in a pack, and does what it says.

The packs are invented around one published definition each; only that definition is meant.
"""

import os
from pathlib import Path

import pytest

from adapters.holidays import UkHolidays
from adapters.yaml import YamlDocuments
from engine.packs.check import check_pack
from engine.packs.folder import PackFolder
from engine.packs.load import load_pack, pack_from_canonical
from engine.packs.test import run_tests
from goldenthread.resources import packs_folder
from tests.ready.program import goldenthread

HERE = Path(__file__).parent
LIBRARY = packs_folder() / "library"
COUNCILS = sorted(path.parent for path in HERE.glob("*/pack.yaml"))

every_council = pytest.mark.parametrize("root", COUNCILS, ids=lambda root: root.name)


def test_every_definition_without_a_forecast_is_here():
    assert [root.name for root in COUNCILS] == [
        "brighton",
        "east-riding",
        "havering",
        "kent-2020",
        "maidstone-2023",
        "reading",
        "thurrock",
        "york",
    ]


@every_council
def test_it_can_be_said_without_error_or_warning(root):
    folder = PackFolder(root, LIBRARY, YamlDocuments())
    assert [str(problem) for problem in check_pack(folder).problems] == []


@every_council
def test_it_does_what_it_says_and_every_band_and_trigger_is_tried(root):
    folder = PackFolder(root, LIBRARY, YamlDocuments())
    came = run_tests(folder, load_pack(root, LIBRARY, YamlDocuments()), UkHolidays())
    assert [str(problem) for problem in came.problems] == []
    assert (came.coverage.bands, came.coverage.triggers) == ((), ())


@every_council
def test_a_book_keeps_it_whole(root):
    pack = load_pack(root, LIBRARY, YamlDocuments())
    again = pack_from_canonical(pack.canonical())
    assert again == pack
    assert again.rules.canonical() == pack.rules.canonical()


@every_council
def test_the_command_says_so_too(root):
    done = goldenthread(["pack", "test", str(root)], Path.cwd(), os.environ)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout + done.stderr

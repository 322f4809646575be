"""Every pack that ships is without error or warning, and does what its own tests say, all of it."""

import pytest

from adapters.holidays import UkHolidays
from adapters.yaml import YamlDocuments
from engine.packs.check import check_pack
from engine.packs.folder import PackFolder
from engine.packs.load import load_pack, pack_from_canonical
from engine.packs.test import run_tests
from goldenthread.resources import packs_folder

LIBRARY = packs_folder() / "library"
PACKS = sorted(path for path in packs_folder().iterdir() if path.is_dir() and path != LIBRARY)

every_pack = pytest.mark.parametrize("root", PACKS, ids=lambda root: root.name)


def folder_of(root):
    return PackFolder(root, LIBRARY, YamlDocuments())


def outcome_of(root):
    return run_tests(folder_of(root), load_pack(root, LIBRARY, YamlDocuments()), UkHolidays())


def test_there_are_packs():
    assert "hampshire-2008" in [root.name for root in PACKS]


@every_pack
def test_a_shipped_pack_has_neither_error_nor_warning(root):
    assert [str(problem) for problem in check_pack(folder_of(root)).problems] == []


@every_pack
def test_a_shipped_pack_does_what_its_own_tests_say(root):
    came = outcome_of(root)
    assert [str(problem) for problem in came.problems] == []
    assert len(came.results) >= 5


@every_pack
def test_the_tests_of_a_shipped_pack_reach_every_band_trigger_and_clause(root):
    assert outcome_of(root).coverage.sentences == ()


@every_pack
def test_a_shipped_pack_explains_itself(root):
    assert folder_of(root).has_readme()


@every_pack
def test_a_book_can_restore_a_shipped_pack_from_what_it_kept(root):
    pack = load_pack(root, LIBRARY, YamlDocuments())
    assert pack_from_canonical(pack.canonical()) == pack

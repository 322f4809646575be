"""What is refused is refused with one sentence, its way out and the right exit code, and the record stays as it was."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import FIGURE, LATER, MATTER, OPENED, Council, Result


def assert_refused(council: Council, refused: Result, code: int, *said: str) -> None:
    assert refused.code == code, refused
    assert refused.out == ""
    for words in said:
        assert words in refused.err
    assert "Traceback" not in refused.err


def test_nobody_confirms_their_own_figure(town: Council) -> None:
    town.does("figure", "enter", FIGURE, "71.4", "--status", "red", "--as", "Dev Shah")
    before = town.events()
    refused = town.run("figure", "confirm", FIGURE, "--as", "Dev Shah")
    assert_refused(town, refused, 5, "needs another person", "GT-STEP-011")
    assert town.events() == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("figure", "enter", "CH05/childrens/2008-Q3", "71.4", "--status", "red"), 4, "Did you mean 'CH04'?"),
        (("figure", "enter", "CH04/childrens/2008-Q4", "71.4", "--status", "red"), 5, "has not ended: its last day is 2009-03-31"),
        (("figure", "enter", FIGURE, "about 70"), 2, "is not a number"),
        (("figure", "entr", FIGURE, "71.4"), 2, "Did you mean 'enter'?"),
        (("--db", "mysql://me:secret@host/db", "person", "list"), 2, "is not a database that goldenthread knows"),
    ],
)  # fmt: skip
def test_a_mistake_is_answered_with_the_way_out(
    town: Council, arguments: tuple[str, ...], code: int, said: str
) -> None:
    before = town.events()
    refused = town.run("--as", "Cara Doe", *arguments)
    assert_refused(town, refused, code, said)
    assert "secret" not in refused.err
    assert town.events() == before


def test_an_answer_needs_a_category(concerned: Council) -> None:
    before = concerned.events()
    refused = concerned.run("intervention", "answer", MATTER, "--on-behalf-of", "CPEG", "--as", "Finn Low")
    assert_refused(concerned, refused, 5, "needs 'category'", "a report-back category of the pack")
    assert concerned.events() == before


def test_nothing_is_reported_on_a_matter_that_is_over(concerned: Council) -> None:
    concerned.does(
        "intervention", "decline", MATTER, "--reason", "In hand", "--on-behalf-of", "CPEG", "--as", "Finn Low"
    )
    before = concerned.events()
    refused = concerned.run("intervention", "report", MATTER, "--report", "Better now", "--as", "Eve Hall")
    assert_refused(concerned, refused, 5, "report")
    assert concerned.events() == before


def test_a_command_id_is_for_one_request(town: Council) -> None:
    town.does("person", "add", "Gil Ito", "--as", "p1", "--command-id", "one")
    before = town.events()
    again = town.run("person", "add", "Gil Ito", "--as", "p1", "--command-id", "one")
    assert again.code == 0
    assert "done before" in again.out
    other = town.run("person", "add", "Hal Jung", "--as", "p1", "--command-id", "one")
    assert_refused(town, other, 5, "already used for another request", "GT-BOOK-002")
    assert town.events() == before


def test_a_clock_behind_the_record_stops_writing_until_somebody_says_so(concerned: Council) -> None:
    concerned.at = OPENED
    before = concerned.events()
    refused = concerned.run("person", "add", "Gil Ito", "--as", "p1")
    assert_refused(concerned, refused, 5, "this machine's clock says 2008-12-01", "GT-CLOCK-001")
    assert concerned.events() == before
    assert concerned.run("clock", "correct", "--reason", "A year ahead by mistake", "--as", "p1").code == 0
    assert concerned.run("person", "add", "Gil Ito", "--as", "p1").code == 0


def test_a_book_of_a_newer_version_is_left_alone(town: Council) -> None:
    store = town.place.open((), write=True)
    store.set_meta("schema", "999")
    before = store.head()
    for asked in (("person", "list"), ("person", "add", "Gil Ito", "--as", "p1")):
        assert_refused(town, town.run(*asked), 5, "newer", "GT-DB-001")
    assert (store.get_meta("schema"), store.head()) == ("999", before)
    store.close()


@pytest.fixture
def shared_folder(opened: Council) -> Iterator[Council]:
    """A file that another account may read and not write."""
    if opened.db:
        pytest.skip("rights on files; those in PostgreSQL are tested with its adapter")
    folder = Path(tempfile.mkdtemp(prefix="goldenthread-test-"))
    shutil.copytree(opened.folder, folder, dirs_exist_ok=True)
    for path in (*folder.iterdir(), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield Council(folder, at=LATER, before=_without_privileges())
    folder.chmod(0o755)
    shutil.rmtree(folder)


def _without_privileges() -> tuple[str, ...]:
    """Root may write anywhere; what it runs here may not."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("these tests run as root, and setpriv is not there to take root's privileges away")
    return ("setpriv", "--bounding-set", "-dac_override", "--inh-caps", "-dac_override")


def test_a_book_that_cannot_be_written_can_be_read(shared_folder: Council) -> None:
    before = shared_folder.events()
    refused = shared_folder.run("person", "add", "Gil Ito", "--as", "p1")
    assert_refused(shared_folder, refused, 5, "read-only for this account", "GT-DB-003")
    assert "Ann Parker" in shared_folder.run("person", "list").out
    assert shared_folder.events() == before


def test_a_second_book_is_not_opened_over_the_first(town: Council) -> None:
    before = town.events()
    refused = town.run(
        "init", "--pack", "hampshire-2008", "--council", "X", "--proposer", "A", "--approver", "B"
    )
    assert_refused(town, refused, 5, "There is already a book")
    assert town.events() == before


def test_a_dry_run_writes_nothing(town: Council) -> None:
    before = town.events()
    tried = town.run("--dry-run", "figure", "enter", FIGURE, "71.4", "--status", "red", "--as", "Cara Doe")
    assert tried.code == 0
    assert tried.out.startswith("Nothing is written; this would happen: Entered")
    assert town.events() == before

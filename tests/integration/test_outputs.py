"""Files and outputs that people name: nothing of theirs is lost, and nothing they name is called a mistake of ours."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.cli.app import run
from adapters.cli.files import naming, write_file
from events.errors import Refused
from goldenthread.__main__ import Program
from tests.errors.console import council_folder

FULL = Path("/dev/full")
"""A device that is always full."""
on_linux = pytest.mark.skipif(not FULL.exists(), reason="this machine has no /dev/full")
RETURN = "indicator,service,period,value\nHW1,highways,2026-06,90\nHW1,highways,2026-05,n/a\n"
ENTER = ("figure", "enter", "HW1/highways/2026-06", "90", "--as", "Priya")


@pytest.fixture
def folder() -> Iterator[None]:
    with council_folder():
        yield


def told(*words: str) -> tuple[int, str]:
    """The exit code, and everything that was said."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        return run(Program(), list(words)), said.getvalue()


def told_beside(out: Path, *words: str) -> tuple[int, str]:
    """The exit code and what is said beside a result that goes to a file or device."""
    beside = io.StringIO()
    with out.open("w") as stdout, contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(beside):
        return run(Program(), list(words)), beside.getvalue()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("rejected", ["nowhere/x.csv", "return.csv/x.csv", f"{'x' * 300}.csv"])
def test_rows_that_can_be_put_nowhere_keep_the_whole_import_back(rejected: str) -> None:
    Path("return.csv").write_text(RETURN, encoding="utf-8")
    code, said = told("figure", "import", "return.csv", "--partial", "--rejected", rejected, "--as", "Priya")
    assert (code, "GT-USE-035" in said, "mistake in the program" in said) == (5, True, False)
    assert "No file has been imported yet." in told("import", "list")[1]
    code, said = told("figure", "import", "return.csv", "--partial", "--as", "Priya")
    assert (code, Path("return.csv.rejected.csv").exists()) == (0, True), said


@pytest.mark.usefixtures("folder")
def test_an_import_that_is_refused_leaves_no_file_behind() -> None:
    Path("return.csv").write_text(RETURN, encoding="utf-8")
    assert told("figure", "import", "return.csv", "--partial", "--as", "Ada Lead")[0] == 5
    assert not Path("return.csv.rejected.csv").exists()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("words", [("figure", "template", "--period", "2026-06"), ("import", "file", "ID")])
def test_no_file_is_written_over_unless_somebody_says_so(words: tuple[str, ...]) -> None:
    Path("return.csv").write_text(RETURN, encoding="utf-8")
    assert told("figure", "import", "return.csv", "--partial", "--as", "Priya")[0] == 0
    import_id = re.findall(r"import-\w+-1", told("import", "list")[1])[0]
    words = tuple(import_id if each == "ID" else each for each in words)
    Path("mine.csv").write_text("a whole afternoon", encoding="utf-8")
    code, said = told(*words, "-o", "mine.csv")
    assert (code, "GT-USE-220" in said, "--force" in said) == (5, True, True)
    assert Path("mine.csv").read_text(encoding="utf-8") == "a whole afternoon"
    assert told(*words, "-o", "mine.csv", "--force")[0] == 0
    assert "indicator,service" in Path("mine.csv").read_text(encoding="utf-8-sig")
    code, said = told(*words, "-o", "nowhere/mine.csv")
    assert (code, "Make its folder" in said) == (5, True)


def test_what_is_no_ordinary_file_holds_nothing_that_could_be_lost(tmp_path: Path) -> None:
    write_file(Path(os.devnull), b"words", force=False)
    write_file(tmp_path / "new.csv", b"words", force=False)
    with pytest.raises(Refused):
        write_file(tmp_path / "new.csv", b"others", force=False)
    assert (tmp_path / "new.csv").read_bytes() == b"words"


def test_trouble_with_an_open_file_is_told_with_its_name() -> None:
    with pytest.raises(OSError, match=r"left\.csv"), naming(Path("left.csv")):
        raise OSError(errno.ENOSPC, "No space left on device")


@on_linux
@pytest.mark.usefixtures("folder")
def test_an_answer_that_cannot_be_written_says_that_the_book_has_the_event() -> None:
    code, beside = told_beside(FULL, *ENTER)
    assert (code, "GT-USE-222" in beside, "mistake in the program" in beside) == (0, True, False)
    number = beside.partition("log show ")[2].partition("'")[0]
    assert "HW1/highways/2026-06" in told("log", "show", number)[1] + told("figure", "show", ENTER[2])[1]
    assert told("log", "show", number)[0] == 0


@on_linux
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("words", [("dashboard",), ("log", "tail", "--json"), (*ENTER, "--dry-run")])
def test_a_result_that_cannot_be_written_is_not_called_done(words: tuple[str, ...]) -> None:
    code, beside = told_beside(FULL, *words)
    assert (code, "GT-USE-221" in beside, "mistake" in beside) == (5, True, False)


@on_linux
@pytest.mark.usefixtures("folder")
def test_a_backup_that_cannot_be_told_of_is_made() -> None:
    code, beside = told_beside(FULL, "db", "backup", "copy.goldenthread")
    assert (code, "GT-USE-223" in beside, Path("copy.goldenthread").exists()) == (0, True, True)


@on_linux
@pytest.mark.usefixtures("folder")
def test_a_refusal_is_heard_beside_a_full_disk() -> None:
    code, beside = told_beside(
        FULL, "--json", "figure", "enter", "XX9/highways/2026-06", "90", "--as", "Priya"
    )
    assert (code, "GT-REGISTER" in beside) == (4, True)


@pytest.mark.usefixtures("folder")
@pytest.mark.skipif(os.name != "posix", reason="a shell closes the output here")
def test_an_output_that_was_closed_before_is_told_as_such() -> None:
    program = f"{sys.executable} -m goldenthread"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    asked = f"{program} figure enter HW1/highways/2026-06 90 --as Priya >&-"
    done = subprocess.run(
        ["sh", "-c", asked], env=environment, check=False, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, "GT-USE-222" in done.stderr, "Traceback" in done.stderr) == (0, True, False)
    asked = f"{program} dashboard >&-"
    done = subprocess.run(
        ["sh", "-c", asked], env=environment, check=False, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, "GT-USE-221" in done.stderr, "Traceback" in done.stderr) == (5, True, False)

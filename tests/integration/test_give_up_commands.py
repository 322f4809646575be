"""What the command line says of a load or an import that was begun and not finished."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.cli.app import run
from adapters.spreadsheets.csv import read_csv
from engine.commands import AcceptImport
from engine.imports import Approving, plan_import
from engine.office import Office
from engine.queries.doctor import doctor
from engine.testing.council import Council
from goldenthread.__main__ import Program
from goldenthread.bootstrap import Project
from tests.campaigns.long_work import smaller
from tests.errors.console import council_folder

PAST = "indicator,service,period,value\nHW1,highways,2026-02,90\nHW1,highways,2026-06,80\nHW1,highways,2026-03,70\n"


def told(*words: str) -> tuple[int, str]:
    """The exit code, and everything that was said."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        return run(Program(), list(words)), said.getvalue()


@contextlib.contextmanager
def opened() -> Iterator[Office]:
    office = Project(Path(), {}).doorway.open(write=True)
    try:
        yield office
    finally:
        office.store.close()


@pytest.fixture
def begun() -> Iterator[str]:
    """The id of a load that was approved, and killed when the first of its three figures was in."""
    from engine.importing import history

    def killed(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with council_folder():
        Path("past.csv").write_text(PAST, encoding="utf-8")
        code, said = told("figure", "load-history", "past.csv", "--reason", "Paper", "--as", "Ada Lead")
        assert code == 0, said
        with opened() as office:
            (import_id,) = [
                word
                for word in said.replace(".", " ").replace(":", " ").split()
                if word.startswith("history-")
            ][:1]
            table = read_csv(PAST.encode(), "past.csv", None)
            plan = plan_import(office.engine, table, office.today(), history=True)
            approving = Approving(
                office=office, plan=plan, import_id=import_id, actor=office.person("Ben Second")
            )
            with smaller(history, "CHUNK", 1), pytest.raises(KeyboardInterrupt):
                approving.approve(dry_run=False, progress=killed)
        yield import_id


def test_the_doctor_names_ways_out_that_work(begun: str) -> None:
    said = told("doctor", "--clock", "2026-07-07T09:00:00+01:00")[1]
    assert f"import approve {begun}" in said
    assert f"import give-up {begun} --reason WORDS" in said
    code, said = told("import", "decline", begun, "--reason", "Late", "--as", "Ben Second")
    assert (code, f"import give-up {begun}" in said) == (5, True)
    code, said = told("import", "give-up", begun, "--reason", "Late", "--as", "Ada Lead", "--dry-run")
    assert (code, "would be given up" in said) == (0, True)
    code, said = told("import", "give-up", begun, "--reason", "The paper is lost", "--as", "Ada Lead")
    assert (code, "was given up" in said) == (0, True)
    code, said = told("import", "show", begun)
    assert ("given up" in said, "The paper is lost" in said) == (True, True)
    assert f"gave up what was left of {begun}" in " ".join(told("log", "tail")[1].split())
    assert begun not in told("doctor", "--clock", "2026-07-07T09:00:00+01:00")[1]


def test_what_a_load_leaves_out_when_it_goes_on_is_told(begun: str) -> None:
    assert told("figure", "enter", "HW1/highways/2026-06", "33", "--as", "Priya")[0] == 0
    code, said = told("import", "approve", begun, "--as", "Ben Second")
    assert (code, "HW1/highways/2026-06 cannot be loaded" in said, "1 figures loaded" in said) == (
        0,
        True,
        True,
    )
    assert "taken in" in told("import", "show", begun)[1]


def test_a_load_that_cannot_go_on_names_what_else_can_be_done(begun: str) -> None:
    Path("past.csv").write_text(PAST.replace(",70", ",seventy"), encoding="utf-8")
    code, said = told("import", "approve", begun, "--file", "past.csv", "--as", "Ben Second")
    assert (code, f"import give-up {begun} --reason WORDS" in said) == (1, True)


def test_an_import_that_left_rows_out_is_taken_up_with_the_same_options(council: Council) -> None:
    name = council.text("return.csv")
    accepted = AcceptImport(
        import_id="import-1", digest="0" * 64, rows=9, changes=8, name=name.ref, left_out=1, mapping="1" * 64
    )
    council.ask(accepted, "p3", texts=[name])
    (found,) = [each for each in doctor(council.engine, council.now()) if each.code == "GT-IMPORT-101"]
    assert found.fix.startswith("Import the same file again with --partial and --mapping, as it was")

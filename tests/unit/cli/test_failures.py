"""Errors become one sentence with the way out and an exit code; mistakes of ours never show a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from adapters.cli import failures
from adapters.cli.app import run
from adapters.cli.manners import Manners
from events.errors import (
    Broken,
    Conflict,
    GoldenthreadError,
    Invalid,
    NotFound,
    Problem,
    Refused,
    Unavailable,
)
from goldenthread.__main__ import Program


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused.of("GT-X-001", "No."), 5),
        (NotFound.of("GT-X-001", "No."), 4),
        (Conflict.of("GT-X-001", "No."), 5),
        (Invalid.of("GT-X-001", "No."), 2),
        (Broken.of("GT-X-001", "No."), 70),
        (Unavailable.of("GT-X-001", "No."), 5),
        (Broken.of("GT-DB-027", "No."), 5),
        (Refused.of("GT-REGISTER-017", "No."), 4),
    ],
)
def test_each_kind_has_its_exit_code(error: GoldenthreadError, code: int) -> None:
    assert failures.exit_code(error) == code


def test_every_reason_is_told_on_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    error = Refused(
        Problem(code="GT-X-001", sentence="One.", fix="Do so."), Problem(code="GT-X-002", sentence="Two.")
    )
    assert failures.tell_error(error, Manners()) == 5
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == ["One. Do so. [GT-X-001]", "Two. [GT-X-002]"]


class Faulty(Program):
    """A program with a mistake in it."""

    def doors(self, project: Path, given: Any, on_wait: Any) -> Any:
        raise ZeroDivisionError("the innermost detail")


def test_a_mistake_of_ours_is_one_sentence_and_its_trace_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert run(Faulty(), ["person", "list"]) == 70
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said
    assert "the innermost detail" not in said
    (trace,) = tmp_path.glob("goldenthread-*.log")
    assert str(trace) in said
    assert "the innermost detail" in trace.read_text("utf-8")
    assert trace.stat().st_mode & 0o077 == 0


def test_debug_shows_where_a_mistake_of_ours_came_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(Faulty(), ["--debug", "person", "list"]) == 70
    assert "the innermost detail" in capsys.readouterr().err

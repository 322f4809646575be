"""More time than usual since the last tick: a person says that the clock is right before it passes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.cli.app import run
from engine.deadlines.heartbeat import last_trouble
from engine.deadlines.leap import LONG, check_leap
from engine.packs.pack import Pack
from engine.testing.council import Council
from events.errors import Refused
from goldenthread.__main__ import Program

from .conftest import ROOT
from .desk import Desk, KeptOpen, Pulse, alarms, ten_due
from .many_deadlines import FELL_DUE, OPENED, council_waiting, passed

QUARTER = timedelta(days=92)
LONG_AGO = (
    '{"at":"2020-05-01T08:00:00.000000Z","by":"x","lag":0,"fired":0,"failed":0,'
    '"next_by":"2020-05-02T09:00:00.000000Z"}'
)


@pytest.fixture
def council(example: Pack) -> Council:
    """Ten deadlines are set, and somebody has ticked."""
    council = council_waiting(example, OPENED, 10)
    council.at(OPENED)
    council.tick()
    return council


def asked_about(council: Council) -> str:
    """What somebody has to look at before anything passes; empty where it passes unasked."""
    try:
        check_leap(council.engine, council.now())
    except Refused as refused:
        return str(refused)
    return ""


def test_a_worker_passes_nothing_and_says_why_until_somebody_has(council: Council) -> None:
    council.wait(LONG + timedelta(days=1))
    council.engine.store = KeptOpen(council.store)  # type: ignore[assignment]  # the test still reads it
    desk = Desk(council)
    desk.worker.beat(Pulse())
    assert (desk.lines[-1]["event"], desk.lines[-1]["code"]) == ("beat failed", "GT-CLOCK-211")
    assert passed(council) == []
    assert {"GT-CLOCK-120", "GT-CLOCK-211"} <= alarms(council)
    council.tick()  # as with --catch-up
    assert len(passed(council)) == 10
    desk.worker.beat(Pulse())
    assert desk.lines[-1]["event"] != "beat failed"
    assert last_trouble(council.store) is None
    assert alarms(council) == set()


@pytest.mark.parametrize("gap", [timedelta(days=3), QUARTER, QUARTER + timedelta(days=21), LONG])
def test_days_weeks_and_quarters_pass_unasked(council: Council, gap: timedelta) -> None:
    council.wait(gap)
    assert asked_about(council) == ""


def test_where_nobody_ever_ticked_nothing_is_unusual(example: Pack) -> None:
    council = ten_due(example)
    council.wait(10 * LONG)
    assert asked_about(council) == ""


def test_a_clock_that_was_put_back_is_another_matter(council: Council) -> None:
    council.wait(LONG + timedelta(days=1))
    assert "would pass at once" in asked_about(council)
    council.at(FELL_DUE)
    assert asked_about(council) == ""


def test_on_the_command_line_it_is_asked_about_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GOLDENTHREAD_CLOCK", raising=False)
    opened = ["--book", "own", "init", "--pack", str(ROOT / "packs" / "kcc-2011"), "--council", "Kent"]
    assert run(Program(), [*opened, "--proposer", "Ada Lead", "--approver", "Ben Second"]) == 0
    assert _ticked() == 0
    with closing(sqlite3.connect("own.goldenthread")) as book, book:
        book.execute("UPDATE meta SET value = ? WHERE name = 'heartbeat'", (LONG_AGO,))
    capsys.readouterr()
    assert _ticked() == 5
    assert "goldenthread tick --catch-up" in capsys.readouterr().err
    assert _ticked("--dry-run") == 0
    assert "would pass at once" in capsys.readouterr().err
    assert run(Program(), ["--book", "own", "health"]) == 1
    assert "GT-CLOCK-211" in capsys.readouterr().out
    assert _ticked("--catch-up") == _ticked() == 0


def _ticked(*words: str) -> int:
    return run(Program(), ["--book", "own", "tick", *words])

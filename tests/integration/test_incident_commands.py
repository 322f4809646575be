"""What the command line says of incidents, of late firings and of a book's health."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from adapters.cli.app import run
from goldenthread.__main__ import Program
from tests.errors.console import council_folder

BOOK = "kent.goldenthread"
LATE = ("--clock", "2026-08-09T09:00:00+01:00")
"""Three days after the last day on which the board could answer: a Sunday."""


class Town:
    """The council's folder, and what the program said there."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def run(self, *words: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        code = run(Program(), list(words))
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def json(self, *words: str) -> Any:
        return json.loads(self.run("--json", *words)[1])


def held() -> list[str]:
    """All that the book holds."""
    with closing(sqlite3.connect(BOOK)) as book:
        return list(book.iterdump())


@pytest.fixture
def town(capsys: pytest.CaptureFixture[str]) -> Iterator[Town]:
    with council_folder():
        yield Town(capsys)


@pytest.fixture
def restored(town: Town) -> Town:
    """A book whose due index lists a deadline that has passed, and a tick that has noticed."""
    with closing(sqlite3.connect(BOOK)) as book:
        row = book.execute("SELECT * FROM due").fetchone()
    assert town.run("tick", *LATE)[0] == 0
    with closing(sqlite3.connect(BOOK)) as book, book:
        book.execute("DELETE FROM due")
        book.execute(f"INSERT INTO due VALUES ({', '.join('?' * len(row))})", row)
    assert town.run("tick", *LATE)[0] == 1
    return town


def test_a_late_firing_says_by_how_much(town: Town) -> None:
    code, out, _ = town.run("tick", *LATE)
    assert code == 0
    assert "the date for 'Answer by BOARD', Thu 6 Aug 2026, has gone by." in out
    assert "(Noticed 3 days after, 1 of them a working day.)" in out


def test_working_days_are_told_where_they_differ(town: Town) -> None:
    out = town.run("tick", "--clock", "2026-08-11T09:00:00+01:00")[1]
    assert "(Noticed 5 days after, 3 of them working days.)" in out


def test_a_firing_on_its_day_is_not_late(town: Town) -> None:
    assert "late" not in town.run("tick", "--clock", "2026-08-01T09:00:00+01:00")[1]


def test_what_a_tick_would_do_is_told_to_machines_as_what_it_did(town: Town) -> None:
    foretold, told = town.json("tick", "--dry-run", *LATE), town.json("tick", *LATE)
    assert (foretold["dry_run"], told["dry_run"]) == (True, False)
    assert foretold["said"] == told["said"]
    assert len(foretold["facts"]) == len(told["facts"]) > 0


def test_what_would_not_pass_is_told_and_leaves_no_incident(restored: Town) -> None:
    with closing(sqlite3.connect(BOOK)) as book, book:
        book.execute("DELETE FROM incidents")
    before = held()
    code, out, err = restored.run("tick", "--dry-run", *LATE)
    assert (code, out) == (1, "")
    assert "This would not pass: " in err
    assert "It passed, and the due index still lists it" in err
    assert held() == before


def test_what_a_tick_did_is_told_to_machines_in_numbers(town: Town) -> None:
    told = town.json("tick", *LATE)
    assert (told["fired"], told["failed"], told["busy"]) == (1, [], False)
    assert told["lag"] == (2 * 24 + 9) * 3600


def test_a_failure_is_told_on_stderr_even_to_the_quiet(restored: Town) -> None:
    with closing(sqlite3.connect(BOOK)) as book, book:
        book.execute("DELETE FROM incidents")
    code, out, err = restored.run("tick", "--quiet", *LATE)
    assert (code, out) == (1, "")
    assert "Not passed, tried again later (incident " in err


def test_incidents_are_listed_with_a_name_that_can_be_typed(restored: Town) -> None:
    code, out, _ = restored.run("incident", "list")
    assert code == 0
    (row,) = restored.json("incident", "list")["rows"]
    assert row["ref"] in out
    assert (row["about"], row["what"], row["code"], row["attempts"]) == (
        "HW1/highways#1",
        "answer",
        "GT-CLOCK-106",
        1,
    )
    assert restored.json("incident", "show", row["ref"])["firing"] == row["firing"]
    assert "It is tried again on 9 Aug 2026 09:01" in restored.run("incident", "show", row["ref"][:4])[1]


def test_trying_again_says_what_came_of_it(restored: Town) -> None:
    ref = restored.json("incident", "list")["rows"][0]["ref"]
    assert (
        "Would be tried again: answer of HW1/highways#1."
        in restored.run("incident", "retry", ref, "--dry-run", *LATE)[1]
    )
    code, out, err = restored.run("incident", "retry", "--all", *LATE)
    assert (code, out) == (1, "Incidents that stood: 1 failed again.\n")
    assert "the index differs from the log" in err
    assert restored.json("incident", "list")["rows"][0]["attempts"] == 2
    assert restored.run("db", "rebuild")[0] == 0
    code, out, _ = restored.run("incident", "retry", "--all", "--dry-run", *LATE)
    assert (code, out) == (0, "Would be ended, since it is no longer due: answer of HW1/highways#1.\n")
    code, out, _ = restored.run("incident", "retry", "--all", *LATE)
    assert (code, out) == (0, "Incidents that stood: 1 ended, being no longer due.\n")
    for rehearsed in ((), ("--dry-run",)):
        code, out, _ = restored.run("incident", "retry", "--all", *rehearsed, *LATE)
        assert (code, out) == (0, "No incident stands.\n")
    assert restored.run("incident", "retry", ref, *LATE)[1] == "It stands no longer: nothing was tried.\n"
    assert "Nothing would be tried." in restored.run("incident", "retry", ref, "--dry-run", *LATE)[1]
    assert restored.run("incident", "list")[1] == "No incident stands.\n"
    (row,) = restored.json("incident", "list", "--all")["rows"]
    assert row["ended_at"] == "2026-08-09T08:00:00.000000Z"
    assert "It ended on 9 Aug 2026 09:00." in restored.run("incident", "show", ref)[1]


def test_one_that_is_no_longer_due_is_ended_and_told_so(restored: Town) -> None:
    ref = restored.json("incident", "list")["rows"][0]["ref"]
    assert restored.run("db", "rebuild")[0] == 0
    code, out, _ = restored.run("incident", "retry", ref, *LATE)
    assert (code, out) == (0, "It is no longer due, so it was ended: nothing was tried.\n")


def test_of_all_it_is_counted_what_became_of_them(town: Town) -> None:
    from pathlib import Path

    from engine.deadlines.incidents import failure, keep_failure
    from engine.handle import deadline_of
    from engine.views import DUE
    from events.instant import Instant
    from goldenthread.bootstrap import Project

    office = Project(Path(), {}).open(write=True)
    (row,) = office.store.rows(DUE)
    firing = deadline_of(row, Instant("2026-08-09T08:00:00.000000Z"))
    keep_failure(office.store, failure(firing, ZeroDivisionError()), None, office.now())
    office.store.close()
    code, out, _ = town.run("incident", "retry", "--all", *LATE)
    assert code == 0
    assert out.splitlines()[-1] == "Incidents that stood: 1 passed."


def test_one_incident_is_named_or_all_of_them(town: Town) -> None:
    assert town.run("incident", "retry")[0] == 2
    assert town.run("incident", "retry", "3f9a1c2", "--all")[0] == 2


def test_health_is_a_line_for_each_alarm_and_an_exit_code(town: Town) -> None:
    code, out, _ = town.run("health")
    assert code == 1
    assert [line.rpartition(" ")[2] for line in out.splitlines()] == ["[GT-CLOCK-103]"]
    assert town.run("tick")[0] == 0
    assert town.run("health")[:2] == (0, "All is well.\n")
    code, out, _ = town.run("health", *LATE)
    assert code == 1
    assert {line.rpartition(" ")[2] for line in out.splitlines()} == {"[GT-CLOCK-102]", "[GT-CLOCK-104]"}
    assert town.json("health")["rows"] == []


def test_a_tick_that_runs_every_minute_is_missed_sooner(town: Town) -> None:
    assert town.run("tick", "--every", "1m")[0] == 0
    assert town.run("health", "--clock", "2026-07-06T09:09:00+01:00")[0] == 0
    assert town.run("health", "--clock", "2026-07-06T09:11:00+01:00")[0] == 1
    assert town.run("tick", "--every", "soon")[0] == 2


def test_a_book_that_cannot_be_read_is_an_alarm(town: Town) -> None:
    with open(BOOK, "r+b") as file:
        file.write(b"something else entirely")
    code, out, _ = town.run("health")
    assert code == 1
    assert out.startswith("error")
    assert "[GT-DB-" in out


def test_a_book_that_is_not_there_is_an_alarm(town: Town) -> None:
    (alarm,) = _alarms(town, "--db", "elsewhere.goldenthread")
    assert alarm.startswith("GT-DB-")


def test_a_book_of_another_version_is_an_alarm(town: Town) -> None:
    with closing(sqlite3.connect(BOOK)) as book, book:
        assert book.execute("UPDATE meta SET value = '1' WHERE name = 'schema'").rowcount == 1
    assert town.run("log", "tail")[0] == 5
    (alarm,) = _alarms(town)
    assert alarm.startswith("GT-DB-")


def test_settings_that_cannot_be_read_are_an_alarm(town: Town) -> None:
    with open("goldenthread.toml", "a", encoding="utf-8") as settings:
        settings.write("\nclock = [\n")
    (alarm,) = _alarms(town)
    assert alarm.startswith("GT-")


def _alarms(town: Town, *words: str) -> list[str]:
    """The codes of what health alarms of, told alike to people and to machines."""
    code, out, err = town.run("health", *words)
    assert (code, err) == (1, "")
    code, told, _ = town.run("health", "--json", *words)
    assert code == 1
    rows = json.loads(told)["rows"]
    assert {row["severity"] for row in rows} == {"error"}
    assert all(f"[{row['code']}]" in out for row in rows)
    return [row["code"] for row in rows]


def test_a_due_index_that_was_filled_again_is_no_alarm_any_more(town: Town) -> None:
    from pathlib import Path

    from engine.deadlines import index as due_index
    from goldenthread.bootstrap import Project

    assert town.run("tick")[0] == 0
    with closing(sqlite3.connect(BOOK)) as book, book:
        book.execute("DELETE FROM due")
    office = Project(Path(), {}).open(write=True)
    due_index.keep(office.store, due_index.compare(office.store, office.now()))  # as a worker does
    office.store.close()
    assert "[GT-CLOCK-108]" in town.run("health")[1]
    assert town.run("db", "rebuild", "--verify")[0] == 10
    assert "[GT-CLOCK-108]" in town.run("health")[1]
    assert town.run("db", "rebuild")[0] == 0
    assert town.run("health")[:2] == (0, "All is well.\n")


def test_an_import_that_has_just_begun_is_no_alarm_yet(town: Town) -> None:
    from pathlib import Path

    from engine.commands import AcceptImport
    from goldenthread.bootstrap import Project

    office = Project(Path(), {}).open(write=True)
    name = office.text("return.csv")
    request = AcceptImport(
        import_id="import-0123456789ab-1", digest="0" * 64, rows=9, changes=9, name=name.ref
    )
    office.ask(request, actor="p3", texts=[name])
    office.store.close()
    assert town.run("tick")[0] == 0
    assert town.run("health")[0] == 0
    assert "GT-IMPORT-101" in town.run("doctor")[1]
    assert "GT-IMPORT-101" in town.run("health", "--clock", "2026-07-06T09:11:00+01:00")[1]

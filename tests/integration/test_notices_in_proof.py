"""`audit verify` holds the outbox against the facts: a notice more, less or other than they tell is named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adapters.holidays import UkHolidays
from adapters.sql.statements import native
from engine.audit import notices
from engine.audit.verify import verify
from engine.commands import Step, TakeSteps
from engine.packs.pack import Pack
from engine.testing.council import Council
from engine.views import VIEWS

from .founding import once

REFERRED, EVE, LATE = date(2026, 1, 5), date(2026, 2, 5), date(2026, 2, 6)
"""An answer is wanted within a month; reminders have gone out by its last day, and the day after it is late."""
SERVICES = ("acute", "community", "mental")


@once
def reminded(pack: Pack) -> Council:
    """Three matters of which a body was reminded, and which it then let go by."""
    council = Council(pack, REFERRED, holidays=UkHolidays())
    for service in SERVICES:
        council.service(service)
    council.indicator("AE4", *SERVICES)
    council.ask(TakeSteps(steps=tuple(map(refer, SERVICES))), "p1")
    council.at(EVE)
    council.tick()
    council.at(LATE, hour=0)
    council.tick()
    return council


def refer(service: str) -> Step:
    fields: dict[str, Any] = {"refer_to": "CPEG"}
    return Step(
        workflow="intervention", indicator="AE4", service=service, subject="", step="propose", fields=fields
    )


def found(council: Council) -> list[tuple[int, str, str]]:
    return [
        (fault.position, fault.kind, fault.sentence) for fault in verify(council.store, notices=True).faults
    ]


def tampered(council: Council, sql: str, *values: object) -> None:
    database = council.store._database  # type: ignore[attr-defined]  # a book in a database
    with database.writing as cursor:
        cursor.execute(native(sql, database.dialect), values)


@pytest.fixture
def council(example: Pack) -> Council:
    return reminded(example)


def test_what_facts_tell_stands_in_the_outbox_once(council: Council) -> None:
    rows = council.store.outbox()
    assert sorted(row.notice.kind for row in rows) == ["deadline"] * 3 + ["reminder"] * 3
    assert found(council) == []


@pytest.mark.parametrize("number", range(6))
def test_a_notice_that_is_gone_is_named(council: Council, number: int) -> None:
    row = council.store.outbox()[number]
    tampered(council, "DELETE FROM outbox WHERE id = ?", row.id)
    ((position, kind, sentence),) = found(council)
    assert (position, kind) == (row.position, "notice")
    assert f"a notice to {row.notice.to} of {row.notice.subject} ({row.notice.kind}), is missing" in sentence
    assert verify(council.store).count == 0


def test_views_are_compared_all_the_same(council: Council) -> None:
    tampered(council, "DELETE FROM outbox")
    verdict = verify(council.store, views=VIEWS, notices=True)
    assert (verdict.views, verdict.count, verdict.rebuild_helps) == ("equal", 6, False)


@pytest.mark.parametrize("column", ["recipient", "kind", "subject", "words"])
@pytest.mark.parametrize("number", [0, 2, 5])
def test_a_notice_that_says_something_else_is_named(council: Council, number: int, column: str) -> None:
    row = council.store.outbox()[number]
    tampered(council, f"UPDATE outbox SET {column} = 'Nobody' WHERE id = ?", row.id)
    faults = found(council)
    assert [(position, kind) for position, kind, _ in faults] == [(row.position, "notice")] * 2
    assert any(f"Notice {row.id}, " in sentence for _, _, sentence in faults)


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("place", [0, 1, 99_999])
def test_a_notice_that_stands_elsewhere_is_named(council: Council, number: int, place: int) -> None:
    row = council.store.outbox()[number]
    tampered(council, "UPDATE outbox SET position = ? WHERE id = ?", place, row.id)
    faults = found(council)
    assert len(faults) == 2, faults
    assert any(f"Notice {row.id}, " in sentence and f"event {place}" in sentence for _, _, sentence in faults)


def test_two_notices_that_change_places_are_named(council: Council) -> None:
    first, last = council.store.outbox()[0], council.store.outbox()[-1]
    for row, position in ((first, last.position), (last, first.position)):
        tampered(council, "UPDATE outbox SET position = ? WHERE id = ?", position, row.id)
    assert {kind for _, kind, _ in found(council)} == {"notice"}


@pytest.mark.parametrize("place", ["its own event", "an event that tells nobody", "an event still to come"])
def test_a_notice_that_nobody_wrote_is_named(council: Council, place: str) -> None:
    row = council.store.outbox()[-1]
    at = {"its own event": row.position, "an event that tells nobody": 1, "an event still to come": 99_999}[
        place
    ]
    tampered(
        council,
        "INSERT INTO outbox (position, recipient, kind, subject, words) "
        "SELECT ?, recipient, kind, subject, words FROM outbox WHERE id = ?",
        at,
        row.id,
    )
    ((position, kind, sentence),) = found(council)
    assert (position, kind) == (at, "notice")
    assert sentence.endswith("whose command tells nobody so.")


def test_that_it_was_handed_over_is_no_fault(council: Council) -> None:
    rows = council.store.outbox()
    council.store.mark_sent([row.id for row in rows[:2]], rows[0].sent_at or council.now())
    assert found(council) == []


def test_where_the_log_is_not_sound_it_is_not_compared(council: Council) -> None:
    row = council.store.outbox()[0]
    tampered(council, "DELETE FROM outbox WHERE id = ?", row.id)
    tampered(council, "UPDATE texts SET text = 'Somebody else'")
    assert {kind for _, kind, _ in found(council)} == {"text"}


def test_however_the_log_is_cut_into_pages_the_same_is_found(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    tampered(council, "DELETE FROM outbox WHERE id = ?", council.store.outbox()[3].id)
    whole = found(council)
    for page in (1, 2, 3, 7):
        monkeypatch.setattr("engine.audit.pages.PAGE", page)
        assert found(council) == whole


def test_more_faults_than_are_listed_are_counted(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.audit.faults.MOST_FAULTS", 2)
    tampered(council, "DELETE FROM outbox")
    verdict = verify(council.store, notices=True)
    assert (len(verdict.faults), verdict.count) == (2, 6)


def test_what_bears_on_notices_is_all_that_is_read_for_them() -> None:
    assert {
        "deadline.passed",
        "reminder.sent",
        "data.requested",
        "matter.told",
        "trigger.fired",
    } == notices._TELL

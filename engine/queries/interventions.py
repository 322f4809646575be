"""Interventions: the list, with where each stands and what it owes."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.handle import Engine
from engine.queries.known import check_known
from engine.queries.reader import Reader
from engine.queries.references import numbered
from engine.queries.state_labels import state_label
from engine.view import Row
from engine.views import INDICATORS, INTERVENTIONS


class InterventionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One intervention in a list."""

    id: str
    """``INT-0042``: numbered in the order in which they were begun."""
    indicator: str
    service: str
    ordinal: str
    title: str
    """The indicator's."""
    state: str
    label: str
    body: str
    trigger: str | None
    """None where a person raised the concern."""
    period: str | None
    category: str | None
    menu: tuple[str, ...]
    started_on: date | None
    report_due: date | None
    report_original: date | None
    overdue: bool
    """The report-back date has gone by without a report."""
    proposed_rung: str | None
    reports: int
    breaches: int
    moves: int
    evidence: int
    ended_on: date | None


def interventions(
    engine: Engine,
    today: date,
    *,
    ended: bool | None = False,
    body: str | None = None,
    indicator: str | None = None,
    service: str | None = None,
    at: int | None = None,
) -> list[InterventionLine]:
    """Interventions in the order of their numbers: those that are open, those that are over, or (None) both.

    Raises NotFound for a body, indicator or service that nobody knows.
    """
    reader = Reader(engine, at)
    check_known(reader, body=body, indicator=indicator, service=service)
    where: dict[str, str | int] = {}
    for name, value in (("body", body), ("indicator", indicator), ("service", service)):
        if value is not None:
            where[name] = value
    if ended is not None:
        where["ended"] = int(ended)
    rows = reader.rows(INTERVENTIONS, where)
    numbers = numbered(reader) if rows else {}
    titles = {str(row["indicator"]): str(row["title"]) for row in reader.rows(INDICATORS)}
    lines = (_line(reader, row, numbers, titles, today) for row in rows)
    return sorted(lines, key=lambda line: line.id)


def _line(
    reader: Reader, row: Row, numbers: dict[tuple[str, str, str], str], titles: dict[str, str], today: date
) -> InterventionLine:
    key = (str(row["indicator"]), str(row["service"]), str(row["ordinal"]))
    found = reader.definition(str(row["definition"]))
    body = str(row["body"] or "")
    due = read_day(row["report_due"])
    return InterventionLine(
        id=numbers.get(key, ""),
        indicator=key[0],
        service=key[1],
        ordinal=key[2],
        title=titles.get(key[0], ""),
        state=str(row["state"]),
        label=state_label(found[1] if found else None, str(row["state"]), body),
        body=body,
        trigger=_text(row, "trigger"),
        period=_text(row, "period"),
        category=_text(row, "category"),
        menu=tuple(str(row["menu"] or "").split()),
        started_on=read_day(row["started_on"]),
        report_due=due,
        report_original=read_day(row["report_original"]),
        overdue=due is not None and today > due and not row["ended"],
        proposed_rung=_text(row, "proposed_rung"),
        reports=int(row["reports"] or 0),
        breaches=int(row["breaches"] or 0),
        moves=int(row["moves"] or 0),
        evidence=int(row["evidence"] or 0),
        ended_on=read_day(row["ended_on"]),
    )


def read_day(value: object) -> date | None:
    """A day as views keep it."""
    return None if value is None else date.fromisoformat(str(value))


def _text(row: Row, column: str) -> str | None:
    return None if row[column] is None else str(row[column])

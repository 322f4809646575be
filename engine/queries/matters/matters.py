"""Matters of workflows: the list, with where each stands and what is due in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from engine.handle import Engine
from engine.queries.known import check_known
from engine.queries.matters.agenda import agenda_of, breaches, proposed_rung
from engine.queries.matters.beginnings import Cause, numbers_and_causes
from engine.queries.matters.gone_by import Clock, gone_by
from engine.queries.matters.numbering import Key, key_of, matter_key
from engine.queries.matters.state_labels import deadline_label, state_label
from engine.queries.reader import Reader
from engine.view import Row
from engine.views import DUE, INDICATORS, MATTERS
from events.errors import NotFound
from events.nearest import did_you_mean
from events.stream import INTERVENTION


class MatterLine(msgspec.Struct, frozen=True, kw_only=True):
    """One matter in a list."""

    id: str
    """``INT-0042``, ``decision-0042``: numbered by workflow, in the order in which they were begun."""
    workflow: str
    indicator: str
    service: str
    ordinal: str
    title: str
    """The indicator's."""
    state: str
    label: str
    body: str
    trigger: str | None
    """None where a person began it, or where it began by itself: see `cause`."""
    period: str | None
    category: str | None
    menu: tuple[str, ...]
    started_on: date | None
    report_due: date | None
    report_original: date | None
    overdue: bool
    """A day has gone by without what was due on it."""
    proposed_rung: str | None
    reports: int
    breaches: int
    moves: int
    evidence: int
    ended_on: date | None
    due: date | None = None
    """The day that has gone by, where it is overdue; else the next day on which something falls due."""
    due_label: str = ""
    cause: str = ""
    """What began it, where neither a trigger nor a person did: ``the adoption of cambs 2022.1``."""
    cause_event: int | None = None
    """The event that led to it, where one did."""


def matters(
    engine: Engine,
    today: date,
    *,
    workflow: str | None = None,
    ended: bool | None = False,
    body: str | None = None,
    indicator: str | None = None,
    service: str | None = None,
    at: int | None = None,
) -> list[MatterLine]:
    """Matters in the order of their numbers: those that are open, those that are over, or (None) both.

    Raises NotFound for a workflow, body, indicator or service that nobody knows.
    """
    reader = Reader(engine, at)
    check_known(reader, body=body, indicator=indicator, service=service)
    check_workflow(reader, workflow)
    where: dict[str, str | int] = {}
    for name, value in (
        ("workflow", workflow),
        ("body", body),
        ("indicator", indicator),
        ("service", service),
    ):
        if value is not None:
            where[name] = value
    if ended is not None:
        where["ended"] = int(ended)
    rows = reader.rows(MATTERS, where)
    numbers, causes = numbers_and_causes(reader) if rows else ({}, {})
    titles = {str(row["indicator"]): str(row["title"]) for row in reader.rows(INDICATORS)}
    coming = _coming(reader) if rows else {}
    late = gone_by(reader, [key_of(row) for row in rows if not row["ended"]])
    agenda = agenda_of(reader, [key_of(row) for row in rows])
    lines = [
        _caused(_line(reader, row, numbers, titles, coming, late, agenda, today), causes.get(key_of(row)))
        for row in rows
    ]
    return sorted(lines, key=lambda line: (line.workflow != INTERVENTION, line.workflow, line.id))


def workflows_known(reader: Reader) -> list[str]:
    """Every workflow of an adopted pack in which matters are begun, by name."""
    packs = [reader.shelf.pack(adopted.digest) for adopted in reader.framework.adopted]
    return sorted({name for pack in packs for name, each in pack.workflows.items() if each.window is None})


def check_workflow(reader: Reader, workflow: str | None) -> None:
    """Raises NotFound GT-USE-105 for a workflow that no adopted pack has."""
    if workflow is None or workflow == INTERVENTION:
        return
    known = workflows_known(reader)
    if workflow not in known:
        raise NotFound.of(
            "GT-USE-105",
            f"No adopted pack has a workflow '{workflow}'.{did_you_mean(workflow, known)}",
            f"Those that matters are begun in: {', '.join(known) or 'none'}.",
        )


def _coming(reader: Reader) -> dict[Key, Row]:
    """The deadline of each matter that comes next."""
    first: dict[Key, Row] = {}
    for row in reader.rows(DUE, {"passed": 0}, order_by=("deadline_at",)):
        first.setdefault(matter_key(str(row["stream"]), str(row["subject"])), row)
    return first


def _caused(line: MatterLine, cause: Cause | None) -> MatterLine:
    if cause is None:
        return line
    return msgspec.structs.replace(line, cause=cause.words, cause_event=cause.position)


def _due(late: Clock | None, coming: Row | None, today: date) -> tuple[Clock | None, bool]:
    """What went by, or what comes next; and whether it has gone by."""
    if late is not None or coming is None:
        return late, late is not None
    day = date.fromisoformat(str(coming["last_day"]))
    return Clock(str(coming["name"]), day), day < today


def _line(
    reader: Reader,
    row: Row,
    numbers: Mapping[Key, str],
    titles: Mapping[str, str],
    coming: Mapping[Key, Row],
    late: Mapping[Key, Clock],
    agenda: Mapping[Key, Row],
    today: date,
) -> MatterLine:
    key = key_of(row)
    found = reader.definition(str(row["definition"]))
    definition = found[1] if found else None
    body = str(row["body"] or "")
    clock, overdue = _due(late.get(key), coming.get(key), today)
    return MatterLine(
        id=numbers.get(key, ""),
        workflow=key[0],
        indicator=key[1],
        service=key[2],
        ordinal=key[3],
        title=titles.get(key[1], ""),
        state=str(row["state"]),
        label=state_label(definition, str(row["state"]), body),
        body=body,
        trigger=_text(row, "trigger"),
        period=_text(row, "period"),
        category=_text(row, "category"),
        menu=tuple(str(row["menu"] or "").split()),
        started_on=read_day(row["started_on"]),
        report_due=read_day(row["report_due"]),
        report_original=read_day(row["report_original"]),
        overdue=overdue and not row["ended"],
        proposed_rung=proposed_rung(agenda.get(key)),
        reports=int(row["reports"] or 0),
        breaches=breaches(agenda.get(key)),
        moves=int(row["moves"] or 0),
        evidence=int(row["evidence"] or 0),
        ended_on=read_day(row["ended_on"]),
        due=clock.day if clock else None,
        due_label=deadline_label(definition, clock.name, body) if clock else "",
    )


def read_day(value: object) -> date | None:
    """A day as views keep it."""
    return None if value is None else date.fromisoformat(str(value))


def _text(row: Row, column: str) -> str | None:
    return None if row[column] is None else str(row[column])

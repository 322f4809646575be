"""Figures and restatements that wait for another person to confirm them, and comments that are owed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from engine.queries.matters.moves import Move
from engine.queries.matters.submission_matters import FigureKey, Matter, Matters
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.shown import day_shown, figure_shown
from engine.queries.work_list.concern import of_series, of_services
from engine.queries.work_list.task import COMMENT, CONFIRM, RESTATEMENT, Task
from engine.view import Row
from engine.views import STATUSES, SUBMISSIONS
from engine.views.columns import number_text
from workflows.definition import Window


def waiting_figures(
    reader: Reader, matters: Matters, today: date, names: Names, services: Collection[str] | None = None
) -> Iterator[Task]:
    """One task for every figure entered and not confirmed, and for every restatement that waits; of some services, or
    of all.
    """
    rows = reader.rows(SUBMISSIONS, {"waiting": 1, **of_services(services)})
    keys = [(str(row["indicator"]), str(row["service"]), str(row["period"])) for row in rows]
    for row, (_, matter) in zip(rows, matters.each(keys), strict=True):
        if matter is not None:
            yield _waiting(reader, matter, row, today, names)


def _waiting(reader: Reader, matter: Matter, row: Row, today: date, names: Names) -> Task:
    restated = matter.standing.confirmed is not None
    due = matter.window.last_day if matter.window and not restated else None
    late = due is not None and today > due
    return Task(
        kind=RESTATEMENT if restated else CONFIRM,
        ref=matter.ref,
        indicator=matter.series[0],
        service=matter.series[1],
        subject=str(matter.period),
        sentence=_sentence(reader, matter, row, names, restated=restated),
        moves=_confirming(matter, today),
        due=due,
        deadline=matter.window.rule if matter.window and due else "",
        late=late,
        late_days=matter.facts.calendar.working_days_between(due, today) if late and due else 0,
        since=date.fromisoformat(str(row["entered_on"])),
    )


def _confirming(matter: Matter, today: date) -> tuple[Move, ...]:
    """The step that confirms it; where their own steps bar everybody from that, taking the restatement back too."""
    found = matter.possible(today, "figure_confirmed")
    if any(move.people for move in found):
        return found
    return (*found, *matter.possible(today, "restatement_withdrawn"))


def _sentence(reader: Reader, matter: Matter, row: Row, names: Names, *, restated: bool) -> str:
    entry = _entry_shown(reader, matter)
    by = f"by {names.person(str(row['entered_by']))} on {day_shown(date.fromisoformat(str(row['entered_on'])))}"
    if restated:
        return f"Restated as {entry} {by}; the old figure stays in force until another person confirms it."
    return f"{entry} entered {by} waits for confirmation."


def _entry_shown(reader: Reader, matter: Matter) -> str:
    added = reader.work.indicator(matter.series[0]).added
    entry = matter.standing.entry
    if added is None or entry is None:
        return "A figure"
    event = entry[0]
    said = figure_shown(
        added.measured_in,
        added.decimals,
        value=number_text(event.value),
        numerator=number_text(event.numerator),
        denominator=number_text(event.denominator),
    )
    declared = matter.pack.rules.word(event.declared_status) if event.declared_status else ""
    if declared:
        return (
            f"{said}, declared {declared},"
            if event.value is not None or event.numerator is not None
            else declared.capitalize()
        )
    return said


def owed_comments(
    reader: Reader, matters: Matters, today: date, services: Collection[str] | None = None
) -> Iterator[Task]:
    """A comment that the pack asks for, on the latest period of each series; of some services, or of all."""
    judged = ("indicator", "service", "period", "status", "pack")
    latest = {
        (str(row["indicator"]), str(row["service"]), str(row["period"])): row
        for row in reader.latest(STATUSES, 1, of_series(reader, services), only=judged)
    }
    asked = {key: window for key, row in latest.items() if (window := _asks(reader, row))}
    commented = _commented(reader, asked)
    open_keys = [key for key, window in asked.items() if key not in commented or window.action_required]
    for key, matter in matters.each(open_keys):
        if matter is None or matter.standing.confirmed is None:
            continue
        done = asked[key].action_required
        if done and matter.standing.actions:
            continue
        status = matter.pack.rules.word(str(latest[key]["status"]))
        yield Task(
            kind=COMMENT,
            ref=matter.ref,
            indicator=key[0],
            service=key[1],
            subject=key[2],
            sentence=f"It is {status}, and the pack asks for a comment{' that says what is being done' if done else ''}.",
            moves=matter.possible(today, "comment_added"),
        )


def _commented(reader: Reader, keys: Collection[FigureKey]) -> set[FigureKey]:
    """The figures among some that anybody has commented on."""
    names = (
        dict(zip(("indicator", "service", "period"), map(set, zip(*keys, strict=True)), strict=True))
        if keys
        else {}
    )
    found = {
        (str(row["indicator"]), str(row["service"]), str(row["period"]))
        for row in (reader.rows(SUBMISSIONS, names, only=(*names, "comments")) if names else ())
        if row["comments"]
    }
    return found.intersection(keys)


def _asks(reader: Reader, row: Row) -> Window | None:
    """The window of the pack that judged a figure, where that asks for a comment on its status."""
    definition = reader.shelf.pack(str(row["pack"])).workflows.get("submission")
    window = definition.window if definition else None
    return window if window is not None and row["status"] in window.comment_required else None

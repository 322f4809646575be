"""What is open and keeps the definition it began under when another pack is adopted."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from engine.handle import Engine
from engine.packs.pack import Pack
from engine.queries.matters.numbering import key_of, numbers_of
from engine.queries.reader import Reader
from engine.views import MATTERS, SUBMISSIONS
from events import stream as streams

SUBMISSION = "submission"


class StayingLine(msgspec.Struct, frozen=True, kw_only=True):
    """One workflow whose open matters stay as they began."""

    workflow: str
    matters: tuple[str, ...]
    """As people name them: ``decision-0007``, ``CH04/childrens/2026-Q2``."""
    why: str
    """What is otherwise in the pack: another definition, or none."""


def staying(engine: Engine, pack: Pack, at: int | None = None) -> list[StayingLine]:
    """Every open matter, by workflow, that goes on under another definition than the pack's, in the order of workflows."""
    reader = Reader(engine, at)
    found: dict[str, list[str]] = {}
    for workflow, name, digest in (*_matters(reader), *_submissions(reader)):
        definition = pack.workflows.get(workflow)
        if definition is None or definition.digest != digest:
            found.setdefault(workflow, []).append(name)
    return [
        StayingLine(
            workflow=workflow,
            matters=tuple(names),
            why="it has another definition"
            if workflow in pack.workflows
            else "the pack has no such workflow",
        )
        for workflow, names in sorted(found.items())
    ]


def _matters(reader: Reader) -> Iterator[tuple[str, str, str]]:
    rows = reader.rows(MATTERS, {"ended": 0})
    keys = [key_of(row) for row in rows]
    numbers = numbers_of(reader, keys) if keys else {}
    for key, row in zip(keys, rows, strict=True):
        yield key[0], numbers.get(key, "/".join(key)), str(row["definition"])


def _submissions(reader: Reader) -> Iterator[tuple[str, str, str]]:
    """Figures that wait for confirmation; what is confirmed is restated under its own definition too, and is not counted."""
    rows = reader.rows(SUBMISSIONS, {"waiting": 1})
    reader.work.fetch(streams.series(str(row["indicator"]), str(row["service"])) for row in rows)
    for row in rows:
        indicator, service, period = str(row["indicator"]), str(row["service"]), str(row["period"])
        begun = reader.work.series(indicator, service).at(period).submission
        if begun is not None:
            yield SUBMISSION, f"{indicator}/{service}/{period}", begun.definition

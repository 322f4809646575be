"""An explanation: what happened, by which rule, and what it led to; each line with the events it rests on."""

from __future__ import annotations

import msgspec

from engine.packs.pack import Pack
from engine.queries.status_words import StatusWord


class ExplainedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line in three columns; a surface may leave the last two out where it has no room."""

    kind: str
    """``status``, ``trigger``, ``source``, ``figure``, ``comment``, ``deadline``, ``intervention``, ``move`` or ``note``."""
    what: str
    rule: str = ""
    """The band, trigger, step or menu item that decided it."""
    where: str = ""
    """The pack with its version and date, the clause, or what followed."""
    events: tuple[int, ...] = ()
    """Positions in the log."""


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why something is as it is."""

    ref: str
    heading: str
    status: StatusWord | None = None
    lines: tuple[ExplainedLine, ...]


def source_lines(pack: Pack, *path: str) -> list[ExplainedLine]:
    """Where a part of a pack comes from: the clause of its source, or the assumptions it rests on, in full.

    A block's source covers everything within it, so the nearest block above that says where it comes from answers.
    """
    by_path = {source.path: source for source in pack.sources}
    for length in range(len(path), 0, -1):
        source = by_path.get(path[:length])
        if source is None:
            continue
        lines = [_line(f"The source: {source.clause}", ".".join(path[:length]))] if source.clause else []
        for name in source.assumptions:
            assumption = pack.assumptions.get(name)
            if assumption is not None:
                said = f"Assumption {name}: {assumption.issue}; taken as: {assumption.reading}"
                lines.append(_line(said, ".".join(path[:length])))
        return lines
    return []


def _line(what: str, rule: str) -> ExplainedLine:
    return ExplainedLine(kind="source", what=what if what.endswith(".") else f"{what}.", rule=rule)

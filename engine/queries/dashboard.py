"""The dashboard: where every series stands, what waits for confirmation, and what is being done about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from engine.handle import Engine
from engine.packs.pack import Pack
from engine.queries.dashboard_lines import Board, DashboardLine, OpenIntervention
from engine.queries.reader import Reader
from engine.queries.status_words import NO_STATUS, StatusWord
from engine.views import INDICATORS, SUBMISSIONS
from events.errors import NotFound
from events.period import MONTHS_IN, SPELLINGS, kind_words, parse_period

__all__ = ["NO_STATUS", "Dashboard", "DashboardLine", "OpenIntervention", "StatusWord", "dashboard"]


class Dashboard(msgspec.Struct, frozen=True, kw_only=True):
    """All series, in the order of their codes."""

    period: str | None
    at: int | None
    lines: tuple[DashboardLine, ...]
    counts: tuple[tuple[StatusWord, int], ...]
    """Per status, worst first, then unrated words, then series without one."""
    waiting: int
    """Figures that wait for confirmation, of any period."""
    interventions: int
    """Open ones."""


def dashboard(
    engine: Engine, *, period: str | None = None, at: int | None = None, today: date | None = None
) -> Dashboard:
    """Every series of the register at a period, or at its own latest one, by `today` where that is given.

    Raises Invalid for what is no period, and NotFound for a kind of period that no indicator is returned for.
    """
    reader = Reader(engine, at)
    wanted = str(parse_period(period)) if period is not None else None
    if wanted is not None:
        _check_kind(reader, wanted)
    board = Board(reader, wanted, today)
    lines = tuple(
        board.line(register, service)
        for register in reader.rows(INDICATORS)
        if wanted is None or parse_period(wanted).kind == register["frequency"]
        for service in str(register["services"]).split()
    )
    return Dashboard(
        period=wanted,
        at=at,
        lines=lines,
        counts=_counts(lines, reader.newest),
        waiting=len(reader.rows(SUBMISSIONS, {"waiting": 1}, only=("waiting",))),
        interventions=sum(len(rows) for rows in board.open.values()),
    )


def _check_kind(reader: Reader, period: str) -> None:
    kind = parse_period(period).kind
    kinds = {str(row["frequency"]) for row in reader.rows(INDICATORS)}
    if kinds and kind not in kinds:
        returned = " or ".join(kind_words(each) for each in MONTHS_IN if each in kinds)
        raise NotFound.of(
            "GT-USE-034",
            f"{period} is a {kind_words(kind)}, and no indicator is returned every {kind_words(kind)}.",
            f"Name a {returned}. {SPELLINGS}",
        )


def _counts(lines: Sequence[DashboardLine], pack: Pack | None) -> tuple[tuple[StatusWord, int], ...]:
    order: Mapping[str, int] = {each.id: n for n, each in enumerate(pack.rules.statuses)} if pack else {}
    counted = Counter(line.status for line in lines)
    found = sorted(
        counted.items(),
        key=lambda each: (
            each[0].id == "",
            not each[0].judged,
            order.get(each[0].id, len(order)),
            each[0].label,
        ),
    )
    return tuple(found)

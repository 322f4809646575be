"""Indicators that somebody added to the register by hand, although the pack in force has people decide on each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from engine.deciders.proposed import enters_indicators
from engine.packs.pack import Pack
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.sentences.telling import day
from engine.queries.separation.finding import NEAR, DutyFinding
from engine.queries.shown import counted, joined
from events.fact import Fact
from events.kinds.register import IndicatorAdded
from events.schema import Event

NAMED = 5
"""So many codes are named, and the others counted."""


class ByHand:
    """Who added which indicators by hand, on which day, beside which workflow.

    Right for those that were there before the book; of any other somebody should ask who decided on it.
    """

    def __init__(self, reader: Reader, names: Names) -> None:
        self._reader = reader
        self._names = names
        self._added: dict[tuple[str, date, str], list[tuple[int, str]]] = defaultdict(list)

    def take(self, fact: Fact[Event]) -> None:
        """Take a fact in; what a step of a workflow entered has that for its cause."""
        event = fact.event
        if not isinstance(event, IndicatorAdded) or fact.caused_by is not None:
            return
        pack = self._reader.pack_on(fact.effective_on)
        workflow = deciding_on_indicators(pack)
        if pack is not None and workflow is not None:
            beside = f"{pack.name} decides on each by the workflow '{workflow}'"
            self._added[fact.actor, fact.effective_on, beside].append((fact.position, event.indicator))

    def findings(self) -> Iterator[DutyFinding]:
        """One for each person and day."""
        for (who, on, beside), added in self._added.items():
            codes = [code for _, code in added]
            listed = joined(codes[:NAMED], "and") if len(codes) <= NAMED else ", ".join(codes[:NAMED]) + " …"
            yield DutyFinding(
                severity=NEAR,
                kind="by hand",
                about="the register",
                persons=(who,),
                events=tuple(position for position, _ in added),
                sentence=(
                    f"{self._names.person(who)} added {counted(len(codes), 'indicator')} by hand on {day(on)} ({listed}), "
                    f"although {beside}."
                ),
            )


def deciding_on_indicators(pack: Pack | None) -> str | None:
    """The workflow of a pack by which indicators enter the register; None where it has none."""
    workflows = pack.workflows.items() if pack is not None else ()
    return next((name for name, each in workflows if enters_indicators(each)), None)

"""Everything the log says about one figure: its entries, confirmations, comments, judgements and triggers."""

from __future__ import annotations

from dataclasses import dataclass

from engine.packs.pack import Pack
from engine.queries.reader import Reader
from engine.queries.references import FigureRef
from events import stream as streams
from events.errors import NotFound, Problem
from events.fact import Fact
from events.kinds.register import IndicatorAdded
from events.kinds.statuses import StatusAssessed
from events.kinds.workflow import ApprovalGiven, ApprovalLapsed
from events.nearest import did_you_mean
from events.period import parse_period
from events.schema import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFacts:
    """One figure, seen from a reader."""

    reader: Reader
    ref: FigureRef
    added: IndicatorAdded
    facts: tuple[Fact[Event], ...]
    """Of this period only, oldest first."""

    @property
    def assessed(self) -> tuple[Fact[Event], StatusAssessed] | None:
        """The judgement in force."""
        return next(
            ((fact, fact.event) for fact in reversed(self.facts) if isinstance(fact.event, StatusAssessed)),
            None,
        )

    @property
    def pack(self) -> Pack | None:
        """The pack that judged it; before that, the one that will."""
        found = self.assessed
        if found is not None:
            return self.reader.shelf.pack(found[1].pack)
        return self.reader.pack_for(parse_period(self.ref.period))

    @property
    def pack_words(self) -> str:
        """``example 1.4, in force 2026-04-01``."""
        pack = self.pack
        if pack is None:
            return "no pack in force"
        dates = [each.effective_from for each in self.reader.framework.adopted if each.digest == pack.digest]
        since = dates[-1] if dates else pack.effective_from
        return f"{pack.name} {pack.version}, in force {since.isoformat()}"


def figure_facts(reader: Reader, ref: FigureRef) -> FigureFacts:
    """Read one figure. Raises NotFound for an unknown indicator or service, with the nearest name."""
    added = reader.work.indicator(ref.indicator).added
    if added is None:
        raise NotFound(reader.shelf.unknown_indicator(ref.indicator))
    if ref.service not in added.services:
        raise NotFound(
            Problem(
                code="GT-REGISTER-008",
                sentence=f"{ref.indicator} is not returned by '{ref.service}'.{did_you_mean(ref.service, added.services)}",
                fix=f"Its services are: {', '.join(added.services)}.",
            )
        )
    facts = reader.facts_of(streams.series(ref.indicator, ref.service))
    own = tuple(fact for fact in facts if _period(fact.event) == ref.period)
    return FigureFacts(reader=reader, ref=ref, added=added, facts=own)


def _period(event: Event) -> str | None:
    if isinstance(event, ApprovalGiven | ApprovalLapsed):
        return event.subject
    period = getattr(event, "period", None)
    return period if isinstance(period, str) else None

"""Which parts of a pack its own tests reach, so that the governance lead sees what nobody has tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.packs.outcome import Outcome
from engine.packs.pack import Pack
from events.kinds.statuses import StatusAssessed, TriggerFired, TriggerScreened
from rules.rating import UNRATED_WHEN

_OF_A_WHOLE_BOOK = frozenset({("period_close",), ("adoption",)})
"""Sections about a book with all its series and people: a test of a pack brings one series, and cannot reach them."""

Reached = frozenset[tuple[str, ...]]
"""Paths of the pack, as keys from its top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What no test reaches, by kind, in the order of the pack."""

    bands: tuple[str, ...]
    triggers: tuple[str, ...]
    clauses: tuple[str, ...]
    """``4.16 (intervention)``."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """One sentence for each kind of part that no test reaches."""
        kinds = (("bands", self.bands), ("triggers", self.triggers), ("clauses", self.clauses))
        return tuple(f"No test reaches the {kind} {'; '.join(names)}." for kind, names in kinds if names)

    @property
    def complete(self) -> bool:
        """Whether every band, trigger and clause is reached."""
        return not (self.bands or self.triggers or self.clauses)


def coverage(pack: Pack, outcomes: Iterable[Outcome]) -> Coverage:
    """What the outcomes of all tests leave out."""
    reached = {path for outcome in outcomes for path in _reached(outcome)}
    return Coverage(
        bands=tuple(
            f"bands/{band.status}" for band in pack.rules.bands if ("bands", band.rule) not in reached
        ),
        triggers=tuple(
            each.id for each in pack.rules.triggers if each.enabled and ("triggers", each.id) not in reached
        ),
        clauses=tuple(
            f"{source.clause} ({'.'.join(source.path)})"
            for source in pack.sources
            if source.clause and source.path[:1] not in _OF_A_WHOLE_BOOK and not _covers(source.path, reached)
        ),
    )


def _covers(path: tuple[str, ...], reached: set[tuple[str, ...]]) -> bool:
    return any(each[: len(path)] == path or each == path[: len(each)] for each in reached)


def _reached(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    yield ("effective",)
    if outcome.window is not None:
        yield from (("calendar",), ("workflows", "submission"))
    yield from _judged(outcome)
    yield from _played(outcome)


def _judged(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    rules = outcome.pack.rules
    for facts in outcome.judged:
        for fact in facts:
            if isinstance(fact, StatusAssessed):
                yield ("statuses", fact.status)
                yield (("bands", fact.rule) if fact.rule.startswith("bands/") else ("status_from",))
                yield (("bands", *_index_of(outcome.pack, fact.rule)))
                if fact.compared is not None:
                    yield ("compare_by",)
                if fact.rule.startswith(UNRATED_WHEN) or rules.uses_when:
                    yield from (("indicator_fields", field.id) for field in rules.indicator_fields)
            elif isinstance(fact, TriggerFired | TriggerScreened):
                yield ("triggers", fact.trigger)
                if isinstance(fact, TriggerScreened):
                    yield from (("indicator_fields", field.id) for field in rules.indicator_fields)


def _index_of(pack: Pack, rule: str) -> tuple[str, ...]:
    """A band's place in the list, as `sources` spell it."""
    return tuple(str(index) for index, band in enumerate(pack.rules.bands) if band.rule == rule)[:1]


def _played(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    rehearsal = outcome.rehearsal
    if rehearsal is None or rehearsal.instance is None:
        return
    yield ("workflows", rehearsal.workflow)
    fields = rehearsal.instance.fields
    if isinstance(category := fields.get("category"), str):
        yield ("intervention", "report_back", category)
    menu = fields.get("menu", ())
    yield from (("intervention", "menu", number) for number in ((menu,) if isinstance(menu, str) else menu))
    for body in {rehearsal.instance.body, *(str(event.proposes) for _, event in rehearsal.fired)}:
        if body in outcome.pack.organisation.bodies:
            yield ("bodies", body)
    if any(event.proposes for _, event in rehearsal.fired) or "rung" in fields:
        yield ("intervention", "ladder")

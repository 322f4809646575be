"""Check bands with conditions: whatever holds, a better figure never gets a worse status.

Every combination of conditions is looked at as a world of its own. As a figure gets better a condition on its direction
may begin to hold, so the worlds are compared with each other too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from rules.ir import Band, Compare, Condition, RuleSet
from rules.proof import Cover, covers, said
from rules.reading.ordering import report_floor, report_worse, world_of
from rules.reading.sheet import Path, Sheet

MOST = 6
"""So many bands may have conditions of their own: 64 worlds."""

World = frozenset[Condition]


def check_conditions(sheet: Sheet, bands: Sequence[Band], compare: Compare, path: Path, unit: str) -> bool:
    """Report the first place where a condition would rate a better figure worse; answers whether there is one."""
    asked = tuple(dict.fromkeys(band.when for band in bands if band.when is not None))
    if len(asked) > MOST:
        sheet.report("GT-RULE-086", path, most=MOST)
        return True
    checked = _Checked(sheet, bands, compare, path, unit)
    leaning = [checked.either_way(when) for when in asked]
    if any(leaning):
        return True
    worlds = {world: checked.covers(world) for world in _worlds(asked)}
    return any(checked.within(world, lines) for world, lines in worlds.items()) or any(
        checked.between(when, worlds[world], worlds[world | {when}])
        for world in worlds
        for when in asked
        if when.lean and when not in world
    )


def _worlds(asked: Sequence[Condition]) -> Iterator[World]:
    for size in range(len(asked) + 1):
        yield from map(frozenset, combinations(asked, size))


class _Checked:
    """The bands of one pack, looked at world by world."""

    def __init__(self, sheet: Sheet, bands: Sequence[Band], compare: Compare, path: Path, unit: str) -> None:
        self.sheet, self.bands, self.compare, self.path, self.unit = sheet, bands, compare, path, unit
        self.rules = RuleSet(
            statuses=tuple(sheet.statuses.values()),
            status_from="bands",
            indicator_fields=tuple(sheet.fields.values()),
        )

    def covers(self, world: World) -> list[Cover]:
        held = {index for index, band in enumerate(self.bands) if band.when in world}
        return covers(self.bands, self.compare.round_to, held)

    def either_way(self, when: Condition) -> bool:
        """Whether a better figure may both make a condition hold and undo it; reported."""
        if when.lean is not None:
            return False
        index = next(i for i, band in enumerate(self.bands) if band.when == when)
        self.sheet.report("GT-RULE-085", (*self.path, index, "when"), english=when.english(self.rules))
        return True

    def within(self, world: World, lines: Sequence[Cover]) -> bool:
        """Whether a better figure gets a worse status while the same conditions hold; reported."""
        if not world:
            return False
        where = "".join(f" where {when.english(self.rules)}" for when in world)
        sheet, bands, path, unit = self.sheet, self.bands, self.path, self.unit
        if any(report_worse(sheet, bands, line, self.compare, path, unit, where) for line in lines):
            return True
        return any(band.floor for band in bands) and report_floor(sheet, bands, lines, path, unit)

    def between(self, when: Condition, without: Sequence[Cover], with_it: Sequence[Cover]) -> bool:
        """Whether a better figure gets a worse status because the condition changes; reported."""
        rank = self.sheet.statuses
        for before, after in zip(without, with_it, strict=True):
            for piece, one, other in zip(before.pieces, before.bands, after.bands, strict=True):
                if one is None or other is None:
                    continue
                gained = rank[self.bands[other].status].rank - rank[self.bands[one].status].rank
                if gained * (when.lean or 0) < 0:
                    self.sheet.report(
                        "GT-RULE-084",
                        (*self.path, other),
                        status=self.bands[other].status,
                        other=self.bands[one].status,
                        english=when.english(self.rules),
                        values=said([piece], self.unit),
                        world=world_of(before),
                    )
                    return True
        return False

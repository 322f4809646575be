"""`consecutive`: the status has been one of these for so many periods running."""

from __future__ import annotations

from collections.abc import Mapping

from rules.ir import Condition, RuleSet, Truth
from rules.kinds.kind import Kind, either
from rules.kinds.status import among
from rules.reading.sheet import Key, Path, Sheet
from rules.standing import Standing, earlier

COUNTS = ("at_least", "exactly", "reaching")
MOST = 60
"""Five years of months."""


class Consecutive(Condition, frozen=True, kw_only=True, tag="consecutive"):
    """Counts the run of periods that ends in this one; a period without a judgement ends a run.

    `at_least` holds from period n on. `exactly` holds in period n and has gone in the next. `reaching` holds in
    period n and stands until the run ends: an edge, like a turn.
    """

    statuses: tuple[str, ...]
    count: str
    """``at_least``, ``exactly`` or ``reaching``."""
    periods: int

    def holds(self, standing: Standing) -> Truth:
        """Unknown only where this period itself has no judgement."""
        now = among(standing, self.statuses)
        if now is not True:
            return now
        run = self._run(standing)
        return run >= self.periods if self.count == "at_least" else run == self.periods

    def stands(self, standing: Standing) -> Truth:
        """Having reached a number stands while the run lasts."""
        return among(standing, self.statuses) if self.count == "reaching" else self.holds(standing)

    def because(self, standing: Standing) -> str:
        """How long the run is, and when it began."""
        began = earlier(standing.period, self.periods - 1)
        words = either(map(standing.rules.word, self.statuses))
        return f"{words} for {self.periods} periods running, {began} to {standing.period}"

    def english(self, rules: RuleSet) -> str:
        """The run asked for."""
        words = either(map(rules.word, self.statuses))
        count = {"at_least": "at least ", "exactly": "exactly ", "reaching": ""}[self.count]
        tail = ", counted once as the number is reached" if self.count == "reaching" else ""
        return f"the status has been {words} for {count}{self.periods} periods running{tail}"

    @property
    def back(self) -> int:
        """One period more than the run where it matters that it is no longer than that."""
        return self.periods - 1 if self.count == "at_least" else self.periods

    def _run(self, standing: Standing) -> int:
        """The run's length, counted no further than needed."""
        run = 1
        while run <= self.back:
            recent = standing.before(run)
            if recent is None or recent.status not in self.statuses:
                break
            run += 1
        return run


INNER = {
    "status": Key("The status, or statuses, that make a run.", "list", True),
    "at_least": Key("So many periods or more.", "number"),
    "exactly": Key("So many periods, and not in the period after.", "number"),
    "reaching": Key("Once, in the period in which the number is reached.", "number"),
}


def read(sheet: Sheet, block: Mapping[str, object], path: Path) -> Consecutive | None:
    """Statuses and one way to count."""
    at = (*path, "consecutive")
    inner = sheet.block(block["consecutive"], at, INNER, "'consecutive'")
    if inner is None or "status" not in inner:
        return None
    statuses = sheet.some_of(
        inner["status"], (*at, "status"), "'status'", sheet.statuses, "a status of this pack"
    )
    counts = [key for key in COUNTS if key in inner]
    if len(counts) != 1:
        sheet.report("GT-RULE-055", at)
        return None
    periods = sheet.whole(inner[counts[0]], (*at, counts[0]), f"'{counts[0]}'", 2, MOST)
    if not statuses or periods is None:
        return None
    return Consecutive(statuses=statuses, count=counts[0], periods=periods)


KIND = Kind(
    node=Consecutive,
    read=read,
    about="The status has been one of these for so many periods running. A period without data, or not rated, "
    "ends a run.",
    example="when: {consecutive: {status: [red, amber], at_least: 3}}",
    keys={"consecutive": Key("Which statuses, and how many periods.", "block", True)},
    inner=INNER,
)

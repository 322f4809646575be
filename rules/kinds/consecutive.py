"""`consecutive`: the status has been one of these, or the figure has moved one way, for so many periods running."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from rules.ir import Condition, RuleSet, Truth
from rules.kinds.direction import read_ways, read_within
from rules.kinds.kind import Kind, either
from rules.kinds.status import counted_among
from rules.reading.sheet import Key, Path, Sheet
from rules.standing import LOOK_THROUGH, Standing, earlier
from rules.travel import WAYS, exactly, travelled

COUNTS = ("at_least", "exactly", "reaching")
MOVED = {"better": "become better", "worse": "become worse", "same": "stayed the same"}
MOST = 60
"""Five years of months."""


class Consecutive(Condition, frozen=True, kw_only=True, tag="consecutive"):
    """Counts the run that ends in this period: of statuses, or of steps from one period's figure to the next.

    `at_least` holds from period n on. `exactly` holds in period n and has gone in the next. `reaching` holds in
    period n and stands until the run ends: an edge, like a turn. A gap ends a run, unless the trigger says otherwise.
    Source: Thurrock, "three declines in a row".
    """

    statuses: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    """The directions that make a run, where it is one of steps and not of statuses."""
    stable_within: Decimal | None = None
    count: str
    """``at_least``, ``exactly`` or ``reaching``."""
    periods: int

    def holds(self, standing: Standing) -> Truth:
        """Unknown only where this period itself has no judgement, or no step leads to it."""
        now = self._now(standing)
        if now is not True:
            return now
        run = self._run(standing)
        return run >= self.periods if self.count == "at_least" else run == self.periods

    def stands(self, standing: Standing) -> Truth:
        """Having reached a number stands while the run lasts."""
        return self._now(standing) if self.count == "reaching" else self.holds(standing)

    def because(self, standing: Standing) -> str:
        """How long the run is, and when it began."""
        if standing.gaps == LOOK_THROUGH:
            when = f"{self.periods} periods running with gaps left out, up to {standing.period}"
        else:
            began = earlier(standing.period, self.periods - 1)
            when = f"{self.periods} periods running, {began} to {standing.period}"
        if self.ways:
            return f"the figure has {either(map(MOVED.__getitem__, self.ways))} for {when}"
        counted = standing.counted_gaps(self.statuses, self.periods)
        return f"{either(map(standing.rules.word, self.statuses))} for {when}{counted}"

    def english(self, rules: RuleSet) -> str:
        """The run asked for."""
        count = {"at_least": "at least ", "exactly": "exactly ", "reaching": ""}[self.count]
        tail = ", counted once as the number is reached" if self.count == "reaching" else ""
        if self.ways:
            what = f"the figure has {either(map(MOVED.__getitem__, self.ways))}"
        else:
            what = f"the status has been {either(map(rules.word, self.statuses))}"
        return f"{what} for {count}{self.periods} periods running{tail}"

    @property
    def edge(self) -> bool:
        """Where a number is reached."""
        return self.count == "reaching"

    @property
    def only_at(self) -> frozenset[str] | None:
        """The statuses that make a run; figures move at any status."""
        return None if self.ways else frozenset(self.statuses)

    @property
    def back(self) -> int:
        """One period more where it matters that the run is no longer than that; a step needs the figure before it."""
        return self.periods - (self.count == "at_least") + bool(self.ways)

    @property
    def rests_on_status(self) -> bool:
        """Not where it asks about figures."""
        return not self.ways

    @property
    def lean(self) -> int | None:
        """The way its last step leans."""
        if not self.ways or self.count != "at_least":
            return None
        if len(set(self.ways)) == len(WAYS):
            return 0
        if "worse" not in self.ways and "better" in self.ways:
            return 1
        return -1 if "better" not in self.ways and "worse" in self.ways else None

    def _now(self, standing: Standing) -> Truth:
        """Whether this period makes part of a run."""
        if not self.ways:
            return counted_among(standing, self.statuses)
        step = self._first_step(standing)
        return None if step is None else step in self.ways

    def _run(self, standing: Standing) -> int:
        """The run's length, counted no further than needed; this period belongs to it."""
        most = self.periods + (self.count != "at_least")
        return self._steps(standing, most) if self.ways else standing.run_back(self.statuses, most)

    def _first_step(self, standing: Standing) -> str | None:
        before = exactly(standing.case, next(standing.pasts_back(), None))
        if standing.value is None or before is None:
            return None
        return travelled(standing.case, standing.value, before, self.stable_within)

    def _steps(self, standing: Standing, most: int) -> int:
        """How many steps, counted backwards from this period's, go the right way without a break."""
        now, run = standing.value, 0
        for past in standing.pasts_back():
            before = exactly(standing.case, past)
            if run >= most or now is None or before is None:
                break
            if travelled(standing.case, now, before, self.stable_within) not in self.ways:
                break
            now = before
            run += 1
        return run


INNER = {
    "status": Key("The status, or statuses, that make a run.", "list"),
    "direction": Key(
        "Instead of a status: better, worse or same, each period against the one before.", "list"
    ),
    "stable_within": Key("With 'direction': differences up to this count as the same.", "number"),
    "at_least": Key("So many periods or more.", "number"),
    "exactly": Key("So many periods, and not in the period after.", "number"),
    "reaching": Key("Once, in the period in which the number is reached.", "number"),
}


def read(sheet: Sheet, block: Mapping[str, object], path: Path) -> Consecutive | None:
    """Statuses or directions, and one way to count."""
    at = (*path, "consecutive")
    inner = sheet.block(block["consecutive"], at, INNER, "'consecutive'")
    if inner is None:
        return None
    counts = [key for key in COUNTS if key in inner]
    if len(counts) != 1:
        sheet.report("GT-RULE-055", at)
    if ("status" in inner) == ("direction" in inner):
        sheet.report("GT-RULE-081", at)
        return None
    statuses: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    if "status" in inner:
        where = (*at, "status")
        statuses = sheet.some_of(inner["status"], where, "'status'", sheet.statuses, "a status of this pack")
        if "stable_within" in inner:
            sheet.report("GT-RULE-082", (*at, "stable_within"))
    else:
        ways = read_ways(sheet, inner["direction"], (*at, "direction"))
    within = read_within(sheet, inner, at)
    if len(counts) != 1 or not (statuses or ways):
        return None
    least = 1 if ways else 2
    periods = sheet.whole(inner[counts[0]], (*at, counts[0]), f"'{counts[0]}'", least, MOST)
    if periods is None:
        return None
    return Consecutive(statuses=statuses, ways=ways, stable_within=within, count=counts[0], periods=periods)


KIND = Kind(
    node=Consecutive,
    read=read,
    about="The status has been one of these, or the figure has become better or worse, for so many periods running. A "
    "period without data, or not rated, ends a run, unless the trigger's 'gaps' say otherwise.",
    example="when: {consecutive: {direction: worse, at_least: 3}}",
    keys={"consecutive": Key("Which statuses or direction, and how many periods.", "block", True)},
    inner=INNER,
)

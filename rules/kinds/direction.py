"""`direction`: the figure is better or worse than an earlier one, or the same."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from events.number import plain
from rules.case import Case, Past
from rules.exact import EXACT, Ratio
from rules.ir import Condition, RuleSet, Truth
from rules.kinds.kind import Kind, either
from rules.reading.sheet import Key, Path, Sheet
from rules.spoken import MOST_PLACES, amount, shown
from rules.standing import LOOK_THROUGH, Standing
from rules.travel import BETTER, SAME, WAYS, WORSE, exactly, travelled

PREVIOUS, LAST_YEAR = "previous_period", "same_period_last_year"
AGAINST: Mapping[str, str] = {PREVIOUS: "the period before", LAST_YEAR: "the same period last year"}
SAID = {BETTER: "better than", WORSE: "worse than", SAME: "the same as"}


class DirectionIs(Condition, frozen=True, kw_only=True, tag="direction"):
    """Compares the value with an earlier value, never with its target.

    Unknown where either has no figure, or the indicator does not say which way is better.
    Source: Havering, "improved or held against the same quarter last year"; Thurrock, "better than last year".
    """

    ways: tuple[str, ...]
    against: str = PREVIOUS
    stable_within: Decimal | None = None
    """Differences up to this, in the indicator's own unit, are the same."""

    def holds(self, standing: Standing) -> Truth:
        """Unknown where there is nothing to compare."""
        found = self._found(standing)
        return None if found is None else found in self.ways

    def because(self, standing: Standing) -> str:
        """Both figures: "71 % is better than the 70 % of 2015-Q2"."""
        found, past = self._found(standing), self._past(standing)
        now, before = standing.value, exactly(standing.case, past)
        if found is None or past is None or now is None or before is None:
            return f"whether it is {either(map(SAID.__getitem__, self.ways))} {AGAINST[self.against]} cannot be said"
        one, other = _told_apart(now, before, standing.case)
        return f"{one} is {SAID[found]} the {other} of {past.period}"

    def why_not(self, standing: Standing) -> str:
        """The same: both figures."""
        return self.because(standing)

    def english(self, rules: RuleSet) -> str:
        """The direction asked for."""
        near = "" if self.stable_within is None else f", where up to {plain(self.stable_within)} is the same"
        return (
            f"the figure is {either(map(SAID.__getitem__, self.ways))} that of {AGAINST[self.against]}{near}"
        )

    @property
    def back(self) -> int:
        """The period before, if that is what it asks about."""
        return 1 if self.against == PREVIOUS else 0

    @property
    def last_year(self) -> bool:
        """If that is what it asks about."""
        return self.against == LAST_YEAR

    @property
    def rests_on_status(self) -> bool:
        """It asks about figures alone."""
        return False

    @property
    def lean(self) -> int | None:
        """The better the figure, the better the direction."""
        ways = set(self.ways)
        if len(ways) == len(WAYS):
            return 0
        if WORSE not in ways and BETTER in ways:
            return 1
        return -1 if BETTER not in ways and WORSE in ways else None

    def _found(self, standing: Standing) -> str | None:
        now, before = standing.value, exactly(standing.case, self._past(standing))
        if now is None or before is None:
            return None
        return travelled(standing.case, now, before, self.stable_within)

    def _past(self, standing: Standing) -> Past | None:
        if self.against == LAST_YEAR:
            return standing.case.last_year
        if standing.gaps == LOOK_THROUGH:
            return next(standing.pasts_back(), None)
        return standing.before(1)


def _told_apart(now: Ratio, before: Ratio, case: Case) -> tuple[str, str]:
    """Two figures with as many decimals as show that they differ, where they do."""
    differ = EXACT.multiply(now.over, before.under) != EXACT.multiply(before.over, now.under)
    places = max(case.decimals, 0)
    while differ and places < MOST_PLACES and now.shown(places) == before.shown(places):
        places += 1
    one, other = (amount(shown(each, places), case.measured_in) for each in (now, before))
    return one, other


INNER = {
    "is": Key("better, worse or same, or a list of them.", "list", True),
    "against": Key(
        "; ".join(f"{name}: {what}" for name, what in AGAINST.items())
        + ". The period before where left out.",
        " | ".join(AGAINST),
    ),
    "stable_within": Key(
        "Differences up to this, in the indicator's own unit, count as the same; left out, only an equal figure does.",
        "number",
    ),
}


def read(sheet: Sheet, block: Mapping[str, object], path: Path) -> DirectionIs | None:
    """A word or a list of them, or a block that also says against what."""
    at = (*path, "direction")
    node = block["direction"]
    if not isinstance(node, Mapping):
        ways = read_ways(sheet, node, at)
        return DirectionIs(ways=ways) if ways else None
    inner = sheet.block(node, at, INNER, "'direction'")
    if inner is None or "is" not in inner:
        return None
    against: str | None = PREVIOUS
    if "against" in inner:
        against = sheet.one_of(
            inner["against"], (*at, "against"), "'against'", AGAINST, "something to compare with"
        )
    ways = read_ways(sheet, inner["is"], (*at, "is"))
    within = read_within(sheet, inner, at)
    return DirectionIs(ways=ways, against=against, stable_within=within) if ways and against else None


def read_ways(sheet: Sheet, node: object, path: Path) -> tuple[str, ...]:
    """One direction or several."""
    return sheet.some_of(node, path, "'direction'", WAYS, "a direction")


def read_within(sheet: Sheet, inner: Mapping[str, object], path: Path) -> Decimal | None:
    """How little a figure may differ and still count as the same."""
    if "stable_within" not in inner:
        return None
    at = (*path, "stable_within")
    number = sheet.number(inner["stable_within"], at, "'stable_within'")
    if number is not None and number <= 0:
        sheet.report("GT-RULE-026", at, key="stable_within", text=inner["stable_within"])
        return None
    return number


KIND = Kind(
    node=DirectionIs,
    read=read,
    about="Direction of travel: the figure itself, compared exactly with that of the period before or of the same "
    "period last year; better is what the indicator's polarity says (for a wanted band: less far outside the band "
    "wanted now). Where either has no figure, the answer is unknown.",
    example="when: {direction: {is: [better, same], against: same_period_last_year}}",
    keys={"direction": Key("Which way, or a block that also says against what.", "block", True)},
    inner=INNER,
)

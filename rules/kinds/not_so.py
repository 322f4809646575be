"""`not`: this condition does not hold."""

from __future__ import annotations

from collections.abc import Mapping

from rules.ir import Condition, RuleSet, Truth
from rules.kinds.kind import Kind, opposite
from rules.reading.sheet import Key, Path, Sheet
from rules.standing import Standing


class NotSo(Condition, frozen=True, kw_only=True, tag="not"):
    """Holds when the other does not; what is unknown stays unknown."""

    of: Condition

    def holds(self, standing: Standing) -> Truth:
        """The opposite, if it is known."""
        return opposite(self.of.holds(standing))

    def because(self, standing: Standing) -> str:
        """Why the other does not hold."""
        return self.of.why_not(standing)

    def why_not(self, standing: Standing) -> str:
        """Why the other holds."""
        return self.of.because(standing)

    def english(self, rules: RuleSet) -> str:
        """Said to be not so."""
        return f"it is not so that {self.of.english(rules)}"

    @property
    def back(self) -> int:
        """As far as the other looks."""
        return self.of.back

    @property
    def last_year(self) -> bool:
        """Where the other does."""
        return self.of.last_year

    @property
    def asks_first(self) -> bool:
        """Where the other does."""
        return self.of.asks_first

    @property
    def asks_late(self) -> bool:
        """Where the other does."""
        return self.of.asks_late

    @property
    def rests_on_status(self) -> bool:
        """Where the other does."""
        return self.of.rests_on_status

    @property
    def lean(self) -> int | None:
        """The other way."""
        return None if self.of.lean is None else -self.of.lean


def read(sheet: Sheet, block: Mapping[str, object], path: Path) -> NotSo | None:
    """One condition."""
    of = sheet.condition(block["not"], (*path, "not"))
    return None if of is None else NotSo(of=of)


KIND = Kind(
    node=NotSo,
    read=read,
    about="This condition does not hold. Where it cannot be said, neither can its opposite.",
    example="when: {not: {status: green}}",
    keys={"not": Key("The condition.", "block", True)},
)

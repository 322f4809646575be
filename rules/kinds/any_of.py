"""`any`: at least one of these holds."""

from __future__ import annotations

from collections.abc import Mapping

from rules.ir import RuleSet, Truth
from rules.kinds.joined import Joined, read_joined
from rules.kinds.kind import Kind, some
from rules.reading.sheet import Key, Path, Sheet
from rules.standing import Standing


class AnyOf(Joined, frozen=True, kw_only=True, tag="any"):
    """Holds when one of them holds, whatever is unknown of the others."""

    def holds(self, standing: Standing) -> Truth:
        """True if any is; else unknown if any is."""
        return some(each.holds(standing) for each in self.of)

    def stands(self, standing: Standing) -> Truth:
        """Stands while any of them stands."""
        return some(each.stands(standing) for each in self.of)

    def because(self, standing: Standing) -> str:
        """Those that hold."""
        return " and ".join(each.because(standing) for each in self.of if each.holds(standing))

    def why_not(self, standing: Standing) -> str:
        """None of them does, and why."""
        return ", and ".join(each.why_not(standing) for each in self.of)

    @property
    def only_at(self) -> frozenset[str] | None:
        """Where any of them can hold, provided that each is held to some statuses."""
        held = [each.only_at for each in self.of if each.only_at is not None]
        return frozenset.union(*held) if held and len(held) == len(self.of) else None

    def english(self, rules: RuleSet) -> str:
        """Joined by "or"."""
        return self.said(rules, "or")


def read(sheet: Sheet, block: Mapping[str, object], path: Path) -> AnyOf | None:
    """A list of conditions."""
    return read_joined(AnyOf, "any", sheet, block, path)


KIND = Kind(
    node=AnyOf,
    read=read,
    about="At least one of these conditions holds.",
    example="when: {any: [{status: red}, {reported_as: risk}]}",
    keys={"any": Key("The conditions.", "list", True)},
)

"""`all`: every one of these holds."""

from __future__ import annotations

from collections.abc import Mapping

from rules.ir import RuleSet, Truth
from rules.kinds.joined import Joined, read_joined
from rules.kinds.kind import Kind, every
from rules.reading.sheet import Key, Path, Sheet
from rules.standing import Standing


class AllOf(Joined, frozen=True, kw_only=True, tag="all"):
    """Holds when all of them hold; false as soon as one is, whatever is unknown of the others."""

    def holds(self, standing: Standing) -> Truth:
        """False if any is; else unknown if any is."""
        return every(each.holds(standing) for each in self.of)

    def stands(self, standing: Standing) -> Truth:
        """Stands while all of them stand."""
        return every(each.stands(standing) for each in self.of)

    def because(self, standing: Standing) -> str:
        """All of them."""
        return " and ".join(each.because(standing) for each in self.of)

    def why_not(self, standing: Standing) -> str:
        """Those that do not hold."""
        return ", and ".join(each.why_not(standing) for each in self.of if each.holds(standing) is False)

    @property
    def edge(self) -> bool:
        """Where one of them is."""
        return any(each.edge for each in self.of)

    @property
    def only_at(self) -> frozenset[str] | None:
        """Where all of them can hold that are held to some statuses."""
        held = [each.only_at for each in self.of if each.only_at is not None]
        return frozenset.intersection(*held) if held else None

    def english(self, rules: RuleSet) -> str:
        """Joined by "and"."""
        return self.said(rules, "and")


def read(sheet: Sheet, block: Mapping[str, object], path: Path) -> AllOf | None:
    """A list of conditions."""
    return read_joined(AllOf, "all", sheet, block, path)


KIND = Kind(
    node=AllOf,
    read=read,
    about="Every one of these conditions holds.",
    example='when: {all: [{status: red}, {field: important_locally, is: "yes"}]}',
    keys={"all": Key("The conditions.", "list", True)},
)

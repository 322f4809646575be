"""What `any` and `all` share: reading a list of conditions, and looking as far back as the furthest of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from rules.ir import Condition, RuleSet
from rules.reading.sheet import Path, Sheet


class Joined(Condition, frozen=True, kw_only=True):
    """Several conditions as one."""

    of: tuple[Condition, ...]

    def said(self, rules: RuleSet, joint: str) -> str:
        """Joined by a word; a joined condition inside another stands in brackets."""
        each = [
            f"({one.english(rules)})" if isinstance(one, Joined) else one.english(rules) for one in self.of
        ]
        return f", {joint} ".join(each)

    @property
    def back(self) -> int:
        """As far as the furthest of them."""
        return max(each.back for each in self.of)

    @property
    def last_year(self) -> bool:
        """Where any of them does."""
        return any(each.last_year for each in self.of)

    @property
    def asks_first(self) -> bool:
        """Where any of them does."""
        return any(each.asks_first for each in self.of)

    @property
    def asks_late(self) -> bool:
        """Where any of them does."""
        return any(each.asks_late for each in self.of)

    @property
    def rests_on_status(self) -> bool:
        """Where any of them does."""
        return any(each.rests_on_status for each in self.of)

    @property
    def lean(self) -> int | None:
        """The way all of them lean that lean at all."""
        ways = {each.lean for each in self.of} - {0}
        return ways.pop() if len(ways) == 1 else None if ways else 0


J = TypeVar("J", bound=Joined)


def read_joined(node: type[J], key: str, sheet: Sheet, block: Mapping[str, object], path: Path) -> J | None:
    """At least one condition; None where any of them could not be read."""
    at = (*path, key)
    listed = sheet.listing(block[key], at, f"'{key}'")
    if listed is None:
        return None
    if not listed:
        sheet.report("GT-RULE-052", at, key=key)
        return None
    read = [sheet.condition(each, (*at, index)) for index, each in enumerate(listed)]
    good = tuple(each for each in read if each is not None)
    return node(of=good) if len(good) == len(read) else None

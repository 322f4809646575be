"""`out_of`: the status has been one of these in so many of the last so many periods."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from rules.ir import Condition, RuleSet, Truth
from rules.kinds.consecutive import MOST
from rules.kinds.kind import Kind, either
from rules.kinds.status import counted_among
from rules.reading.sheet import Key, Path, Sheet
from rules.standing import LOOK_THROUGH, Standing


class OutOf(Condition, frozen=True, kw_only=True, tag="out_of"):
    """Counts periods, this one included, in a window that ends in this one; in any order."""

    statuses: tuple[str, ...]
    n: int
    of: int

    def holds(self, standing: Standing) -> Truth:
        """Unknown only where this period itself has no judgement, and none is counted for it."""
        if counted_among(standing, self.statuses) is None:
            return None
        return self._count(standing) >= self.n

    def because(self, standing: Standing) -> str:
        """How many of how many."""
        words = either(map(standing.rules.word, self.statuses))
        which = "judged periods" if standing.gaps == LOOK_THROUGH else "periods"
        counted = standing.counted_gaps(self.statuses, self.of)
        return f"{words} in {self._count(standing)} of the last {self.of} {which}{counted}"

    def why_not(self, standing: Standing) -> str:
        """The same: how many of how many."""
        return self.because(standing)

    def english(self, rules: RuleSet) -> str:
        """The count asked for."""
        words = either(map(rules.word, self.statuses))
        return f"the status has been {words} in at least {self.n} of the last {self.of} periods"

    @property
    def back(self) -> int:
        """The window without this period."""
        return self.of - 1

    def _count(self, standing: Standing) -> int:
        earlier = islice(standing.statuses_back(self.statuses), self.of - 1)
        now = counted_among(standing, self.statuses) is True
        return now + sum(status in self.statuses for status in earlier)


INNER = {
    "status": Key("The status, or statuses, that are counted.", "list", True),
    "n": Key("In so many periods at the least.", "number", True),
    "of": Key("Of so many, the last of which is this one.", "number", True),
}


def read(sheet: Sheet, block: Mapping[str, object], path: Path) -> OutOf | None:
    """Statuses, and how many of how many."""
    at = (*path, "out_of")
    inner = sheet.block(block["out_of"], at, INNER, "'out_of'")
    if inner is None or not INNER.keys() <= inner.keys():
        return None
    statuses = sheet.some_of(
        inner["status"], (*at, "status"), "'status'", sheet.statuses, "a status of this pack"
    )
    of = sheet.whole(inner["of"], (*at, "of"), "'of'", 2, MOST)
    n = sheet.whole(inner["n"], (*at, "n"), "'n'", 1, MOST)
    if of is not None and n is not None and n > of:
        sheet.report("GT-RULE-080", (*at, "n"), n=n, of=of)
        return None
    return OutOf(statuses=statuses, n=n, of=of) if statuses and n and of else None


KIND = Kind(
    node=OutOf,
    read=read,
    about="The status has been one of these in at least n of the last so many periods, in any order, this one "
    "included. An earlier period without a judgement is not counted, and where this one has none the answer is unknown, "
    "unless the trigger's 'gaps' say otherwise.",
    example="when: {out_of: {status: red, n: 2, of: 3}}",
    keys={"out_of": Key("Which statuses, in how many of how many periods.", "block", True)},
    inner=INNER,
)

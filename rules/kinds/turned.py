"""`turned`: the status changed from one of these to one of those since the period before."""

from __future__ import annotations

from collections.abc import Mapping

from rules.ir import Condition, RuleSet, Truth
from rules.kinds.kind import Kind, either
from rules.kinds.status import among
from rules.reading.sheet import Key, Path, Sheet
from rules.standing import Standing


class Turned(Condition, frozen=True, kw_only=True, tag="turned"):
    """An edge: holds in the one period in which the status turned, and stands until the status leaves `to`.

    Never holds from no data: without a judgement of the period before, it cannot be said, unless the trigger looks
    through gaps. A gap that counts as a status does not turn.
    Source: Kent 2011, "when performance is deemed to have turned from 'amber' to 'red'".
    """

    turned_from: tuple[str, ...]
    to: tuple[str, ...]

    def holds(self, standing: Standing) -> Truth:
        """Unknown where this period, or the one before, has no judgement."""
        now = among(standing, self.to)
        return standing.came_from(self.turned_from) if now is True else now

    def stands(self, standing: Standing) -> Truth:
        """A turn stands while the status stays where it turned to."""
        return among(standing, self.to)

    def because(self, standing: Standing) -> str:
        """What turned into what, and since when."""
        before = standing.last_judged()
        was = f"{standing.rules.word(before.status)} ({before.period})" if before else "no data"
        return f"turned from {was} to {standing.rules.word(standing.status)}"

    def english(self, rules: RuleSet) -> str:
        """The turn asked for."""
        return f"the status turned from {either(map(rules.word, self.turned_from))} to {either(map(rules.word, self.to))}"

    @property
    def edge(self) -> bool:
        """It is one."""
        return True

    @property
    def only_at(self) -> frozenset[str] | None:
        """The statuses it turns to."""
        return frozenset(self.to)

    @property
    def back(self) -> int:
        """The period before."""
        return 1


INNER = {
    "from": Key("The status, or statuses, of the period before.", "list", True),
    "to": Key("The status, or statuses, of this period.", "list", True),
}


def read(sheet: Sheet, block: Mapping[str, object], path: Path) -> Turned | None:
    """Two sides, both judgements, and no status on both."""
    at = (*path, "turned")
    inner = sheet.block(block["turned"], at, INNER, "'turned'")
    if inner is None or "from" not in inner or "to" not in inner:
        return None
    was, now = (_side(sheet, inner[side], (*at, side), side) for side in ("from", "to"))
    for status in set(was).intersection(now):
        sheet.report("GT-RULE-053", at, status=status)
    return Turned(turned_from=was, to=now) if was and now else None


def _side(sheet: Sheet, node: object, path: Path, side: str) -> tuple[str, ...]:
    statuses = sheet.some_of(node, path, f"'{side}'", sheet.statuses, "a status of this pack")
    for status in statuses:
        if not sheet.statuses[status].judged:
            sheet.report("GT-RULE-054", path, status=status, known=", ".join(sheet.judged()))
    return statuses


KIND = Kind(
    node=Turned,
    read=read,
    about="The status turned since the period before. It never turns from no data. By itself it happens once; "
    "it can happen again after the status has left 'to'. With 'gaps: look_through' the period before is the "
    "last one with a judgement.",
    example="when: {turned: {from: amber, to: red}}",
    keys={"turned": Key("From which status to which.", "block", True)},
    inner=INNER,
)

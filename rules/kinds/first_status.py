"""`first_status`: the very first rating of the series is one of these."""

from __future__ import annotations

from collections.abc import Mapping

from rules.ir import Condition, RuleSet, Truth
from rules.kinds.kind import Kind, either
from rules.kinds.status import among
from rules.reading.sheet import Key, Path, Sheet
from rules.standing import Standing


class FirstStatus(Condition, frozen=True, kw_only=True, tag="first_status"):
    """An edge: holds in the first period that is ever rated, and stands until the status leaves these.

    Source: Kent 2011, whose "turned" leaves open what a first red is.
    """

    statuses: tuple[str, ...]

    def holds(self, standing: Standing) -> Truth:
        """Unknown where this period has no judgement, or nobody looked whether an earlier one had."""
        now = among(standing, self.statuses)
        if now is not True:
            return now
        before = standing.case.rated_before
        if before is None and any(past.status in standing.rules.judged for past in standing.history):
            before = True
        return None if before is None else not before

    def stands(self, standing: Standing) -> Truth:
        """It stands while the status stays one of these."""
        return among(standing, self.statuses)

    def because(self, standing: Standing) -> str:
        """The first status."""
        return f"the first status of the series is {standing.word}"

    def why_not(self, standing: Standing) -> str:
        """It is another status, or not the first."""
        if standing.case.rated_before:
            return "the series was rated before"
        return f"the status is {standing.word}"

    def english(self, rules: RuleSet) -> str:
        """The first status asked for."""
        return f"the first status the series ever has is {either(map(rules.word, self.statuses))}"

    @property
    def edge(self) -> bool:
        """There is one first."""
        return True

    @property
    def only_at(self) -> frozenset[str] | None:
        """The statuses asked for."""
        return frozenset(self.statuses)

    @property
    def asks_first(self) -> bool:
        """It looks beyond every period that others look at."""
        return True


def read(sheet: Sheet, block: Mapping[str, object], path: Path) -> FirstStatus | None:
    """A judgement or a list of them."""
    at = (*path, "first_status")
    statuses = sheet.some_of(
        block["first_status"], at, "'first_status'", sheet.judged(), "a status that is a judgement"
    )
    return FirstStatus(statuses=statuses) if statuses else None


KIND = Kind(
    node=FirstStatus,
    read=read,
    about="The series has a rating for the first time ever, and it is one of these. Periods without data, or not "
    "rated, before it do not count.",
    example="when: {any: [{turned: {from: amber, to: red}}, {first_status: red}]}",
    keys={"first_status": Key("A status that is a judgement, or a list of them.", "list", True)},
)

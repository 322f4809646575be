"""`status`: the status of this period is one of these."""

from __future__ import annotations

from collections.abc import Mapping

from rules.ir import Condition, RuleSet, Truth
from rules.kinds.kind import Kind, either
from rules.reading.sheet import Key, Path, Sheet
from rules.standing import Standing


class IsStatus(Condition, frozen=True, kw_only=True, tag="status"):
    """Holds when the status is one of these; a figure that was not rated answers no question about ratings."""

    statuses: tuple[str, ...]

    def holds(self, standing: Standing) -> Truth:
        """Unknown where the figure is unrated and a rating was asked for."""
        return among(standing, self.statuses)

    def because(self, standing: Standing) -> str:
        """The status as it is."""
        return f"the status is {standing.rules.word(standing.status)}"

    def why_not(self, standing: Standing) -> str:
        """The same: the status as it is."""
        return self.because(standing)

    @property
    def only_at(self) -> frozenset[str] | None:
        """The statuses asked for."""
        return frozenset(self.statuses)

    def english(self, rules: RuleSet) -> str:
        """The statuses asked for."""
        return f"the status is {either(map(rules.word, self.statuses))}"


def among(standing: Standing, statuses: tuple[str, ...]) -> Truth:
    """Whether this period's status is one of these; unknown for an unrated one asked about ratings."""
    if standing.status in statuses:
        return True
    judged = standing.rules.judged
    if standing.status in judged or judged.isdisjoint(statuses):
        return False
    return None


def counted_among(standing: Standing, statuses: tuple[str, ...]) -> Truth:
    """The same for a condition that looks back: a gap may count as a status there, this period's too."""
    if standing.gaps_as and standing.status not in standing.rules.judged and standing.status not in statuses:
        return standing.gaps_as in statuses
    return among(standing, statuses)


def read(sheet: Sheet, block: Mapping[str, object], path: Path) -> IsStatus | None:
    """A status or a list of them."""
    at = (*path, "status")
    statuses = sheet.some_of(block["status"], at, "'status'", sheet.statuses, "a status of this pack")
    return IsStatus(statuses=statuses) if statuses else None


KIND = Kind(
    node=IsStatus,
    read=read,
    about="The status of this period is one of these. Where the figure is not rated, the answer is unknown.",
    example="when: {status: [red, amber]}",
    keys={"status": Key("A status of the pack, or a list of them.", "list", True)},
)

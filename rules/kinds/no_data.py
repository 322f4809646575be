"""`no_data`: this period has no figure."""

from __future__ import annotations

from collections.abc import Mapping

from rules.ir import Condition, RuleSet, Truth
from rules.kinds.kind import Kind
from rules.reading.sheet import Key, Path, Sheet
from rules.standing import Standing


class NoData(Condition, frozen=True, kw_only=True, tag="no_data"):
    """Holds while there is neither a figure nor a declared status; never unknown. No data is not zero."""

    missing: bool

    def holds(self, standing: Standing) -> Truth:
        """Whether anything was given is always known."""
        return standing.no_figure is self.missing

    def because(self, standing: Standing) -> str:
        """Whether there is a figure."""
        return f"there is {'no' if standing.no_figure else 'a'} figure for {standing.period}"

    def why_not(self, standing: Standing) -> str:
        """The same: whether there is one."""
        return self.because(standing)

    def english(self, rules: RuleSet) -> str:
        """What is asked for."""
        return f"there is {'no' if self.missing else 'a'} figure for the period"

    @property
    def rests_on_status(self) -> bool:
        """It asks about the figure, never about the status."""
        return False

    @property
    def lean(self) -> int | None:
        """How good the figure is does not matter."""
        return 0


def read(sheet: Sheet, block: Mapping[str, object], path: Path) -> NoData | None:
    """Yes, or no for its opposite."""
    missing = sheet.yes_no(block["no_data"], (*path, "no_data"), "'no_data'")
    return None if missing is None else NoData(missing=missing)


KIND = Kind(
    node=NoData,
    read=read,
    about="This period has no figure: nothing was given, or it was said that there is none. 'no' asks for the opposite.",
    example="when: {no_data: yes}",
    keys={"no_data": Key("'yes', or 'no' for a period that has a figure.", "yes or no", True)},
)

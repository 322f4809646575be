"""`overdue`: the figure came after its window had closed, or is missing though it has."""

from __future__ import annotations

from collections.abc import Mapping

from rules.ir import Condition, RuleSet, Truth
from rules.kinds.kind import Kind
from rules.reading.sheet import Key, Path, Sheet
from rules.standing import Standing


class Overdue(Condition, frozen=True, kw_only=True, tag="overdue"):
    """Unknown where nobody can say when the window closes."""

    late: bool

    def holds(self, standing: Standing) -> Truth:
        """Whoever puts a case together says whether the figure is late."""
        late = standing.case.late
        return None if late is None else late is self.late

    def because(self, standing: Standing) -> str:
        """How it is late, or that it is not."""
        if not standing.case.late:
            return "the figure came in time"
        if standing.no_figure:
            return "the time for the figure is over, and there is none"
        return "the figure came after its time"

    def why_not(self, standing: Standing) -> str:
        """The same: whether it is late."""
        return self.because(standing)

    def english(self, rules: RuleSet) -> str:
        """What is asked for."""
        return f"the figure is {'overdue' if self.late else 'in time'}"

    @property
    def asks_late(self) -> bool:
        """It does."""
        return True

    @property
    def rests_on_status(self) -> bool:
        """It asks about dates, never about the status."""
        return False

    @property
    def lean(self) -> int | None:
        """How good the figure is does not matter."""
        return 0


def read(sheet: Sheet, block: Mapping[str, object], path: Path) -> Overdue | None:
    """Yes, or no for its opposite."""
    late = sheet.yes_no(block["overdue"], (*path, "overdue"), "'overdue'")
    return None if late is None else Overdue(late=late)


KIND = Kind(
    node=Overdue,
    read=read,
    about="The figure of this period came after its window had closed, or is not there although it has. 'no' asks "
    "for the opposite. Unknown where the pack's calendar gives no window.",
    example="when: {overdue: yes}",
    keys={"overdue": Key("'yes', or 'no' for a figure in time.", "yes or no", True)},
)

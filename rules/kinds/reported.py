"""`reported_as`: the officer reported the figure as a concern of this sort."""

from __future__ import annotations

from collections.abc import Mapping

from rules.ir import Condition, RuleSet, Truth
from rules.kinds.kind import Kind, either
from rules.reading.sheet import Key, Path, Sheet
from rules.standing import Standing


class ReportedAs(Condition, frozen=True, kw_only=True, tag="reported_as"):
    """Holds when the figure came with one of these words; without any word it does not hold.

    Source: Hampshire 2008, 4.5: "an area for improvement, risk or 'Red' being reported corporately".
    """

    words: tuple[str, ...]

    def holds(self, standing: Standing) -> Truth:
        """Never unknown: a figure reported as nothing was not reported as a concern."""
        return standing.reported_as in self.words

    def because(self, standing: Standing) -> str:
        """The word it was reported under."""
        return f"reported as {_spoken(standing.reported_as)}"

    def why_not(self, standing: Standing) -> str:
        """The word it was reported under instead, if any."""
        return (
            self.because(standing)
            if standing.reported_as
            else f"not reported as {either(map(_spoken, self.words))}"
        )

    def english(self, rules: RuleSet) -> str:
        """The words asked for."""
        return f"it is reported as {either(map(_spoken, self.words))}"

    @property
    def rests_on_status(self) -> bool:
        """It asks about the report, never about the status."""
        return False

    @property
    def lean(self) -> int | None:
        """How good the figure is does not matter."""
        return 0


def _spoken(word: str | None) -> str:
    return (word or "nothing").replace("_", " ")


def read(sheet: Sheet, block: Mapping[str, object], path: Path) -> ReportedAs | None:
    """A word or a list of them; where the pack lists its words, one of those."""
    node = block["reported_as"]
    given = node if isinstance(node, list | tuple) else [node]
    known = sheet.concerns or tuple(word for word in given if isinstance(word, str) and word.strip())
    words = sheet.some_of(
        node, (*path, "reported_as"), "'reported_as'", known, "a word of the pack's 'reported_as'"
    )
    return ReportedAs(words=words) if words else None


KIND = Kind(
    node=ReportedAs,
    read=read,
    about="The figure was reported as a concern of this sort, whatever its status.",
    example="when: {reported_as: area_for_improvement}",
    keys={"reported_as": Key("The word, or a list of them.", "list", True)},
)

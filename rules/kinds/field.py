"""`field` / `is`: what the register says of the indicator, in a field that the pack declares."""

from __future__ import annotations

from collections.abc import Mapping

from rules.ir import Condition, RuleSet, Truth
from rules.kinds.kind import Kind, either
from rules.reading.sheet import Key, Path, Sheet, near
from rules.standing import Standing


class FieldIs(Condition, frozen=True, kw_only=True, tag="field"):
    """Holds when the field has one of these answers; unknown while nobody has filled it in.

    Source: Hampshire 2008, 4.15: "it is an area that is important locally".
    """

    field: str
    answers: tuple[str, ...]

    def holds(self, standing: Standing) -> Truth:
        """Unknown while the field is empty."""
        answer = standing.fields.get(self.field)
        return None if not answer else answer in self.answers

    def because(self, standing: Standing) -> str:
        """What the field says."""
        return f"'{_label(standing.rules, self.field)}' is {standing.fields.get(self.field, 'not filled in')}"

    def why_not(self, standing: Standing) -> str:
        """The same: what the field says."""
        return self.because(standing)

    def english(self, rules: RuleSet) -> str:
        """The answers asked for."""
        return f"'{_label(rules, self.field)}' is {either(self.answers)}"

    @property
    def rests_on_status(self) -> bool:
        """It asks about the register, never about the status."""
        return False

    @property
    def lean(self) -> int | None:
        """How good the figure is does not matter."""
        return 0


def _label(rules: RuleSet, field: str) -> str:
    return rules.fields_by_id[field].label


def read(sheet: Sheet, block: Mapping[str, object], path: Path) -> FieldIs | None:
    """A field the pack declares, and answers that it can have."""
    field = sheet.one_of(
        block["field"], (*path, "field"), "'field'", sheet.fields, "a field under 'indicator_fields'"
    )
    if "is" not in block:
        sheet.report(
            "GT-RULE-003", path, where="A 'field' condition", key="is", example='For example is: "yes".'
        )
        return None
    if field is None:
        return None
    node = block["is"]
    given = list(node) if isinstance(node, list | tuple) else [node]
    answers = tuple(dict.fromkeys(_answer(sheet, field, each, (*path, "is")) for each in given))
    known = tuple(answer for answer in answers if answer is not None)
    return FieldIs(field=field, answers=known) if known else None


def _answer(sheet: Sheet, field: str, node: object, path: Path) -> str | None:
    answer = sheet.text(node, path, "'is'")
    options = sheet.fields[field].options
    if answer is not None and options and answer not in options:
        sheet.report("GT-RULE-042", path, text=answer, field=field, hint=near(answer, options))
        return None
    return answer


KIND = Kind(
    node=FieldIs,
    read=read,
    about="A field of the indicator, declared under 'indicator_fields', has one of these answers. "
    "While it is not filled in, the answer is unknown.",
    example='only_if: {field: important_locally, is: "yes", otherwise: "Not a local priority: recorded only"}',
    keys={
        "field": Key("A field of the pack.", "text", True),
        "is": Key("The answer, or a list of them.", "list", True),
    },
)

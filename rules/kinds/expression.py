"""`expression`: one line in the syntax of CEL, for what no other kind of condition asks."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from events.errors import Problem
from rules.exact import Ratio
from rules.expression.answer import truth
from rules.expression.english import english, name_said
from rules.expression.leaning import lean
from rules.expression.messages import MESSAGES
from rules.expression.names import Scene, Value
from rules.expression.names import read as look_up
from rules.expression.reading import read_expression
from rules.expression.seen import back, families, names, parts
from rules.expression.tree import Node
from rules.expression.vocabulary import Vocabulary
from rules.ir import Condition, RuleSet, Truth
from rules.kinds.kind import Kind
from rules.reading.sheet import Key, Path, Sheet
from rules.spoken import amount, shown
from rules.standing import Standing

MOST_PARTS = 10_000
"""In all expressions of a pack together."""
_NUMBERS_ALONE = ("numerator", "denominator", "period_number")


class Expression(Condition, frozen=True, kw_only=True, tag="expression"):
    """Holds when its answer is yes; where anything it needs is missing, it cannot be said."""

    tree: Node

    def holds(self, standing: Standing) -> Truth:
        """Its answer."""
        return truth(self.tree, Scene(standing))

    def because(self, standing: Standing) -> str:
        """What it asks, and what it found: "the value is below 50 (the value 47 %)"."""
        return self.english(standing.rules) + self._found(standing)

    def why_not(self, standing: Standing) -> str:
        """That it is not so, and what it found."""
        return f"it does not hold that {self.english(standing.rules)}{self._found(standing)}"

    def english(self, rules: RuleSet) -> str:
        """What it asks."""
        return english(self.tree, rules)

    @property
    def back(self) -> int:
        """As far as its windows look, and a period where it names the one before."""
        return back(self.tree)

    @property
    def last_year(self) -> bool:
        """Whether it names the same period last year."""
        return "last_year" in families(self.tree)

    @property
    def rests_on_status(self) -> bool:
        """Whether it names the status of this period."""
        return "status" in families(self.tree)

    @property
    def lean(self) -> int | None:
        """Known where the figure does not come into it, or only as the value compared."""
        return lean(self.tree)

    def _found(self, standing: Standing) -> str:
        """The numbers and words it named, as they are; nothing where it named none outside its windows."""
        told = []
        for name in names(self.tree):
            value = look_up(Scene(standing), name)
            told.append(f"{name_said(name, standing.rules)} {_said(standing, name, value)}")
        return f" ({', '.join(told)})" if told else ""


def _said(standing: Standing, name: str, value: Value) -> str:
    match value:
        case None | "":
            return "not known"
        case str():
            return standing.rules.word(value)
        case Ratio() if not value.under:
            return "beyond every number"
        case Ratio():
            number = shown(value, standing.case.decimals)
            alone = name in _NUMBERS_ALONE or name == "compared"
            return amount(number, "number" if alone else standing.case.measured_in)
        case _:
            return "yes" if value else "no"


def read(sheet: Sheet, block: Mapping[str, object], path: Path) -> Expression | None:
    """One line, with every problem at its column."""
    at = (*path, "expression")
    if sheet.text(block["expression"], at, "'expression'") is None:
        return None
    if sheet.parts >= MOST_PARTS:
        message = MESSAGES["GT-EXPR-009"]
        sentence = message.sentence.format(most=f"{MOST_PARTS:,}")
        sheet.note(Problem(code="GT-EXPR-009", sentence=sentence, fix=message.fix, path=at))
        return None
    line = str(block["expression"])
    vocabulary = Vocabulary(
        statuses={id_: status.judged for id_, status in sheet.statuses.items()},
        fields={id_: field.options for id_, field in sheet.fields.items()},
        concerns=sheet.concerns,
    )
    tree, problems = read_expression(line, vocabulary)
    for problem in problems:
        sheet.note(msgspec.structs.replace(problem, path=at))
    if tree is None:
        return None
    sheet.parts += sum(1 for _ in parts(tree))
    return Expression(tree=tree)


KIND = Kind(
    node=Expression,
    read=read,
    about="The answer to one line in the syntax of CEL, for what no other kind asks. Where anything it needs is "
    "missing the answer is unknown, unless the rest decides.",
    example="when: {expression: 'value < 0.9 * target && previous.value < value'}",
    keys={"expression": Key("The line.", "text", True)},
)

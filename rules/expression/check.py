"""What the parts of an expression mean together: every part has a type, and what cannot be is said at once.

Answers a checked node for each part the grammar has found. A part that is wrong is noted, and has the type of
whatever it stands beside from then on, so that one mistake is told once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rules.expression import tree
from rules.expression.names import Known
from rules.expression.trouble import Troubles
from rules.expression.vocabulary import EACH, Vocabulary
from rules.reading.sheet import near

MOST_PARTS = 200
ANY = "any"
"""The type of a part that is wrong."""
WORDS = {"number": "a number", "text": "a text", "truth": "a yes or no", "list": "a list", ANY: "something"}


class Part(NamedTuple):
    """A part of an expression: its node, its type and its column."""

    node: tree.Node
    type: str
    at: int
    said: str
    """How a message calls it."""
    known: Known | None = None
    """The name it is, where it is one."""


class Checker:
    """Makes nodes, and notes what is wrong with them."""

    def __init__(self, vocabulary: Vocabulary, troubles: Troubles) -> None:
        self.vocabulary = vocabulary
        self.troubles = troubles
        self.variable = ""
        """What a window calls the period it looks at; empty outside one."""
        self.named = False
        """Whether anything was named that a figure decides."""
        self._parts = 0

    def part(self, node: tree.Node, type_: str, at: int, said: str = "", known: Known | None = None) -> Part:
        """Count one more part. Raises Stop where there are too many."""
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise self.troubles.stop("GT-EXPR-002", at, most=MOST_PARTS)
        return Part(node, type_, at, said or "this", known)

    def wrong(self, at: int) -> Part:
        """In the place of a part that was noted as wrong."""
        return self.part(tree.Truth(False), ANY, at)

    # names --------------------------------------------------------------------------------------------------

    def name(self, written: str, at: int) -> Part:
        """Something of the table, a field of the pack, or a part of the period that a window looks at."""
        family, _, member = written.partition(".")
        id_ = f"{EACH}.{member}" if self.variable and family == self.variable and member else written
        known = (
            None if family == EACH and id_ == written and self.variable != EACH else self.vocabulary.find(id_)
        )
        self.named = True
        if known is None:
            hint = near(written, self.vocabulary.names(self.variable))
            self.troubles.note("GT-EXPR-020", at, name=written, hint=hint)
            return self.wrong(at)
        return self.part(tree.Name(id_), known.type, at, f"'{written}'", known)

    def has(self, asked: Part, at: int) -> Part:
        """`has(name)`."""
        if isinstance(asked.node, tree.Name):
            return self.part(tree.Has(asked.node.id), "truth", at, "'has'")
        if asked.type != ANY:
            self.troubles.note("GT-EXPR-023", asked.at)
        return self.wrong(at)

    # signs --------------------------------------------------------------------------------------------------

    def joined(self, op: str, parts: Sequence[Part], at: int) -> Part:
        """Truths joined by ``&&`` or ``||``."""
        for each in parts:
            self.want(each, "truth", op)
        return self.part(tree.Joined(op, tuple(each.node for each in parts)), "truth", at)

    def negated(self, part: Part, at: int) -> Part:
        """`!`."""
        right = self.want(part, "truth", "!")
        return self.part(tree.Not(part.node), "truth" if right else ANY, at)

    def minus(self, part: Part, at: int) -> Part:
        """`-` before a number; one that is written out is taken into it."""
        right = self.want(part, "number", "-")
        if isinstance(part.node, tree.Number):
            return Part(tree.Number(-part.node.value), "number", at, f"-{part.said}")
        return self.part(tree.Minus(part.node), "number" if right else ANY, at)

    def calculation(self, op: str, left: Part, right: Part, at: int) -> Part:
        """``+ - * /``."""
        for each in (left, right):
            self.want(each, "number", op)
        if op == "/" and isinstance(right.node, tree.Number) and not right.node.value:
            self.troubles.note("GT-EXPR-037", at)
        return self.part(tree.Calculation(op, left.node, right.node), "number", left.at)

    def choice(self, test: Part, then: Part, otherwise: Part) -> Part:
        """`?:`, whose two answers are of one type."""
        self.want(test, "truth", "?")
        either = otherwise.type if then.type == ANY else then.type
        type_ = either if self._alike(then, otherwise) else ANY
        return self.part(tree.Choice(test.node, then.node, otherwise.node), type_, test.at)

    def want(self, part: Part, type_: str, op: str) -> bool:
        """Whether a part is of the type its place asks for; noted where not."""
        if part.type in (type_, ANY):
            return True
        hint = {"truth": "Compare it with something.", "number": "Only numbers are reckoned with."}[type_]
        wanted = {"truth": "answers of yes or no", "number": "numbers"}[type_]
        words = {"op": op, "wanted": wanted, "what": part.said, "found": WORDS[part.type], "hint": hint}
        self.troubles.note("GT-EXPR-030", part.at, **words)
        return False

    # comparing ----------------------------------------------------------------------------------------------

    def comparison(self, op: str, left: Part, right: Part, at: int) -> Part:
        """Two of a kind; only numbers have an order, and a text must be one the other can be."""
        if op not in ("==", "!="):
            if "text" in (left.type, right.type):
                self.troubles.note("GT-EXPR-032", at, op=op)
            else:
                for each in (left, right):
                    self.want(each, "number", op)
        elif self._alike(left, right):
            for one, other in ((left, right), (right, left)):
                if one.known is not None and isinstance(other.node, tree.Text):
                    self._word(one, one.known, other.node.value, other.at)
        return self.part(tree.Comparison(op, left.node, right.node), "truth", left.at)

    def among(self, part: Part, known: Sequence[Part], at: int) -> Part:
        """`in` a list that is written out."""
        for each in known:
            if self._alike(part, each) and part.known is not None and isinstance(each.node, tree.Text):
                self._word(part, part.known, each.node.value, each.at)
        written = tuple(each.node for each in known if isinstance(each.node, tree.Number | tree.Text))
        return self.part(tree.Among(part.node, written), "truth", at)

    def _alike(self, left: Part, right: Part) -> bool:
        if left.type == right.type or ANY in (left.type, right.type):
            return True
        self.troubles.note(
            "GT-EXPR-031",
            right.at,
            left=left.said.capitalize() if left.said == "this" else left.said,
            one=WORDS[left.type],
            right=right.said,
            other=WORDS[right.type],
        )
        return False

    def _word(self, part: Part, known: Known, text: str, at: int) -> None:
        """A text beside a name must be one that the name can have."""
        words = self.vocabulary.words(known)
        if not words or text in words:
            return
        if known.words == "statuses" and text in self.vocabulary.statuses:
            self.troubles.note("GT-EXPR-034", at, text=text, name=part.said.strip("'"))
        else:
            self.troubles.note(
                "GT-EXPR-033",
                at,
                text=text,
                name=part.said,
                hint=near(text, [word for word in words if word]),
            )

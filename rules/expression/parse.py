"""The grammar: from words and signs to checked parts, by the strength with which each sign binds (Pratt)."""

from __future__ import annotations

from decimal import Decimal

from events.number import plain
from rules.expression import tree
from rules.expression.check import ANY, Checker, Part
from rules.expression.functions import FUNCTIONS, MOST_DECIMALS
from rules.expression.names import FAMILIES, HERE
from rules.expression.tokens import Token
from rules.expression.trouble import Stop
from rules.reading.sheet import near

MOST_DEEP = 20
MOST_PERIODS = 60
"""Five years of months."""

_CHOICE, _OR, _AND, _COMPARE, _SUM, _TIMES = range(1, 7)
_BINDS = {
    "?": _CHOICE,
    "||": _OR,
    "&&": _AND,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">=", "in"), _COMPARE),
    **dict.fromkeys(("+", "-"), _SUM),
    **dict.fromkeys(("*", "/"), _TIMES),
}
_CLOSES = {"(": ")", "[": "]"}
_WORDS_FOR = {
    "and": "'And' is written &&.",
    "or": "'Or' is written ||.",
    "not": "'Not' is written !.",
    "is": "'Is' is written ==.",
    ")": "No bracket is open here.",
    "]": "No bracket is open here.",
}
_TAKEN = frozenset({*HERE, *FAMILIES, *FUNCTIONS, "fields", "has", "earlier", "true", "false", "in", "null"})


class Parser:
    """One reading of one line. Raises Stop at what is no expression at all."""

    def __init__(self, words: list[Token], checker: Checker) -> None:
        self._words = words
        self._at = 0
        self._deep = -1  # the line itself stands in no bracket
        self._checker = checker
        self._troubles = checker.troubles

    def whole(self) -> Part:
        """The expression, and nothing behind it."""
        part = self._expression(0)
        if self._next.kind != "end":
            raise self._unexpected()
        return part

    # signs between values -----------------------------------------------------------------------------------

    def _expression(self, least: int) -> Part:
        """Everything that binds more strongly than `least`; 0 is what stands in brackets, or behind a ':'."""
        self._enter(least == 0)
        part = self._value()
        while (binds := self._binds(self._next)) > least:
            sign = self._take()
            if binds == _CHOICE:
                part = self._choice(part, sign)
            elif binds in (_OR, _AND):
                part = self._joined(part, sign, binds)
            elif binds == _COMPARE:
                part = self._compared(part, sign)
            else:
                part = self._checker.calculation(sign.text, part, self._expression(binds), sign.at)
        self._deep -= least == 0
        return part

    def _binds(self, token: Token) -> int:
        return _BINDS.get(token.text, 0) if token.kind == "sign" or token.text == "in" else 0

    def _joined(self, first: Part, sign: Token, binds: int) -> Part:
        parts = [first, self._expression(binds)]
        while self._is(sign.text):
            self._take()
            parts.append(self._expression(binds))
        return self._checker.joined(sign.text, parts, first.at)

    def _compared(self, left: Part, sign: Token) -> Part:
        if sign.text == "in":
            part = self._checker.among(left, self._list(), left.at)
        else:
            part = self._checker.comparison(sign.text, left, self._expression(_COMPARE), sign.at)
        if self._binds(self._next) == _COMPARE:
            words = {"left": "a", "first": sign.text, "middle": "b", "second": self._next.text}
            raise self._troubles.stop("GT-EXPR-013", self._next.at, **words)
        return part

    def _choice(self, test: Part, sign: Token) -> Part:
        then = self._expression(_CHOICE)
        if not self._is(":"):
            raise self._troubles.stop("GT-EXPR-014", sign.at)
        self._take()
        return self._checker.choice(test, then, self._expression(0))

    # values -------------------------------------------------------------------------------------------------

    def _value(self) -> Part:
        token = self._next
        if token.kind == "sign" and token.text in ("!", "-"):
            return self._signed()
        if token.kind == "sign" and token.text == "(":
            self._take()
            part = self._expression(0)
            self._close(token)
            return part
        if token.kind in ("number", "text"):
            return self._literal()
        if token.kind == "name" and token.text not in ("in", "null", "and", "or", "not"):
            return self._named()
        raise self._no_value()

    def _signed(self) -> Part:
        """`!` and `-` bind more strongly than anything between values."""
        sign = self._take()
        self._enter(True)
        part = self._value()
        self._deep -= 1
        return (
            self._checker.negated(part, sign.at) if sign.text == "!" else self._checker.minus(part, sign.at)
        )

    def _literal(self) -> Part:
        token = self._take()
        if token.kind == "text":
            return self._checker.part(tree.Text(token.text), "text", token.at, f'"{token.text}"')
        number = tree.Number(Decimal(plain(Decimal(token.text))))
        return self._checker.part(number, "number", token.at, token.text)

    def _named(self) -> Part:
        token = self._take()
        if token.text in ("true", "false"):
            return self._checker.part(tree.Truth(token.text == "true"), "truth", token.at, token.text)
        if self._is("("):
            return self._called(token)
        written = token.text
        while self._is("."):
            self._take()
            if self._next.kind != "name":
                raise self._unexpected()
            written += f".{self._take().text}"
        return self._checker.name(written, token.at)

    def _list(self) -> list[Part]:
        """What `in` looks into: numbers or texts that are written out."""
        hint = 'For example status in ["red", "amber"].'
        if not self._is("["):
            raise self._troubles.stop("GT-EXPR-015", self._next.at, hint=hint)
        bracket = self._take()
        listed: list[Part] = []
        while not self._is("]"):
            part = self._expression(0)
            if not isinstance(part.node, tree.Number | tree.Text) and part.type != ANY:
                self._troubles.note("GT-EXPR-015", part.at, hint=hint)
            listed.append(part)
            if not self._is(","):
                break
            self._take()
        self._close(bracket)
        if not listed:
            self._troubles.note("GT-EXPR-015", bracket.at, hint=hint)
        return listed

    # calls --------------------------------------------------------------------------------------------------

    def _called(self, name: Token) -> Part:
        bracket = self._take()
        if name.text == "earlier":
            return self._window(name, bracket)
        given: list[Part] = []
        while not self._is(")"):
            given.append(self._expression(0))
            if not self._is(","):
                break
            self._take()
        self._close(bracket)
        return self._call(name, given)

    def _call(self, name: Token, given: list[Part]) -> Part:
        if name.text == "has" and len(given) == 1:
            return self._checker.has(given[0], name.at)
        function = FUNCTIONS.get(name.text)
        if function is None and name.text != "has":
            hint = near(name.text, [*FUNCTIONS, "has", "earlier"])
            self._troubles.note("GT-EXPR-021", name.at, name=name.text, hint=hint)
            return self._checker.wrong(name.at)
        if function is None or not function.least <= len(given) <= function.most:
            wanted, example = (
                (function.wanted, function.example) if function else ("one name", "For example has(target).")
            )
            self._troubles.note(
                "GT-EXPR-022",
                name.at,
                name=name.text,
                wanted=wanted,
                count=len(given) or "none",
                example=example,
            )
            return self._checker.wrong(name.at)
        for each in given:
            self._checker.want(each, "number", name.text)
        if name.text == "round":
            self._decimals(given[1])
        node = tree.Call(name.text, tuple(each.node for each in given))
        return self._checker.part(node, "number", name.at, f"'{name.text}(…)'")

    def _decimals(self, part: Part) -> None:
        """How many decimals to round to: written out, whole and few."""
        if _whole(part, 0, MOST_DECIMALS) is None and part.type != ANY:
            self._troubles.note("GT-EXPR-043", part.at, most=MOST_DECIMALS)

    def _window(self, name: Token, bracket: Token) -> Part:
        """`earlier(n).all(p, …)` or `.exists(p, …)`."""
        count = self._expression(0)
        self._close(bracket)
        periods = _whole(count, 1, MOST_PERIODS)
        if periods is None:
            self._troubles.note("GT-EXPR-040", count.at, most=MOST_PERIODS)
        if not self._is("."):
            raise self._troubles.stop("GT-EXPR-041", name.at)
        self._take()
        quantifier = self._take()
        if quantifier.text not in ("all", "exists") or not self._is("("):
            raise self._troubles.stop("GT-EXPR-041", quantifier.at)
        if self._checker.variable:
            raise self._troubles.stop("GT-EXPR-042", name.at)
        opened = self._take()
        self._checker.variable = self._variable()
        test = self._expression(0)
        self._checker.variable = ""
        self._close(opened)
        self._checker.want(test, "truth", quantifier.text)
        node = tree.Window(quantifier.text, periods or 1, test.node)
        return self._checker.part(node, "truth", name.at, f"'{quantifier.text}(…)'")

    def _variable(self) -> str:
        """What the window calls the period it looks at, and the comma behind it."""
        token = self._take()
        if token.kind != "name" or not self._is(","):
            raise self._troubles.stop("GT-EXPR-041", token.at)
        if token.text in _TAKEN:
            self._troubles.note("GT-EXPR-024", token.at, name=token.text)
        self._take()
        return token.text

    # words and signs ----------------------------------------------------------------------------------------

    @property
    def _next(self) -> Token:
        return self._words[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += token.kind != "end"
        return token

    def _is(self, sign: str) -> bool:
        return self._next.kind == "sign" and self._next.text == sign

    def _close(self, opened: Token) -> None:
        close = _CLOSES[opened.text]
        if not self._is(close):
            if self._next.kind == "end":
                raise self._troubles.stop("GT-EXPR-012", opened.at, close=close)
            raise self._unexpected()
        self._take()

    def _enter(self, deeper: bool) -> None:
        self._deep += deeper
        if self._deep > MOST_DEEP:
            raise self._troubles.stop("GT-EXPR-003", self._next.at, most=MOST_DEEP)

    def _unexpected(self) -> Stop:
        token = self._next
        if token.kind == "end":
            return self._no_value()
        hint = _WORDS_FOR.get(token.text.lower(), "Join two questions with && or ||.")
        return self._troubles.stop("GT-EXPR-011", token.at, found=token.text, hint=hint)

    def _no_value(self) -> Stop:
        token = self._next
        found = "the line ends" if token.kind == "end" else f"'{token.text}' does"
        hint = {
            "null": "Whether there is anything under a name is asked with has(…).",
            **_WORDS_FOR,
        }.get(token.text, "Write a name, a number or a text in quotes.")
        return self._troubles.stop("GT-EXPR-010", token.at, found=found, hint=hint)


def _whole(part: Part, least: int, most: int) -> int | None:
    """A whole number that is written out, within bounds."""
    if not isinstance(part.node, tree.Number) or part.node.value % 1 or not least <= part.node.value <= most:
        return None
    return int(part.node.value)

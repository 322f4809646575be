"""Random expressions of the part that CEL and goldenthread share, each written for both, with what is known.

CEL has whole numbers and doubles and never mixes them; goldenthread has exact numbers alone. So what is made here
keeps the two apart, and every double is a small multiple of a power of two, with which doubles reckon exactly too.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal

STATUSES = ("red", "amber", "green")
SIZES = ("big", "small")
MEMBERS = ("value", "status")


@dataclass(frozen=True)
class Both:
    """One expression in both spellings."""

    ours: str
    theirs: str


@dataclass
class Known:
    """What is known when the expressions are answered; None where it is not."""

    numbers: dict[str, Decimal | None]
    period_number: int
    status: str | None
    size: str | None
    reported_as: str
    before: list[dict[str, Decimal | str]] = field(default_factory=list)
    """The periods before this one, the nearest first; an empty one was not judged."""


class Author:
    """Writes expressions from one seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._variable = ""

    def known(self) -> Known:
        """A standing in which about a third of everything is missing."""
        pick, missing = self._random.choice, lambda: self._random.random() < 0.35
        before: list[dict[str, Decimal | str]] = []
        for _ in range(3):
            each: dict[str, Decimal | str] = {}
            if not missing():
                each["status"] = pick(STATUSES)
            if not missing():
                each["value"] = self._half()
            before.append(each)
        return Known(
            numbers={name: None if missing() else self._half() for name in ("value", "target", "floor")},
            period_number=self._random.randint(1, 12),
            status=None if missing() else pick(STATUSES),
            size=None if missing() else pick(SIZES),
            reported_as=pick(("", "risk")),
            before=before,
        )

    def question(self, depth: int = 4) -> Both:
        """Something that answers yes or no."""
        makers = [self._numbers, self._numbers, self._whole_numbers, self._status, self._size, self._has]
        if depth > 0:
            makers += [self._joined, self._joined, self._negated, self._choice, self._literal]
            makers += [] if self._variable else [self._window]
        return self._random.choice(makers)(depth - 1)

    # questions ----------------------------------------------------------------------------------------------

    def _joined(self, depth: int) -> Both:
        op, parts = (
            self._random.choice(("&&", "||")),
            [self.question(depth) for _ in range(self._random.randint(2, 3))],
        )
        return self._bracketed(
            f" {op} ".join(each.ours for each in parts), f" {op} ".join(each.theirs for each in parts)
        )

    def _negated(self, depth: int) -> Both:
        part = self.question(depth)
        return Both(f"!({part.ours})", f"!({part.theirs})")

    def _choice(self, depth: int) -> Both:
        test, then, other = (self.question(depth) for _ in range(3))
        return self._bracketed(
            f"{test.ours} ? ({then.ours}) : {other.ours}", f"{test.theirs} ? ({then.theirs}) : {other.theirs}"
        )

    def _literal(self, _: int) -> Both:
        word = self._random.choice(("true", "false"))
        return Both(word, word)

    def _window(self, depth: int) -> Both:
        """The periods before are lists in CEL."""
        count, quantifier = self._random.randint(1, 3), self._random.choice(("all", "exists"))
        self._variable = self._random.choice(("p", "month"))
        test, name = self.question(depth), self._variable
        self._variable = ""
        return Both(
            f"earlier({count}).{quantifier}({name}, {test.ours})",
            f"earlier_{count}.{quantifier}({name}, {test.theirs})",
        )

    def _numbers(self, depth: int) -> Both:
        left, right = self._double(min(depth, 2)), self._double(min(depth, 2))
        if self._random.random() < 0.15:
            listed = ", ".join(f"{self._half():f}" for _ in range(3))
            doubles = ", ".join(repr(float(each)) for each in listed.split(", "))
            return Both(f"{left.ours} in [{listed}]", f"{left.theirs} in [{doubles}]")
        op = self._random.choice(("==", "!=", "<", "<=", ">", ">="))
        return Both(f"{left.ours} {op} {right.ours}", f"{left.theirs} {op} {right.theirs}")

    def _whole_numbers(self, depth: int) -> Both:
        left, right = self._integer(min(depth, 2)), self._integer(min(depth, 2))
        op = self._random.choice(("==", "!=", "<", "<=", ">", ">="))
        return Both(f"{left} {op} {right}", f"{left} {op} {right}")

    def _status(self, _: int) -> Both:
        name = f"{self._variable}.status" if self._variable and self._random.random() < 0.7 else "status"
        return self._word(name, STATUSES)

    def _size(self, _: int) -> Both:
        return self._word("fields.size", SIZES)

    def _word(self, name: str, words: tuple[str, ...]) -> Both:
        if self._random.random() < 0.4:
            listed = ", ".join(f"'{each}'" for each in self._random.sample(words, 2))
            return Both(f"{name} in [{listed}]", f"{name} in [{listed}]")
        op, word = self._random.choice(("==", "!=")), self._random.choice(words)
        return Both(f'{name} {op} "{word}"', f'{name} {op} "{word}"')

    def _has(self, _: int) -> Both:
        """CEL asks of members alone, so that our bare names stand in a map there."""
        if self._variable and self._random.random() < 0.7:
            name = f"{self._variable}.{self._random.choice(MEMBERS)}"
            return Both(f"has({name})", f"has({name})")
        name = self._random.choice(("value", "target", "floor", "status", "fields.size"))
        return Both(f"has({name})", f"has({name if '.' in name else f'here.{name}'})")

    # numbers ------------------------------------------------------------------------------------------------

    def _double(self, depth: int) -> Both:
        if depth <= 0 or self._random.random() < 0.4:
            return self._leaf()
        left, right = self._double(depth - 1), self._double(depth - 1)
        match self._random.randrange(7):
            case 0:
                return Both(f"-({left.ours})", f"-({left.theirs})")
            case 1:
                by = self._random.choice((2, 4, 8))
                return self._bracketed(f"{left.ours} / {by}", f"{left.theirs} / {by}.0")
            case 2:
                ours, theirs = self._random.choice((("min", "math.least"), ("max", "math.greatest")))
                return Both(f"{ours}({left.ours}, {right.ours})", f"{theirs}({left.theirs}, {right.theirs})")
            case 3:
                return Both(f"abs({left.ours})", f"math.abs({left.theirs})")
            case 4:
                return Both(f"round({left.ours}, 0)", f"math.round({left.theirs})")
            case _:
                op = self._random.choice("+-*")
                return self._bracketed(f"{left.ours} {op} {right.ours}", f"{left.theirs} {op} {right.theirs}")

    def _leaf(self) -> Both:
        if self._variable and self._random.random() < 0.4:
            return Both(f"{self._variable}.value", f"{self._variable}.value")
        if self._random.random() < 0.7:
            name = self._random.choice(("value", "target", "floor"))
            return Both(name, name)
        number = self._half()
        return Both(f"{number:f}", repr(float(number)))

    def _integer(self, depth: int) -> str:
        if depth <= 0 or self._random.random() < 0.4:
            return "period_number" if self._random.random() < 0.5 else str(self._random.randint(0, 12))
        left, right = self._integer(depth - 1), self._integer(depth - 1)
        return self._bracketed(f"{left} {self._random.choice('+-*')} {right}", "").ours

    def _bracketed(self, ours: str, theirs: str) -> Both:
        """In brackets or not, so that what binds more strongly is judged too."""
        return Both(ours, theirs) if self._random.random() < 0.5 else Both(f"({ours})", f"({theirs})")

    def _half(self) -> Decimal:
        return Decimal(self._random.randint(-16, 16)) / 2

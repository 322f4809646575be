"""What all readers share: typing text, looking keys and names up, and collecting problems with their places."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal

import msgspec

from events.errors import Invalid, Problem
from events.nearest import nearest
from events.number import parse_number, plain
from rules.ir import Condition, IndicatorField, Status
from rules.messages import AT_KEY, MESSAGES
from rules.names import Names

Path = tuple[str | int, ...]
"""Keys and indexes from the top of the document."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DURATION = re.compile(r"[1-9]\d{0,3} (working days?|days?|weeks?|months?|years?)")


MOST_PROBLEMS = 100
"""Rules with more are wrong as a whole; the rest is not looked at."""
MOST_SHOWN = 30
"""So many known words are listed for whoever wrote another."""


class TooMany(Exception):
    """So much is wrong that reading on would serve nobody; all that was found has been noted."""


class Key(msgspec.Struct, frozen=True):
    """A key a block may have, as the reference explains it."""

    about: str
    takes: str = "text"
    """``text``, ``number``, ``yes or no``, ``list``, ``block`` or the words allowed, joined by " | "."""
    needed: bool = False


Keys = Mapping[str, Key]

PROVENANCE: Keys = {
    "clause": Key("Where the source says it."),
    "assumption": Key("The assumption it rests on, where the source leaves it open."),
}


class Sheet:
    """One reading of one pack: what has been read so far, and what was wrong."""

    def __init__(self, names: Names, condition: Callable[[Sheet, object, Path], Condition | None]) -> None:
        self.names = names
        self.problems: list[Problem] = []
        self.statuses: dict[str, Status] = {}
        self.fields: dict[str, IndicatorField] = {}
        self.concerns: tuple[str, ...] = ()
        self.parts = 0
        """How many parts the expressions have together that were read so far."""
        self._condition = condition

    def condition(self, node: object, path: Path) -> Condition | None:
        """Read a condition of any kind."""
        return self._condition(self, node, path)

    def report(self, code: str, path: Path, /, **words: object) -> None:
        """Note a problem in the words of `rules.messages`."""
        message = MESSAGES[code]
        self.note(
            Problem(
                code=code,
                sentence=message.sentence.format(**words),
                fix=message.fix.format(**words),
                path=path,
                at_key=code in AT_KEY and bool(path) and isinstance(path[-1], str),
            )
        )

    def note(self, problem: Problem) -> None:
        """Note a problem in its own words. Raises TooMany where there are more than anybody mends at once."""
        self.problems.append(problem)
        if len(self.problems) == MOST_PROBLEMS:
            self.report("GT-RULE-099", (), most=MOST_PROBLEMS)
        if len(self.problems) > MOST_PROBLEMS:
            raise TooMany

    # shapes -----------------------------------------------------------------------------------------------

    def block(self, node: object, path: Path, keys: Keys, where: str) -> Mapping[str, object] | None:
        """A block of known keys; unknown and missing ones are reported, and the rest is still read."""
        found = self.mapping(node, path, where)
        if found is None:
            return None
        for key in found:
            if key not in keys:
                self.report("GT-RULE-002", (*path, key), where=where, key=key, hint=near(key, keys))
        for key, needed in keys.items():
            if needed.needed and key not in found:
                self.report("GT-RULE-003", path, where=where, key=key, example="")
        return found

    def mapping(self, node: object, path: Path, where: str) -> Mapping[str, object] | None:
        """A block of any keys."""
        if isinstance(node, Mapping):
            return node
        self.report("GT-RULE-001", path, where=where, wanted="a block of keys", found=shape(node), example="")
        return None

    def listing(self, node: object, path: Path, where: str) -> list[object] | None:
        """A list."""
        if isinstance(node, list | tuple):
            return list(node)
        self.report("GT-RULE-001", path, where=where, wanted="a list", found=shape(node), example="")
        return None

    # scalars ----------------------------------------------------------------------------------------------

    def text(self, node: object, path: Path, where: str) -> str | None:
        """Text that says something; interned, because the canonical form leaves out what is a default by identity."""
        if isinstance(node, str) and node.strip():
            return sys.intern(node.strip())
        self.report("GT-RULE-001", path, where=where, wanted="text", found=shape(node), example="")
        return None

    def name(self, text: str, path: Path) -> bool:
        """Whether text can name something; reported where not."""
        if _NAME.fullmatch(text):
            return True
        self.report("GT-RULE-008", path, text=text)
        return False

    def number(self, node: object, path: Path, where: str) -> Decimal | None:
        """An exact number, in its plainest form."""
        text = self.text(node, path, where)
        if text is None:
            return None
        try:
            return Decimal(plain(parse_number(text))) + 0
        except Invalid:
            self.report("GT-RULE-004", path, text=text)
            return None

    def whole(self, node: object, path: Path, where: str, least: int, most: int) -> int | None:
        """A whole number within bounds."""
        text = self.text(node, path, where)
        if text is None:
            return None
        if re.fullmatch(r"-?\d{1,6}", text) and least <= int(text) <= most:
            return int(text)
        self.report("GT-RULE-005", path, text=text, least=least, most=most)
        return None

    def yes_no(self, node: object, path: Path, where: str) -> bool | None:
        """Yes or no, spelled so."""
        text = self.text(node, path, where)
        if text is None or text in ("yes", "no"):
            return None if text is None else text == "yes"
        self.report("GT-RULE-006", path, text=text)
        return None

    def duration(self, node: object, path: Path, where: str) -> str | None:
        """A length of time in words."""
        text = self.text(node, path, where)
        if text is not None and not _DURATION.fullmatch(text):
            self.report("GT-RULE-009", path, text=text)
            return None
        return text

    # words that must be known -----------------------------------------------------------------------------

    def one_of(self, node: object, path: Path, where: str, known: Collection[str], what: str) -> str | None:
        """One of the words known, else a problem that names the nearest."""
        text = self.text(node, path, where)
        if text is None or text in known:
            return text
        self.report("GT-RULE-007", path, text=text, what=what, hint=near(text, known))
        return None

    def some_of(
        self, node: object, path: Path, where: str, known: Collection[str], what: str
    ) -> tuple[str, ...]:
        """One known word or a list of them, as a tuple without repeats."""
        if not isinstance(node, list | tuple):
            word = self.one_of(node, path, where, known, what)
            return (word,) if word is not None else ()
        if not node:
            self.report(
                "GT-RULE-001",
                path,
                where=where,
                wanted="a word or a list of words",
                found="an empty list",
                example="",
            )
        found = (self.one_of(each, (*path, i), where, known, what) for i, each in enumerate(node))
        return tuple(dict.fromkeys(word for word in found if word is not None))

    def judged(self) -> list[str]:
        """The ids of the statuses that are a judgement, worst first."""
        return [status.id for status in self.statuses.values() if status.judged]

    def provenance(self, block: Mapping[str, object], path: Path) -> tuple[str, str]:
        """The clause and the assumption of a block; empty where it names none."""
        found = [
            self.text(block[key], (*path, key), f"'{key}'") or "" if key in block else ""
            for key in PROVENANCE
        ]
        return found[0], found[1]


def near(word: str, known: Collection[str]) -> str:
    """Point to the word probably meant, else to all that are known."""
    meant = nearest(word, known)
    if meant is not None:
        return f"Did you mean '{meant}'?"
    more = " …" if len(known) > MOST_SHOWN else "."
    return f"Known here: {', '.join(sorted(known)[:MOST_SHOWN])}{more}" if known else "The pack has none."


def shape(node: object) -> str:
    """What a node is, in words."""
    if isinstance(node, Mapping):
        return "a block of keys"
    if isinstance(node, list | tuple):
        return "a list"
    return f"'{node}'" if isinstance(node, str) and node.strip() else "nothing"

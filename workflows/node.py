"""Reading a tree of text strictly: every problem is collected with its path, and reading goes on.

YAML arrives as dicts, lists and text; a `Node` is one value in it and knows how to be read as something.
Where a value cannot be read, a problem is noted and a harmless stand-in is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from events.errors import Invalid, Problem
from events.nearest import did_you_mean
from workflows.duration import ONE_MONTH, Duration, parse_duration
from workflows.keys import Keys


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a document, its path from the top, and the list that takes problems."""

    value: object
    path: tuple[str | int, ...]
    problems: list[Problem]

    def problem(self, code: str, sentence: str, fix: str = "", *, at_key: bool = False) -> None:
        """Note something that is wrong here; `at_key` where it is the key, not what stands under it."""
        self.problems.append(Problem(code=code, sentence=sentence, fix=fix, path=self.path, at_key=at_key))

    def at(self, key: str | int, value: object) -> Node:
        """A node below this one."""
        return Node(value, (*self.path, key), self.problems)

    def entries(self) -> dict[str, Node]:
        """A mapping whose keys are names of the author's own."""
        if not isinstance(self.value, Mapping):
            self.problem("GT-FLOW-003", f"{self._here} must be a list of names, each with its own settings.")
            return {}
        return {str(key): self.at(str(key), value) for key, value in self.value.items()}

    def table(self, known: Keys) -> dict[str, Node]:
        """A mapping whose keys stand in a table."""
        required = [key for key, about in known.items() if about.required]
        return self.keys(required, [key for key in known if key not in required])

    def keys(self, required: Iterable[str] = (), optional: Iterable[str] = ()) -> dict[str, Node]:
        """A mapping whose keys are fixed words: unknown ones and missing ones are problems."""
        found = self.entries()
        required = list(required)
        known = [*required, *optional]
        for key in [key for key in found if key not in known]:
            found.pop(key).problem(
                "GT-FLOW-001",
                f"'{key}' is not known here.{did_you_mean(key, known)}",
                f"Known: {', '.join(known)}.",
                at_key=True,
            )
        if isinstance(self.value, Mapping):
            for key in [key for key in required if key not in found]:
                self.problem("GT-FLOW-002", f"{self._here} needs '{key}'.")
        return found

    def text(self) -> str:
        """One value of text."""
        if isinstance(self.value, str) and self.value.strip():
            return self.value.strip()
        self.problem("GT-FLOW-005", f"{self._here} must be one value.")
        return ""

    def items(self) -> list[Node]:
        """A list, or one value standing for a list of one; a list within it (from a parameter) is spread out."""
        if isinstance(self.value, str):
            return [self]
        if not isinstance(self.value, list | tuple) or not self.value:
            self.problem("GT-FLOW-004", f"{self._here} must be a value or a list of values.")
            return []
        found = []
        for index, value in enumerate(self.value):
            spread = value if isinstance(value, list | tuple) else (value,)
            found += [self.at(index, inner) for inner in spread]
        return found

    def names(self) -> tuple[str, ...]:
        """A list of texts, none twice."""
        return self._distinct(lambda item: item.text())

    def choices(self, known: Iterable[str], what: str, code: str = "GT-FLOW-006") -> tuple[str, ...]:
        """Several of a closed list of words, none twice."""
        known = list(known)
        return self._distinct(lambda item: item.choice(known, what, code))

    def _distinct(self, read: Callable[[Node], str]) -> tuple[str, ...]:
        texts: list[str] = []
        for item in self.items():
            text = read(item)
            if text in texts:
                item.problem("GT-FLOW-010", f"'{text}' stands here twice.")
            elif text:
                texts.append(text)
        return tuple(texts)

    def choice(self, known: Iterable[str], what: str, code: str = "GT-FLOW-006") -> str:
        """One of a closed list of words."""
        text, known = self.text(), list(known)
        if text and text not in known:
            self.problem(code, f"There is no {what} '{text}'.{did_you_mean(text, known)}", _known(known))
        return text

    def yes(self) -> bool:
        """Yes or no; ``true`` and ``false`` will do."""
        text = self.text().lower()
        if text not in ("yes", "no", "true", "false", ""):
            self.problem("GT-FLOW-008", f"{self._here} must be yes or no.")
        return text in ("yes", "true")

    def whole_number(self) -> int:
        """A whole number from 1 to 999."""
        text = self.text()
        if text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= 999:
            return int(text)
        if text:
            self.problem(
                "GT-FLOW-007",
                f"'{text}' is not a whole number from 1 to 999.",
                "Write it in figures, for example 2.",
            )
        return 1

    def duration(self) -> Duration:
        """A length of time."""
        text = self.text()
        try:
            return parse_duration(text) if text else ONE_MONTH
        except Invalid as invalid:
            self.problems.extend(
                Problem(code=each.code, sentence=each.sentence, fix=each.fix, path=self.path)
                for each in invalid.problems
            )
            return ONE_MONTH

    @property
    def _here(self) -> str:
        return f"'{self.path[-1]}'" if self.path else "The document"


def _known(known: list[str]) -> str:
    return f"Known: {', '.join(known)}." if known else "None is declared."

"""What can go wrong, as five kinds, and a problem as a value with a place, a cause and a fix.

One table maps the kinds to exit codes (`adapters/cli`), one to HTTP later. A message is a sentence with
the fact and the way out. Every message has a name of the form ``GT-AREA-NNN`` in the error catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where in a text a problem stands: a file, and a line and column counted from 1."""

    file: str
    line: int
    column: int
    excerpt: str = ""
    """The line itself, for showing it with a caret."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong, as a value, so that all of them can be collected and shown at once."""

    code: str
    """The name in the catalogue, for example ``GT-PACK-013``."""
    sentence: str
    """What is the matter, in the reader's words."""
    fix: str = ""
    """What to do about it; empty where the sentence already says so."""
    severity: str = "error"
    """``error`` or ``warning``."""
    path: tuple[str | int, ...] = ()
    """Keys and list indexes from the top of the document, oldest first; resolved to a place by its loader."""
    at_key: bool = False
    """Whether the key at the end of `path` is meant, for example a misspelt one, and not its value."""
    into: int = 0
    """How many characters into the value at `path` it stands, for a value that is a line of its own."""
    place: Place | None = None

    def __str__(self) -> str:
        where = f"{self.place.file}:{self.place.line}:{self.place.column}  " if self.place else ""
        return f"{where}{self.sentence}" + (f" {self.fix}" if self.fix else "")


class GoldenthreadError(Exception):
    """The base of all that goldenthread raises on purpose; carries one problem or more."""

    def __init__(self, *problems: Problem) -> None:
        self.problems: tuple[Problem, ...] = problems
        super().__init__("\n".join(str(problem) for problem in problems))

    @classmethod
    def of(cls, code: str, sentence: str, fix: str = "") -> GoldenthreadError:
        """One problem, raised at once."""
        return cls(Problem(code=code, sentence=sentence, fix=fix))

    @classmethod
    def all_of(cls, problems: Iterable[Problem]) -> GoldenthreadError:
        """Several problems, raised together."""
        return cls(*problems)


class Refused(GoldenthreadError):
    """The rules of the house do not allow this now; it says why and what is possible instead."""


class NotFound(GoldenthreadError):
    """What was named does not exist."""


class Conflict(GoldenthreadError):
    """Somebody else changed the same thing in between."""


class Invalid(GoldenthreadError):
    """What was given cannot be understood or accepted as it stands."""


class Broken(GoldenthreadError):
    """The record, the file or the machine is not as it must be; nothing was written."""


class Unavailable(Broken):
    """What the book is kept in cannot be reached or written now; the same may well succeed later."""

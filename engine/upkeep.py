"""The tables a book is kept in have a version of their own: what is asked of whoever keeps them.

A book of an older version is brought to this one before anybody works with it; the facts in it stay as they are.
"""

from __future__ import annotations

from typing import Protocol

import msgspec

from engine.ports import Progress
from events.errors import Problem


class Step(msgspec.Struct, frozen=True):
    """One version of the tables, and what it brings."""

    version: int
    brings: str
    """A sentence."""


class Upgrade(msgspec.Struct, frozen=True, kw_only=True):
    """What was done, or would be, to bring a book to this version."""

    found: int
    """The version of the tables before."""
    known: int
    """The version of this program."""
    steps: tuple[Step, ...]
    """Oldest first; empty where the tables were of this version already."""
    views: tuple[str, ...]
    """Filled again from the log, since they were missing or of another shape."""
    dropped: tuple[str, ...]
    """Views that this version no longer keeps."""

    @property
    def needed(self) -> bool:
        """Whether there was anything to do."""
        return bool(self.steps or self.views or self.dropped)


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """How a book's tables are, against how they must be."""

    found: int
    known: int
    """The version of this program."""
    tables: int
    """How many were looked at, views included; 0 where the version already differs."""
    differences: tuple[str, ...]
    """A sentence each; empty where all is as it must be."""
    problems: tuple[Problem, ...] = ()
    """What somebody has to do something about besides: tables are missing, others may change what is recorded."""

    @property
    def whole(self) -> bool:
        """Whether all is as it must be."""
        return not self.differences and not self.problems


class Tables(Protocol):
    """The tables of one book, opened without working with it; `adapters/sql/migrations` has the implementation."""

    def upgrade(self, *, dry_run: bool = False, progress: Progress | None = None) -> Upgrade:
        """Bring the tables and views to this version, all of it or nothing; a dry run only says what would be done.

        `progress`: how many facts were read to fill views again. Raises Broken for a newer book (GT-DB-001) or a
        damaged version (031), Refused where the tables belong to somebody else (032).
        """
        ...

    def check(self) -> Condition:
        """Compare version, tables, indexes, triggers and the shape of the views with what this program needs.

        Who besides the owner may change the log is told too. Raises Broken GT-DB-031 for a damaged version, 222 where
        the table is missing in which it stands; a newer or older one is a difference.
        """
        ...

    def close(self) -> None:
        """Release the database."""
        ...

"""Where the rows go that an import leaves out: a file beside the one that is imported, or one that is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TextIO

import click
from msgspec.structs import replace

from adapters.cli.failures import named
from adapters.cli.files import naming
from adapters.cli.session import Session
from engine.importing.plan import Plan
from engine.importing.planned import Rejected
from engine.importing.rejected import RejectedRows
from events.errors import Refused


class LeftOut:
    """A file that is made when the first row comes, or once it is certain that one will."""

    def __init__(self, session: Session, plan: Plan, name: Path) -> None:
        self._people = session.people
        self._name = name
        self._file: TextIO | None = None
        self._rows = RejectedRows(self._opened, plan.layout, plan.table.separator, plan.mapping.header)

    @property
    def count(self) -> int:
        """How many rows were written."""
        return self._rows.count

    def ready(self) -> None:
        """Make the file before anything is accepted, so that one that cannot be made keeps the whole import back."""
        self._opened()

    def take(self, row: Rejected) -> None:
        """Write a row, with the people in its problems by their names."""
        told = tuple(named(problem, self._people) for problem in row.problems)
        with naming(self._name):
            self._rows.take(replace(row, problems=told))

    def close(self) -> None:
        """Write out what is held back; leave no empty file behind."""
        if self._file is None:
            return
        with naming(self._name):
            self._file.close()
        if not self.count:
            self._name.unlink(missing_ok=True)

    def _opened(self) -> TextIO:
        if self._file is None:
            self._file = self._name.open("x", encoding="utf-8-sig", newline="")
        return self._file


@contextmanager
def left_out(session: Session, plan: Plan, file: Path, rejected: Path | None) -> Iterator[LeftOut]:
    """Take the rows that are left out. An import that is refused leaves no file behind; one that is there already is of
    an earlier import, and never written over. Raises Refused, and a usage error for the imported file itself.
    """
    name = rejected or _free(file)
    if name.resolve() == file.resolve():
        raise click.UsageError("--rejected names the file that is imported; name another one.")
    if name.exists():
        raise Refused.of(
            "GT-IMPORT-401",
            f"The file {name} is there already, and may hold rows that an earlier import left out.",
            "Put those right and import them, or move the file; or name another one with --rejected.",
        )
    rows = LeftOut(session, plan, name)
    try:
        yield rows
    finally:
        rows.close()
    if rows.count:
        session.aside(f"The rows left out stand in {name}; put them right and import that file.")


def _free(file: Path) -> Path:
    """A name beside the file that no earlier import has taken: ``FILE.rejected.csv``, ``FILE.rejected-2.csv`` …"""
    numbers = (f"-{n}" if n > 1 else "" for n in count(1))
    names = (file.with_name(f"{file.name}.rejected{number}.csv") for number in numbers)
    return next(name for name in names if not name.exists())

"""What a cell was read as, or why it could not be: values without a place yet."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from events.errors import Problem


class Reading(msgspec.Struct, frozen=True, gc=False):
    """A number, how its spelling was read where it is not a plain one, and a footnote mark that stood behind it."""

    value: Decimal
    how: tuple[str, ...] = ()
    mark: str = ""


class Unread(msgspec.Struct, frozen=True, gc=False):
    """Why a cell says nothing that can be taken, and what was probably meant."""

    code: str
    sentence: str
    fix: str
    meant: str = ""


class CellProblem(Problem, frozen=True, kw_only=True):
    """A problem of one cell: besides its line and column, what a spreadsheet calls it, what was found and expected."""

    cell: str = ""
    """For example ``C14``."""
    found: str = ""
    expected: str = ""
    meant: str = ""
    """What was probably meant, where that can be said."""

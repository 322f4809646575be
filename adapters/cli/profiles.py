"""A profile of targets in a CSV file: one row a period."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

from adapters.cli.files import read_file
from events.errors import Invalid, Place, Problem
from events.number import parse_number

COLUMNS = ("period", "value", "low", "high", "floor")
MOST_ROWS = 1_000


def profile_file(file: Path) -> list[tuple[str, dict[str, Decimal | None]]]:
    """Read periods with their numbers. Raises Invalid with every problem, each at its line."""
    rows = list(csv.reader(io.StringIO(read_file(file).decode("utf-8-sig", errors="replace"))))
    header = [cell.strip().casefold() for cell in rows[0]] if rows else []
    unknown = [name for name in header if name not in COLUMNS]
    if "period" not in header or unknown or len(rows) > MOST_ROWS:
        raise Invalid(
            Problem(
                code="GT-REGISTER-031",
                sentence=f"'{file}' is not a profile of targets.",
                fix=f"Its first line names the columns: period, and one or more of {', '.join(COLUMNS[1:])}; then one line a period, "
                f"at most {MOST_ROWS:,}.",
                place=Place(file=str(file), line=1, column=1),
            )
        )
    found, problems = [], list[Problem]()
    for line, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            found.append(_row(str(file), line, header, cells, problems))
    if problems:
        raise Invalid(*problems)
    return found


def _row(
    file: str, line: int, header: list[str], cells: list[str], problems: list[Problem]
) -> tuple[str, dict[str, Decimal | None]]:
    period, numbers = "", dict[str, Decimal | None]()
    for index, (name, text) in enumerate(zip(header, cells, strict=False), start=1):
        if name == "period":
            period = text.strip()
        elif text.strip():
            try:
                numbers[name] = parse_number(text)
            except Invalid as invalid:
                (problem,) = invalid.problems
                place = Place(file=file, line=line, column=index)
                problems.append(
                    Problem(code=problem.code, sentence=problem.sentence, fix=problem.fix, place=place)
                )
    return period, numbers

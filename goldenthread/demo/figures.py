"""The real figures of the demonstration, month by month."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One provider and month: patients seen within four hours, and attendances."""

    provider: str
    name: str
    county: str
    month: str
    seen: Decimal
    attendances: Decimal


def read_figures(file: Path) -> dict[str, list[Row]]:
    """Month → its rows, months in order."""
    months: dict[str, list[Row]] = {}
    with file.open(newline="", encoding="utf-8") as text:
        for line in csv.DictReader(text):
            row = Row(
                line["provider"],
                line["name"],
                line["county"],
                line["month"],
                Decimal(line["seen_within_four_hours"]),
                Decimal(line["attendances"]),
            )
            months.setdefault(row.month, []).append(row)
    return dict(sorted(months.items()))

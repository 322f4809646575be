"""What a pack adds to the names of an expression: its statuses, its fields and the words for a concern."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from rules.expression.names import BEFORE, FAMILIES, HERE, POLARITIES, Known

EACH = "each"
"""The family of the period that a window looks at, whatever the line calls it."""


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one pack."""

    statuses: Mapping[str, bool]
    """Status id → whether it is a judgement."""
    fields: Mapping[str, tuple[str, ...]]
    """Field id → the answers it can have; empty for any text."""
    concerns: tuple[str, ...] = ()

    def find(self, name: str) -> Known | None:
        """What a name stands for; None where there is none of that name."""
        family, dot, member = name.partition(".")
        if not dot:
            return HERE.get(name)
        if family == "fields" and member in self.fields:
            return Known(f"the field '{member}'", "text", f"fields.{member}")
        return BEFORE.get(member) if family in FAMILIES or family == EACH else None

    def names(self, variable: str = "") -> list[str]:
        """Every name that may be written, a window's own among them."""
        families = [*FAMILIES, *([variable] if variable else [])]
        return [
            *HERE,
            *(f"{family}.{member}" for family in families for member in BEFORE),
            *(f"fields.{field}" for field in self.fields),
        ]

    def words(self, known: Known) -> tuple[str, ...]:
        """The texts that a name can have; empty for any."""
        if known.words.startswith("fields."):
            return self.fields[known.words.partition(".")[2]]
        match known.words:
            case "statuses":
                return tuple(status for status, judged in self.statuses.items() if judged)
            case "concerns":
                return (*self.concerns, "") if self.concerns else ()
            case "polarities":
                return POLARITIES
            case _:
                return ()

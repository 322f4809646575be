"""Names of people as a reader tells them apart: by their letters, not by capitals, accents or spaces."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

from engine.states.people import SYSTEM

NAME_ERASED = "(name erased)"
_SPELT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-"})
_ID = re.compile(r"p\d+", re.IGNORECASE)


def one_name(name: str) -> str:
    """A name without capitals, accents, doubled spaces and invisible characters."""
    apart = unicodedata.normalize("NFKD", name.translate(_SPELT))
    seen = "".join(c for c in apart if unicodedata.category(c) not in ("Cf", "Mn"))
    return " ".join(seen.split()).casefold()


def looks_like_an_id(name: str) -> bool:
    """Whether a name would be taken for the id of a person, or for the product itself."""
    plain = one_name(name)
    return plain == SYSTEM or _ID.fullmatch(plain) is not None


def called_so(name: str, names: Mapping[str, str]) -> list[str]:
    """The ids of those in a directory (id → name) who are called so, oldest first."""
    wanted = one_name(name)
    return [person for person, known in names.items() if one_name(known) == wanted]


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """A directory (id → name) in which those who are called alike bear their ids: ``Tom Ellery (p12)``."""
    plain = {person: one_name(name) for person, name in names.items()}
    borne = Counter(plain.values())
    return {
        person: f"{name} ({person})" if borne[plain[person]] > 1 else name for person, name in names.items()
    }

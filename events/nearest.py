"""Did you mean …? The nearest known word to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The most similar known word, None where nothing is close; capitals do not matter."""
    by_lower = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` Did you mean 'CPEG'?`` with a leading space, or nothing."""
    found = nearest(word, known)
    return f" Did you mean '{found}'?" if found else ""

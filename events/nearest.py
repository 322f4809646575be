"""Did you mean …? The nearest known word to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 40
"""A longer word is no misspelling of anything."""
MOST_KNOWN = 200
"""So many words are compared in full; among more, only those that begin alike."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The most similar known word, None where nothing is close; capitals do not matter.

    Cheap whatever is given, since a file full of misspellings asks it thousands of times.
    """
    wanted = word.casefold()
    if len(wanted) > LONGEST:
        return None
    by_lower = {name.casefold(): name for name in known}
    found = get_close_matches(wanted, _alike(wanted, list(by_lower)), n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` Did you mean 'CPEG'?`` with a leading space, or nothing."""
    found = nearest(word, known)
    return f" Did you mean '{found}'?" if found else ""


def _alike(wanted: str, known: list[str]) -> list[str]:
    """Few enough to compare: of many, those with the same beginning, which is as long as it takes."""
    begins = 0
    while len(known) > MOST_KNOWN and begins < len(wanted):
        begins += 1
        known = [name for name in known if name.startswith(wanted[:begins])]
    return known[:MOST_KNOWN]

"""What separates the columns of a file, found by looking: a comma, a semicolon, a tab or a bar."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

SEPARATORS = (",", ";", "\t", "|")
DECLARED = re.compile(r"\ufeff?sep=([,;\t|])\s*$", re.IGNORECASE)
"""The first line by which Excel says it itself."""
LOOKED_AT = 60
"""So many lines are enough to know."""
_QUOTED = re.compile(r'"[^"]*"')


def separator_of(lines: Iterable[str]) -> str:
    """The separator that most lines have the same number of, the greater number where two agree; a comma where none does."""
    seen = [line for line in islice(lines, LOOKED_AT) if line.strip()]
    if seen and (declared := DECLARED.match(seen[0])):
        return declared[1]
    bare = [_QUOTED.sub("", line) for line in seen]
    return max(SEPARATORS, key=lambda mark: (_agreement(bare, mark), -SEPARATORS.index(mark)))


def _agreement(lines: list[str], mark: str) -> int:
    """Separators in the lines that have as many of them as most lines have."""
    counts = Counter(count for line in lines if (count := line.count(mark)))
    return max((count * lines_of for count, lines_of in counts.items()), default=0)

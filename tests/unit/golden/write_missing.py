"""Write the golden body of every fact type that has none: `python -m tests.unit.golden.write_missing`.

An existing file is never touched: it is what a book of that day holds, and must be readable for ever.
"""

from __future__ import annotations

from pathlib import Path

from events.codec import encode
from events.schema import TYPES, VERSIONS
from tests.unit.facts import fact, sample

FOLDER = Path(__file__).parent


def golden(type_: str, version: int) -> Path:
    """Where the body of a type and version stands."""
    return FOLDER / f"{type_}.v{version}.json"


def main() -> None:
    """Write what is missing."""
    for name, struct in TYPES.items():
        path = golden(name, VERSIONS[name])
        if not path.exists():
            path.write_bytes(encode(fact(sample(struct), name)))
            print(path.name)


if __name__ == "__main__":
    main()

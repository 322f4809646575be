"""Every message goldenthread can refuse with: the input that provokes it, and what it says.

Most stand in YAML files of `entries/`: one for each code, named after it, or one for a whole area, by code:

    GT-YAML-003:
      given: document          # what the input is: see `provoke.py` and `console.py`
      input: |
        a: 1
        a: 2
      says: "'a' stands here a second time; the first is on line 1."
      fix: Keep one of them.
      at: "2:1"                # line and column, where the message has a place

A message that neither a file nor a command can provoke has a Python file, ``GT_DATE_001.py``: its docstring says when it comes, and
`provoke()` raises it, or answers it as problems; `SAYS` and `FIX` are the text expected.
`docs/reference/errors.md` is rendered from this list.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from adapters.yaml import YamlDocuments
from events.errors import Problem
from tests.errors.provoke import PROVOKERS

ENTRIES = Path(__file__).parent / "entries"
ROOT = Path(__file__).parent.parent.parent
SOURCES = ("goldenthread", "adapters", "engine", "rules", "workflows", "events")
CODE = re.compile(r"GT-[A-Z]+-\d{3}")


@dataclass(frozen=True)
class Entry:
    """One message: what provokes it and what it says."""

    code: str
    given: str
    """What the input is, in words: ``document``, ``pack`` …; ``python`` for one provoked by code."""
    input: str
    """The provoking input, as it is shown."""
    says: str
    fix: str
    at: str
    provoke: Callable[[], Sequence[Problem]]

    @property
    def area(self) -> str:
        """``YAML``, ``PACK`` …"""
        return self.code.split("-")[1]


def entries() -> list[Entry]:
    """Every entry, by code."""
    yaml = [entry for path in ENTRIES.glob("*.yaml") for entry in _from_yaml(path)]
    python = [_from_python(path) for path in ENTRIES.glob("GT_*.py")]
    return sorted([*yaml, *python], key=lambda entry: entry.code)


def codes_in_source() -> dict[str, str]:
    """Code → the first source file that names it."""
    found: dict[str, str] = {}
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for code in CODE.findall(path.read_text(encoding="utf-8")):
                found.setdefault(code, str(path.relative_to(ROOT)))
    return found


def _from_yaml(path: Path) -> Iterator[Entry]:
    tree = YamlDocuments().read(path.read_text(encoding="utf-8"), path.name).tree
    for code, told in tree.items() if path.stem.isalpha() else [(path.stem, tree)]:
        yield Entry(
            code=code,
            given=told["given"],
            input=told["input"],
            says=told["says"],
            fix=told.get("fix", ""),
            at=told.get("at", ""),
            provoke=partial(PROVOKERS[told["given"]], told["input"]),
        )


def _from_python(path: Path) -> Entry:
    spec = spec_from_file_location(f"tests.errors.entries.{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    source = inspect.getsource(module.provoke)
    body = ast.parse(source).body[0].body
    return Entry(
        code=path.stem.replace("_", "-"),
        given=inspect.cleandoc(module.__doc__ or ""),
        input=textwrap.dedent("\n".join(source.splitlines()[body[0].lineno - 1 :])),
        says=module.SAYS,
        fix=getattr(module, "FIX", ""),
        at="",
        provoke=lambda: PROVOKERS["python"](module.provoke),
    )


if __name__ == "__main__":  # what is still to be done: the codes without an entry
    print(*sorted(set(codes_in_source()) - {entry.code for entry in entries()}), sep="\n")

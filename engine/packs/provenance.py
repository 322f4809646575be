"""Where each value of a pack comes from: a clause of its source, or an assumption that is written down.

A `clause` or `assumption` covers the whole block it stands in. Names, labels and the settings of the house
(its time zone, its bank holidays, its roles) need neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from engine.packs.pack import Assumption, Source
from events.errors import Problem
from events.nearest import did_you_mean

Path = tuple[str | int, ...]

CLAUSE, ASSUMPTION = "clause", "assumption"
_HOUSE_TOP = frozenset(
    {"pack", "title", "version", "source", "roles", "reported_as", "assumptions", "data_quality"}
)
_HOUSE_KEYS = frozenset({"label", "name", "colour", "rank", "time_zone", "bank_holidays"})
_SAYS_NOTHING = frozenset({("status_from", "bands"), ("bands", "to_be_agreed"), ("judged", "yes")})
"""Key and text that set no value of their own."""


def sources(tree: Mapping[str, object]) -> tuple[Source, ...]:
    """Every block that says where it comes from, by path: the order of the file is no part of a pack."""
    found = (
        Source(path=tuple(map(str, path)), clause=text(block, CLAUSE), assumptions=tuple(cited(block)))
        for path, block in _blocks(tree, ())
        if CLAUSE in block or ASSUMPTION in block
    )
    return tuple(sorted(found, key=lambda source: source.path))


def check_assumptions(tree: Mapping[str, object], assumptions: Mapping[str, Assumption]) -> list[Problem]:
    """Every assumption cited is written down, and every one written down is cited."""
    problems = []
    used = set()
    for path, block in _blocks(tree, ()):
        for name in cited(block):
            used.add(name)
            if name not in assumptions:
                problems.append(
                    Problem(
                        code="GT-PACK-030",
                        sentence=f"There is no assumption '{name}'.{did_you_mean(name, assumptions)}",
                        fix="Write it under 'assumptions': the quote, what it leaves open, and the reading taken.",
                        path=(*path, ASSUMPTION),
                    )
                )
    problems += [
        Problem(
            code="GT-PACK-031",
            sentence=f"Nothing in the pack rests on assumption '{name}'.",
            fix=f"Add 'assumption: {name}' to the block that does, or take it away.",
            severity="warning",
            path=("assumptions", name),
            at_key=True,
        )
        for name in assumptions
        if name not in used
    ]
    return problems


def check_values(tree: Mapping[str, object]) -> list[Problem]:
    """One warning for every block with values that neither a clause nor an assumption covers."""
    return [
        Problem(
            code="GT-PACK-032",
            sentence=f"Nothing says where '{'.'.join(map(str, path))}' comes from.",
            fix="Add 'clause' with the place in the source, or 'assumption' with the name of one.",
            severity="warning",
            path=path,
            at_key=True,
        )
        for path in _bare(tree)
    ]


def cited(block: Mapping[str, object]) -> list[str]:
    """The assumptions that a block names, parted by commas."""
    return [name for name in re.split(r"\s*,\s*", text(block, ASSUMPTION)) if name]


def text(block: Mapping[str, object], key: str) -> str:
    """The text under a key; empty where there is none."""
    value = block.get(key, "")
    return value.strip() if isinstance(value, str) else ""


def _blocks(node: object, path: Path) -> Iterator[tuple[Path, Mapping[str, object]]]:
    """Every mapping outside the list of assumptions itself, parents first."""
    if path == ("assumptions",):
        return
    if isinstance(node, Mapping):
        yield path, node
        for key, value in node.items():
            yield from _blocks(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _blocks(value, (*path, index))


def _bare(tree: Mapping[str, object]) -> Iterator[Path]:
    """The smallest blocks that hold values and are not covered; each is named once."""
    for key, value in tree.items():
        if key not in _HOUSE_TOP:
            yield from _bare_in(value, (key,), key)


def _bare_in(node: object, path: Path, key: str) -> Iterator[Path]:
    if isinstance(node, Mapping):
        if CLAUSE in node or ASSUMPTION in node:
            return
        taken_in = path[:-1] == (
            "workflows",
        )  # which workflow is used says nothing yet; what it is given does
        if any(_is_value(name, value) for name, value in node.items() if not (taken_in and name == "use")):
            yield path
            return
        for name, value in node.items():
            yield from _bare_in(value, (*path, name), name)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _bare_in(value, (*path, index), key)
    elif len(path) == 1 and _is_value(key, node):
        yield path


def _is_value(key: str, value: object) -> bool:
    """Whether a key sets something that a reader of the source may ask about."""
    if key in _HOUSE_KEYS or key in (CLAUSE, ASSUMPTION):
        return False
    if isinstance(value, str):
        return (key, value) not in _SAYS_NOTHING
    return isinstance(value, list) and any(isinstance(each, str) for each in value)

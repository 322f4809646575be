"""From the parser's events to a tree with marks. Nothing is constructed: no types, no tags, no references.

Everything that is refused is collected, so that one run shows all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec
from ruamel.yaml import events as yaml_events

from adapters.yaml.marks import Lines, MarkedDocument, Path, Spot
from events.errors import Problem

DEEPEST = 30
MOST_VALUES = 10_000
MOST_ENTRIES = 1_000
"""In one block or list; what reads them may compare each with each."""
MOST_PROBLEMS = 50

_STANDARD = "tag:yaml.org,2002:"
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class TooMuch(Exception):
    """Reading on would serve nobody: the text is too deep, too large, or wrong in too many places."""


class _Open(msgspec.Struct):
    """A mapping or list that is being read."""

    path: Path
    inline: bool
    content: dict[str, Any] | list[Any]
    spots: dict[str, Spot] = msgspec.field(default_factory=dict)
    key: str | None = None
    key_spot: Spot = (0, 0)
    before: str | None = None
    """The last key that was given a value: what a stray comma cut short."""


class Builder:
    """Takes events one by one; afterwards holds the tree, the marks and the problems."""

    def __init__(self, lines: Lines) -> None:
        self.problems: list[Problem] = []
        self._lines = lines
        self._tree: Any = ""
        self._open: list[_Open] = []
        self._keys: dict[Path, Spot] = {}
        self._values: dict[Path, Spot] = {}
        self._documents = 0
        self._count = 0

    def read(self, parsed: Iterable[Any]) -> None:
        """Take every event. Raises TooMuch where reading on is pointless; the problem is then recorded."""
        for event in parsed:
            spot = (event.start_mark.line, event.start_mark.column) if event.start_mark else (0, 0)
            if isinstance(event, yaml_events.DocumentStartEvent):
                self._document(event, spot)
            elif isinstance(event, yaml_events.AliasEvent):
                self._refuse(
                    "GT-YAML-008",
                    f"'*{event.anchor}' stands for a part written elsewhere in the file.",
                    "Write it out.",
                    spot,
                )
                self._value("", spot, event)
            elif isinstance(event, yaml_events.NodeEvent):
                self._node(event, spot)
            elif isinstance(event, yaml_events.CollectionEndEvent):
                self._open.pop()

    def document(self) -> MarkedDocument:
        """What was read."""
        return MarkedDocument(self._tree, self._lines, self._keys, self._values)

    def _document(self, event: Any, spot: Spot) -> None:
        self._documents += 1
        if event.version or event.tags:
            self._refuse(
                "GT-YAML-012", "A line beginning with '%' gives orders to the parser.", "Remove it.", (0, 0)
            )
        if self._documents > 1:
            self._refuse(
                "GT-YAML-011",
                "'---' begins a second document in the same file.",
                "Keep one document in a file.",
                spot,
            )
            raise TooMuch

    def _node(self, event: Any, spot: Spot) -> None:
        if event.anchor is not None:
            self._refuse(
                "GT-YAML-008",
                f"'&{event.anchor}' marks this part to be used again elsewhere.",
                "Remove it and write each place out.",
                spot,
            )
        if getattr(event, "tag", None):
            self._refuse(
                "GT-YAML-009",
                f"'{str(event.tag).replace(_STANDARD, '!!')}' gives a value a type; the pack's own schema does that.",
                "Remove everything that begins with '!', or quote a text that does.",
                spot,
            )
        if isinstance(event, yaml_events.ScalarEvent):
            self._value(self._text(event.value, spot), spot, event)
        else:
            mapping = isinstance(event, yaml_events.MappingStartEvent)
            self._value({} if mapping else [], spot, event)

    def _text(self, text: str, spot: Spot) -> str:
        if found := _UNWANTED.search(text):
            self._refuse(
                "GT-YAML-004",
                f"The file holds a character that no text may hold (U+{ord(found.group()):04X}).",
                "Remove it, or its escape.",
                spot,
            )
        return text

    def _value(self, value: Any, spot: Spot, event: Any) -> None:
        self._count += 1
        if self._count > MOST_VALUES:
            self._stop("GT-YAML-006", f"The file holds more than {MOST_VALUES:,} values.", "Split it.", spot)
        holder = self._open[-1] if self._open else None
        if holder is not None and len(holder.content) >= MOST_ENTRIES:
            self._stop(
                "GT-YAML-026",
                f"One block or list holds more than {MOST_ENTRIES:,} entries.",
                "Split it.",
                spot,
            )
        if holder is not None and isinstance(holder.content, dict) and holder.key is None:
            self._key(holder, value, spot)
            path: Path = (*holder.path, holder.key or "")
        else:
            path = self._place(holder, value, spot, event)
        if not isinstance(value, str):
            if len(self._open) >= DEEPEST:
                self._stop(
                    "GT-YAML-005", f"More than {DEEPEST} levels stand inside each other.", "Flatten it.", spot
                )
            self._open.append(_Open(path=path, inline=bool(event.flow_style), content=value))

    def _key(self, holder: _Open, value: Any, spot: Spot) -> None:
        holder.key, holder.key_spot = (value if isinstance(value, str) else ""), spot
        if not isinstance(value, str) or value == "":
            self._refuse("GT-YAML-015", "A key must be a text.", "Quote it, or give the value a name.", spot)
        elif value == "<<":
            self._refuse("GT-YAML-010", "'<<' copies keys from another place.", "Write the keys out.", spot)
        elif value in holder.spots:
            first = holder.spots[value][0] + 1
            self._refuse(
                "GT-YAML-007",
                f"'{value}' stands here a second time; the first is on line {first}.",
                "Keep one of them.",
                spot,
            )
        holder.spots.setdefault(holder.key, spot)

    def _place(self, holder: _Open | None, value: Any, spot: Spot, event: Any) -> Path:
        path: Path = ()
        if holder is None:
            self._tree = value
        elif isinstance(holder.content, list):
            path = (*holder.path, len(holder.content))
            holder.content.append(value)
        else:
            path = self._pair(holder, value, event)
            if not isinstance(value, str) and not event.flow_style:
                spot = holder.key_spot  # a block below its key is best shown by the key
            holder.key = None
        self._values.setdefault(path, spot)
        return path

    def _pair(self, holder: _Open, value: Any, event: Any) -> Path:
        key = holder.key or ""
        assert isinstance(holder.content, dict)
        if holder.inline and value == "" and getattr(event, "style", None) is None:
            self._without_value(holder, key)
        path = (*holder.path, key)
        if key not in holder.content:
            holder.content[key] = value
            self._keys[path] = holder.key_spot
        holder.before = key
        return path

    def _without_value(self, holder: _Open, key: str) -> None:
        name, colon, rest = key.partition(":")
        if colon and rest:
            self._refuse(
                "GT-YAML-014",
                f"'{key}' has no value.",
                f"Put a space after the colon: {name}: {rest}",
                holder.key_spot,
            )
            return
        fix = f"Give '{key}' a value, or remove it."
        assert isinstance(holder.content, dict)
        cut = holder.content.get(holder.before or "")
        if holder.before and isinstance(cut, str):
            fix = f'Put quotes around the whole text: {holder.before}: "{cut}, {key}"'
        self._refuse(
            "GT-YAML-013",
            f"'{key}' has no value: inside {{…}} a comma begins a new key.",
            fix,
            holder.key_spot,
        )

    def _refuse(self, code: str, sentence: str, fix: str, spot: Spot) -> None:
        self.problems.append(Problem(code=code, sentence=sentence, fix=fix, place=self._lines.place(spot)))
        if len(self.problems) >= MOST_PROBLEMS:
            raise TooMuch

    def _stop(self, code: str, sentence: str, fix: str, spot: Spot) -> None:
        self._refuse(code, sentence, fix, spot)
        raise TooMuch

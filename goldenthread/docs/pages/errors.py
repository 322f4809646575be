"""`docs/reference/errors.md`: every message, from the catalogue in which each has an input that provokes it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from typing import Any

from goldenthread.docs import markdown

AREAS = {
    "BOOK": "The book and its commands",
    "CLOCK": "The clock",
    "DATE": "Calendars, days and lengths of time",
    "DB": "The file that the book stands in",
    "EXPR": "Expressions",
    "FIGURE": "Figures",
    "FLOW": "Definitions of workflows",
    "IMPORT": "Files of figures",
    "LOG": "The log",
    "PACK": "Packs",
    "PERIOD": "Periods: what must be there before one is closed",
    "PEOPLE": "People and roles",
    "QUALITY": "Figures to look at again",
    "REGISTER": "Services, indicators, targets and meetings",
    "RULE": "Rules of a pack",
    "STEP": "Steps that are refused",
    "TRIGGER": "Triggers that are muted",
    "USE": "The command line",
    "YAML": "YAML",
}
"""The middle of a code → what it is about."""

GIVEN = {
    "document": "any document",
    "overlay": "a file of one-off days",
    "pack": "a pack, in place of what stands there",
    "whole pack": "a whole `pack.yaml`",
    "tests": "`tests.yaml`",
    "rules": "the rules of a pack",
    "organisation": "a pack",
    "workflow": "a workflow",
    "steps": "a council under Hampshire's pack, taking these steps",
    "csv": "a file of figures",
    "console": "the folder of a council's book, after these lines",
}
"""What an entry's input is → how it is introduced."""

LANGUAGE = {"csv": "csv", "console": "sh"}
"""What an entry's input is written in, where it is not YAML."""


def page() -> str:
    """The whole page."""
    catalogue = import_module("tests.errors.catalogue")  # stands with the tests: it provokes what it lists
    entries = catalogue.entries()
    return markdown.page(
        "Messages",
        "`tests/errors/entries/`, where a test provokes each of them",
        "Every message has a code, a sentence that says what is the matter, and, where the sentence does not, what to do"
        " about it. All problems are told at once. `…` is not part of a message unless it stands there.",
        "Where an example speaks of the folder of a council's book, these lines came before it, beside a copy of the"
        " packs' `library` and of the example pack:",
        markdown.fenced(import_module("tests.errors.console").COUNCIL, "sh"),
        *_areas(entries),
    )


def _areas(entries: list[Any]) -> Iterator[str]:
    for area, within in groupby(entries, key=lambda entry: entry.area):
        yield f"## {AREAS[area]}"
        for code, same in groupby(within, key=lambda entry: entry.code):
            yield f"### {code}"
            for entry in same:
                yield from _entry(entry)


def _entry(entry: Any) -> Iterator[str]:
    yield f"> {_joined(entry.says)}" + (f"\n>\n> *{_joined(entry.fix)}*" if entry.fix else "")
    if not entry.input.strip():
        yield entry.given
    elif entry.given in GIVEN:
        yield f"For example, in {GIVEN[entry.given]}:"
        yield markdown.fenced(entry.input, LANGUAGE.get(entry.given, "yaml"))
    else:
        yield entry.given


def _joined(text: str) -> str:
    return " ".join(text.split())

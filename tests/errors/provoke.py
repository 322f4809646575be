"""What can be done with an entry's input so that its message comes up; each answers all problems found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from adapters.holidays import read_overlay
from adapters.yaml import YamlDocuments
from events.errors import GoldenthreadError, Problem


def caught(do: Callable[[], Any]) -> Sequence[Problem]:
    """The problems that something raises, or that it answers."""
    try:
        return do() or ()
    except GoldenthreadError as refused:
        return refused.problems


def document(text: str) -> Sequence[Problem]:
    """A YAML document on its own."""
    return caught(lambda: YamlDocuments().read(text, "pack.yaml") and ())


def overlay(text: str) -> Sequence[Problem]:
    """A file of one-off days."""
    return caught(lambda: read_overlay(YamlDocuments().read(text, "one-off-days.yaml")) and ())


PROVOKERS: dict[str, Callable[[Any], Sequence[Problem]]] = {
    "document": document,
    "overlay": overlay,
    "python": caught,
}

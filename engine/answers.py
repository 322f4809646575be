"""Answers to plain steps, kept between commands, so that steps that are alike are decided once."""

from __future__ import annotations

from workflows.taking import Decision

Key = tuple[object, ...]
MOST_KEPT = 20_000
"""So many answers, and kinds of steps, are kept; then all of them are forgotten."""


class Answers:
    """What was answered, by what the answer rests on; see `engine.deciders.alike`."""

    def __init__(self) -> None:
        self._known: dict[Key, dict[Key, Decision]] = {}
        self._kept = 0

    def of(self, kind: Key) -> dict[Key, Decision]:
        """The answers so far to one kind of step: place it is taken from → answer."""
        if kind not in self._known:
            self._make_room()
            self._known[kind] = {}
        return self._known[kind]

    def keep(self, known: dict[Key, Decision], place: Key, answer: Decision) -> None:
        """Keep an answer with those that are known of its kind."""
        self._make_room()
        known[place] = answer

    def _make_room(self) -> None:
        if self._kept >= MOST_KEPT:
            self._known.clear()
            self._kept = 0
        self._kept += 1

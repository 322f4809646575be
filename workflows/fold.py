"""From facts to an instance: each move and each deadline that went by, one after another. Needs no definition."""

from __future__ import annotations

from events.fact import Fact
from events.schema import Event
from workflows.instance import Instance


def fold(instance: Instance | None, fact: Fact[Event]) -> Instance:
    """The instance after a fact of its own: a move begins one. Facts that change nothing answer it as it was."""
    raise NotImplementedError

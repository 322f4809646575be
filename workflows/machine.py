"""One `transitions` machine per definition: it validates, lists the legal moves and draws. State itself is a fold."""

from __future__ import annotations

from workflows.definition import Definition, Step


def legal_moves(definition: Definition, state: str) -> tuple[Step, ...]:
    """The steps that leave a state or stay in it, in the order of the definition."""
    raise NotImplementedError


def diagram(definition: Definition) -> str:
    """The workflow as Mermaid text."""
    raise NotImplementedError

"""From a workflow's YAML tree to a checked definition, its parameters filled in, every problem collected."""

from __future__ import annotations

from collections.abc import Mapping

from events.errors import Problem
from workflows.definition import Definition
from workflows.organisation import Organisation


def compile_definition(
    tree: object, *, parameters: Mapping[str, object], organisation: Organisation
) -> tuple[Definition | None, tuple[Problem, ...]]:
    """Compile a workflow. Paths start at the top of its own document; ``("with", name)`` is a parameter given."""
    raise NotImplementedError

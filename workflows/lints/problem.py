"""A problem of a check: it points at the name where a state or deadline is meant, at the step in the list."""

from __future__ import annotations

from events.errors import Problem


def problem_at(code: str, sentence: str, fix: str, *path: str | int) -> Problem:
    """A problem with its place in the workflow's document."""
    return Problem(code=code, sentence=sentence, fix=fix, path=path, at_key=isinstance(path[-1], str))

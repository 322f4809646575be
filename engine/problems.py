"""Problems of a document get the place they stand at, once the document is at hand."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from engine.ports import Document
from events.errors import Problem


def placed(problems: Iterable[Problem], document: Document) -> tuple[Problem, ...]:
    """The same problems, each with file, line and column; those that have a place keep it."""
    return tuple(
        problem
        if problem.place is not None
        else msgspec.structs.replace(
            problem, place=document.place(problem.path, key=problem.at_key, into=problem.into)
        )
        for problem in problems
    )


def under(problems: Iterable[Problem], *path: str | int) -> tuple[Problem, ...]:
    """Problems of a part of a document, told from the top of it: `path` is where the part stands."""
    return tuple(
        msgspec.structs.replace(problem, path=(*path, *problem.path)) if problem.place is None else problem
        for problem in problems
    )


def errors_in(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that stop the document from being used."""
    return tuple(problem for problem in problems if problem.severity == "error")

"""Problems as people read them: by file, with line and column, the line itself, a caret and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import click

from adapters.cli.door import clean
from events.errors import Problem

_COLOURS = {"error": "red", "warning": "yellow"}
_INDENT = " " * 18
_WIDEST = 100


def render_problems(problems: Iterable[Problem], *, checked: str = "", colour: bool = False) -> str:
    """All problems and their totals, as lines of plain text; `checked` says what was looked at, in brackets.

    Sorted by file, line and column; those without a place come first, without a heading.
    """
    ordered = sorted(problems, key=_order)
    lines: list[str] = []
    for file, group in groupby(ordered, key=lambda problem: problem.place.file if problem.place else ""):
        lines += [clean(file)] if file else []
        for problem in group:
            lines += _problem_lines(problem, colour)
    return "\n".join([*lines, totals(ordered, checked)])


def totals(problems: Iterable[Problem], checked: str = "") -> str:
    """The closing line: ``2 errors, 1 warning (37 rules, 4 workflows, 20 menu items checked)``."""
    counts = {"error": 0, "warning": 0}
    for problem in problems:
        counts[problem.severity] = counts.get(problem.severity, 0) + 1
    said = [f"{count} {word}{'' if count == 1 else 's'}" for word, count in counts.items() if count]
    return (", ".join(said) or "No problems") + (f" ({checked})" if checked else "")


def _order(problem: Problem) -> tuple[str, int, int, str]:
    place = problem.place
    return (place.file, place.line, place.column, problem.code) if place else ("", 0, 0, problem.code)


def _problem_lines(problem: Problem, colour: bool) -> list[str]:
    place = problem.place
    where = f"{place.line}:{place.column}" if place else ""
    word = f"{problem.severity:<9}"
    if colour:
        word = click.style(word, fg=_COLOURS.get(problem.severity), bold=True)
    lines = [f"  {where:<6} {word}{problem.code}  {clean(problem.sentence)}"]
    fix = f"fix: {clean(problem.fix)}" if problem.fix else ""
    if place is None or not place.excerpt.strip():
        return lines + ([_INDENT + fix] if fix else [])
    excerpt, caret = _window(place.excerpt, place.column - 1)
    number = str(place.line)
    lines.append(f"{_INDENT}{number} │ {excerpt}")
    lines.append(f"{_INDENT}{' ' * len(number)} │ {' ' * caret}^ {fix}".rstrip())
    return lines


def _window(excerpt: str, column: int) -> tuple[str, int]:
    """The part of a long line around a column, and where the column stands in it."""
    text = clean(excerpt.rstrip())
    start = max(0, column - _WIDEST // 2) if len(text) > _WIDEST else 0
    part = text[start : start + _WIDEST]
    front, back = ("…" if start else ""), ("…" if start + _WIDEST < len(text) else "")
    return front + part + back, column - start + len(front)

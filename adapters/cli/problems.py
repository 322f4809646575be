"""Problems as people read them: by file, with line and column, the line itself, a caret and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import click

from adapters.cli.door import clean
from events.errors import Problem

_COLOURS = {"error": "red", "warning": "yellow"}
_INDENT = " " * 18
_WIDEST = 100


MOST_SHOWN = 50
"""So many problems fit what a person reads; a program is given all of them."""


def most_telling(problems: Sequence[Problem], most: int | None = MOST_SHOWN) -> tuple[list[Problem], str]:
    """The problems to show, errors rather than warnings, in the order they stand in; and a line about the rest.

    `most` None shows all, and leaves the line empty.
    """
    if most is None or len(problems) <= most:
        return list(problems), ""
    chosen = sorted(range(len(problems)), key=lambda at: (problems[at].severity != "error", at))[:most]
    left = len(problems) - most
    return [problems[at] for at in sorted(chosen)], f"… and {left:,} more."


def render_problems(
    problems: Iterable[Problem], *, checked: str = "", colour: bool = False, most: int | None = None
) -> str:
    """All problems, or the `most` telling, and their totals, as lines of plain text.

    Sorted by file, line and column; those without a place come first, without a heading. `checked` says what was
    looked at, in brackets.
    """
    ordered = sorted(problems, key=_order)
    shown, rest = most_telling(ordered, most)
    lines: list[str] = []
    for file, group in groupby(shown, key=lambda problem: problem.place.file if problem.place else ""):
        lines += [clean(file)] if file else []
        for problem in group:
            lines += _problem_lines(problem, colour)
    return "\n".join([*lines, *([rest] if rest else []), totals(ordered, checked)])


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

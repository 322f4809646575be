"""What went wrong, as one sentence with the way out, and as an exit code. No traceback reaches a reader."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from typing import TypeVar

import click
from msgspec.structs import replace

from adapters.cli import door
from adapters.cli.manners import Manners
from events.errors import (
    Broken,
    Conflict,
    GoldenthreadError,
    Invalid,
    NotFound,
    Problem,
    Refused,
    Unavailable,
)

SomeProblem = TypeVar("SomeProblem", bound=Problem)
OK, WRONG, USAGE, WARNINGS, NOT_FOUND, REFUSED, DIFFERENT, INTERNAL = 0, 1, 2, 3, 4, 5, 10, 70
INTERRUPTED = 130
_PERSON = re.compile(r"(?:Person )?(?<![\w/@'-])(p\d+)(?![\w/@'-])")
"""An id as it stands in a sentence of the engine, not within a reference or quotation marks."""

EXIT_CODES: tuple[tuple[type[GoldenthreadError], int], ...] = (
    (Refused, REFUSED),
    (NotFound, NOT_FOUND),
    (Conflict, REFUSED),
    (Invalid, USAGE),
    (Unavailable, REFUSED),
    (Broken, INTERNAL),
)
"""Kind of error → exit code. `pack check` answers 1 for a pack that is wrong."""

BY_CODE: dict[str, int] = {
    **dict.fromkeys(
        ("GT-CLOCK-001", "GT-DB-001", "GT-DB-017", "GT-DB-019", "GT-DB-024", "GT-DB-027", "GT-DB-220"),
        REFUSED,
    ),
    "GT-DB-004": USAGE,
    **dict.fromkeys(("GT-REGISTER-017", "GT-STEP-101"), NOT_FOUND),
}
"""Where the sentence says more than its kind: a book that cannot be written now is refused, an unknown code not found."""


def exit_code(error: GoldenthreadError) -> int:
    """The exit code of an error that was raised on purpose."""
    if error.problems and error.problems[0].code in BY_CODE:
        return BY_CODE[error.problems[0].code]
    return next((code for kind, code in EXIT_CODES if isinstance(error, kind)), INTERNAL)


def tell_error(error: GoldenthreadError, manners: Manners, people: Mapping[str, str] | None = None) -> int:
    """Print an error that was raised on purpose; answers the exit code. `people` gives ids their names."""
    code = exit_code(error)
    _tell([named(problem, people or {}) for problem in error.problems], code, manners)
    return code


def named(problem: SomeProblem, people: Mapping[str, str]) -> SomeProblem:
    """The engine knows people by id only; a reader knows them by name."""

    def name(found: re.Match[str]) -> str:
        person = found[1]
        return f"{people[person]} ({person})" if person in people else found[0]

    return replace(problem, sentence=_PERSON.sub(name, problem.sentence), fix=_PERSON.sub(name, problem.fix))


def tell_usage(error: click.ClickException, manners: Manners) -> int:
    """Print what was wrong about the command line itself."""
    context = getattr(error, "ctx", None)
    said = " ".join(error.format_message().split())
    fix = f"See '{context.command_path} --help'." if context is not None else ""
    if context is not None and isinstance(error, click.NoSuchOption):
        fix = f"{_minus(error.option_name, context.command)}{fix}"
    _tell([Problem(code="GT-USE-001", sentence=said, fix=fix)], USAGE, manners)
    return USAGE


def _minus(option: str, command: click.Command) -> str:
    """How a number below zero is given, where it was taken for an option and the command has one for it."""
    if re.fullmatch(r"-[\d.].*", option) and any("--value" in each.opts for each in command.params):
        return "A figure that begins with a minus is given with --value: '--value -3'. "
    return ""


def tell_file(problem: Problem, manners: Manners) -> int:
    """Print what kept a file or folder from being read or written."""
    _tell([problem], REFUSED, manners)
    return REFUSED


def tell_unheard(why: str, recorded: tuple[int, int] | None, manners: Manners, *, done: bool) -> int:
    """Print, beside a result that cannot be written out, whether the book has something new; that decides the exit code."""
    _aside([unheard(why, recorded, done=done)], manners)
    return OK if recorded or done else REFUSED


def unheard(why: str, recorded: tuple[int, int] | None, *, done: bool = False) -> Problem:
    """What is said in the place of a result that cannot be written out.

    `recorded`: the first and the last new event; `done`: something else was done, a backup for example.
    """
    if recorded is None and done:
        return Problem(
            code="GT-USE-223",
            sentence=f"The answer cannot be written out: {why}. What was asked is done all the same.",
            fix="Look at what is there before you ask for it again.",
        )
    if recorded is None:
        return Problem(
            code="GT-USE-221",
            sentence=f"The result cannot be written out: {why}.",
            fix="Make room for it, or send it somewhere else.",
        )
    from adapters.cli.answers import events_words

    first, last = recorded
    return Problem(
        code="GT-USE-222",
        sentence=f"The answer cannot be written out: {why}. The book has what was recorded all the same: "
        f"{events_words((first, last) if last > first else (first,))}",
        fix=f"Do not ask for it again; 'goldenthread log show {first}' shows {'the first' if last > first else 'it'}.",
    )


def tell_crash(error: BaseException, manners: Manners) -> int:
    """Print one sentence about a mistake of ours; where it came from goes to a file, or here with ``--debug``."""
    trace = "".join(traceback.format_exception(error))
    if manners.debug:
        door.aside(trace)
        fix = "Please report it with the lines above."
    else:
        file = _keep(trace)
        fix = (
            f"Please report it with the file {file}."
            if file
            else "Do it again with --debug and report what it says."
        )
    sentence = f"Something went wrong inside goldenthread ({type(error).__name__}); this is a mistake in the program."
    _tell([Problem(code="GT-USE-070", sentence=sentence, fix=fix)], INTERNAL, manners)
    return INTERNAL


def _tell(problems: Sequence[Problem], code: int, manners: Manners) -> None:
    if manners.output in ("json", "ndjson"):
        told = {"version": 1, "kind": "error", "exit": code, "problems": [_plain(p) for p in problems]}
        try:
            door.say(door.escaped(json.dumps(told)), colour=False)
        except door.Unheard:
            door.forget(sys.stdout)  # it stands beside the result, and in the exit code
    _aside(problems, manners)


def _aside(problems: Sequence[Problem], manners: Manners) -> None:
    from adapters.cli.problems import MOST_SHOWN, most_telling, render_problems

    most = None if manners.all_problems else MOST_SHOWN
    if any(problem.place for problem in problems):
        door.aside(render_problems(problems, most=most))
        return
    shown, rest = most_telling(problems, most)
    for problem in shown:
        door.aside(
            door.clean(f"{problem.sentence}{' ' + problem.fix if problem.fix else ''} [{problem.code}]")
        )
    if rest:
        door.aside(f"{rest} --json gives all of them.")


def _plain(problem: Problem) -> dict[str, object]:
    place = problem.place
    where = {"file": place.file, "line": place.line, "column": place.column} if place else {}
    return {
        "code": problem.code,
        "severity": problem.severity,
        "sentence": problem.sentence,
        "fix": problem.fix,
        **where,
    }


def _keep(trace: str) -> str | None:
    """Write a trace where only this account can read it."""
    try:
        handle, name = tempfile.mkstemp(prefix="goldenthread-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(trace)
    except OSError:
        return None
    return name

"""The command line as a whole: its tree, and one place where everything that can go wrong becomes a sentence."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from adapters.cli import door, failures
from adapters.cli.files import file_problem
from adapters.cli.root import Root
from adapters.cli.session import Session
from adapters.cli.tree import root_branch
from adapters.cli.typed import TYPED
from events.errors import GoldenthreadError

NAME = "goldenthread"
COMPLETE = "_GOLDENTHREAD_COMPLETE"
"""Set by a shell that asks what may come next."""


def run(root: Root, arguments: Sequence[str]) -> int:
    """Run one command; answers its exit code."""
    session = Session(root)
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(door.Closed()), write_through=True)
    try:
        try:
            code = _told(session, arguments)
            door.leave()
        finally:
            session.close()
    except BrokenPipeError:
        door.forget(sys.stdout)
        return failures.OK
    except door.Unheard as unheard:
        return _unheard(session, unheard.why)
    return code


def _told(session: Session, arguments: Sequence[str]) -> int:
    """Run it, and tell whatever goes wrong."""
    manners = session.manners
    try:
        return int(_called(session, list(arguments)) or 0)
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.exceptions.NoArgsIsHelpError as help_:
        click.echo(help_.format_message())
        return failures.USAGE if arguments else failures.OK
    except (click.exceptions.Abort, KeyboardInterrupt):
        door.aside("Interrupted; what was answered as recorded stands.")
        return failures.INTERRUPTED
    except click.ClickException as error:
        return failures.tell_usage(error, manners)
    except GoldenthreadError as error:
        return failures.tell_error(error, manners, session.people)
    except (BrokenPipeError, door.Unheard):
        raise
    except OSError as error:
        if error.filename is None:
            door.leave()  # was it the output?
        problem = file_problem(error)
        return failures.tell_file(problem, manners) if problem else failures.tell_crash(error, manners)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a reader gets a sentence, the trace goes to a file
        return failures.tell_crash(error, manners)


def _called(session: Session, arguments: list[str]) -> Any:
    branch = root_branch()
    if instruction := os.environ.get(COMPLETE):
        from click.shell_completion import shell_complete

        return shell_complete(branch, {"obj": session}, NAME, COMPLETE, instruction)
    typed = tuple(arguments)
    with branch.make_context(NAME, arguments, obj=session) as context:
        context.meta[TYPED] = typed
        return branch.invoke(context)


def _unheard(session: Session, why: str) -> int:
    """The result cannot be written out: whether the book has something new is said beside it, and by the exit code."""
    door.forget(sys.stdout)
    return failures.tell_unheard(why, session.recorded, session.manners, done=session.done)

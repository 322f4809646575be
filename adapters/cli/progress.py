"""Progress on stderr, on a terminal only: a bar where the end is known, a count where it is not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from adapters.cli.session import Session


@contextmanager
def counting(session: Session, what: str) -> Iterator[Callable[[int], None] | None]:
    """A function that is told how many more are done; None where nobody watches."""
    with _bar(session, what) as move:
        yield None if move is None else lambda more: move(more, None)


@contextmanager
def reaching(session: Session, what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A function that is told how many of how many are done; None where nobody watches."""
    done = 0

    def so_far(now: int, total: int) -> None:
        nonlocal done
        assert move is not None
        move(now - done, total)
        done = now

    with _bar(session, what) as move:
        yield None if move is None else so_far


@contextmanager
def _bar(session: Session, what: str) -> Iterator[Callable[[int, int | None], None] | None]:
    if session.manners.quiet or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress

    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True, no_color=not session.colour), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda more, total: bar.update(task, advance=more, total=total)

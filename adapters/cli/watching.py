"""One progress bar after another, for work in several stages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from adapters.cli.progress import reaching
from adapters.cli.session import Session


@contextmanager
def stages(session: Session) -> Iterator[Callable[[str, int, int], None]]:
    """A function that is told what is being done, and how many of how many are done; each stage has its own bar."""
    with ExitStack() as stack:
        stage, move = "", None

        def told(now: str, done: int, total: int) -> None:
            nonlocal stage, move
            if now != stage:
                stack.close()
                stage, move = now, stack.enter_context(reaching(session, now))
            if move is not None:
                move(done, total)

        yield told

"""Declaring a command: what kind it is says which shared options it takes.

A command is a function of the session and of its own arguments; what it answers is its exit code, None for 0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from adapters.cli.manners import LIST, PLAIN, READ, STEP, WRITE, Verb

Function = Callable[..., int | None]


def _declare(manners: tuple[str, ...]) -> Callable[[str], Callable[[Function], Verb]]:
    def named(name: str) -> Callable[[Function], Verb]:
        def declare(function: Function) -> Verb:
            made: Any = click.command(name, cls=Verb, manners=manners)(click.pass_obj(function))
            verb: Verb = made
            return verb

        return declare

    return named


plain = _declare(PLAIN)
"""A command that neither looks back nor writes facts."""
catalogue = _declare(("output",))
"""A command that lists things that have no past."""
read = _declare(READ)
"""A command that shows one thing, also as of an earlier day."""
listing = _declare(LIST)
"""A command that lists things, in any of the formats."""
write = _declare(WRITE)
"""A command that records facts."""
taking = _declare(STEP)
"""A command that takes steps of a workflow, in one's own right or for somebody else."""
task = _declare(("dry_run", "output"))
"""A command that lets the program do what is due; nobody in particular acts."""
upkeep = _declare(("dry_run",))
"""A command that changes how the book is kept, and no fact; nobody in particular acts."""

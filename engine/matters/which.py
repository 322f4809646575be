"""Which of several matters of one kind about one thing is meant where nobody says its number.

The one that is open; where none is, the last there was. Where several are open a number must be said: to answer one
question and believe that it was another is worse than to be asked which.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.states.matters import Matters
from events.errors import Problem


def still_open(held: Matters) -> tuple[str, ...]:
    """The numbers of those that are not over, in the order in which they were begun."""
    return tuple(number for number in held.instances if number not in held.ended)


def meant(held: Matters) -> str | None:
    """The number of the one that is meant without a number; None where there is none, or several are open."""
    waiting = still_open(held)
    if len(waiting) > 1:
        return None
    return waiting[0] if waiting else held.latest


def which(about: str, workflow: str, names: Sequence[str]) -> Problem:
    """That several are open, and how each is named."""
    return Problem(
        code="GT-STEP-490",
        sentence=f"{len(names)} matters of '{workflow}' about {about} are open: {', '.join(names)}.",
        fix=f"Say which one is meant, for example {names[-1]}.",
    )

"""What is refused of an indicator that was retired: its history stays, and nothing is added to it."""

from __future__ import annotations

from engine.context import Context
from engine.states.register import Indicator
from events.errors import Problem


def refuse_retired(context: Context, code: str, takes: str = "figures") -> None:
    """Collect that a retired indicator takes no more of something, since when, and what took its place."""
    problem = retired_problem(code, context.work.indicator(code), takes)
    if problem is not None:
        context.problems.append(problem)


def refuse_reuse(context: Context, code: str) -> None:
    """Collect that the code of a retired indicator is not given to another."""
    context.refuse(
        "GT-REGISTER-441",
        f"{retired_words(code, context.work.indicator(code))}: its code keeps its history and is not given to another.",
        "Choose another code; 'goldenthread indicator list' shows those that are taken.",
    )


def retired_problem(code: str, entry: Indicator, takes: str = "figures") -> Problem | None:
    """Why a retired indicator takes no more of something; None where it is in use."""
    if entry.retired_on is None:
        return None
    return Problem(
        code="GT-REGISTER-032",
        sentence=f"{retired_words(code, entry)}: its history stays, and it takes no more {takes}.",
        fix=f"'goldenthread indicator show {code}' says what it was; a KPI that is wanted again is proposed anew, under another code.",
    )


def retired_words(code: str, entry: Indicator) -> str:
    """Since when an indicator is retired, and what replaced it: ``CF1 was retired on 12 July 2022 and replaced by CF2``."""
    on = entry.retired_on
    since = f" on {on.day} {on:%B %Y}" if on is not None else ""
    instead = f" and replaced by {entry.replaced_by}" if entry.replaced_by else ""
    return f"{code} was retired{since}{instead}"

"""Acting for somebody who has not delegated."""

from datetime import date

from tests.unit.workflows.town import Story, submission

SAYS = "There is no delegation from ann to max on 2 July 2026."
FIX = "Act in a role of your own; delegations cannot be recorded yet."


def provoke():
    return (
        Story(submission(), subject="2026-Q1")
        .refused("enter", "max", date(2026, 7, 2), acting_for="ann", figure="given")
        .reasons
    )

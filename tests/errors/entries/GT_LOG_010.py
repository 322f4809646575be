"""A deadline that went by, in a record where nothing had begun."""

from datetime import date

from events.instant import Instant
from events.kinds.workflow import DeadlinePassed
from tests.unit.workflows.town import a_fact
from workflows.fold import fold

SAYS = "The fact interventions/CH04/childrens@1 (deadline.passed) is about an instance that never began."
FIX = "Run 'goldenthread audit verify'."


def provoke():
    passed = DeadlinePassed(
        workflow="intervention",
        subject="1",
        name="answer",
        n=1,
        due_at=Instant("2026-12-17T00:00:00.000000Z"),
        last_day=date(2026, 12, 16),
    )
    fold(None, a_fact(passed, "system", date(2026, 12, 17)))

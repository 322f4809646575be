"""A self-assessment that is longer than one side of A4."""

from datetime import date

from events.instant import Instant
from tests.unit.workflows.town import Town, library
from workflows.length import length_reasons
from workflows.situation import Situation
from workflows.taking import Taking

SAYS = "'write' holds 500 words in all, and what was written has 620."
FIX = "Shorten it by 120 words."


def provoke():
    form = library(
        "self_assessment",
        writes="chief_officer",
        collates="chief_executive",
        within="10 working days",
        one_side="500",
    )
    taking = Taking(
        workflow=form.name,
        subject="1",
        step="write",
        actor="fred",
        effective_on=date(2009, 1, 12),
        written=620,
    )
    return length_reasons(
        Situation(
            definition=form,
            instance=None,
            step=form.step("write"),
            taking=taking,
            facts=Town(),
            received_at=Instant("2009-01-12T09:00:00.000000Z"),
        )
    )

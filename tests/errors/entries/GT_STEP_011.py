"""Confirming one's own figure."""

from datetime import date

from tests.unit.workflows.town import Story, submission

SAYS = "'confirm' needs another person than max, who took 'enter'."
FIX = "Ask mary."


def provoke():
    story = Story(submission(), subject="2026-Q1")
    story.take("enter", "max", date(2026, 7, 2), figure="given")
    return story.refused("confirm", "max", date(2026, 7, 2)).reasons

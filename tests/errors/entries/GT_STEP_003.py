"""A step of a matter that nobody has raised."""

from datetime import date

from tests.unit.workflows.town import Story, library

SAYS = "It has not begun."
FIX = "Begin it with 'propose'."


def provoke():
    return Story(library("intervention")).refused("report", "sue", date(2026, 11, 30)).reasons

"""A body that decides at its meetings is said to have decided on another day."""

from datetime import date

from tests.unit.workflows.town import HOUSE, Town, house, intervention

SAYS = "CMT decides at its meetings, and none is entered for 18 November 2026."
FIX = "Give the day it met with --on, or enter the meeting: goldenthread meeting add CMT 2026-11-18."


def provoke():
    at_meetings = HOUSE.replace(
        "label: Corporate Management Team", "label: Management Team, at_meetings: yes"
    )
    town = Town(house(at_meetings))
    town.meetings["CMT"] = [date(2026, 11, 17)]
    story = intervention(town)
    story.take("move", "carl", date(2026, 11, 17), rung="CMT", reason="text:" + "0" * 64)
    return story.refused("answer", "clara", date(2026, 11, 18), body="CMT", category="category_2").reasons

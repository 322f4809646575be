"""What the invented bodies decide: one line for each time a provider turned red. The rules decide when that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Report(Enum):
    """When the service reports back, against the date it was given."""

    IN_TIME = "about a week before the date"
    LATE = "twelve days after it"
    NEVER = "never"
    EXTENDED = "after an extension that was asked for and agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A body's answer to one referral, and how the service behaves afterwards."""

    step: str
    category: str | None = None
    menu: tuple[str, ...] = ()
    words: str = ""
    report: Report = Report.IN_TIME
    rungs_silent: tuple[str, ...] = ()
    """Bodies above that let their month go by."""


LEAVE = Plan(step="leave_with_service", words="the service is dealing with it")

PLANS: dict[tuple[str, str], Plan] = {
    ("RGT", "2016-05"): LEAVE,
    ("RN7", "2016-07"): Plan(
        step="decline", words="One month's dip during a ward move; no corporate action."
    ),
    ("RGN", "2016-09"): Plan(step="answer", category="category_2"),
    ("RGT", "2016-09"): Plan(step="answer", category="category_1"),
    ("RN7", "2016-12"): Plan(step="answer", category="category_4", report=Report.LATE),
    ("RWF", "2016-12"): Plan(step="answer", category="category_3", menu=("7",)),
    ("RHM", "2017-01"): LEAVE,
    ("RN5", "2017-01"): Plan(step="answer", category="category_2"),
    ("RGN", "2017-05"): Plan(step="answer", category="category_3", report=Report.LATE),
    ("RN7", "2017-05"): Plan(
        step="decline", words="Explained by a short closure of the department; no corporate action."
    ),
    ("RGN", "2017-09"): Plan(step="answer", category="category_1", menu=("9",)),
    ("RPA", "2017-09"): LEAVE,
    ("RN5", "2017-11"): Plan(step="answer", category="category_1"),
    ("RHM", "2017-12"): Plan(step="answer", category="category_4", report=Report.EXTENDED),
    ("RPA", "2017-12"): Plan(
        step="answer",
        category="category_3",
        menu=("5", "17"),
        report=Report.NEVER,
        rungs_silent=("CMT",),
    ),
    ("RN7", "2017-12"): Plan(step="answer", category="category_2", menu=("19",)),
    ("RWF", "2017-12"): LEAVE,
    ("RGT", "2017-12"): Plan(step="answer", category="category_4"),
    ("RN5", "2018-07"): LEAVE,
    ("RGN", "2018-08"): Plan(step="answer", category="category_4", menu=("5",), report=Report.NEVER),
    ("RHM", "2018-08"): Plan(
        step="decline", words="Two months only, and already improving; no corporate action."
    ),
    ("RPA", "2018-10"): Plan(
        step="answer", category="category_3", menu=("5",), report=Report.NEVER, rungs_silent=("CMT",)
    ),
    ("RN7", "2018-11"): Plan(
        step="answer",
        category="category_3",
        menu=("9",),
        report=Report.NEVER,
        rungs_silent=("CMT", "CABINET"),
    ),
    ("RGT", "2018-11"): Plan(step="answer", category="category_1"),
}
"""(provider, month) → what CPEG answers. Where there is no line, the service is left to deal with it."""

"""A window that closed without a figure, and no tick that says so."""

from datetime import date

from msgspec.structs import replace

from rules.ir import Then, Trigger
from rules.kinds.overdue import Overdue
from tests.errors.council import a_council, changed, example, findings

SAYS = "The time for 3 figures is over, and no tick has said so; the first ended on 16 Oct 2026 00:00."
FIX = "Run 'goldenthread tick' now, and let a worker, cron, systemd or another timer do it from here on."


def provoke():
    late = Trigger(id="late", label="Late", when=Overdue(late=True), then=Then(record="Late"))
    rules = replace(example().rules, triggers=(late,))
    council = a_council(changed(rules=rules))
    council.indicator("HW2", "highways", first_period="2026-07", fields={"important": "yes"})
    council.at(date(2026, 10, 17))
    return findings(council)

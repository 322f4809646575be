"""Somebody refers a concern to a body that stands outside the ladder; here Cabinet, on a ladder of one rung."""

from msgspec.structs import replace

from tests.errors.council import ANALYST, a_council, changed, example

SAYS = "CABINET is not a rung of the ladder, so a matter cannot begin there."
FIX = "Refer it to one of: BOARD."


def provoke():
    organisation = example().organisation
    ladder = replace(organisation.ladder, rungs=("BOARD",))
    alone = replace(organisation, intervention=replace(organisation.intervention, ladder=ladder))
    council = a_council(changed(organisation=alone))
    council.step(ANALYST, "intervention", ("HW1", "highways", ""), "propose", {"refer_to": "CABINET"})

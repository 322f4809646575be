"""Something is begun for a service that is not in the council's tree."""

from tests.errors.council import LEAD, a_council

SAYS = "There is no service 'highwys'. Did you mean 'highways'?"
FIX = "'goldenthread service list' shows them."


def provoke():
    a_council().step(LEAD, "intervention", ("", "highwys", ""), "propose", {"refer_to": "BOARD"})

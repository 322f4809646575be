"""Somebody who comments on a figure again and again while another person confirms it."""

from itertools import count

from tests.errors.council import ANALYST, JUNE, MANAGER, Meanwhile, a_council

SAYS = "Others changed the same thing 3 times while this was decided: figure.commented by p3 (event 18)."
FIX = "'goldenthread log tail' shows what happened; look at it, then try again."


def provoke():
    council, numbers = a_council(), count(1)
    council.figure(ANALYST, "enter", JUNE, "90")
    council.engine.store = Meanwhile(
        council.store,
        lambda: council.figure(ANALYST, "comment", JUNE, words={"comment": f"Remark {next(numbers)}."}),
    )
    council.figure(MANAGER, "confirm", JUNE)

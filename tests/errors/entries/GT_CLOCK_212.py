"""A clock that had run ahead, and is said twice to have done so."""

from datetime import date

from engine.commands import CorrectClock
from tests.errors.council import a_council

SAYS = "That the clock had run ahead to 2027-07-06 08:00 UTC is recorded already, and nothing has been written later since."
FIX = "Go on writing as usual; recorded time stands still until the clock has caught up."


def provoke():
    council = a_council()
    council.at(date(2027, 7, 6))
    council.hire("Una")
    council.at(date(2026, 7, 7))
    for _ in range(2):
        words = council.text("The time server was wrong.")
        council.ask(CorrectClock(reason=words.ref), "p1", texts=(words,))

"""Judging again because of an adoption that judges nothing again; the program asks for it only where there is one."""

from engine.commands import RejudgeSeries
from tests.errors.council import LEAD, a_council

SAYS = "Nothing is being judged again because of framework@2."
FIX = "'goldenthread pack history' shows which adoptions judge again, and how far that is."


def provoke():
    request = RejudgeSeries(adoption="framework@2", indicator="HW1", service="highways")
    a_council().ask(request, LEAD)

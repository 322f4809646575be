"""Two people who open the same book at the same moment: the slower one."""

from engine.commands import OpenBook
from tests.errors.council import LEAD, a_council

SAYS = "This book is already open: it is 'test' of Test Council."
FIX = "Open another council's book in another folder or under another --book name."


def provoke():
    council = a_council()
    names = council.text("Cat Third"), council.text("Dan Fourth")
    opened = OpenBook(
        book="sussex",
        council="Sussex",
        proposer_name=names[0].ref,
        approver_name=names[1].ref,
        pack=council.pack.digest,
    )
    council.ask(opened, LEAD, texts=names)

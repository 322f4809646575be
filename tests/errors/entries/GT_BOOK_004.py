"""A tick while somebody else puts packs forward and turns them down, on which its deadlines depend."""

from datetime import date
from itertools import cycle

from engine.commands import DeclinePack, ProposePack
from engine.handle import deadline_of
from engine.views import DUE
from tests.errors.council import LEAD, SECOND, Meanwhile, a_council, confirm

SAYS = "What fell due has not passed yet (1): somebody else kept changing what it depends on."
FIX = "Nothing was lost; the next 'goldenthread tick' passes it."


def provoke():
    council = a_council()
    confirm(council, "2026-04", "96")
    confirm(council, "2026-05", "70")
    council.at(date(2026, 8, 7))
    pack, reason = council.pack.digest, council.text("Not yet.")
    deeds = cycle(
        [(ProposePack(pack=pack), LEAD, []), (DeclinePack(pack=pack, reason=reason.ref), SECOND, [reason])]
    )

    def busy():
        request, who, texts = next(deeds)
        council.ask(request, who, texts=texts)

    due = [deadline_of(row, council.now()) for row in council.store.rows(DUE)]
    council.engine.store = Meanwhile(council.store, busy)
    council.engine.fire(due, council.now())

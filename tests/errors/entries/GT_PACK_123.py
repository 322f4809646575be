"""A pack was adopted over judged periods, and the program ended before every series was judged again."""

from datetime import date

from engine.commands import ApprovePack, ProposePack
from tests.errors.council import LEAD, SECOND, a_council, changed, confirm, findings

SAYS = "Judging again by the pack example 2 was interrupted: 0 of 1 series are done (adopted in event 19)."
FIX = "Run 'goldenthread pack rejudge': it goes on where it stopped."


def provoke():
    council = a_council()
    confirm(council, "2026-05", "90")
    pack = changed(version="2")
    proposed = ProposePack(pack=pack.digest, effective_from=date(2026, 5, 1), rejudge=True)
    council.ask(proposed, LEAD, blobs={pack.digest: pack.canonical()})
    council.ask(ApprovePack(pack=pack.digest), SECOND)
    return findings(council)

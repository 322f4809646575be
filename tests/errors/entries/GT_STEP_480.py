"""A step that is taken in person, by somebody who stands in."""

from datetime import date

import msgspec

from adapters.yaml import YamlDocuments
from engine.commands import AddDelegation
from engine.packs.load import load_pack
from engine.testing.council import Council
from events.errors import Refused
from tests.errors.provoke import LIBRARY

SAYS = "'write' is taken in person: p5 cannot take it for p4."
FIX = "Ask p4."

TODAY = date(2026, 11, 30)
ASKED = ("", "childrens", "")
FORM = ("strengths", "areas_for_improvement", "outstanding_risks", "how_addressed", "trade_offs")


def provoke():
    council = Council(load_pack(LIBRARY.parent / "hampshire-2008", LIBRARY, YamlDocuments()), TODAY)
    council.service("childrens")
    council.hire("Hope", "head_of_improvement")
    council.hire("Olive", "chief_officer")
    council.hire("Dan", "service_manager")
    council.ask(AddDelegation(delegator="p4", delegate="p5", start=TODAY), "p1")
    council.step("p3", "self_assessment", ASKED, "propose", {"period": "2026-Q2"})
    words = dict.fromkeys(FORM, "All is well")
    try:
        council.step("p5", "self_assessment", ASKED, "write", words=words, acting_for="p4")
    except Refused as refused:
        return [
            msgspec.structs.replace(
                problem,
                sentence=problem.sentence.partition(": ")[2],
                fix=problem.fix.partition(" Possible now")[0],
            )
            for problem in refused.problems
        ]

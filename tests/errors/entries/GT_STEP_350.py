"""An action of a plan that has none yet is said to be done, by somebody who owes nothing."""

from datetime import date

import msgspec

from adapters.yaml import YamlDocuments
from engine.packs.load import load_pack
from engine.testing.council import Council
from events.errors import Refused
from tests.errors.provoke import LIBRARY

SAYS = "'finish' is for whoever owes something here, and nobody owes anything."
FIX = "Something must be asked for first."


def provoke():
    pack = load_pack(LIBRARY.parent / "hampshire-2008", LIBRARY, YamlDocuments())
    council = Council(pack, date(2026, 11, 30))
    council.service("childrens")
    council.indicator("CH04", "childrens")
    council.hire("Mona", "service_manager")
    council.hire("Olive", "chief_officer")
    about = ("CH04", "childrens", "")
    council.step("p4", "action_plan", about, "propose", words={"reason": "Asked for by the committee"})
    try:
        council.step("p3", "action_plan", about, "finish", {"item": "x"}, words={"outcome": "Done in time"})
    except Refused as refused:
        return [
            msgspec.structs.replace(problem, sentence=problem.sentence.partition(": ")[2])
            for problem in refused.problems
            if problem.code == "GT-STEP-350"
        ]

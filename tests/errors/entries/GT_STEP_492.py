"""A report of a round that is collated while a form is outstanding, and nobody says so."""

from datetime import date

import msgspec

from adapters.yaml import YamlDocuments
from engine.packs.load import load_pack
from engine.testing.council import Council
from events.errors import Refused
from tests.errors.provoke import LIBRARY

SAYS = "'collate' would go without what is outstanding of 2026-Q2: childrens (p4)."
FIX = "Say so in 'not_received', or wait for it."


def provoke():
    council = Council(
        load_pack(LIBRARY.parent / "hampshire-2008", LIBRARY, YamlDocuments()), date(2026, 11, 30)
    )
    council.service("childrens")
    council.hire("Hope", "head_of_improvement")
    council.hire("Olive", "chief_officer")
    council.step("p3", "self_assessment", ("", "childrens", ""), "propose", {"period": "2026-Q2"})
    report = ("p3", "self_assessment_report", ("", "", ""))
    council.step(*report, "propose", {"period": "2026-Q2"})
    try:
        council.step(*report, "collate", words={"overview": "Vacancies"})
    except Refused as refused:
        return [
            msgspec.structs.replace(
                problem,
                sentence=problem.sentence.partition(": ")[2],
                fix=problem.fix.partition(" Possible now")[0],
            )
            for problem in refused.problems
        ]

"""Who plays in the demonstration: invented people, their roles, and the services of three counties."""

from __future__ import annotations

from dataclasses import dataclass

COUNCIL = "Example County Council"
BOOK = "example"
INDICATOR = "AE4"
TITLE = "A&E patients seen within four hours (partner indicator)"

PROPOSER = "Harriet Vale"
APPROVER = "George Amadi"


@dataclass(frozen=True, slots=True)
class Player:
    """A person, the roles they hold, and for which body where it is a clerk."""

    name: str
    roles: tuple[str, ...]
    scope: str | None = None


ANALYST = Player("Priya Nair", ("data_enterer",))
DATA_MANAGER = Player("Tom Ellery", ("data_manager",))
SERVICE_MANAGER = Player("Moira Kane", ("service_manager",))
"""The council's own Hospital Discharge service manager: the council cannot ask a hospital."""
CHIEF_OFFICER = Player("Daniel Osei", ("chief_officer",))
CPEG_CLERK = Player("Ada Finch", ("clerk",), "CPEG")
CMT_CLERK = Player("Rhys Morgan", ("clerk",), "CMT")
CABINET_CLERK = Player("Jean Latimer", ("clerk",), "CABINET")

PLAYERS = (ANALYST, DATA_MANAGER, SERVICE_MANAGER, CHIEF_OFFICER, CPEG_CLERK, CMT_CLERK, CABINET_CLERK)
CLERKS = {"CPEG": CPEG_CLERK, "CMT": CMT_CLERK, "CABINET": CABINET_CLERK}

HONESTY = (
    "Example County Council, its people and decisions are invented; only the figures are real.",
    "Three counties share one book for demonstration. The council cannot instruct hospitals: four-hour waiting is a"
    " partner indicator.",
    "CPEG asks the council's own Hospital Discharge service manager for a strategic action plan (item 5); item 17 refers"
    " the matter to Health Scrutiny, which may ask for information and recommend.",
    "Figures: NHS England. Contains public sector information licensed under the Open Government Licence v3.0.",
)

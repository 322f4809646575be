"""A step that three must take, and two people in its role."""

from tests.unit.workflows.quorum import PLAN, plan
from tests.unit.workflows.town import Town
from workflows.duties import unsatisfiable

SAYS = "'agree' of plan needs 3 people together; there is only mary and max."
FIX = "Assign data_manager to more people, or ask for fewer in the workflow."


def provoke():
    town = Town()
    return list(unsatisfiable(plan(PLAN.replace("quorum: 2", "quorum: 3")), town.organisation, town.staff))

"""A workflow with a step for a role that nobody holds."""

from tests.unit.workflows.town import Town, submission
from workflows.duties import unsatisfiable

SAYS = "Nobody can take 'confirm' of submission at present."
FIX = "Assign data_manager to somebody."


def provoke():
    town = Town()
    town.people = {"ann": {"data_enterer"}}
    return list(unsatisfiable(submission(), town.organisation, town.staff))

"""Two duties that need two people, and one person for both."""

from tests.unit.workflows.town import Town, submission
from workflows.duties import unsatisfiable

SAYS = "'enter' and 'confirm' of submission need two people; there is only max."
FIX = "Assign one of the roles to somebody else."


def provoke():
    town = Town()
    town.people = {"max": {"data_enterer", "data_manager"}}
    return list(unsatisfiable(submission(), town.organisation, town.staff))

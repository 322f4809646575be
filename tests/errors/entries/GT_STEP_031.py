"""A service KPI for which no committee is named."""

from tests.errors.county import a_county, propose

SAYS = "It is not said which body decides on kpi class 'service'."
FIX = "Say refer_to: one of ADULTS_AND_HEALTH, CHILDREN_AND_YOUNG_PEOPLE, HIGHWAYS_AND_TRANSPORT."


def provoke():
    propose(a_county(), kpi_class="service")

"""An operational KPI that is sent to a committee."""

from tests.errors.county import a_county, propose

SAYS = "No body decides on kpi class 'operational', so it does not go to STRATEGY_AND_RESOURCES."
FIX = "Leave refer_to out."


def provoke():
    propose(a_county(), kpi_class="operational", refer_to="STRATEGY_AND_RESOURCES")

"""A strategic KPI that is sent to another committee."""

from tests.errors.county import a_county, propose

SAYS = "HIGHWAYS_AND_TRANSPORT does not decide on kpi class 'strategic'."
FIX = "That is for STRATEGY_AND_RESOURCES."


def provoke():
    propose(a_county(), refer_to="HIGHWAYS_AND_TRANSPORT")

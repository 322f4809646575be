"""Withdrawing what somebody else proposed."""

from tests.errors.county import a_county, as_decided, propose

SAYS = "'withdraw' is only for whoever took 'propose': p4."
FIX = "Ask p4."


def provoke():
    county = a_county()
    propose(county)
    county.hire("Max", "service_manager")
    words = {"reason": "Not ours"}
    with as_decided():
        county.step("p6", "kpi_lifecycle", ("CF1", "", ""), "withdraw", words=words)

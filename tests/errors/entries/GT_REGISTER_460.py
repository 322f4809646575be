"""Taking up a KPI that was proposed and withdrawn: it never entered the register."""

from tests.errors.county import a_county, as_decided, propose

SAYS = "CF1 is not in the register, so there is nothing to take up."
FIX = "Propose it: goldenthread matter begin kpi_lifecycle CF1."


def provoke():
    county, about = a_county(), ("CF1", "", "")
    propose(county)
    county.step("p4", "kpi_lifecycle", about, "withdraw", words={"reason": "Not now"})
    with as_decided():
        county.step("p4", "kpi_lifecycle", about, "take_up", {"kpi_class": "strategic", "stage": "in_use"})

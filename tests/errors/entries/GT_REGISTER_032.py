"""A figure for a KPI that was retired."""

from tests.errors.county import TEAM, a_county, check, propose

SAYS = "CF1 was retired on 4 April 2022: its history stays, and it takes no more figures."
FIX = "'goldenthread indicator show CF1' says what it was; a KPI that is wanted again is proposed anew, under another code."


def provoke():
    county = a_county()
    propose(county, kpi_class="operational")
    check(county)
    about = ("CF1", "", "")
    county.step(TEAM, "kpi_lifecycle", about, "adopt", body="JMT")
    county.step("p4", "kpi_lifecycle", about, "propose_removal", words={"why": "Nobody asks for it"})
    county.step(TEAM, "kpi_lifecycle", about, "drop", body="JMT")
    county.figure("p3", "enter", "CF1/climate/2021-Q4", "120")

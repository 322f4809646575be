"""A figure for a KPI that was retired."""

from tests.errors.county import a_county, retire

SAYS = "CF1 was retired on 4 April 2022: its history stays, and it takes no more figures."
FIX = "'goldenthread indicator show CF1' says what it was; a KPI that is wanted again is proposed anew, under another code."


def provoke():
    county = a_county()
    retire(county)
    county.figure("p3", "enter", "CF1/climate/2021-Q4", "120")

"""A proposal of a KPI that is in the register."""

from tests.errors.county import a_county, propose

SAYS = "There is already an indicator 'CF1', so it is not proposed anew."
FIX = (
    "To change or remove it, take it up as it is: goldenthread matter begin kpi_lifecycle CF1 --step take_up."
)


def provoke():
    county = a_county()
    county.indicator("CF1", "climate", frequency="quarter")
    propose(county)

"""An indicator added by hand whose code stands in a proposal that is open."""

from tests.errors.county import a_county, propose

SAYS = "The code 'CF1' is taken: kpi_lifecycle-0001 proposes an indicator of that code, and is still open."
FIX = "Let it go its way ('goldenthread matter show kpi_lifecycle-0001' says who is asked), or choose another code."


def provoke():
    county = a_county()
    propose(county)
    county.indicator("CF1", "climate", frequency="quarter")

"""A no without a reason."""

from tests.errors.county import a_county, check, propose

SAYS = "The question 'comparator' is answered 'no' without a reason: Is there a comparator?"
FIX = "Give comparator_because."


def provoke():
    county = a_county()
    propose(county)
    check(county, unexplained="comparator")

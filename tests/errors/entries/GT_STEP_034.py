"""A checklist with one question left out."""

from tests.errors.county import a_county, check, propose

SAYS = "The question 'recent' has no answer: Is the data sufficiently recent?"
FIX = "Give recent: yes, no or not_applicable, and recent_because with what that rests on."


def provoke():
    county = a_county()
    propose(county)
    check(county, unanswered="recent")

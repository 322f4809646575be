"""A tolerance that is given and dropped at once."""

from decimal import Decimal

from engine.commands import SetTarget
from tests.errors.county import a_county

SAYS = "The tolerance of CF1 is to be 5 and dropped at once."
FIX = "Give the number with its unit, or 'none' alone."


def provoke():
    request = SetTarget(
        indicator="CF1",
        from_period="2022-Q2",
        value=Decimal(90),
        tolerance=Decimal(5),
        tolerance_in="none",
    )
    county = a_county()
    county.indicator("CF1", "climate", first="2022-Q1", frequency="quarter")
    county.ask(request, "p1")

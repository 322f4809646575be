"""A target over another, under a pack that has a workflow for that."""

from datetime import date
from decimal import Decimal

from engine.commands import SetTarget
from tests.errors.county import a_county

SAYS = "CF1 has a target for 2022-Q2 already, and cambridgeshire-2022 decides on another one by the workflow 'target_change'."
FIX = "Propose it there: goldenthread matter begin target_change CF1 --from-period 2022-Q2 --why REASON."


def provoke():
    county = a_county()
    county.indicator("CF1", "climate", target="95", first="2022-Q1", frequency="quarter")
    county.ask(
        SetTarget(indicator="CF1", from_period="2022-Q2", value=Decimal(90)), "p1", on=date(2022, 4, 4)
    )

"""A KPI that is to take its own place."""

from tests.errors.county import a_county, retire

SAYS = "CF1 cannot take the place of CF1: a KPI does not replace itself."
FIX = "Name a KPI that is in use, or leave replaced_by out."


def provoke():
    retire(a_county(), replaced_by="CF1")

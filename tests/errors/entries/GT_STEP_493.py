"""A KPI that two services return, taken up by somebody who holds the role for one of them."""

from tests.errors.county import a_county, as_decided

SAYS = "'take_up' is for Service manager; p6 is that for climate alone, and this concerns climate, roads."
FIX = "Ask p2 or p4 or p3."


def provoke():
    county = a_county()
    county.service("roads")
    county.hire("Mara", "service_manager", scope="climate")
    fields = {"kpi_class": "strategic", "stage": "in_use"}
    county.indicator("CF1", "climate", "roads", frequency="quarter", fields=fields)
    with as_decided():
        county.step("p6", "kpi_lifecycle", ("CF1", "", ""), "take_up")

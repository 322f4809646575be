"""Taking up a KPI under another class than the register has."""

from tests.errors.county import a_county, as_decided

SAYS = "The register says kpi class 'strategic' of CF1, and not 'operational'."
FIX = "Leave it out, or say strategic; another version of the KPI changes it."


def provoke():
    county = a_county()
    county.indicator("CF1", "climate", fields={"kpi_class": "strategic", "stage": "in_use"})
    with as_decided():
        county.step("p4", "kpi_lifecycle", ("CF1", "", ""), "take_up", {"kpi_class": "operational"})

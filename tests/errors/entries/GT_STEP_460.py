"""An audit of every KPI by a step that there is not."""

from engine.matters.suite import plan_suite
from engine.queries.reader import Reader
from tests.errors.county import a_county

SAYS = "There is no step 'audti' to take for every KPI in the workflow kpi_lifecycle. Did you mean 'audit'?"
FIX = "'goldenthread pack diagram kpi_lifecycle' shows its steps."


def provoke():
    county = a_county()
    definition = county.pack.workflows["kpi_lifecycle"]
    plan_suite(Reader(county.engine), definition, "kpi_lifecycle", "audti", {"audit_of": "2022"})

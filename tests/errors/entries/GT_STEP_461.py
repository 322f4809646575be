"""An audit of every KPI without the day until which it is answered."""

from engine.matters.suite import plan_suite
from engine.queries.reader import Reader
from tests.errors.county import a_county

SAYS = "'audit' for every KPI needs due_on."
FIX = "'goldenthread matter round audit kpi_lifecycle' takes it as --due-on …."


def provoke():
    county = a_county()
    definition = county.pack.workflows["kpi_lifecycle"]
    plan_suite(Reader(county.engine), definition, "kpi_lifecycle", "audit", {"audit_of": "2022"})

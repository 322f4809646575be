"""A file of figures under a pack that came into the book without `pack check` and has no workflow for them."""

from adapters.spreadsheets.csv import read_csv
from engine.imports import plan_import
from tests.errors.council import a_council, changed

SAYS = "The pack in force at the end of 2026-06 has no workflow for figures."
FIX = "Propose a version that has one; 'goldenthread pack check' finds what a pack lacks."


def provoke():
    council = a_council(changed(workflows={}))
    table = read_csv(b"indicator,service,period,value\nHW1,highways,2026-06,90\n", "return.csv")
    return plan_import(council.engine, table, council.clock.now().date()).problems

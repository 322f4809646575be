"""A return of figures: planned, imported, and what is wrong with it."""

from __future__ import annotations

from hypothesis import strategies as st

from adapters.spreadsheets.csv import read_csv
from engine.imports import Plan, apply_import, plan_import
from engine.office import Office
from engine.testing.council import Council
from events.kinds.figures import CommentAdded

ANALYST, MANAGER, SERVICE = "p3", "p4", "p5"
HEADER = "indicator,service,period,value\n"


def planned(office: Office, text: str, reason: str | None = None) -> Plan:
    table = read_csv(text.encode(), "return.csv")
    return plan_import(office.engine, table, office.today(), reason=reason)


def imported(office: Office, text: str, who: str = ANALYST, reason: str | None = None) -> list[str]:
    """Imports; answers what each figure did."""
    plan = planned(office, text, reason)
    did = actions(plan)
    apply_import(office, plan, who, accept_warnings="Looked at.")
    return did


def actions(plan: Plan) -> list[str]:
    return [row.action for row in plan.rows()]


def problems(office: Office, text: str) -> list[tuple[int, int, str]]:
    return [
        (problem.place.line, problem.place.column, problem.code)
        for problem in planned(office, text).problems
        if problem.place
    ]


def comments(council: Council, ref: str) -> list[str]:
    stream = "series/" + ref.rpartition("/")[0]
    facts = council.store.streams({stream: 0})[stream]
    said = [fact.event.comment for fact in facts if isinstance(fact.event, CommentAdded)]
    found = council.store.texts(said)
    return [words.text for each in said if (words := found[each]) is not None]


FIGURES = st.dictionaries(
    st.sampled_from(["2017-01", "2017-02", "2017-03", "2017-04", "2017-05", "2017-06"]),
    st.decimals(0, 100, places=2).map(str),
    min_size=1,
)

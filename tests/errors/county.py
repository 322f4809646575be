"""A KPI under the framework of Cambridgeshire, for messages of workflows that the example pack does not have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import msgspec

from adapters.yaml import YamlDocuments
from engine.packs.load import load_pack
from engine.packs.pack import Pack
from engine.testing.council import Council
from events.errors import Refused
from events.kinds.workflow import FieldValue
from tests.errors.provoke import LIBRARY

BI, TEAM = "p3", "p5"
PROPOSAL: dict[str, FieldValue] = {
    "title": "Carbon footprint",
    "kpi_class": "strategic",
    "stage": "in_use",
    "produced_by": "business_intelligence",
    "better": "lower",
    "frequency": "quarter",
    "measured_in": "tonnes",
    "services": "climate",
    "first_period": "2022-Q1",
}


def a_county(pack: Pack | None = None) -> Council:
    """An officer of Business Intelligence (p3), a service manager (p4) and a clerk of the management team (p5)."""
    pack = pack or load_pack(LIBRARY.parent / "cambridgeshire-2022", LIBRARY, YamlDocuments())
    county = Council(pack, date(2022, 4, 4))
    county.service("climate")
    county.hire("Ana", "business_intelligence")
    county.hire("Mina", "service_manager")
    county.hire("Tess", "clerk", scope="JMT")
    return county


@contextmanager
def as_decided() -> Iterator[None]:
    """Reasons as the workflow gives them: without the matter before them, and what is possible now after them."""
    try:
        yield
    except Refused as refused:
        raise Refused(
            *(
                msgspec.structs.replace(
                    problem,
                    sentence=problem.sentence.removeprefix("kpi_lifecycle CF1#1: "),
                    fix=problem.fix.partition(" Possible now")[0],
                )
                for problem in refused.problems
            )
        ) from refused


def propose(county: Council, **other: FieldValue) -> None:
    """Propose the KPI CF1."""
    words = {"why": "The Council's own emissions"}
    with as_decided():
        county.step("p4", "kpi_lifecycle", ("CF1", "", ""), "propose", {**PROPOSAL, **other}, words=words)


def check(county: Council, unanswered: str = "", unexplained: str = "") -> None:
    """Answer every question of the checklist with a no, except as said."""
    questions = county.pack.workflows["kpi_lifecycle"].step("check").answers
    answered = [name for name in questions if name != unanswered]
    words = {f"{name}_because": "Seen" for name in answered if name != unexplained}
    given = dict.fromkeys(answered, "no")
    with as_decided():
        county.step(BI, "kpi_lifecycle", ("CF1", "", ""), "check", given, words=words)


def retire(county: Council, **other: FieldValue) -> None:
    """An operational KPI CF1 that a management team adopted and dropped."""
    propose(county, kpi_class="operational")
    check(county)
    about = ("CF1", "", "")
    county.step(TEAM, "kpi_lifecycle", about, "adopt", body="JMT")
    words = {"why": "Nobody asks for it"}
    county.step("p4", "kpi_lifecycle", about, "propose_removal", other, words=words)
    county.step(TEAM, "kpi_lifecycle", about, "drop", body="JMT")

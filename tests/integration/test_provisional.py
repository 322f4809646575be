"""A provisional figure counts for the time being; it is made final as it is or with another number, by two people."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine.commands import FigureFields
from engine.queries.figures.figure_history import figure_history
from engine.queries.figures.provisional import figure_to_finish, provisional_figures
from engine.queries.names import Names
from engine.queries.references import FigureRef
from engine.testing.council import Council
from engine.views import VIEWS
from events.errors import Invalid, Refused
from tests.integration.conftest import START

ANALYST, MANAGER = "p3", "p4"
MAY = FigureRef("AE4", "acute", "2017-05")


def take(council: Council, who: str, step: str, figure: FigureFields | None, **words: str) -> Any:
    return council.step(who, "submission", ("AE4", "acute", "2017-05"), step, figure=figure, words=words)


def provisional(council: Council, value: str) -> None:
    take(council, ANALYST, "enter", FigureFields(value=Decimal(value), provisional=True))
    take(council, MANAGER, "confirm", None)


def listed(council: Council) -> list[tuple[str, bool]]:
    return [(line.ref, line.waiting) for line in provisional_figures(council.engine, START)]


def test_a_provisional_figure_is_judged_and_listed_until_it_is_final(council: Council) -> None:
    provisional(council, "90")
    assert council.status(str(MAY)) == "amber"
    assert listed(council) == [(str(MAY), False)]
    take(council, ANALYST, "restate", figure_to_finish(council.engine, MAY), reason="final")
    assert listed(council) == [(str(MAY), True)], "until somebody else has approved it"
    take(council, MANAGER, "approve_restatement", None)
    assert listed(council) == []
    assert council.status(str(MAY)) == "amber"


def test_making_a_figure_final_as_it_is_judges_nothing_again(council: Council) -> None:
    provisional(council, "90")
    take(council, ANALYST, "restate", figure_to_finish(council.engine, MAY), reason="final")
    take(council, MANAGER, "approve_restatement", None)
    assert council.types().count("status.assessed") == 1


def test_whoever_makes_a_figure_final_does_not_approve_it(council: Council) -> None:
    provisional(council, "90")
    take(council, MANAGER, "restate", figure_to_finish(council.engine, MAY), reason="final")
    with pytest.raises(Refused):
        take(council, MANAGER, "approve_restatement", None)


def test_a_final_figure_with_another_number_is_judged_again(council: Council) -> None:
    provisional(council, "90")
    take(council, ANALYST, "restate", FigureFields(value=Decimal(80)), reason="late returns")
    take(council, MANAGER, "approve_restatement", None)
    assert council.status(str(MAY)) == "red"
    assert listed(council) == []


def test_a_final_figure_cannot_be_made_final(council: Council) -> None:
    take(council, ANALYST, "enter", FigureFields(value=Decimal(90)))
    take(council, MANAGER, "confirm", None)
    with pytest.raises(Invalid) as refused:
        figure_to_finish(council.engine, MAY)
    assert refused.value.problems[0].code == "GT-FIGURE-023"


def test_being_provisional_alone_is_no_figure(council: Council) -> None:
    with pytest.raises(Refused) as refused:
        take(council, ANALYST, "enter", FigureFields(provisional=True))
    assert [problem.code for problem in refused.value.problems] == ["GT-FIGURE-008"]


def test_the_history_of_a_figure_tells_each_revision_by_whom_why_and_the_status_after_it(
    council: Council,
) -> None:
    provisional(council, "90")
    take(council, ANALYST, "restate", FigureFields(value=Decimal(80)), reason="late returns")
    take(council, MANAGER, "approve_restatement", None)
    names = Names({"p3": "Priya Analyst", "p4": "Tom Manager"}, council.store.texts)
    lines = figure_history(council.engine, MAY, names=names)
    assert [(line.revision, line.what, line.shown, line.provisional, line.status.id) for line in lines] == [
        (1, "entered", "90.0 %", True, ""),
        (1, "confirmed", "90.0 %", True, "amber"),
        (2, "put forward as final", "80.0 %", False, "amber"),
        (2, "made final", "80.0 %", False, "red"),
    ]
    assert [line.by for line in lines] == ["Priya Analyst", "Tom Manager"] * 2
    assert lines[2].reason == "late returns"


def test_the_mark_survives_a_rebuild(council: Council) -> None:
    provisional(council, "90")
    assert council.store.differences(VIEWS) == []

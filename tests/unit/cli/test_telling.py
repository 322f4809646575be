"""What a command did is told in sentences; no kind of fact is without one."""

from __future__ import annotations

import json
from pathlib import Path

from adapters.cli.told import SENTENCES
from engine.queries.sentences import TELLERS
from events.schema import TYPES
from tests.unit.cli.conftest import Desk

PACK = Path(__file__).parents[3] / "packs" / "hampshire-2008" / "pack.yaml"
LIBRARY = PACK.parents[1] / "library"


def test_no_kind_of_fact_is_without_a_sentence() -> None:
    assert set(TYPES.values()) <= {*SENTENCES, *TELLERS}


def test_many_figures_are_counted_instead_of_told_one_by_one(desk: Desk) -> None:
    _open(desk, "hampshire-2008")
    for number in range(7):
        _indicator(desk, f"CH{number}")
    desk.at = "2009-01-06T09:00:00+00:00"
    rows = "".join(f"CH{number},childrens,2008-Q3,70,red\n" for number in range(7))
    (desk.folder / "return.csv").write_text(
        "indicator,service,period,value,declared_status\n" + rows, "utf-8"
    )
    desk.does("figure", "import", str(desk.folder / "return.csv"), "--as", "p3")
    said = desk.does("figure", "confirm-return", "--as", "p4")
    assert said.startswith("7 figures confirmed: red 7.")


def test_a_step_may_be_called_what_a_council_likes(desk: Desk) -> None:
    """A pack's own workflow renames a step; nothing in the program knows its name."""
    folder = desk.folder / "own"
    (folder / "workflows").mkdir(parents=True)
    workflow = (LIBRARY / "intervention.yaml").read_text("utf-8").replace("leave_with_service", "hand_back")
    (folder / "workflows" / "intervention.yaml").write_text(workflow, "utf-8")
    pack = (
        PACK.read_text("utf-8")
        .replace("pack: hampshire-2008", "pack: own")
        .replace("leave_with_service", "hand_back")
    )
    pack = pack.replace("library/intervention@1", "workflows/intervention@1")
    (folder / "pack.yaml").write_text(pack, "utf-8")
    _open(desk, str(folder))
    _indicator(desk, "CH04")
    desk.does("role", "assign", "p2", "clerk", "--for", "CPEG", "--as", "p1")
    desk.at = "2009-01-06T09:00:00+00:00"
    desk.does("figure", "enter", "CH04/childrens/2008-Q3", "70", "--status", "red", "--as", "p3")
    desk.does("figure", "confirm", "CH04/childrens/2008-Q3", "--as", "p4")
    told = desk.does(
        "intervention", "take", "hand-back", "CH04/childrens", "--field", "review_on=2009-03-01",
        "--field", "reason=It is in hand", "--on-behalf-of", "CPEG", "--as", "p2",
    )  # fmt: skip
    assert "It now stands at: The service is dealing with it." in told
    event = json.loads(desk.does("intervention", "show", "INT-0001", "--json"))
    assert {"name": "reason", "value": "It is in hand"} in event["moves"][-1]["fields"]


def _open(desk: Desk, pack: str) -> None:
    desk.does("init", "--pack", pack, "--council", "H", "--proposer", "Ann Parker", "--approver", "Bob Reed")
    desk.does("role", "assign", "p2", "clerk", "--for", "CABINET", "--as", "p1")
    desk.does("pack", "adopt", "--on-behalf-of", "CABINET", "--as", "p2")
    for person, role in (("Cara Doe", "data_enterer"), ("Dev Shah", "data_manager")):
        desk.does("person", "add", person, "--as", "p1")
        desk.does("role", "assign", person, role, "--as", "p1")
    desk.does("service", "add", "childrens", "--as", "p1")


def _indicator(desk: Desk, code: str) -> None:
    desk.does(
        "indicator", "add", code, "--title", "Assessments in time", "--polarity", "higher", "--frequency", "quarter",
        "--service", "childrens", "--field", "important_locally=yes", "--as", "p1",
    )  # fmt: skip

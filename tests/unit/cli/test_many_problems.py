"""A file with a thousand mistakes shows what a person can read, and says how many there are."""

from __future__ import annotations

import json

import pytest

from adapters.cli.failures import tell_error
from adapters.cli.manners import Manners
from adapters.cli.problems import MOST_SHOWN, most_telling
from events.errors import Place, Problem, Refused

from .conftest import Desk

LEAD = ("--as", "Ada Lead")
BAD = "indicator,service,period,value\n" + "".join(f"X{n},kids,2008-Q3,nought\n" for n in range(400))


@pytest.fixture
def town(desk: Desk) -> Desk:
    desk.does(
        "init", "--pack", "hampshire-2008", "--council", "Kent", "--proposer", "Ada Lead", "--approver", "Ben Two",
    )  # fmt: skip
    desk.does("role", "assign", "Ben Two", "clerk", "--for", "CABINET", "--as", "Ada Lead")
    desk.does("pack", "adopt", "--on-behalf-of", "CABINET", "--as", "Ben Two")
    (desk.folder / "return.csv").write_text(BAD, "utf-8")
    return desk


def test_the_first_are_shown_and_the_rest_are_counted(town: Desk) -> None:
    file = str(town.folder / "return.csv")
    said = town.types("figure", "import", file, *LEAD)
    *lines, rest, total = said.out.splitlines()
    everything = json.loads(town.types("figure", "import", file, "--json", *LEAD).out)["problems"]
    assert said.code == 1
    assert len(lines) == MOST_SHOWN
    assert rest == f"  … and {len(everything) - MOST_SHOWN:,} more. --all shows them."
    assert "Nothing saved." in total
    whole = town.types("figure", "import", file, "--all", *LEAD).out.splitlines()
    assert len(whole) == len(everything) + 1 > 400


def test_a_file_that_is_refused_in_every_row_says_in_how_many(town: Desk) -> None:
    file = str(town.folder / "return.csv")
    *_, total = town.types("figure", "import", file, *LEAD).out.splitlines()
    assert total.startswith("All 400 rows were refused · ")
    in_part = town.types("figure", "import", file, "--partial", *LEAD)
    *_, total, end = in_part.out.splitlines()
    assert total.startswith("All 400 rows were refused · ")
    assert end == "Nothing was saved."


def test_so_does_one_whose_figures_the_person_may_not_enter(town: Desk) -> None:
    town.does("service", "add", "kids", "--label", "Children", *LEAD)
    for code in ("X0", "X1"):
        town.does(
            "indicator", "add", code, "--title", "On time", "--polarity", "higher", "--frequency", "quarter",
            "--measured-in", "percent", "--service", "kids", *LEAD,
        )  # fmt: skip
    town.at = "2009-01-06T09:00:00+00:00"
    file = town.folder / "return.csv"
    rows = "X0,kids,2008-Q3,70,red\nX1,kids,2008-Q3,71,red\n"
    file.write_text("indicator,service,period,value,declared_status\n" + rows, "utf-8")
    for option in ("--partial", "--dry-run"):
        said = town.types("figure", "import", str(file), option, *LEAD)
        assert (said.code, said.err.splitlines()[0]) == (
            5,
            "All 2 rows were refused · 2 errors. Nothing saved.",
        )


@pytest.mark.parametrize("place", [None, Place(file="return.csv", line=2, column=1)])
def test_a_refusal_with_a_thousand_reasons_is_no_exception(
    place: Place | None, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = Refused(*(Problem(code="GT-X-001", sentence=f"No {n}.", place=place) for n in range(1_000)))
    assert tell_error(refused, Manners()) == 5
    shown = capsys.readouterr().err
    assert shown.count("GT-X-001") == MOST_SHOWN
    assert "… and 950 more." in shown
    tell_error(refused, Manners(all_problems=True))
    assert capsys.readouterr().err.count("GT-X-001") == 1_000
    tell_error(refused, Manners(output="json"))
    assert len(json.loads(capsys.readouterr().out)["problems"]) == 1_000


def test_errors_are_shown_rather_than_warnings_in_the_order_of_the_file() -> None:
    problems = [Problem(code=f"W{n}", sentence="", severity="warning") for n in range(60)]
    problems[30] = Problem(code="E30", sentence="")
    problems[59] = Problem(code="E59", sentence="")
    shown, rest = most_telling(problems)
    assert [each.code for each in shown if each.severity == "error"] == ["E30", "E59"]
    assert (len(shown), rest) == (MOST_SHOWN, "… and 10 more.")
    assert [problems.index(each) for each in shown] == sorted(problems.index(each) for each in shown)
    assert most_telling(problems, None) == (problems, "")

"""From an empty folder to a matter that climbs the ladder, command by command."""

from __future__ import annotations

from .conftest import AFTER_Q3, FIGURE, LATER, MATTER, MEETING, Council


def test_a_book_is_opened_by_two_people(empty: Council) -> None:
    opened = empty.run(
        "init",
        "--pack",
        "hampshire-2008",
        "--council",
        "Hampshire",
        "--proposer",
        "Ann Parker",
        "--approver",
        "Bob Reed",
    )
    assert opened.code == 0
    assert "another governance lead has to approve it" in opened.out
    assert "pack adopt --on-behalf-of CABINET --as ITS-CLERK" in opened.err
    empty.does("role", "assign", "Bob Reed", "clerk", "--for", "CABINET", "--as", "Ann Parker")
    same = empty.run("pack", "adopt", "--on-behalf-of", "CABINET", "--as", "Ann Parker")
    assert (same.code, same.out) == (5, "")
    assert "cannot also approve it" in same.err
    alone = empty.run("pack", "adopt", "--as", "Bob Reed")
    assert "'Endorsed' is for CABINET" in alone.err
    adopted = empty.run("pack", "adopt", "--on-behalf-of", "CABINET", "--as", "Bob Reed")
    assert adopted.code == 0
    assert "in force from Mon 1 Dec 2008: proposed by Ann Parker, approved by Bob Reed" in adopted.out


def test_a_red_figure_is_referred_and_its_report_missed(town: Council) -> None:
    entered = town.run("figure", "enter", FIGURE, "71.4", "--status", "red", "--as", "Cara Doe")
    assert entered.code == 0
    assert entered.out.startswith(f"Entered {FIGURE}: 71.4, declared red.")

    confirmed = town.run("figure", "confirm", FIGURE, "--as", "Dev Shah")
    assert confirmed.code == 0
    assert f"Confirmed {FIGURE}: Red, as declared by the service." in confirmed.out
    assert f"CPEG has intervention {MATTER} to answer by Tue 20 Jan 2009." in confirmed.out

    town.at = MEETING
    answered = town.run(
        "intervention", "answer", MATTER, "--category", "category_4", "--menu", "5,8",
        "--field", "purpose=check on progress", "--on-behalf-of", "CPEG", "--as", "Finn Low",
    )  # fmt: skip
    assert answered.code == 0, answered.err
    assert "by Fri 20 Feb 2009 (1 month from 20 January 2009)" in answered.out

    town.at = LATER
    ticked = town.run("tick")
    assert ticked.code == 0
    assert "CMT is proposed as the next rung; CPEG decides." in ticked.out
    assert town.run("tick").out == "Nothing is due.\n"

    moved = town.run(
        "intervention",
        "move",
        MATTER,
        "--rung",
        "CMT",
        "--reason",
        "No report came",
        "--on-behalf-of",
        "CPEG",
        "--as",
        "Finn Low",
    )
    assert moved.code == 0, moved.err
    assert town.run("intervention", "list", "--json").json["rows"][0]["body"] == "CMT"
    assert town.run("audit", "verify").code == 0
    assert town.run("db", "rebuild", "--verify").code == 0


def test_a_book_is_read_as_it_was_known_on_an_earlier_day(concerned: Council) -> None:
    before = concerned.run("dashboard", "--as-of", "2009-01-05", "--json").json
    now = concerned.run("--json", "dashboard").json
    assert [line["status"]["label"] for line in before["lines"]] == ["–"]
    assert [line["status"]["label"] for line in now["lines"]] == ["Red"]


def test_a_figure_is_explained_down_to_its_events(concerned: Council) -> None:
    explained = concerned.run("explain", FIGURE)
    assert explained.code == 0
    assert "Red, as declared by the service." in explained.out
    assert "→ intervention INT-0001" in explained.out
    assert "entered by Cara Doe" in explained.out
    asked = concerned.run("explain", "--trigger", FIGURE)
    assert asked.out == concerned.run("explain", FIGURE, "--trigger").out
    assert "Area of concern fires when the status is red" in asked.out
    due = concerned.run("explain", MATTER, "--deadline", "answer")
    assert "by Tue 20 Jan 2009" in due.out


def test_a_return_is_taken_in_whole_and_confirmed_by_another_person(town: Council) -> None:
    assert town.at == AFTER_Q3
    file = town.folder / "return.csv"
    file.write_text(
        "indicator,service,period,value,declared_status\nCH04,childrens,2008-Q3,#DIV/0!,red\n", "utf-8"
    )
    refused = town.run("figure", "import", str(file), "--as", "Cara Doe")
    assert refused.code == 1
    assert "line 2" in refused.out
    assert "Nothing saved." in refused.out
    file.write_text(
        "indicator,service,period,value,declared_status\nCH04,childrens,2008-Q3,71.4,red\n", "utf-8"
    )
    assert town.run("figure", "import", str(file), "--as", "Cara Doe").code == 0
    again = town.run("figure", "import", str(file), "--as", "Cara Doe")
    assert "nothing new" in again.out
    own = town.run("figure", "confirm-return", "--as", "Cara Doe")
    assert "0 figures confirmed" in own.out
    confirmed = town.run("figure", "confirm-return", "--as", "Dev Shah")
    assert "1 figure confirmed: red 1." in confirmed.out

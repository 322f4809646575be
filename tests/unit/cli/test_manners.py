"""Shared options: anywhere, the last one wins, and none is ignored."""

from __future__ import annotations

import json

from .conftest import Desk


def _open(desk: Desk) -> None:
    desk.does(
        "init",
        "--pack",
        "hampshire-2008",
        "--council",
        "H",
        "--proposer",
        "Ann Parker",
        "--approver",
        "Bob Reed",
    )


def test_the_last_one_wins(desk: Desk) -> None:
    _open(desk)
    assert desk.does("--output", "csv", "person", "list", "--output", "ndjson").startswith("{")
    assert desk.does("--json", "person", "list", "--output", "csv").startswith("id,name,roles")


def test_one_that_means_nothing_is_refused(desk: Desk) -> None:
    _open(desk)
    said = desk.types("--as-of", "2008-12-01", "person", "add", "X", "--as", "p1")
    assert said.code == 2
    assert "--as-of means nothing to 'add'." in said.err


def test_a_day_that_is_none_is_refused_with_an_example(desk: Desk) -> None:
    said = desk.types("person", "list", "--as-of", "30/11/2026")
    assert said.code == 2
    assert "for example 2026-11-30" in said.err


def test_who_acts_must_be_said_and_is_never_asked_without_a_terminal(desk: Desk) -> None:
    _open(desk)
    said = desk.types("person", "add", "X")
    assert said.code == 2
    assert "--as PERSON" in said.err


def test_a_decision_takes_effect_on_the_day_given(desk: Desk) -> None:
    _open(desk)
    clerk = ("role", "assign", "Bob Reed", "clerk", "--for", "CABINET", "--from", "2008-11-01")
    desk.does(*clerk, "--as", "Ann Parker")
    desk.does("pack", "adopt", "--on-behalf-of", "CABINET", "--as", "Bob Reed", "--on", "2008-11-30")
    event = json.loads(desk.does("log", "show", "8", "--json"))
    assert event["line"]["effective_on"] == "2008-11-30"


def test_a_dry_run_of_opening_a_book_leaves_no_file(desk: Desk) -> None:
    said = desk.does(
        "-n", "init", "--pack", "hampshire-2008", "--council", "H", "--proposer", "Ann", "--approver", "Bob"
    )
    assert said.startswith("Nothing is written; this would happen: Opened the book")
    assert list(desk.folder.iterdir()) == []


def test_a_pack_with_an_error_opens_no_book(desk: Desk) -> None:
    (desk.folder / "wrong").mkdir()
    (desk.folder / "wrong" / "pack.yaml").write_text("pack: wrong\n", "utf-8")
    said = desk.types(
        "init", "--pack", str(desk.folder / "wrong"), "--council", "H", "--proposer", "A", "--approver", "B"
    )
    assert said.code == 2
    assert not (desk.folder / "book.goldenthread").exists()


def test_two_books_stand_side_by_side_under_their_names(desk: Desk) -> None:
    for book in ("kent", "surrey"):
        desk.does(
            "--book",
            book,
            "init",
            "--pack",
            "hampshire-2008",
            "--council",
            book,
            "--proposer",
            f"Ann of {book}",
            "--approver",
            "Bob",
        )
    assert "Ann of kent" in desk.does("person", "list", "--book", "kent")
    assert "Ann of surrey" in desk.does("person", "list", "--book", "surrey")

"""Whoever notes an absence is told to say who stands in, unless somebody does on each of its days."""

from __future__ import annotations

import pytest

from .conftest import Council

AWAY = ("absence", "add", "Dev Shah", "--from", "2009-01-12", "--until", "2009-01-23", "--as", "Dev Shah")
NEXT = "Next: goldenthread delegate add 'Dev Shah' PERSON"


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ((), True),
        (("--from", "2009-01-12", "--until", "2009-01-23"), False),
        (("--from", "2009-01-08"), False),
        (("--from", "2009-01-12", "--until", "2009-01-22"), True),
        (("--from", "2009-01-13", "--until", "2009-01-23"), True),
        (("--from", "2009-01-12", "--until", "2009-01-23", "--role", "clerk"), True),
    ],
    ids=[
        "nobody",
        "the same days",
        "from before on",
        "not the last day",
        "not the first day",
        "another role",
    ],
)
def test_the_next_command_is_named_only_where_it_is_needed(
    town: Council, given: tuple[str, ...], asked: bool
) -> None:
    if "--role" in given:
        town.does("role", "assign", "Dev Shah", "clerk", "--for", "CMT", "--as", "p1")
    if given:
        town.does("delegate", "add", "Dev Shah", "Eve Hall", *given, "--as", "Dev Shah")
    done = town.run(*AWAY)
    assert done.code == 0, done.err
    assert (NEXT in done.err) is asked

"""A book whose pack a body endorses, before that body has anybody who acts for it."""

from pathlib import Path

from tests.errors.console import council_folder, goldenthread

FOUNDED = [
    "init",
    "--pack",
    "hampshire-2008",
    "--council",
    "Hampshire",
    "--proposer",
    "Ada",
    "--approver",
    "Ben",
]


def test_where_nobody_acts_for_the_body_the_command_is_told_that_gives_it_a_clerk() -> None:
    with council_folder():
        Path("kent.goldenthread").unlink()
        assert goldenthread(FOUNDED)[0] == 0
        left_with, problems = goldenthread(["pack", "adopt", "--on-behalf-of", "CABINET", "--as", "Ben"])
    (told,) = [each for each in problems if each.code == "GT-PACK-436"]
    assert left_with == 5
    assert "goldenthread role assign PERSON clerk --for CABINET" in told.fix

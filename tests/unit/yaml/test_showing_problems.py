"""Problems as a reader sees them."""

from adapters.cli.problems import render_problems
from events.errors import Place, Problem


def problem(line=41, column=7, severity="error", file="packs/example/pack.yaml", **more):
    place = Place(file=file, line=line, column=column, excerpt=more.pop("excerpt", "    from: 75"))
    words = {
        "code": "GT-PACK-017",
        "sentence": "amber starts at 75 but red ends at 74.",
        "fix": "Set red.to to 75.",
    }
    return Problem(severity=severity, place=place, **{**words, **more})


def test_a_problem_shows_file_line_caret_and_fix():
    assert render_problems([problem(column=11)], checked="37 rules checked") == (
        "packs/example/pack.yaml\n"
        "  41:11  error    GT-PACK-017  amber starts at 75 but red ends at 74.\n"
        "                  41 │     from: 75\n"
        "                     │           ^ fix: Set red.to to 75.\n"
        "1 error (37 rules checked)"
    )


def test_problems_stand_in_the_order_of_the_file_under_one_heading():
    text = render_problems([problem(line=9, severity="warning"), problem(line=3), problem(file="a.yaml")])
    assert [line for line in text.splitlines() if not line.startswith("   ")] == [
        "a.yaml",
        "  41:7   error    GT-PACK-017  amber starts at 75 but red ends at 74.",
        "packs/example/pack.yaml",
        "  3:7    error    GT-PACK-017  amber starts at 75 but red ends at 74.",
        "  9:7    warning  GT-PACK-017  amber starts at 75 but red ends at 74.",
        "2 errors, 1 warning",
    ]


def test_no_problem_is_said_too():
    assert render_problems([], checked="3 rules checked") == "No problems (3 rules checked)"


def test_a_problem_without_a_place_has_no_line_to_show():
    assert render_problems([Problem(code="GT-PACK-001", sentence="It is gone.", fix="Bring it back.")]) == (
        "         error    GT-PACK-001  It is gone.\n                  fix: Bring it back.\n1 error"
    )


def test_a_long_line_is_shown_around_the_caret():
    excerpt = "x" * 700 + "HERE" + "y" * 700
    shown, caret = render_problems([problem(column=701, excerpt=excerpt)]).splitlines()[2:4]
    assert shown[caret.index("^") :].startswith("HERE")
    assert len(shown) < 140


def test_nothing_in_a_file_can_move_the_cursor_of_who_reads_the_problem():
    text = render_problems([problem(excerpt="a: \x1b[2Jb", sentence="'\x1b[31m' is odd.")])
    assert "\x1b" not in text


def test_colour_is_only_an_addition():
    coloured = render_problems([problem()], colour=True)
    assert coloured != render_problems([problem()])
    assert "error" in coloured

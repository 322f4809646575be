"""An expression answers yes, no or "cannot be said", exactly, and says at its column what is wrong with it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.packs.canonical import _rules as restored
from events.kinds.statuses import StatusAssessed, TriggerFired
from rules.case import Past
from rules.exact import ONE, Ratio
from rules.expression import tree
from rules.expression.answer import answer, truth
from rules.expression.arithmetic import order
from rules.expression.leaning import lean
from rules.expression.names import Scene
from rules.expression.reading import read_expression
from rules.expression.seen import parts
from rules.expression.vocabulary import Vocabulary
from rules.judge import judge
from rules.rating import rate
from rules.standing import Standing
from tests.unit.rules.given import RAG, assessed, case, rules, why
from tests.unit.rules.given import trigger as declared_trigger

VOCABULARY = Vocabulary(
    statuses={"red": True, "amber": True, "green": True, "no_data": False},
    fields={"size": ("big", "small"), "note": ()},
    concerns=("risk", "improvement"),
)
PACK = rules(RAG + "indicator_fields: {size: {type: choice, options: [big, small]}}\n")


def read(line: str) -> tree.Node:
    node, problems = read_expression(line, VOCABULARY)
    assert node is not None, problems
    return node


def ask(line: str, **given: object) -> bool | None:
    """The answer for a case: 40 against a target of 50, unless it is given otherwise."""
    return truth(read(line), scene(**given))


def scene(**given: object) -> Scene:
    one = case(**{"value": "40", "target": "50", **given})  # type: ignore[arg-type]  # a case in words
    return Scene(Standing(PACK, one, rate(PACK, one)))


def codes(line: str) -> list[tuple[str, int]]:
    node, problems = read_expression(line, VOCABULARY)
    assert (node is None) == bool(problems)
    return [(problem.code, problem.into) for problem in problems]


def past(period: str, status: str, value: str | None = None) -> Past:
    return Past(period, status, None, None if value is None else Decimal(value))


# what it answers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("value < target", True),
        ("value == 40.0", True),
        ("value + 10 >= target && target - 10 <= value", True),
        ("value < 0.8 * target", False),
        ("value <= 0.8 * target", True),
        ("-value < 0 && -(-value) == 40", True),
        ("value - 10 - 10 == 20 && value / 4 / 5 == 2", True),
        ("2 + 3 * value == 122 && (2 + 3) * value == 200", True),
        ("!(value > 1) || value == 40", True),
        ("value == 1 || value == 2 && value == 40", False),
        ("value > target ? value > 100 : value > 30", True),
        ("value > target ? true : value > 39 ? true : false", True),
        ('status == "red" && status != "green"', True),
        ('status in ["red", "amber"]', True),
        ("value in [39, 40.00]", True),
        ('value in [1] || status in ["green"]', False),
        ("abs(value - target) == 10", True),
        ("min(value, target, 3) == 3 && max(value, target) == 50", True),
        ("round(value / 3, 2) == 13.33 && round(-2.5 * value / value, 0) == -3", True),
        ("period_number == 4", True),
        ('polarity == "higher"', True),
        ("compared == -20", True),
    ],
)
def test_it_answers_as_it_reads(line: str, expected: bool) -> None:
    assert ask(line) is expected


def test_tenths_are_tenths() -> None:
    assert ask("value + 0.2 == 0.3", value="0.1") is True


def test_a_third_is_exactly_a_third() -> None:
    assert ask("value * 3 == 1 && value > 0.333333333", numerator="1", denominator="3") is True
    assert ask("1 / 3 == value && value / 7 * 21 == 1", numerator="1", denominator="3") is True


# what is not known ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("floor > 1", None),
        ("!(floor > 1)", None),
        ("floor > 1 || value == 40", True),
        ("value == 40 || floor > 1", True),
        ("floor > 1 || value == 41", None),
        ("floor > 1 && value == 41", False),
        ("floor > 1 && value == 40", None),
        ("floor == floor", None),
        ("value + floor > 0", None),
        ("min(value, floor) > 0", None),
        ("floor in [1, 2]", None),
        ("floor > 1 ? value > 1 : value > 1", None),
        ("value > 1 ? value == 40 : floor > 1", True),
        ("has(floor)", False),
        ("has(value) && !has(previous.value)", True),
        ("has(floor) && floor > 1", False),
        ("value / (value - 40) > 1", None),
        ('previous.status == "red"', None),
        ('fields.size == "big"', None),
        ("has(reported_as)", False),
        ('reported_as == "risk"', False),
    ],
)
def test_what_is_missing_is_unknown_unless_the_rest_decides(line: str, expected: bool | None) -> None:
    assert ask(line) is expected


def test_a_figure_that_is_not_rated_answers_no_question_about_ratings() -> None:
    assert ask('status != "green"', value="40", polarity="none") is None
    assert ask("has(status)", value="40", polarity="none") is False


def test_a_percentage_of_a_zero_target_lies_beyond_every_number_and_cannot_be_reckoned_with() -> None:
    assert ask("compared > 999999999999", target="0") is True
    assert ask("compared + 1 > 0", target="0") is None
    assert ask("compared < -999999999999 && compared == compared", target="0", polarity="lower") is True


# the periods before -----------------------------------------------------------------------------------------

YEAR = (past("2016-01", "red", "30"), past("2016-02", "amber", "45"), past("2016-03", "red", "39"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('earlier(3).exists(p, p.status == "amber")', True),
        ('earlier(1).exists(p, p.status == "amber")', False),
        ('earlier(3).all(p, p.status in ["red", "amber"])', True),
        ('earlier(3).all(p, p.status == "red")', False),
        ('earlier(4).all(p, p.status in ["red", "amber"])', None),
        ('earlier(4).exists(p, p.status == "amber")', True),
        ("earlier(4).all(p, has(p.value))", False),
        ("earlier(2).all(month, month.value > value - 5 && month.value < target)", True),
        ('previous.status == "red" && previous.value < value', True),
        ("last_year.value < value", None),
    ],
)
def test_a_window_asks_each_of_the_periods_before(line: str, expected: bool | None) -> None:
    assert ask(line, history=YEAR) is expected


def test_the_same_period_last_year_is_looked_up_by_name() -> None:
    assert ask("last_year.value < value", last_year=past("2015-04", "red", "39.5")) is True


def test_what_a_window_calls_its_period_is_no_part_of_what_it_means() -> None:
    assert read("earlier(2).all(p, p.value < 1)") == read("earlier(2).all( month,month.value<1.0 )")


# in a pack --------------------------------------------------------------------------------------------------

IN_A_PACK = """
triggers:
  t: {when: {expression: 'value < 0.9 * target && earlier(3).exists(p, p.status == "red")'}, then: {record: noted}}
"""


def test_a_pack_looks_back_as_far_as_its_expressions() -> None:
    assert rules(RAG + IN_A_PACK).lookback == 3


def test_it_fires_with_a_reason_that_names_what_it_found() -> None:
    compiled = rules(RAG + IN_A_PACK)
    fired = judge(compiled, case(value="40", target="50", history=YEAR))[0]
    assert isinstance(fired, TriggerFired)
    assert fired.reason == (
        "The value is below 0.9 times the target, and in at least one of the 3 periods before, "
        "the status is red (the value 40, the target 50)."
    )


def test_where_it_cannot_be_said_nothing_fires_and_the_trigger_is_listed() -> None:
    last = judge(rules(RAG + IN_A_PACK), case(value="40", target="50"))[-1]
    assert isinstance(last, StatusAssessed)
    assert last.not_assessed == ("t",)


def test_the_way_it_is_written_is_no_part_of_the_rules() -> None:
    one = declared_trigger("when: {expression: 'status==\"red\"||(value<1.50)'}")
    other = declared_trigger("when: {expression: 'status == \"red\" || value < 1.5'}")
    assert one.canonical() == other.canonical()


def test_it_comes_back_from_the_canonical_form_as_it_was() -> None:
    compiled = declared_trigger(
        "when: {expression: '!(value in [1, -2.5]) && abs(-value) / 2 > round(target, 1) || "
        'earlier(2).all(p, has(p.value) ? p.status != "red" : true)\'}'
    )
    assert restored(msgspec.json.decode(compiled.canonical())) == compiled


def test_its_opposite_says_what_was_found() -> None:
    compiled = declared_trigger("when: {not: {expression: 'status == \"red\"'}}")
    assert why(compiled, "amber") == "It does not hold that the status is red (the status amber)."


@pytest.mark.parametrize(
    ("line", "english"),
    [
        ("value < 0.9 * (target + 1)", "the value is below 0.9 times (the target plus 1)"),
        ('status in ["red", "amber"]', "the status is red or amber"),
        ("!has(target)", "it is not known what the target is"),
        (
            "has(value) && (value > 1 || !(target < 2))",
            "it is known what the value is, and (the value is above 1, or it is not so that the target is below 2)",
        ),
        (
            "last_year.value <= value ? value > 1 : fields.size == 'big'",
            "if the value of the same period last year is at most the value then the value is above 1, "
            "otherwise 'size' is big",
        ),
        ("earlier(1).all(p, p.value > 1)", "in the period before, the value is above 1"),
        (
            "round(value, 1) >= abs(target)",
            "the value rounded to 1 decimals is at least the size of the target",
        ),
        ('reported_as == ""', "what it is reported as is nothing"),
    ],
)
def test_it_reads_as_english(line: str, english: str) -> None:
    from rules.expression.english import english as said

    assert said(read(line), PACK) == english


# in a band --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("fields.size == 'big' && has(value)", 0),
        ("previous.value < target", 0),
        ("compared > -5", 1),
        ("-5 <= compared && fields.size == 'big'", 1),
        ("!(compared > -5)", -1),
        ("target - compared > 0 || compared < 3", -1),
        ("min(compared, 3) + 1 > previous.value", 1),
        ("compared > 1 && compared < 3", None),
        ("compared == 1", None),
        ("value > 3", None),
        ("abs(compared) > 3", None),
        ("compared * target > 3", None),
        ("compared > 1 ? true : false", None),
    ],
)
def test_which_way_it_goes_as_a_figure_gets_better(line: str, expected: int | None) -> None:
    assert lean(read(line)) == expected


def test_a_band_may_ask_what_no_better_figure_undoes() -> None:
    compiled = rules("""
statuses: {red: {}, amber: {}, green: {}}
indicator_fields: {size: {type: choice, options: [big, small]}}
compare_by: percent_from_target
bands:
  - {status: green, at_least: 0}
  - {status: amber, at_least: -10, when: {expression: 'compared > -5 || fields.size == "big"'}}
  - {status: red}
""")
    big = {"fields": {"size": "big"}}
    assert [assessed(compiled, case(value=value, target="50")).status for value in ("48", "46")] == [
        "amber",
        "red",
    ]
    assert assessed(compiled, case(value="46", target="50", **big)).status == "amber"


# what is wrong ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "valu < 3 || targt > 2 || status == 3",
            [("GT-EXPR-020", 0), ("GT-EXPR-020", 12), ("GT-EXPR-031", 35)],
        ),
        ("value < 1; import os", [("GT-EXPR-005", 9)]),
        ("value < 1 import", [("GT-EXPR-011", 10)]),
        ("value.__class__ < 1", [("GT-EXPR-020", 0)]),
        ("fields.size.upper == 'BIG'", [("GT-EXPR-020", 0)]),
        ("__import__('os') == 1", [("GT-EXPR-021", 0)]),
        ("earlier(3).map(p, p.value) == 1", [("GT-EXPR-041", 11)]),
        ("each.value > 2", [("GT-EXPR-020", 0)]),
        ("earlier(2).all(p, q.value > 2)", [("GT-EXPR-020", 18)]),
        ("earlier(2).all(p, p.value)", [("GT-EXPR-030", 18)]),
        ("value in (1, 2)", [("GT-EXPR-015", 9)]),
        ("null == value", [("GT-EXPR-010", 0)]),
        ("“red” == status", [("GT-EXPR-005", 0), ("GT-EXPR-005", 4)]),
        ("fields.size == 'medium'", [("GT-EXPR-033", 15)]),
        ("'medium' != fields.size", [("GT-EXPR-033", 0)]),
        ("reported_as in ['risk', 'rsk']", [("GT-EXPR-033", 24)]),
        ("value > 1 ? target : true", [("GT-EXPR-031", 21)]),
        ("value < 1)", [("GT-EXPR-011", 9)]),
        ("has(value, target)", [("GT-EXPR-022", 0)]),
        ("abs('a') < value", [("GT-EXPR-030", 4)]),
        ("value > 0.0000000001", [("GT-EXPR-007", 8)]),
        ("", [("GT-EXPR-010", 0)]),
    ],
)
def test_what_is_wrong_is_said_all_at_once_and_where(line: str, expected: list[tuple[str, int]]) -> None:
    assert codes(line) == expected


def test_two_hundred_parts_are_read_and_one_more_is_not() -> None:
    most = "!(value" + "+1" * 98 + ">1)"
    assert len(list(parts(read(most)))) == 200
    assert codes(f"!{most}") == [("GT-EXPR-002", 0)]


def test_twenty_brackets_are_read_and_one_more_is_not() -> None:
    most = "(" * 20 + "value < 1" + ")" * 20
    assert codes(most) == []
    assert codes(f"({most})") == [("GT-EXPR-003", 21)]


# exactness --------------------------------------------------------------------------------------------------

NUMBERS = st.decimals(-(10**11), 10**11, allow_nan=False, places=4)


@given(NUMBERS, NUMBERS, NUMBERS.filter(bool))
def test_reckoning_is_that_of_fractions(one: Decimal, two: Decimal, three: Decimal) -> None:
    line = f"(({one:f}) * ({two:f}) - ({one:f}) / ({three:f})) / ({three:f}) + ({two:f}) == value"
    node = read(line)
    assert isinstance(node, tree.Comparison)
    found = answer(node.left, scene())
    assert isinstance(found, Ratio)
    a, b, c = (Fraction(each) for each in (one, two, three))
    assert Fraction(found.over) / Fraction(found.under) == (a * b - a / c) / c + b


@given(st.lists(st.tuples(NUMBERS, NUMBERS.filter(lambda n: n > 0)), min_size=2, max_size=2))
def test_the_order_of_ratios_is_that_of_fractions(pairs: list[tuple[Decimal, Decimal]]) -> None:
    left, right = (Ratio(over, under) for over, under in pairs)
    a, b = (Fraction(over) / Fraction(under) for over, under in pairs)
    assert order(left, right) == (a > b) - (a < b)


def test_the_longest_product_of_the_longest_numbers_is_exact() -> None:
    line = "*".join(["999999999999.999999999"] * 42) + "/value == value"
    node = read(line)
    assert isinstance(node, tree.Comparison)
    found = answer(node.left, scene(numerator="999999999999.999999999", denominator="999999999998.999999999"))
    assert isinstance(found, Ratio)
    exact = Fraction("999999999999.999999999") ** 41 * Fraction("999999999998.999999999")
    assert Fraction(found.over) / Fraction(found.under) == exact
    assert Ratio(Decimal(1), ONE) != found

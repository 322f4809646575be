"""Expressions mean what they mean in CEL: judged by Google's own evaluator, on random expressions of one seed.

What CEL calls an error is unknown here: it is absorbed by && and || in the same way, and by nothing else. Where the
two differ, they differ on purpose, and each difference is shown below: numbers are exact decimals of one kind, nothing
is infinite, texts have no order, comparisons do not chain, bare names can be asked for with has().
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from rules.case import Case, Past, Target
from rules.exact import ONE, Ratio
from rules.expression.answer import truth
from rules.expression.names import Scene
from rules.expression.reading import read_expression
from rules.expression.vocabulary import Vocabulary
from rules.ir import NOT_RATED
from rules.rating import Rating
from rules.standing import Standing, earlier
from tests.judges.random_expressions import SIZES, STATUSES, Author, Both, Known
from tests.unit.rules.given import DECLARED, rules

cel = pytest.importorskip("cel_expr_python.cel", reason="cel-expr-python has no wheel for this machine")

SEED = 20_260_401
EXPRESSIONS = 4_000
PERIOD = "2016-{:02d}"
PACK = rules(DECLARED + "indicator_fields: {size: {type: choice, options: [big, small]}}\n")
VOCABULARY = Vocabulary(statuses=dict.fromkeys(STATUSES, True), fields={"size": SIZES})


def environment() -> Any:
    from cel_expr_python.ext import ext_math

    kind = cel.Type
    records = kind.Map(kind.STRING, kind.DYN)
    variables = {
        **dict.fromkeys(("value", "target", "floor"), kind.DOUBLE),
        "period_number": kind.INT,
        "status": kind.STRING,
        "reported_as": kind.STRING,
        "fields": kind.Map(kind.STRING, kind.STRING),
        "here": records,
        **{f"earlier_{count}": kind.List(records) for count in (1, 2, 3)},
    }
    return cel.NewEnv(variables=variables, extensions=[ext_math.ExtMath()])


def by_cel(env: Any, line: str, known: Known) -> bool | None:
    """What CEL answers; None for an error."""
    here: dict[str, Any] = {name: float(each) for name, each in known.numbers.items() if each is not None}
    here |= {"status": known.status} if known.status else {}
    before = [
        {k: float(v) if isinstance(v, Decimal) else v for k, v in each.items()} for each in known.before
    ]
    data = {
        **here,
        "here": here,
        "period_number": known.period_number,
        "reported_as": known.reported_as,
        "fields": {"size": known.size} if known.size else {},
        **{f"earlier_{count}": before[:count] for count in (1, 2, 3)},
    }
    found = env.compile(line).eval(data=data)
    return found.value() if found.type() == cel.Type.BOOL else None


def by_us(line: str, known: Known) -> bool | None:
    node, problems = read_expression(line, VOCABULARY)
    assert node is not None, (line, problems)
    return truth(node, Scene(standing(known)))


def standing(known: Known) -> Standing:
    period = PERIOD.format(known.period_number)
    history = tuple(
        Past(earlier(period, back), str(each.get("status", NOT_RATED)), None, each.get("value"))  # type: ignore[arg-type]  # a number
        for back, each in reversed(list(enumerate(known.before, 1)))
        if each
    )
    value = known.numbers["value"]
    case = Case(
        pack="",
        period=period,
        value=value,
        reported_as=known.reported_as or None,
        fields={"size": known.size} if known.size else {},
        target=Target(value=known.numbers["target"], floor=known.numbers["floor"]),
        history=history,
    )
    ratio = None if value is None else Ratio(value, ONE)
    return Standing(PACK, case, Rating(known.status or NOT_RATED, "declared", ratio))


def test_random_expressions_are_answered_as_cel_answers_them() -> None:
    author, env = Author(SEED), environment()
    counts: Counter[bool | None] = Counter()
    differing: list[tuple[Both, bool | None, bool | None]] = []
    made = 0
    while made < EXPRESSIONS:
        question, known = author.question(), author.known()
        if len(question.ours) > 900 or not _about_a_figure(question.ours):
            continue
        made += 1
        ours, theirs = by_us(question.ours, known), by_cel(env, question.theirs, known)
        counts[ours] += 1
        if ours is not theirs:
            differing.append((question, ours, theirs))
    assert differing == []
    assert min(counts[answer] for answer in (True, False, None)) > EXPRESSIONS // 10, counts


def _about_a_figure(line: str) -> bool:
    """Constants alone are refused by us, whatever CEL makes of them; and so are very large expressions."""
    problems = read_expression(line, VOCABULARY)[1]
    return not {problem.code for problem in problems} & {"GT-EXPR-002", "GT-EXPR-003", "GT-EXPR-036"}


KNOWN = Known(
    numbers={"value": Decimal("0.5"), "target": Decimal(0), "floor": None},
    period_number=3,
    status="red",
    size=None,
    reported_as="",
    before=[{}, {}, {}],
)


@pytest.mark.parametrize(
    ("ours", "theirs", "we_say", "cel_says"),
    [
        ("value - 0.4 == 0.1", "value - 0.4 == 0.1", True, False),
        ("period_number / 2 == 1.5", "period_number / 2 == 1", True, True),
        ("period_number / 2 == 1", "period_number / 2 == 1", False, True),
        ("value / target > 1", "value / target > 1.0", None, True),
        (
            "999999999999 * 999999999999 * period_number > 0",
            "999999999999 * 999999999999 * period_number > 0",
            True,
            None,
        ),
    ],
    ids=[
        "decimals are exact",
        "halves",
        "whole numbers are not cut off",
        "nothing is infinite",
        "nothing overflows",
    ],
)
def test_where_numbers_differ_ours_are_exact(
    ours: str, theirs: str, we_say: bool | None, cel_says: bool | None
) -> None:
    assert by_us(ours, KNOWN) is we_say
    assert by_cel(environment(), theirs, KNOWN) is cel_says


def test_one_kind_of_number_is_compared_with_itself() -> None:
    assert by_us("period_number < 3.5", KNOWN) is True
    with pytest.raises(RuntimeError, match="no matching overload"):
        environment().compile("period_number < 3.5")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('status < "redder"', "GT-EXPR-032"),
        ("1 < period_number == true", "GT-EXPR-013"),
        ("period_number % 2 == 1", "GT-EXPR-005"),
        ("size(status) == 3", "GT-EXPR-021"),
        ("[1, 2].exists(x, x == period_number)", "GT-EXPR-010"),
        ("period_number in [1, 1 + 2]", "GT-EXPR-015"),
        ('status.startsWith("r")', "GT-EXPR-011"),
        ('fields["size"] == "big"', "GT-EXPR-020"),
        ('status == "red\\n"', "GT-EXPR-008"),
        ("period_number == 0x3", "GT-EXPR-007"),
        ('status == "purple"', "GT-EXPR-033"),
        ("1 < 2", "GT-EXPR-036"),
    ],
)
def test_what_cel_allows_and_we_refuse(line: str, code: str) -> None:
    environment().compile(line)
    node, problems = read_expression(line, VOCABULARY)
    assert node is None
    assert code in [problem.code for problem in problems]

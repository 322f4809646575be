"""Judge a plain list of statuses, as a pack's own tests write them: "amber red red"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from events.errors import Invalid, Problem
from events.kinds.statuses import StatusAssessed
from events.period import parse_period
from events.schema import Event
from rules.case import Case, Past
from rules.ir import NO_DATA, NOT_RATED, RuleSet
from rules.judge import conclude
from rules.messages import MESSAGES
from rules.rating import Rating, unrated
from rules.reading.sheet import near

GAPS = (".", NO_DATA)
"""How a history spells a period without data, beside the pack's own word for it."""


def judge_history(
    rules: RuleSet,
    statuses: Sequence[str],
    fields: Mapping[str, str],
    *,
    reported_as: str | Sequence[str | None] | None = None,
    first_period: str = "2001-01",
) -> list[list[Event]]:
    """The facts of each period in turn, the statuses taken as given whether or not the pack has bands.

    ``.`` is a period without data. `reported_as` as one word belongs to the last period; as a sequence there is
    one per period. Raises Invalid for a word that is no status of the pack.
    """
    period = parse_period(first_period)
    concerns = _concerns(reported_as, len(statuses))
    before = StatusAssessed(period="", status="", reason="", rule="", pack=rules.digest)
    judged: list[list[Event]] = []
    history: list[Past] = []
    for index, word in enumerate(statuses):
        case = Case(
            pack=rules.digest,
            period=str(period.shift(index)),
            fields=dict(fields),
            reported_as=concerns[index],
            history=tuple(history[-rules.reach :]),
            triggers=before.triggers,
            rated_before=any(past.status in rules.judged for past in history),
        )
        rating = _given(rules, word)
        facts = conclude(rules, case, rating, f"{rules.word(rating.status).capitalize()}, as given.")
        before = next(fact for fact in reversed(facts) if isinstance(fact, StatusAssessed))
        history.append(Past(before.period, before.status))
        judged.append(facts)
    return judged


def _concerns(reported_as: str | Sequence[str | None] | None, periods: int) -> list[str | None]:
    if reported_as is None or isinstance(reported_as, str):
        return [None] * (periods - 1) + [reported_as]
    if len(reported_as) != periods:
        raise ValueError(f"{len(reported_as)} words were given for {periods} periods")
    return list(reported_as)


def _given(rules: RuleSet, word: str) -> Rating:
    if word in GAPS:
        return unrated(rules, "no_data")
    if word in rules.by_id or word == NOT_RATED:
        return Rating(word, "declared")
    message = MESSAGES["GT-RULE-070"]
    hint = near(word, [*rules.by_id, "."])
    raise Invalid(
        Problem(
            code="GT-RULE-070", sentence=message.sentence.format(text=word), fix=message.fix.format(hint=hint)
        )
    )

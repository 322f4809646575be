"""Judge periods one after another: statuses as a pack's own tests write them ("amber red red"), and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from events.errors import Invalid, Problem
from events.kinds.statuses import StatusAssessed, TriggerMemory
from events.number import parse_number
from events.period import parse_period
from events.schema import Event
from rules.case import Case, Past
from rules.compared import value_of
from rules.exact import Ratio
from rules.ir import NO_DATA, NOT_RATED, RuleSet
from rules.judge import conclude, judge
from rules.messages import MESSAGES
from rules.rating import Rating, unrated
from rules.reading.sheet import near
from rules.reason import explained

GAPS = (".", NO_DATA)
"""How a history spells a period without data, beside the pack's own word for it."""
AT = "@"
"""Parts a status from the figure it came with: ``red@66``."""


class Timeline:
    """One series, judged period by period; each judgement sees those before it."""

    def __init__(self, rules: RuleSet, like: Case, first_period: str = "2001-01") -> None:
        self.rules = rules
        self.judged: list[list[Event]] = []
        """The facts of each period, oldest first."""
        self.like = like
        """What is so of every period."""
        self._period = parse_period(first_period)
        self._pasts: list[Past] = []
        self._triggers: dict[str, TriggerMemory] = {}

    def given(self, word: str, case: Case | None = None) -> list[Event]:
        """A period whose status is taken as it is written, with or without its figure. Raises Invalid for no status."""
        status, _, number = word.partition(AT)
        value = parse_number(number) if number else None
        case = self._placed(msgspec.structs.replace(case or self.like, value=value))
        rating = _given(self.rules, status, value_of(case))
        label = f"{self.rules.word(rating.status).capitalize()}, as given."
        return self._kept(case, conclude(self.rules, case, explained(rating, label)))

    def figure(self, case: Case) -> list[Event]:
        """A period whose figure is judged."""
        case = self._placed(case)
        return self._kept(case, judge(self.rules, case))

    def _placed(self, case: Case) -> Case:
        """A case in its place: this period, with what went before it."""
        year_before = str(self._period.same_last_year())
        return msgspec.structs.replace(
            case,
            period=str(self._period),
            history=tuple(self._pasts[-self.rules.reach :]),
            last_year=next((past for past in self._pasts if past.period == year_before), None),
            rated_before=any(past.status in self.rules.judged for past in self._pasts),
            triggers=self._triggers,
        )

    def _kept(self, case: Case, facts: list[Event]) -> list[Event]:
        assessed = next(fact for fact in reversed(facts) if isinstance(fact, StatusAssessed))
        self._pasts.append(
            Past(
                case.period,
                assessed.status,
                assessed.compared,
                case.value,
                case.numerator,
                case.denominator,
            )
        )
        self._triggers = assessed.triggers
        self._period = self._period.next()
        self.judged.append(facts)
        return facts


def judge_history(
    rules: RuleSet,
    statuses: Sequence[str],
    fields: Mapping[str, str],
    *,
    reported_as: str | Sequence[str | None] | None = None,
    first_period: str = "2001-01",
    like: Case | None = None,
) -> list[list[Event]]:
    """The facts of each period in turn, the statuses taken as given whether or not the pack has bands.

    ``.`` is a period without data; ``red@66`` is a status with the figure it came with. `reported_as` as one word
    belongs to the last period; as a sequence there is one per period. `like` says what else is so of the indicator.
    Raises Invalid for a word that is no status of the pack.
    """
    concerns = _concerns(reported_as, len(statuses))
    plain = like or Case(pack=rules.digest, period=first_period, polarity="higher")
    timeline = Timeline(rules, plain, first_period)
    for word, concern in zip(statuses, concerns, strict=True):
        case = msgspec.structs.replace(plain, fields=dict(fields), reported_as=concern)
        timeline.given(word, case)
    return timeline.judged


def _concerns(reported_as: str | Sequence[str | None] | None, periods: int) -> list[str | None]:
    if reported_as is None or isinstance(reported_as, str):
        return [*[None] * (periods - 1), reported_as] if periods else []
    if len(reported_as) != periods:
        raise ValueError(f"{len(reported_as)} words were given for {periods} periods")
    return list(reported_as)


def _given(rules: RuleSet, word: str, value: Ratio | str) -> Rating:
    exact = value if isinstance(value, Ratio) else None
    if word in GAPS:
        return unrated(rules, "no_data")
    if word in rules.by_id or word == NOT_RATED:
        return Rating(word, "declared", exact)
    message = MESSAGES["GT-RULE-070"]
    hint = near(word, [*rules.by_id, "."])
    raise Invalid(
        Problem(
            code="GT-RULE-070", sentence=message.sentence.format(text=word), fix=message.fix.format(hint=hint)
        )
    )

"""A pack's status decision as Python that is written once from its rules, and what it finds as the judge needs it.

The interpreter (`rules.rating.rate`, `rules.reason.reason`) is the reference, and both are proven equal by tests.
Rules that use anything this file has not heard of are interpreted, so that nothing new can be passed over in
silence: every struct that decides a status is compared with the fields that are known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from types import CodeType
from typing import Any, TypeVar, cast

import msgspec

from rules.case import Case, Target
from rules.compared import compared
from rules.exact import EXACT, HUNDRED, ONE, ZERO, Ratio
from rules.generated_source import NAMES, Source
from rules.generated_truths import Truths, truths
from rules.generated_words import Explain, Tell, Told, Verdict, explaining, tail_of, telling
from rules.ir import Band, Compare, Edge, RuleSet
from rules.rating import Rating, rate, unrated
from rules.reading.statuses import CAUSES
from rules.reason import Explained, explained, reason

KNOWN: dict[type[msgspec.Struct], frozenset[str]] = {
    RuleSet: frozenset(
        [
            "statuses",
            "status_from",
            "compare",
            "bands",
            "indicator_fields",
            "reported_as",
            "triggers",
            "lookback",
            "override_by",
            "across_breaks",
        ]
    ),
    Compare: frozenset(["use", "better", "round_to", "rounding", "tolerance"]),
    Band: frozenset(["status", "rule", "lower", "upper", "floor"]),
    Edge: frozenset(["at", "tolerance", "inclusive"]),
    Case: frozenset(
        [
            "pack",
            "period",
            "figure",
            "value",
            "numerator",
            "denominator",
            "declared_status",
            "reported_as",
            "polarity",
            "measured_in",
            "decimals",
            "fields",
            "target",
            "history",
            "triggers",
            "consequences",
            "cause",
            "historic",
            "last_year",
            "rated_before",
            "late",
            "mutes",
            "indicator",
            "service",
            "override",
            "cleared",
        ]
    ),
    Target: frozenset(["value", "low", "high", "floor", "tolerance", "cite"]),
}
"""The fields that were taken into account here; a rule or case in which another one is set is interpreted."""

MOST = 256
"""So many packs are kept as code; the one made first is dropped."""

LEVEL = Ratio(ZERO, ONE)
_Answer = TypeVar("_Answer")
Decide = Callable[[Case], tuple[str, str]]


class Decider:
    """Decides cases under one set of rules."""

    by_code = False
    """Whether it is generated code that decides."""

    def __init__(self, rules: RuleSet) -> None:
        def explain(case: Case) -> Explained:
            rating = rate(rules, case)
            return explained(rating, reason(rules, case, rating))

        def tell(case: Case) -> Told:
            rating = rate(rules, case)
            return rating.status, rating.rule, reason(rules, case, rating)

        self.rules = rules
        self.truths: Truths = truths(rules)
        """Of every trigger in use, whether its condition holds."""
        self.decide: Decide = lambda case: rate(rules, case)[:2]
        """The status and the rule of a case."""
        self.told: Callable[[Case], Told] = tell
        """The status, the rule and the sentence."""
        self.explained: Callable[[Case], Explained] = explain
        """The rating and its sentence, with the numbers that a fact keeps."""


class Generated(Decider):
    """Decides with code made for these rules."""

    by_code = True

    def __init__(self, rules: RuleSet, compare: Compare) -> None:
        super().__init__(rules)
        self._compare = compare
        percent = compare.use == "percent_from_target" and compare.round_to is None
        short = percent and not rules.uses_floor and not rules.uses_tolerance
        tell: Tell = self._tell
        explain: Explain = self._explain
        if short:
            tell = telling(rules, tell)
            explain = explaining(tell, explain)
        verdicts = dict(_verdicts(rules))
        source, alone = Source(rules, compare), Source(rules, compare, alone=True)
        self.source = source.text()
        code, names = self._compiled(self.source), self._names(source, verdicts)
        self.told = _judged(code, names, self.told, tell)
        self.explained = _judged(code, names, self.explained, explain)
        code = self._compiled(alone.text())
        names = self._names(alone, {name: verdict.found for name, verdict in verdicts.items()})
        self.decide = _judged(code, names, self.decide)

    def _tell(self, case: Case, verdict: Verdict, n: Any, d: Any, r: Any) -> Told:
        rating = self._rating(case, verdict, n, d, r)
        return verdict.status, verdict.rule, self._words(case, verdict, rating)

    def _explain(self, case: Case, verdict: Verdict, n: Any, d: Any, r: Any) -> Explained:
        rating = self._rating(case, verdict, n, d, r)
        return explained(rating, self._words(case, verdict, rating))

    def _words(self, case: Case, verdict: Verdict, rating: Rating) -> str:
        if verdict.band is None and verdict.head and case.declared_status is None:
            return verdict.head
        return reason(self.rules, case, rating)

    def _rating(self, case: Case, verdict: Verdict, n: Any, d: Any, r: Any) -> Rating:
        value = None if n is None else Ratio(n, ONE if d is None else d)
        found = self._found(case, value, r) if value is not None and verdict.compared else None
        return Rating(verdict.status, verdict.rule, value, found, *verdict.more)

    def _found(self, case: Case, value: Ratio, r: Decimal | Ratio | None) -> Ratio:
        """The value as it was compared, as `rules.compared` gives it."""
        if isinstance(r, Ratio):
            return r  # the pack rounds
        if self._compare.use == "value":
            return value
        if r is None:
            return LEVEL
        n, d = value
        rising = case.polarity == "higher" or (case.polarity == "in_band" and n < r)
        away = EXACT.subtract(n, r) if rising else EXACT.subtract(r, n)
        if self._compare.use != "percent_from_target":
            return Ratio(away, d)
        return Ratio(EXACT.multiply(away, HUNDRED), r.copy_abs()) if away else LEVEL

    def _compiled(self, text: str) -> CodeType:
        return compile(text, f"<rules {self.rules.digest[:12]}>", "exec")

    def _names(self, source: Source, verdicts: Mapping[str, object]) -> dict[str, object]:
        compare = self._compare

        def compared_at(case: Case, n: Decimal, d: Decimal | None) -> Ratio | str:
            return compared(compare, case, Ratio(n, ONE if d is None else d))

        return {
            **NAMES,
            **source.constants,
            **verdicts,
            "unrated": verdicts,
            "compared": compared_at,
            "__builtins__": {"AssertionError": AssertionError, "str": str},
        }


def _judged(
    code: CodeType,
    names: Mapping[str, object],
    at_length: Callable[[Case], _Answer],
    answer: Callable[..., _Answer] | None = None,
) -> Callable[[Case], _Answer]:
    """The function of the code: what `answer` makes of a verdict, or the verdict alone."""
    known: dict[str, object] = {**names, "answer": answer, "at_length": at_length}
    exec(code, known)
    return cast(Callable[[Case], _Answer], known["judged"])


def _verdicts(rules: RuleSet) -> Iterator[tuple[str, Verdict]]:
    for index, band in enumerate(rules.bands):
        rating = Rating(band.status, band.rule, band=band)
        head = f"{rules.by_id[band.status].label}: "
        yield f"band{index}", Verdict(rating, compared=True, head=head, tail=tail_of(rules, band))
    for cause in CAUSES:
        rating = unrated(rules, cause)
        words = {reason(rules, Case(pack="", period=period), rating) for period in ("2001-01", "2001-02")}
        always = words.pop() if len(words) == 1 else ""
        yield cause, Verdict(rating, compared=cause in ("no_floor", "no_tolerance"), head=always)


class Guarded(Decider):
    """Interprets a case in which something is set that is not known here, and decides all others by code."""

    by_code = True

    def __init__(self, made: Generated, unknown: Sequence[tuple[type[msgspec.Struct], str, object]]) -> None:
        super().__init__(made.rules)
        self.decide = self._either(self.decide, made.decide)
        self.told = self._either(self.told, made.told)
        self.explained = self._either(self.explained, made.explained)
        self._of_case = [(name, usual) for struct, name, usual in unknown if struct is Case]
        self._of_target = [(name, usual) for struct, name, usual in unknown if struct is Target]

    def _either(
        self, interpreted: Callable[[Case], _Answer], by_code: Callable[[Case], _Answer]
    ) -> Callable[[Case], _Answer]:
        return lambda case: interpreted(case) if self._strange(case) else by_code(case)

    def _strange(self, case: Case) -> bool:
        return any(getattr(case, name) != usual for name, usual in self._of_case) or (
            case.target is not None
            and any(getattr(case.target, name) != usual for name, usual in self._of_target)
        )


def decider(rules: RuleSet) -> Decider:
    """The decider of these rules, made once."""
    known = _MADE.get(rules.digest)
    if known is None:
        if len(_MADE) >= MOST:
            del _MADE[next(iter(_MADE))]
        known = _MADE[rules.digest] = _make(rules)
    return known


_MADE: dict[str, Decider] = {}


def _make(rules: RuleSet) -> Decider:
    compare = rules.compare
    parts: list[msgspec.Struct] = [rules, *rules.bands, *rules.edges]
    if rules.status_from != "bands" or compare is None or any(map(_unheard_of, [*parts, compare])):
        return Decider(rules)
    made = Generated(rules, compare)
    unknown = [(struct, *field) for struct in (Case, Target) for field in unknown_fields(struct)]
    if rules.override_by is not None:
        unknown.append((Case, "override", None))
    return Guarded(made, unknown) if unknown else made


def unknown_fields(struct: type[msgspec.Struct]) -> list[tuple[str, object]]:
    """The fields of a struct that are not known here, each with what it is where nobody has set it."""
    return [
        (field.name, _usual(field))
        for field in msgspec.structs.fields(struct)
        if field.name not in KNOWN[struct]
    ]


def _usual(field: msgspec.structs.FieldInfo) -> object:
    return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()


def _unheard_of(part: msgspec.Struct) -> bool:
    """Whether anything is set in it that is not known here."""
    return any(getattr(part, name) != usual for name, usual in unknown_fields(type(part)))

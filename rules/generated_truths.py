"""What each trigger's condition comes to, as Python that is written once from the rules: one function for each status.

At a status most of a condition is decided before anything else is known: nothing turned red at green. What is left
asks about the periods before this one, the report or the register. The conditions themselves (`holds`) are the
reference, and tests hold both to be equal; a condition of a kind that is not named here is asked itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from rules.ir import NO_DATA, NOT_RATED, Condition, RuleSet, Trigger, Truth
from rules.kinds.all_of import AllOf
from rules.kinds.any_of import AnyOf
from rules.kinds.consecutive import Consecutive
from rules.kinds.kind import every, opposite, some
from rules.kinds.not_so import NotSo
from rules.kinds.reported import ReportedAs
from rules.kinds.status import IsStatus
from rules.kinds.turned import Turned
from rules.standing import Standing

Truths = Callable[[Standing], tuple[Truth, ...]]
"""Of every trigger in use, in the pack's order: whether its condition holds."""

YES, NO, UNKNOWN = "True", "False", "None"


def asked(rules: RuleSet, standing: Standing) -> tuple[Truth, ...]:
    """The same without generated code: every condition is asked."""
    return tuple(each.when.holds(standing.as_seen_by(each)) for each in rules.in_use)


def truths(rules: RuleSet) -> Truths:
    """One function for all statuses, the code of each made when it is first met."""
    made: dict[str, Truths] = {}
    words = {*rules.by_id, NO_DATA, NOT_RATED}

    def found(standing: Standing) -> tuple[Truth, ...]:
        status = standing.rating.status
        known = made.get(status)
        if known is None:
            if status not in words:
                return asked(rules, standing)
            known = made[status] = _function(rules, status)
        return known(standing)

    return found


def _function(rules: RuleSet, status: str) -> Truths:
    """The function of one status. Only our own words and the names of constants stand in its code."""
    source = _Source(rules, status)
    answers = "".join(f"{source.of_trigger(each)}, " for each in rules.in_use)
    text = f"def truths(standing):\n    return ({answers})\n"
    names = {"every": every, "some": some, "opposite": opposite, **source.constants, "__builtins__": {}}
    exec(compile(text, f"<triggers {rules.digest[:12]}>", "exec"), names)
    return cast(Truths, names["truths"])


class _Source:
    """Conditions as expressions that are True, False or None at one status, and the constants that they name."""

    def __init__(self, rules: RuleSet, status: str) -> None:
        self._rules = rules
        self._status = status
        self.constants: dict[str, object] = {}

    def of_trigger(self, trigger: Trigger) -> str:
        """The condition of a trigger. One that takes gaps in its own way is asked itself, with gaps as it sees them."""
        concerned = self._rules.concerned.get(self._status)
        if concerned is not None and trigger.id not in concerned:
            return NO
        if trigger.gaps == "break":
            return self._of(trigger.when)
        return f"{self._named(trigger.when)}.holds(standing.as_seen_by({self._named(trigger)}))"

    def _of(self, condition: Condition) -> str:
        match condition:
            case IsStatus(statuses=statuses):
                return self._among(statuses)
            case Turned(turned_from=before, to=to):
                return self._where(to, f"standing.came_from({self._named(before)})")
            case Consecutive(ways=(), statuses=statuses, count=count, periods=periods):
                exact = count != "at_least"
                run = f"standing.run_back({self._named(statuses)}, {periods + exact:d})"
                return self._where(statuses, f"{run} {'==' if exact else '>='} {periods:d}")
            case ReportedAs(words=words):
                return f"standing.case.reported_as in {self._named(words)}"
            case AllOf(of=of):
                return _joined([self._of(each) for each in of], "every", ends=NO, neutral=YES)
            case AnyOf(of=of):
                return _joined([self._of(each) for each in of], "some", ends=YES, neutral=NO)
            case NotSo(of=other):
                return f"opposite({self._of(other)})"
            case _:
                return f"{self._named(condition)}.holds(standing)"

    def _among(self, statuses: tuple[str, ...]) -> str:
        """Whether this is one of the statuses; unknown for an unrated one that is asked about ratings."""
        if self._status in statuses:
            return YES
        judged = self._rules.judged
        return NO if self._status in judged or judged.isdisjoint(statuses) else UNKNOWN

    def _where(self, statuses: tuple[str, ...], rest: str) -> str:
        """What else is asked where this is one of the statuses."""
        now = self._among(statuses)
        return rest if now == YES else now

    def _named(self, constant: object) -> str:
        name = f"K{len(self.constants)}"
        self.constants[name] = constant
        return name


def _joined(parts: list[str], function: str, *, ends: str, neutral: str) -> str:
    """Several truths as one; `ends` decides by itself, and `neutral` says nothing."""
    if ends in parts:
        return ends
    open_ = [part for part in parts if part != neutral]
    return f"{function}(({', '.join(open_)},))" if len(open_) > 1 else (open_ or [neutral])[0]

"""What is set with a target and never looked at: a floor or tolerance that no band and no condition of the pack asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.commands import SetTarget
from engine.queries.reader import Reader
from events.errors import Invalid, Problem
from events.period import Period, parse_period
from rules.expression.seen import families
from rules.ir import RuleSet


def unasked(reader: Reader, targets: Iterable[SetTarget]) -> list[Problem]:
    """A warning for each kind of term that the pack which judges the targets never asks for."""
    found: dict[str, Problem] = {}
    for target in targets:
        period = _period(target)
        pack = reader.pack_for(period) if period is not None else None
        if pack is None:
            continue
        for problem in _of(target, pack.rules, f"{pack.name} {pack.version}"):
            found.setdefault(problem.code, problem)
    return list(found.values())


def _of(target: SetTarget, rules: RuleSet, pack: str) -> Iterator[Problem]:
    named = frozenset[str]().union(*(families(each) for each in rules.conditions))  # type: ignore[arg-type]  # conditions hold nodes
    if target.floor is not None and not (rules.uses_floor or "floor" in named):
        yield Problem(
            code="GT-REGISTER-401",
            sentence=f"No band of {pack} asks for a floor, so that of {target.indicator} changes no status.",
            fix="Leave it out; or let a band of the pack ask for it, with 'floor: met' or 'floor: missed'.",
            severity="warning",
        )
    if target.tolerance is not None and not (rules.uses_tolerance or "tolerance" in named):
        yield Problem(
            code="GT-REGISTER-402",
            sentence=f"No band of {pack} ends at a tolerance, so that of {target.indicator} changes no status.",
            fix="Leave it out; or let a band of the pack end at it, for example with 'at_least: -tolerance'.",
            severity="warning",
        )


def _period(target: SetTarget) -> Period | None:
    try:
        return parse_period(target.from_period)
    except Invalid:
        return None

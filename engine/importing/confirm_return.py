"""Confirming a whole return at once: everything that waits and that this person may confirm, and why the rest is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

import msgspec

from engine.commands import Step, TakeSteps
from engine.deciders.subjects import SUBMISSION
from engine.matters.approving import decided_about
from engine.office import Office
from engine.queries.known import check_known
from engine.queries.matters.moves import able_shown, situation_of
from engine.queries.matters.submission_matters import Matter, Matters
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.shown import joined
from engine.views import SUBMISSIONS
from engine.views.columns import series_of
from events.fact import Fact
from events.kinds.figures import FigureConfirmed
from events.kinds.statuses import StatusAssessed, TriggerFired
from events.kinds.workflow import ApprovalGiven
from events.period import parse_period
from events.schema import Event
from workflows.definition import Step as DefinedStep
from workflows.guards import holds
from workflows.machine import legal_moves
from workflows.permission import Able, barred, people_of, permission_reasons, to_ask
from workflows.situation import Situation, standing

CHUNK = 500
"""Figures confirmed in one command."""


class Skipped(msgspec.Struct, frozen=True, kw_only=True):
    """A figure that was left as it is."""

    ref: str
    reason: str
    who_may: tuple[str, ...]
    """Ids of those who may confirm it."""


class ConfirmResult(msgspec.Struct, frozen=True, kw_only=True):
    """What confirming a return did."""

    confirmed: tuple[str, ...]
    """Indicator, service and period of each, in the order in which they were confirmed."""
    approved: tuple[str, ...] = ()
    """Likewise, those that need another person's confirmation still."""
    skipped: tuple[Skipped, ...]
    statuses: tuple[tuple[str, int], ...]
    """Status → how many of the periods judged came out so, the most frequent first."""
    fired: tuple[tuple[str, str, str | None], ...]
    """(figure, trigger, body referred to) of every trigger that fired."""
    dry_run: bool = False


def confirm_return(
    office: Office,
    *,
    actor: str,
    acting_for: str | None = None,
    service: str | None = None,
    indicator: str | None = None,
    period: str | None = None,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> ConfirmResult:
    """Confirm all figures and restatements that wait, of a service, an indicator or a period, or all.

    With `acting_for` everything is confirmed for somebody who has delegated it. Figures this person may not confirm are left out and listed with the reason and who may. Raises NotFound for an
    unknown indicator or service, and Invalid for what is no period.
    """
    today, names = office.today(), Names.of(office)
    where = _filters(office, service, indicator, period)
    ready: list[tuple[Matter, DefinedStep]] = []
    skipped: list[Skipped] = []
    for matter in _waiting(Reader(office.engine), where, today):
        found = _confirming(matter, today, actor, acting_for)
        reason = _why_not(found, names) if found else "Nothing of it can be confirmed as it stands."
        if found is not None and not reason:
            ready.append((matter, found.step))
        else:
            who = people_of(found) if found else ()
            reason += _taken_back(matter, today, names)
            skipped.append(Skipped(ref=matter.ref, reason=reason, who_may=who))
    facts: list[Fact[Event]] = []
    for start in range(0, len(ready), CHUNK):
        steps = tuple(_step(matter, step, acting_for) for matter, step in ready[start : start + CHUNK])
        facts += office.ask(TakeSteps(steps=steps), actor=actor, dry_run=dry_run).facts
        if progress is not None:
            progress(min(start + CHUNK, len(ready)), len(ready))
    return ConfirmResult(
        confirmed=tuple(_figures(facts, FigureConfirmed)),
        approved=tuple(_figures(facts, ApprovalGiven)),
        skipped=tuple(skipped),
        statuses=_statuses(facts),
        fired=_fired(facts),
        dry_run=dry_run,
    )


def _filters(
    office: Office, service: str | None, indicator: str | None, period: str | None
) -> dict[str, str | int]:
    where: dict[str, str | int] = {"waiting": 1}
    check_known(Reader(office.engine), indicator=indicator, service=service)
    if indicator is not None:
        where["indicator"] = indicator
    if service is not None:
        where["service"] = service
    if period is not None:
        where["period"] = str(parse_period(period))
    return where


def _waiting(reader: Reader, where: dict[str, str | int], today: date) -> Iterator[Matter]:
    """What waits, by period first, so that each series is judged in the order of time."""
    matters = Matters(reader, today)
    rows = reader.rows(SUBMISSIONS, where, order_by=("period", "indicator", "service"))
    keys = [(str(row["indicator"]), str(row["service"]), str(row["period"])) for row in rows]
    return (matter for _, matter in matters.each(keys) if matter is not None)


def _confirming(matter: Matter, today: date, actor: str, acting_for: str | None) -> Situation | None:
    """The step that confirms a figure, as this person would take it."""
    instance = matter.standing.submission
    state = standing(matter.definition, instance)
    for step in legal_moves(matter.definition, state) if state is not None else ():
        if step.effect == "figure_confirmed":
            found = situation_of(
                matter.definition,
                instance,
                step,
                str(matter.period),
                matter.facts,
                today,
                actor,
                acting_for=acting_for,
                about=decided_about(matter.standing),
            )
            if all(holds(condition, found) for condition in step.only_when):
                return found
    return None


def _taken_back(matter: Matter, today: date, names: Names) -> str:
    """Who may take a restatement that waits back, and how: a sentence with a space before it; empty for a first figure."""
    found = matter.possible(today, "restatement_withdrawn")
    who = next((move.shown(names) for move in found if move.people), "")
    how = f"goldenthread figure withdraw-restatement {matter.ref} --reason …"
    return f" Or it can be taken back by {who}: {how}" if who else ""


def _why_not(situation: Situation, names: Names) -> str:
    """Empty where the person may."""
    reasons = permission_reasons(situation)
    if not reasons:
        return ""
    taking = situation.taking
    who = _who(to_ask(situation), names)
    out = barred(situation)
    for person in (taking.actor, taking.acting_for):
        if person in out:
            took = situation.definition.step(out[person]).label
            return f"{names.person(person)} took '{took}' themselves, and nobody confirms their own figure. {who}"
    if taking.acting_for is not None and reasons[0].code != "GT-STEP-005":
        by = names.person(taking.acting_for)
        return f"{by} has not delegated this to {names.person(taking.actor)} today. {who}"
    may = joined(situation.organisation.label(role) for role in situation.step.by)
    person = taking.acting_for or taking.actor
    return f"'{situation.step.label}' is for {may}, and {names.person(person)} is none of these. {who}"


def _who(people: Sequence[Able], names: Names) -> str:
    if not people:
        return "Nobody can at present: assign the role to somebody else."
    return f"It can be confirmed by {joined(able_shown(each, names) for each in people)}."


def _step(matter: Matter, step: DefinedStep, acting_for: str | None) -> Step:
    return Step(
        workflow=SUBMISSION,
        indicator=matter.series[0],
        service=matter.series[1],
        subject=str(matter.period),
        step=step.name,
        acting_for=acting_for,
    )


def _figures(facts: Iterable[Fact[Event]], kind: type[FigureConfirmed | ApprovalGiven]) -> Iterator[str]:
    """Indicator, service and period of the facts of a kind."""
    for fact in facts:
        if isinstance(fact.event, kind):
            event = fact.event
            period = event.period if isinstance(event, FigureConfirmed) else event.subject
            yield "/".join((*series_of(fact.stream), period))


def _statuses(facts: list[Fact[Event]]) -> tuple[tuple[str, int], ...]:
    """How often each status came out, of the figures confirmed: other periods judged again with them do not count."""
    confirmed = {
        (fact.stream, fact.event.period) for fact in facts if isinstance(fact.event, FigureConfirmed)
    }
    latest = {
        (fact.stream, fact.event.period): fact.event.status
        for fact in facts
        if isinstance(fact.event, StatusAssessed) and (fact.stream, fact.event.period) in confirmed
    }
    return tuple(Counter(latest.values()).most_common())


def _fired(facts: Iterable[Fact[Event]]) -> tuple[tuple[str, str, str | None], ...]:
    return tuple(
        ("/".join((*series_of(fact.stream), fact.event.period)), fact.event.trigger, fact.event.refer_to)
        for fact in facts
        if isinstance(fact.event, TriggerFired) and fact.event.consequences
    )

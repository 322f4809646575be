"""Conditions that a step can be tied to, by name. The list is closed, and every one says what it asks."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from workflows.definition import Condition
from workflows.items import ITEM, owed
from workflows.own_step import person_of, still_holds, takers
from workflows.permission import bodies_of, roles_of
from workflows.situation import Situation

Guard = Callable[[Situation], bool]


def recovered_or_waived(situation: Situation) -> bool:
    """The indicator has recovered, or the body has waived its recovery with a reason."""
    waived = situation.instance is not None and situation.instance.waived
    return waived or situation.facts.recovered()


def restatement_open(situation: Situation) -> bool:
    """A corrected figure waits for another person."""
    return _asked(situation)


def extension_asked(situation: Situation) -> bool:
    """Somebody has asked for more time and has had no answer yet."""
    return _asked(situation)


def nothing_overdue(situation: Situation) -> bool:
    """No deadline of this matter has gone by unanswered."""
    return situation.instance is None or not situation.instance.passed


def offered_by_pack(situation: Situation) -> bool:
    """The pack lists this step among the answers that a body may give (or lists none, which allows all)."""
    answers = situation.organisation.intervention.answers
    return not answers or situation.step.name in answers


def nothing_overdue_of_service(situation: Situation) -> bool:
    """Nothing about the service itself is overdue: no statement, and no other matter of it alone."""
    return not situation.facts.service_overdue()


def climbs_by_itself(situation: Situation) -> bool:
    """A person takes the step; or the product does, under a ladder whose mode is automatic."""
    ladder = situation.organisation.ladder
    return not situation.by_system or (ladder is not None and ladder.mode == "automatic")


def something_owed(situation: Situation) -> bool:
    """Something that was asked for within this matter is not done yet."""
    return bool(owed(situation.instance, situation.organisation))


def everything_done(situation: Situation) -> bool:
    """Something was asked for within this matter, and all of it is done."""
    asked = situation.instance is not None and bool(situation.instance.items)
    return asked and not something_owed(situation)


def items_named(situation: Situation) -> bool:
    """Something is asked for within this matter: a plan has an action."""
    return situation.instance is not None and bool(situation.instance.items)


def not_easier_or_explained(situation: Situation) -> bool:
    """The proposed target is not easier than the last outturn, or the field easier_because says why it may be."""
    return bool(situation.said("easier_because")) or not situation.facts.easier_than(situation.given)


def outcome_unknown_or_said(situation: Situation) -> bool:
    """No outcome is known of a period that the proposed target is for, or it is said to be a restatement: restates is yes."""
    return situation.said("restates") == "yes" or not situation.facts.outcome_known(situation.given)


def query_open(situation: Situation) -> bool:
    """The figure was sent back with a question, and nobody has answered it or entered a figure since."""
    effects = {step.name: step.effect for step in situation.definition.steps}
    told = ("figure_queried", "query_answered", "figure_entered", "figure_confirmed", "no_figure")
    history = situation.instance.history if situation.instance else ()
    last = next((effects[each.step] for each in reversed(history) if effects.get(each.step) in told), None)
    return last == "figure_queried"


def every_kpi_answered(situation: Situation) -> bool:
    """KPIs (of the service, where the matter is about one) were asked in the audit of its period, and none still owes an answer."""
    return situation.facts.kpis_asked(situation.field("period")) and not situation.facts.kpis_in_audit()


def some_kpi_asked(situation: Situation) -> bool:
    """A KPI (of the service, where the matter is about one) was asked in the audit of its period."""
    return situation.facts.kpis_asked(situation.field("period"))


def taker_has_left(situation: Situation) -> bool:
    """Nobody who took one of the steps named under not_same_person_as can act any more as they did then."""
    for taker in takers(situation, situation.step.not_same_person_as):
        step = situation.definition.step(taker.step)
        before = replace(situation, step=step)
        on, facts, who = situation.taking.effective_on, situation.facts, person_of(taker)
        still = any(still_holds(situation, who, role) for role in roles_of(before))
        if still or any(facts.acts_for_body(who, body, on) for body in bodies_of(before)) or not step.by:
            return False
    return True


def not_dealt_with_elsewhere(situation: Situation) -> bool:
    """What is said to be done is no matter of its own that is still on its way; without a name, something owed is none."""
    elsewhere = situation.facts.dealt_with_elsewhere(situation.taking.workflow, situation.taking.subject)
    named = situation.taking.fields.get(ITEM)
    if isinstance(named, str):
        return named not in elsewhere
    open_items = owed(situation.instance, situation.organisation)
    return not open_items or any(name not in elsewhere for name in open_items)


def _asked(situation: Situation) -> bool:
    """One of the steps that this one approves, or takes back, was taken in this round."""
    asked = (*situation.step.not_same_person_as, *situation.step.same_person_as)
    return any(taker.step in asked for taker in situation.round)


GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        recovered_or_waived,
        restatement_open,
        extension_asked,
        nothing_overdue,
        offered_by_pack,
        climbs_by_itself,
        nothing_overdue_of_service,
        something_owed,
        everything_done,
        items_named,
        not_easier_or_explained,
        outcome_unknown_or_said,
        query_open,
        every_kpi_answered,
        some_kpi_asked,
        taker_has_left,
        not_dealt_with_elsewhere,
    )
}
"""Name, as definitions write it → predicate."""
NAMES_ITEMS = items_named.__name__
OF_NAMED_ITEMS = frozenset({something_owed.__name__, everything_done.__name__})
"""What these say of items is not said beside `items_named`, where there are none."""


def holds(condition: Condition, situation: Situation) -> bool:
    """Whether a condition holds: its guard, or that a field has one of the answers."""
    if condition.guard:
        return GUARDS[condition.guard](situation)
    return situation.field(condition.field) in condition.among

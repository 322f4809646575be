"""A step that several people take together: who has approved so far, what exactly, and who must not count twice.

Each takes the step once; the move and its effect come with the last. An approval holds the digest of what stood
there to be approved, and is worth nothing once that has changed, or once the person has had a hand in it.
"""

from __future__ import annotations

import hashlib

import msgspec

from events.errors import Problem
from events.kinds.workflow import ApprovalGiven, FieldValue
from workflows.calendar import in_words
from workflows.definition import Definition
from workflows.instance import Approval, Instance, Taker
from workflows.situation import Situation, reason, this_round

_sorted = msgspec.json.Encoder(order="sorted")
FREE_TEXT = "text"
"""Fields of this type may differ from one person to the next: each says why in their own words."""


def digest_of(instance: Instance | None, about: str = "") -> str:
    """SHA-256 of what stands to be approved: where the matter is, with whom, its fields, and the figure it is about."""
    if instance is None:
        stands: tuple[object, ...] = ("", None, {}, about)
    else:
        stands = (instance.state, instance.body, instance.fields, about)
    return hashlib.sha256(_sorted.encode(stands)).hexdigest()


def given_so_far(situation: Situation) -> tuple[Approval, ...]:
    """The approvals of this step that still hold."""
    alone = situation.step.quorum is None and not situation.step.everyone
    if alone or situation.instance is None:
        return ()
    gone = lapsed(situation.definition, situation.instance, situation.taking.about)
    return tuple(
        each for each in situation.instance.approvals if each.step == situation.step.name and each not in gone
    )


def still_needed(situation: Situation) -> int:
    """How many people have yet to take the step, the one who takes it now included."""
    if situation.step.everyone:
        taking, done = situation.taking, {_behind(each) for each in given_so_far(situation)}
        return len((holders(situation) - done) | {taking.acting_for or taking.actor})
    return (situation.step.quorum or 1) - len(given_so_far(situation))


def completes(situation: Situation) -> bool:
    """Whether everybody who holds the role now has taken the step, and one of them takes it once more to complete it:
    somebody who was waited for has left.
    """
    given, there = given_so_far(situation), holders(situation) if situation.step.everyone else frozenset()
    return bool(there and given) and there <= {_behind(each) for each in given}


def quorum_of(situation: Situation) -> int | None:
    """How many people the step needs together; None where one is enough."""
    if not situation.step.everyone:
        return situation.step.quorum
    count = len(holders(situation) | {_behind(each) for each in given_so_far(situation)})
    return count if count > 1 else None


def holders(situation: Situation) -> frozenset[str]:
    """Everybody who holds a role of the step, there and on the day, but for those whom an earlier step of theirs bars."""
    roles = (name for name in situation.step.by if name in situation.organisation.roles)
    wanted = situation.step.not_same_person_as
    out = {who for each in situation.round if each.step in wanted for who in (each.person, each.acting_for)}
    return frozenset(who for role in roles for who in situation.facts.who_may(role) if who not in out)


def _behind(approval: Approval) -> str:
    """Whose approval it is: of whoever was stood in for, where somebody was."""
    return approval.acting_for or approval.person


def approval_reasons(situation: Situation) -> list[Problem]:
    """What stands against this person's approval beside those of the others."""
    taking, found = situation.taking, []
    decided = decided_fields(situation)
    for each in given_so_far(situation):
        if each.fields != decided:
            sentence = f"'{situation.step.name}' was approved by {each.person} with {_shown(each.fields)}, not with {_shown(decided)}."
            fix = "Those who decide together decide the same; where you cannot agree, take another step."
            found.append(reason("GT-PEOPLE-032", sentence, fix))
        if taking.effective_on < each.on:
            sentence = f"{in_words(taking.effective_on)} is before {each.person} approved it, on {in_words(each.on)}."
            found.append(reason("GT-PEOPLE-033", sentence, "Give that day, or a later one."))
    return found[:1]


def approval(situation: Situation) -> ApprovalGiven:
    """The approval of one person of several, where more are needed after it."""
    taking, step, given = situation.taking, situation.step, len(given_so_far(situation))
    return ApprovalGiven(
        workflow=taking.workflow,
        subject=taking.subject,
        step=step.name,
        state=situation.state or "",
        digest=digest_of(situation.instance, taking.about),
        number=given + 1,
        quorum=quorum_of(situation) or 1,
        decided=decided_fields(situation),
        fields=dict(taking.fields),
        on_behalf_of=taking.on_behalf_of,
        acting_for=taking.acting_for,
        definition=situation.definition.digest if situation.instance is None else None,
    )


def decided_fields(situation: Situation) -> dict[str, FieldValue]:
    """The fields that all must give alike: every one but people's own words."""
    known = {**situation.step.needs, **situation.step.may}
    return {
        name: value
        for name, value in situation.taking.fields.items()
        if known.get(name) != FREE_TEXT and value
    }


def lapsed(definition: Definition, instance: Instance | None, about: str = "") -> tuple[Approval, ...]:
    """The approvals that count no longer: of what stands there otherwise now, or by somebody who has since had a hand
    in what they approved.
    """
    if instance is None or not instance.approvals:
        return ()
    now, takers = digest_of(instance, about), this_round(definition, instance)
    return tuple(
        each
        for each in instance.approvals
        if each.digest != now or _had_a_hand(each, definition.step(each.step).not_same_person_as, takers)
    )


def _had_a_hand(approval: Approval, wanted: tuple[str, ...], takers: tuple[Taker, ...]) -> bool:
    persons = {approval.person, approval.acting_for} - {None}
    return any(taker.step in wanted and persons & {taker.person, taker.acting_for} for taker in takers)


def _shown(fields: dict[str, FieldValue]) -> str:
    said = (
        f"{name} {value if isinstance(value, str) else ', '.join(value)}" for name, value in fields.items()
    )
    return " and ".join(said) or "nothing beside it"

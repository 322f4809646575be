"""The way of a pack into force, where a pack says it: noted, endorsed, its assumptions initialled, and then approved."""

from __future__ import annotations

from engine.commands import ApprovePack, InitialAssumptions, RecordPackMinute, TakeAdoptionStep
from engine.context import Context
from engine.packs.adoption import Adoption, AdoptionStep
from engine.packs.pack import Pack
from engine.states.framework import Proposal, StepOfAdoption
from engine.states.people import GOVERNANCE_LEAD
from engine.surroundings import CLERK, Surroundings
from events import stream as streams
from events.kinds.framework import AssumptionsInitialled, PackMinuted, PackStepTaken
from events.nearest import did_you_mean
from workflows.organisation import Organisation

NO_STEPS = Adoption()


def way_of_adoption(context: Context, waiting: Proposal) -> tuple[Pack, Adoption]:
    """How the proposed pack is adopted: as the pack adopted last says; by its own word where that says nothing."""
    adopted = context.work.framework().adopted
    own = context.shelf.pack(waiting.event.digest)
    last = context.shelf.pack(adopted[-1].digest) if adopted else None
    if last is not None and last.adoption is not None:
        return last, last.adoption
    return own, own.adoption or NO_STEPS


def take_adoption_step(context: Context, request: TakeAdoptionStep) -> None:
    """Record that a body or a role took the next step."""
    waiting = waiting_for(context, request.pack)
    context.settle()
    assert waiting is not None  # settle() has raised otherwise
    governing, way = way_of_adoption(context, waiting)
    step = _known(context, way, request.step)
    if step is not None:
        check_turn(context, waiting, way, step)
        check_taker(context, waiting, governing, step, request)
    context.settle()
    assert step is not None  # settle() has raised otherwise
    context.work.record(
        streams.FRAMEWORK,
        PackStepTaken(
            digest=request.pack,
            step=step.name,
            by=step.by,
            acting_for=request.acting_for,
            comment=request.comment,
            minute=request.minute,
        ),
        caused_by=waiting.ref,
    )


def initial_assumptions(context: Context, request: InitialAssumptions) -> None:
    """Record that a person knows some assumptions of the proposed pack, and stands for them."""
    waiting = waiting_for(context, request.pack)
    actor = context.command.actor
    if actor not in context.work.people().names:
        context.need_governance_lead()
    context.settle()
    assert waiting is not None  # settle() has raised otherwise
    known = context.shelf.pack(request.pack).assumptions
    if not request.assumptions:
        context.refuse(
            "GT-PACK-428",
            "No assumption is left to be initialled.",
            "Approve the pack with 'goldenthread pack adopt'; 'goldenthread pack assumptions' lists them.",
        )
    for name in request.assumptions:
        if name not in known:
            context.refuse(
                "GT-PACK-430",
                f"The pack rests on no assumption '{name}'.{did_you_mean(name, known)}",
                f"Its assumptions are: {', '.join(known) or 'none'}.",
            )
        elif name in waiting.initialled:
            context.refuse(
                "GT-PACK-431",
                f"Assumption {name} was initialled by {waiting.initialled[name]} already.",
                "'goldenthread pack assumptions' shows which are left.",
            )
    context.settle()
    context.work.record(
        streams.FRAMEWORK,
        AssumptionsInitialled(digest=request.pack, assumptions=request.assumptions),
        caused_by=waiting.ref,
    )


def check_way(context: Context, request: ApprovePack, waiting: Proposal) -> None:
    """Collect every reason why the approval, the last step, cannot be taken; by a governance lead where none is named."""
    governing, way = way_of_adoption(context, waiting)
    if way.approval is None:
        context.need_governance_lead()
        _not_the_proposer(context, waiting, context.command.actor)
    else:
        check_turn(context, waiting, way, way.approval)
        check_taker(context, waiting, governing, way.approval, request)
    if way.initialled:
        _check_initialled(context, waiting)


def check_turn(context: Context, waiting: Proposal, way: Adoption, step: AdoptionStep) -> None:
    """One step after another, on days in their order."""
    taken = {each.name: each for each in waiting.steps}
    if step.name in taken:
        done = taken[step.name]
        context.refuse(
            "GT-PACK-433",
            f"'{step.label}' was recorded already: {done.by} on {done.on.isoformat()}.",
            f"What comes next is: {_next(way, taken)}.",
        )
        return
    earlier = way.steps[: way.steps.index(step)]
    lacking = [each for each in earlier if each.name not in taken]
    for each in lacking:
        context.refuse(
            "GT-PACK-434",
            f"'{step.label}' comes after '{each.label}', which {each.by} has not done yet.",
            f"Record that first: goldenthread pack step {each.name} --on-behalf-of {each.by}",
        )
    last = max((each.on for each in waiting.steps if each.on <= context.today), default=None)
    if last is not None and context.effective_on < last:
        context.refuse(
            "GT-PACK-435",
            f"'{step.label}' cannot have been on {context.effective_on.isoformat()}: the step before it was on {last.isoformat()}.",
            "Give the day of the meeting with --on.",
        )


def check_taker(
    context: Context,
    waiting: Proposal,
    governing: Pack,
    step: AdoptionStep,
    request: TakeAdoptionStep | ApprovePack,
) -> None:
    """Through its clerk or chair where it is a body's, by who holds the role where it is a role's; never by the proposer."""
    on, actor = context.effective_on, context.command.actor
    facts = Surroundings(context.work, context.shelf, governing, ("", ""), on, today=context.today)
    by = request.acting_for or actor
    body = governing.organisation.bodies.get(step.by)
    able = facts.acts_for_body(by, step.by, on) if body is not None else facts.holds(by, step.by, on)
    said = request.on_behalf_of
    if said is not None and said != step.by:
        _not_that_body(context, governing.organisation, step, said)
    elif not (able and (said or body is None)):
        whom = ", ".join(facts.who_may(step.by)) or _nobody(step.by, body is not None)
        through = f" on behalf of {step.by}" if body is not None else ""
        context.refuse(
            "GT-PACK-436",
            f"'{step.label}' is for {governing.organisation.label(step.by)}; {by} does not act as such here on {on.isoformat()}.",
            f"Ask{through}: {whom}."
            + (f" It is said with --on-behalf-of {step.by}." if body is not None else ""),
        )
    elif request.acting_for is not None and not facts.delegated(actor, by, on, step.by):
        context.refuse(
            "GT-PACK-437",
            f"What {by} does for {step.by} is not delegated to {actor} on {on.isoformat()}.",
            f"Ask {by} or a governance lead for the delegation: goldenthread delegate add.",
        )
    _not_the_proposer(context, waiting, actor, by)
    if body is not None and body.at_meetings and not facts.met(step.by, on):
        context.refuse(
            "GT-PACK-438",
            f"{step.by} decides at its meetings, and none is entered for {on.isoformat()}.",
            f"Say with --on when it met; a meeting is entered with: goldenthread meeting add {step.by} DAY.",
        )


def _nobody(role_or_body: str, is_body: bool) -> str:
    role = f"{CLERK} --for {role_or_body}" if is_body else role_or_body
    return f"nobody at present; a governance lead gives the role with: goldenthread role assign PERSON {role}"


def _not_that_body(context: Context, organisation: Organisation, step: AdoptionStep, said: str) -> None:
    bodies = organisation.bodies
    unknown = "" if said in bodies else f"There is no body '{said}'.{did_you_mean(said, bodies)} "
    context.refuse(
        "GT-USE-121",
        f"{unknown}'{step.label}' is for {step.by}, not for {said}.",
        f"Say it with --on-behalf-of {step.by}."
        if step.by in bodies
        else f"Leave --on-behalf-of out: {step.by} is a role.",
    )


def _not_the_proposer(context: Context, waiting: Proposal, *persons: str) -> None:
    if waiting.by in persons:
        context.refuse(
            "GT-PACK-102",
            f"Person {waiting.by} proposed {waiting.event.pack} {waiting.event.version} and cannot also approve it.",
            "Another governance lead has to approve it, with 'goldenthread pack adopt'.",
        )


def record_pack_minute(context: Context, request: RecordPackMinute) -> None:
    """Note where a body's step or approval is minuted: its clerk or chair does, or a governance lead."""
    framework = context.work.framework()
    waiting = [each for each in framework.decisions if not each.minuted]
    found = next((each for each in waiting if request.step in (each.name, each.ref)), None)
    if found is None:
        names = ", ".join(each.name for each in waiting) or "none"
        context.refuse(
            "GT-PACK-439",
            f"No step '{request.step}' in the adoption of a pack lacks its minute.",
            f"Those without one: {names}.",
        )
        context.settle()
    assert found is not None  # settle() has raised otherwise
    _may_minute(context, found)
    context.settle()
    context.work.record(
        streams.FRAMEWORK, PackMinuted(decision=found.ref, minute=request.minute), caused_by=found.ref
    )


def _may_minute(context: Context, found: StepOfAdoption) -> None:
    framework, actor, today = context.work.framework(), context.command.actor, context.today
    if context.work.people().holds(actor, GOVERNANCE_LEAD, today):
        return
    packs = [pack for pack in context.shelf.all_of(framework) if found.by in pack.organisation.bodies]
    if not any(
        Surroundings(context.work, context.shelf, pack, ("", ""), today).acts_for_body(actor, found.by, today)
        for pack in packs
    ):
        context.need_governance_lead()


def _check_initialled(context: Context, waiting: Proposal) -> None:
    known = context.shelf.pack(waiting.event.digest).assumptions
    left = sorted(
        (name for name in known if name not in waiting.initialled), key=lambda name: (len(name), name)
    )
    if left:
        context.refuse(
            "GT-PACK-432",
            f"{len(left)} of {len(known)} assumptions are not initialled: {', '.join(left)}.",
            "Read them with 'goldenthread pack assumptions', and initial them: goldenthread pack initial NAME ….",
        )


def _known(context: Context, way: Adoption, name: str) -> AdoptionStep | None:
    found = next((each for each in way.before if each.name == name), None)
    if found is None:
        names = [each.name for each in way.before]
        context.refuse(
            "GT-PACK-429",
            f"The adoption has no step '{name}' before its approval.{did_you_mean(name, names)}",
            f"Its steps are: {', '.join(names)}."
            if names
            else "It is approved with 'goldenthread pack adopt'.",
        )
    return found


def _next(way: Adoption, taken: dict[str, StepOfAdoption]) -> str:
    return next((each.label for each in way.steps if each.name not in taken), "nothing")


def waiting_for(context: Context, digest: str) -> Proposal | None:
    """The proposal that waits; collects a reason where there is none, or where it is another."""
    waiting = context.work.framework().waiting
    if waiting is None:
        context.refuse(
            "GT-PACK-103",
            "No pack waits for approval.",
            "Propose one first: goldenthread pack propose PACK.",
        )
    elif waiting.event.digest != digest:
        context.refuse(
            "GT-PACK-104",
            f"The pack that waits is {waiting.event.pack} {waiting.event.version} ({waiting.event.digest[:12]}…), "
            f"not {digest[:12]}….",
            "Approve exactly what was proposed; if the folder was changed since, propose it again.",
        )
        return None
    return waiting

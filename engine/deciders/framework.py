"""Adopting a pack is itself an approval: one person proposes a digest, another approves exactly that digest."""

from __future__ import annotations

from datetime import date

from engine.commands import ApprovePack, DeclinePack, ProposePack
from engine.context import Context
from engine.deciders.adopting import check_way, waiting_for, way_of_adoption
from engine.packs.pack import Pack
from engine.states.framework import Proposal
from events import stream as streams
from events.kinds.framework import PackAdopted, PackDeclined, PackProposed
from workflows.duration import parse_duration


def propose_pack(context: Context, request: ProposePack) -> None:
    """Put a pack forward; one proposal waits at a time."""
    context.need_governance_lead()
    waiting = context.work.framework().waiting
    if waiting is not None:
        context.refuse(
            "GT-PACK-101",
            f"The pack {waiting.event.pack} {waiting.event.version}, proposed by {waiting.by}, still waits for approval.",
            "Approve it with 'goldenthread pack adopt', or turn it down with 'goldenthread pack decline'.",
        )
    context.settle()
    pack = context.shelf.incoming(request.pack, context.command.blobs)
    context.work.record(
        streams.FRAMEWORK,
        PackProposed(
            pack=pack.name,
            version=pack.version,
            digest=pack.digest,
            effective_from=request.effective_from or pack.effective_from,
            reason=request.reason,
            rejudge=request.rejudge,
        ),
    )


def approve_pack(context: Context, request: ApprovePack) -> None:
    """Adopt the proposed pack; refused to the person who proposed it, and for any other digest."""
    waiting = waiting_for(context, request.pack)
    if waiting is None:
        context.need_governance_lead()
    else:
        check_way(context, request, waiting)
    again = request.rejudge or (waiting is not None and waiting.event.rejudge)
    if waiting is not None and not again:
        _not_before_what_was_judged(context, waiting)
    context.settle()
    assert waiting is not None  # settle() has raised otherwise
    event = waiting.event
    pack = context.shelf.pack(event.digest)
    _, way = way_of_adoption(context, waiting)
    context.work.record(
        streams.FRAMEWORK,
        PackAdopted(
            pack=event.pack,
            version=event.version,
            digest=event.digest,
            effective_from=event.effective_from,
            proposed_by=waiting.by,
            rejudge=again,
            assumptions=tuple(sorted(pack.assumptions, key=lambda name: (len(name), name))),
            on_behalf_of=request.on_behalf_of if way.approval is not None else None,
            acting_for=request.acting_for if way.approval is not None else None,
            minute=request.minute if way.approval is not None else None,
            review_on=_review_on(context, pack),
        ),
        caused_by=waiting.ref,
    )


def _review_on(context: Context, pack: Pack) -> date | None:
    """The day on which the pack is to be reviewed, counted from its approval."""
    review = pack.adoption.review if pack.adoption is not None else None
    if review is None:
        return None
    return context.shelf.calendar(pack).add(context.effective_on, parse_duration(review.after))


def decline_pack(context: Context, request: DeclinePack) -> None:
    """Turn the proposed pack down; it may be put right and proposed again."""
    context.need_governance_lead()
    waiting = waiting_for(context, request.pack)
    context.settle()
    assert waiting is not None  # settle() has raised otherwise
    context.work.record(
        streams.FRAMEWORK,
        PackDeclined(digest=waiting.event.digest, reason=request.reason),
        caused_by=waiting.ref,
    )


def _not_before_what_was_judged(context: Context, waiting: Proposal) -> None:
    """What is judged already, a view says; nothing may be judged between that look and the adoption."""
    if not context.work.framework().adopted:
        return
    context.work.rest_on_the_whole_log()
    latest = context.shelf.last_judged_day()
    if latest is not None and waiting.event.effective_from <= latest:
        context.refuse(
            "GT-PACK-111",
            f"The pack {waiting.event.pack} {waiting.event.version} would be in force from {waiting.event.effective_from}, "
            f"but periods up to {latest} are already judged.",
            "Approve it with 'goldenthread pack adopt --rejudge' to judge these again by it; or decline it, and propose it again "
            "with a later day for --from.",
        )

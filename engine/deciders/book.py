"""Opening a book, and accepting that a clock was put right."""

from __future__ import annotations

from engine.commands import CorrectClock, OpenBook
from engine.context import Context
from engine.deciders.people import check_name
from engine.stamp import MOST_AHEAD, in_words, owned_up_to, runs_ahead
from engine.states.people import GOVERNANCE_LEAD
from events import stream as streams
from events.instant import Instant
from events.kinds.book import BookOpened, ClockCorrected
from events.kinds.framework import PackProposed
from events.kinds.people import PersonAdded, RoleAssigned

PROPOSER, APPROVER = "p1", "p2"
"""The opaque ids of the two people who open a book."""


def open_book(context: Context, request: OpenBook) -> None:
    """Record the book, its two people as governance leads, and the first pack as proposed by one of them."""
    if context.work.book().name:
        context.refuse(
            "GT-BOOK-001",
            f"This book is already open: it is '{context.work.book().name}' of {context.work.book().council}.",
            "Open another council's book in another folder or under another --book name.",
        )
    for text in context.command.texts:
        check_name(context, text.text)
    context.settle()
    work = context.work
    opened = work.record(
        streams.BOOK,
        BookOpened(
            book=request.book,
            council=request.council,
            proposer=PROPOSER,
            proposer_name=request.proposer_name,
            approver=APPROVER,
            approver_name=request.approver_name,
            simulated=request.simulated,
        ),
    )
    for person, name in ((PROPOSER, request.proposer_name), (APPROVER, request.approver_name)):
        work.record(streams.PEOPLE, PersonAdded(person=person, name=name), caused_by=opened.ref)
        work.record(
            streams.PEOPLE,
            RoleAssigned(person=person, role=GOVERNANCE_LEAD, start=context.effective_on),
            caused_by=opened.ref,
        )
    pack = context.shelf.incoming(request.pack, context.command.blobs)
    work.record(
        streams.FRAMEWORK,
        PackProposed(
            pack=pack.name,
            version=pack.version,
            digest=pack.digest,
            effective_from=request.effective_from or pack.effective_from,
        ),
        caused_by=opened.ref,
    )


def correct_clock(context: Context, request: CorrectClock) -> None:
    """Record that the log's head lies ahead of a clock that was put right, so that writing may go on."""
    context.need_governance_lead()
    context.work.rest_on_the_whole_log()
    head, said = context.shelf.head_recorded_at(), context.command.received_at
    if not runs_ahead(head, said):
        context.refuse(
            "GT-BOOK-010",
            f"The record ends at {in_words(head)} and this machine's clock says {in_words(said)}: it did not run ahead by "
            f"more than {MOST_AHEAD.seconds // 60} minutes, so there is nothing to correct.",
            "Go on writing as usual.",
        )
    elif owned_up_to(head, context.work.book().corrected):
        context.refuse(
            "GT-CLOCK-212",
            f"That the clock had run ahead to {in_words(head)} is recorded already, and nothing has been written later since.",
            "Go on writing as usual; recorded time stands still until the clock has caught up.",
        )
    context.settle()
    context.work.record(
        streams.BOOK,
        ClockCorrected(
            head_was=head,
            clock_said=Instant(said),
            reason=request.reason,
        ),
    )

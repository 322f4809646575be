"""Consequences that go round in a circle; those that come with the product cannot, so one is made that does."""

from engine.commands import AddService
from engine.context import Context
from engine.handle import Command
from engine.react import react
from engine.work import Work, circumstances
from events.kinds.register import ServiceAdded
from tests.errors.council import LEAD, a_council

SAYS = "What follows from services@2 goes on for more than 8 turns."
FIX = "The pack's triggers and workflows start each other in a circle, so nothing was written: look at what each trigger starts, with 'goldenthread pack show'."


def provoke():
    council = a_council()
    about = {"command_id": "C", "actor": LEAD, "account": "tester@here", "received_at": council.now()}
    today = council.clock.now().date()
    work = Work(council.engine.memory)
    work.begin(circumstances(effective_on=today, **about))

    def again(context, fact):
        return [work.record("services", ServiceAdded(service=f"{fact.event.service}x", label="Another"))]

    command = Command(request=AddService(service="x", label="X"), **about)
    context = Context(work=work, command=command, shelf=council.engine.shelf, today=today, effective_on=today)
    first = work.record("services", ServiceAdded(service="x", label="X"))
    react(context, [first], {ServiceAdded: again})

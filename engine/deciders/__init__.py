"""What may be done and what then has happened: one file per noun, one registry line per request.

A decider reads states from the desk, collects every reason against, and records facts. It writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine import commands as ask
from engine.context import Context
from engine.deciders import book, deadlines, framework, imports, people, register, steps, tasks

Decider = Callable[[Context, Any], None]

DECIDERS: dict[type[ask.Request], Decider] = {
    ask.TakeSteps: steps.take_steps,
    ask.PassDeadline: deadlines.pass_deadline,
    ask.AcceptImport: imports.accept_import,
    ask.FinishImport: imports.finish_import,
    ask.OpenBook: book.open_book,
    ask.CorrectClock: book.correct_clock,
    ask.FinishTask: tasks.finish_task,
    ask.ProposePack: framework.propose_pack,
    ask.ApprovePack: framework.approve_pack,
    ask.DeclinePack: framework.decline_pack,
    ask.AddPerson: people.add_person,
    ask.AssignRole: people.assign_role,
    ask.EndRole: people.end_role,
    ask.AddService: register.add_service,
    ask.AddIndicator: register.add_indicator,
    ask.SetTarget: register.set_target,
    ask.AddMeeting: register.add_meeting,
    ask.CancelMeeting: register.cancel_meeting,
}
"""Request → the function that decides it."""

"""What can be asked of a book: one command with an id, from one person, received at one instant.

Surfaces turn outside text into these; rubbish is refused there. Everything a workflow definition describes
is `TakeSteps`, so a new workflow needs no Python; the register, people, meetings and packs have requests of
their own, because their rules do not differ between councils.

One module a noun; everything is asked for as `engine.commands.X`.
"""

from engine.commands.clock import CorrectClock, PassDeadline, RequestData
from engine.commands.command import Command
from engine.commands.imports import (
    AcceptImport,
    ApproveHistory,
    DeclineHistory,
    FinishImport,
    GiveUpImport,
    HistoricFigure,
    LoadHistory,
    ProposeHistory,
)
from engine.commands.meetings import AddMeeting, CancelMeeting, FinishTask, RecordMinute
from engine.commands.packs import (
    ApprovePack,
    DeclinePack,
    FinishRejudging,
    InitialAssumptions,
    OpenBook,
    ProposePack,
    RecordPackMinute,
    RejudgeSeries,
    TakeAdoptionStep,
)
from engine.commands.people import (
    AddAbsence,
    AddDelegation,
    AddPerson,
    AssignRole,
    EndAbsence,
    EndDelegation,
    EndRole,
)
from engine.commands.periods import ClosePeriod
from engine.commands.register import AddIndicator, AddService, AmendIndicator, SetTarget, SetTargets
from engine.commands.request import Request
from engine.commands.statuses import EndOverride, MuteTrigger, OverrideStatus, UnmuteTrigger
from engine.commands.steps import FigureFields, Step, TakeSteps

__all__ = [
    "AcceptImport",
    "AddAbsence",
    "AddDelegation",
    "AddIndicator",
    "AddMeeting",
    "AddPerson",
    "AddService",
    "AmendIndicator",
    "ApproveHistory",
    "ApprovePack",
    "AssignRole",
    "CancelMeeting",
    "ClosePeriod",
    "Command",
    "CorrectClock",
    "DeclineHistory",
    "DeclinePack",
    "EndAbsence",
    "EndDelegation",
    "EndOverride",
    "EndRole",
    "FigureFields",
    "FinishImport",
    "FinishRejudging",
    "FinishTask",
    "GiveUpImport",
    "HistoricFigure",
    "InitialAssumptions",
    "LoadHistory",
    "MuteTrigger",
    "OpenBook",
    "OverrideStatus",
    "PassDeadline",
    "ProposeHistory",
    "ProposePack",
    "RecordMinute",
    "RecordPackMinute",
    "RejudgeSeries",
    "Request",
    "RequestData",
    "SetTarget",
    "SetTargets",
    "Step",
    "TakeAdoptionStep",
    "TakeSteps",
    "UnmuteTrigger",
]

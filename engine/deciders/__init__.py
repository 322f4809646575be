"""What may be done and what then has happened: one file per noun, one registry line per request.

A decider reads states from the desk, collects every reason against, and records facts. It writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine import commands as ask
from engine.context import Context
from engine.deciders import (
    absences,
    adopting,
    book,
    closing,
    deadlines,
    delegations,
    framework,
    history,
    imports,
    indicators,
    loading,
    minutes,
    mutes,
    overrides,
    people,
    register,
    rejudging,
    requests,
    steps,
    targets,
    tasks,
)

Decider = Callable[[Context, Any], None]

DECIDERS: dict[type[ask.Request], Decider] = {
    ask.TakeSteps: steps.take_steps,
    ask.PassDeadline: deadlines.pass_deadline,
    ask.RequestData: requests.request_data,
    ask.AcceptImport: imports.accept_import,
    ask.FinishImport: imports.finish_import,
    ask.GiveUpImport: imports.give_up_import,
    ask.ProposeHistory: history.propose_history,
    ask.ApproveHistory: history.approve_history,
    ask.DeclineHistory: history.decline_history,
    ask.LoadHistory: loading.load_history,
    ask.OpenBook: book.open_book,
    ask.CorrectClock: book.correct_clock,
    ask.FinishTask: tasks.finish_task,
    ask.RecordMinute: minutes.record_minute,
    ask.ProposePack: framework.propose_pack,
    ask.ApprovePack: framework.approve_pack,
    ask.TakeAdoptionStep: adopting.take_adoption_step,
    ask.InitialAssumptions: adopting.initial_assumptions,
    ask.RecordPackMinute: adopting.record_pack_minute,
    ask.DeclinePack: framework.decline_pack,
    ask.ClosePeriod: closing.close_period,
    ask.MuteTrigger: mutes.mute_trigger,
    ask.UnmuteTrigger: mutes.unmute_trigger,
    ask.OverrideStatus: overrides.override_status,
    ask.EndOverride: overrides.end_override,
    ask.RejudgeSeries: rejudging.rejudge_series,
    ask.FinishRejudging: rejudging.finish_rejudging,
    ask.AddPerson: people.add_person,
    ask.AssignRole: people.assign_role,
    ask.EndRole: people.end_role,
    ask.AddDelegation: delegations.add_delegation,
    ask.EndDelegation: delegations.end_delegation,
    ask.AddAbsence: absences.add_absence,
    ask.EndAbsence: absences.end_absence,
    ask.AddService: register.add_service,
    ask.AddIndicator: indicators.add_indicator,
    ask.AmendIndicator: indicators.amend_indicator,
    ask.SetTarget: targets.set_target,
    ask.SetTargets: targets.set_targets,
    ask.AddMeeting: register.add_meeting,
    ask.CancelMeeting: register.cancel_meeting,
}
"""Request → the function that decides it."""

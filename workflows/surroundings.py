"""What deciding a step may need to know of the world outside its workflow, looked up only when asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple, Protocol

from events.kinds.workflow import FieldValue
from workflows.calendar import Calendar
from workflows.definition import Collects
from workflows.organisation import Organisation


class StandIn(NamedTuple):
    """Somebody who may take another's steps."""

    person: str
    delegator: str


class Away(NamedTuple):
    """Somebody is away."""

    until: date | None
    """The last day, where one is known."""


class Outstanding(NamedTuple):
    """A service whose matter is collected, and is not there."""

    service: str
    why: str
    """Where it stands, or that nobody asked for it."""
    people: tuple[str, ...] = ()
    """Who owes it."""
    waits: bool = True
    """False where somebody decided to do without it."""


class Surroundings(Protocol):
    """The engine makes one per series or subject, on its streams; answers must not change while it lives."""

    @property
    def calendar(self) -> Calendar:
        """The council's calendar."""
        ...

    @property
    def organisation(self) -> Organisation:
        """Bodies, roles, menu and ladder of the pack in force."""
        ...

    def holds(self, person: str, role: str, on: date) -> bool:
        """Whether a person holds a role on a day and today, for the service concerned."""
        ...

    def scopes_held(self, person: str, role: str, on: date) -> tuple[str, ...]:
        """The services that a person holds a role for on a day; empty where they hold it without any, or do not."""
        ...

    def services_concerned(self) -> tuple[str, ...]:
        """The service that the matter is about; or all that return its indicator."""
        ...

    def acts_for_body(self, person: str, body: str, on: date) -> bool:
        """Whether a person is the clerk of a body, or holds the role that chairs it."""
        ...

    def delegated(self, person: str, by: str, on: date, role_or_body: str | None = None) -> bool:
        """Whether `by` has delegated to this person on a day: anything, or what they do in a role or for a body."""
        ...

    def stand_ins(self, role_or_body: str) -> tuple[StandIn, ...]:
        """Who may take the steps of whom in a role, or for a body, on the day of the decision and today."""
        ...

    def away(self, person: str) -> Away | None:
        """Until when a person is away on the day of the decision; None where they are not."""
        ...

    def who_may(self, role_or_body: str) -> tuple[str, ...]:
        """The people who hold a role, or act for a body; as a reader should see them."""
        ...

    def status(self) -> str | None:
        """The series' current status; None where it has none."""
        ...

    def recovered(self) -> bool:
        """Whether the current status is one that no longer calls for action."""
        ...

    def services(self) -> Collection[str] | None:
        """The services of the register; None where there is no register to look in."""
        ...

    def service_overdue(self) -> tuple[str, ...]:
        """The workflows of matters about the service alone that are overdue."""
        ...

    def easier_than(self, fields: Mapping[str, FieldValue]) -> str:
        """The last outturn that a proposed target is easier than, in words; empty where it is not easier than any."""
        ...

    def outcome_known(self, fields: Mapping[str, FieldValue]) -> str:
        """The last period with a known outcome that a proposed target would apply to, in words; empty where there is none."""
        ...

    def kpis_in_audit(self) -> tuple[str, ...]:
        """The KPIs that owe an answer in the audit of the suite; of the service concerned, where there is one."""
        ...

    def kpis_asked(self, period: str | None) -> bool:
        """Whether a KPI (of the service concerned, where there is one) was asked in the audit of a period; or of any."""
        ...

    def dealt_with_elsewhere(self, workflow: str, subject: str) -> Mapping[str, str]:
        """What a matter asked for in one of its own and does not have yet: item → that matter, in words."""
        ...

    def outstanding(self, collects: Collects, period: str | None) -> tuple[Outstanding, ...]:
        """What a matter brings together of a period, and does not have."""
        ...

    def met(self, body: str, on: date) -> bool:
        """Whether a meeting of a body is entered for a day."""
        ...

    def next_meeting(self, body: str, after: date) -> date | None:
        """The first meeting of a body after a day, where one has been entered."""
        ...

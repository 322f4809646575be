"""A workflow played through in memory: the real decisions and the real deadlines, with a person for every role.

Between two steps every deadline that falls due is passed on the day it falls due, as a punctual tick would.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from engine.commands import FigureFields
from engine.matters.effects import OF_WHAT_WAITS, Taken, event_of, nothing_waits
from engine.matters.outturns import FROM_PERIOD, VALUE, is_easier, number_field, period_field
from engine.packs.pack import Pack
from engine.states.standing import EMPTY, Standing, submitted
from events.errors import Problem
from events.fact import Fact
from events.instant import Instant
from events.kinds.workflow import DeadlinePassed, DeadlineSet, FieldValue
from events.number import parse_number
from events.period import Period
from events.schema import Event, type_of
from events.text import Text
from rules.exact import Ratio
from rules.ir import Trigger
from workflows.calendar import Calendar
from workflows.decide import Approved, Refusal, decide
from workflows.definition import BODY, PROPOSE, SYSTEM, TIME_ALLOWED, Collects, Definition
from workflows.fields import types_of
from workflows.fold import fold
from workflows.instance import Instance
from workflows.items import for_whom_is_asked
from workflows.organisation import Organisation
from workflows.passing import pass_deadline
from workflows.surroundings import Away, Outstanding, StandIn
from workflows.taking import Taking

FIGURE = "figure"
"""The field in which a step is given a figure."""


class Outturn(NamedTuple):
    """The last figure of a test, which a proposed target is held against."""

    period: Period
    value: Ratio
    polarity: str


@dataclass(slots=True, kw_only=True)
class Cast:
    """The surroundings of a rehearsal: every role is held by the person called after it, every body has its clerk."""

    calendar: Calendar
    organisation: Organisation
    meetings: Mapping[str, tuple[date, ...]]
    now_status: str | None
    best_status: bool
    outturn: Outturn | None = None
    holders: Mapping[str, int] = field(default_factory=dict)
    """How many people hold a role, or act for a body, where it is not one."""

    def holds(self, person: str, role: str, on: date) -> bool:
        """Each person holds the role they are called after: ``director``, ``director 2``."""
        return _without_number(person) == role

    def scopes_held(self, person: str, role: str, on: date) -> tuple[str, ...]:
        """Nobody holds a role for some services alone."""
        return ()

    def services_concerned(self) -> tuple[str, ...]:
        """None are named."""
        return ()

    def acts_for_body(self, person: str, body: str, on: date) -> bool:
        """Each body has a clerk of its own."""
        return _without_number(person) == f"clerk of {body}"

    def delegated(self, person: str, by: str, on: date, role_or_body: str | None = None) -> bool:
        """Nobody delegates."""
        return False

    def stand_ins(self, role_or_body: str) -> tuple[StandIn, ...]:
        """Nobody stands in."""
        return ()

    def away(self, person: str) -> Away | None:
        """Nobody is away."""
        return None

    def who_may(self, role_or_body: str) -> tuple[str, ...]:
        """The one person there is, or as many as the test says."""
        first = f"clerk of {role_or_body}" if role_or_body in self.organisation.bodies else role_or_body
        others = range(2, self.holders.get(role_or_body, 1) + 1)
        return (first, *(f"{first} {number}" for number in others))

    def status(self) -> str | None:
        """The last status of the test's history."""
        return self.now_status

    def recovered(self) -> bool:
        """Whether that is the best status of the scale."""
        return self.best_status

    def services(self) -> None:
        """None are registered: a test of a pack names them as it likes."""

    def service_overdue(self) -> tuple[str, ...]:
        """Nothing else is going on."""
        return ()

    def kpis_in_audit(self) -> tuple[str, ...]:
        """None: there is no other matter."""
        return ()

    def kpis_asked(self, period: str | None) -> bool:
        """They were, and have answered."""
        return True

    def dealt_with_elsewhere(self, workflow: str, subject: str) -> Mapping[str, str]:
        """Nothing: there is no other matter."""
        return {}

    def outstanding(self, collects: Collects, period: str | None) -> tuple[Outstanding, ...]:
        """Nothing: there is no other matter."""
        return ()

    def easier_than(self, fields: Mapping[str, FieldValue]) -> str:
        """The test's last figure, where the target asks for less."""
        target, last = number_field(fields, VALUE), self.outturn
        if target is None or last is None or not is_easier(target, last.value, last.polarity):
            return ""
        return f"the figure of {last.period}"

    def outcome_known(self, fields: Mapping[str, FieldValue]) -> str:
        """The period of the test's last figure, where the target would apply to it."""
        start, last = period_field(fields, FROM_PERIOD), self.outturn
        if start is None or last is None or start.kind != last.period.kind or last.period < start:
            return ""
        return str(last.period)

    def met(self, body: str, on: date) -> bool:
        """On the days of the test's own list; a test without a list is not about meetings."""
        return body not in self.meetings or on in self.meetings[body]

    def next_meeting(self, body: str, after: date) -> date | None:
        """The first meeting of the test's own list."""
        return next((day for day in self.meetings.get(body, ()) if day > after), None)


@dataclass(slots=True, kw_only=True)
class Rehearsal:
    """One instance of one workflow, from its proposal on."""

    pack: Pack
    workflow: str
    cast: Cast
    instance: Instance | None = None
    fired: list[tuple[date, DeadlinePassed]] = field(default_factory=list)
    """Deadlines that went by: the local day, and what was recorded."""
    sets: tuple[DeadlineSet, ...] = ()
    """The deadlines that the last step set."""
    refused: tuple[Problem, ...] = ()
    """Why the last step was refused; nothing is played after it."""
    subject: str = "1"
    """The period, of a workflow that every period begins by itself."""
    standing: Standing = EMPTY
    """Of such a workflow: which figure is in force, and which waits."""

    @property
    def definition(self) -> Definition:
        """The workflow's definition."""
        return self.pack.workflows[self.workflow]

    def propose(self, on: date, trigger: str, period: str, refer_to: str | None) -> None:
        """Begin the instance as a trigger that refers it to a body would."""
        fields: dict[str, FieldValue] = {"trigger": trigger, "period": period}
        if refer_to is not None:
            fields["refer_to"] = refer_to
        self._take(PROPOSE, on, SYSTEM, fields)

    def begin(self, on: date, fields: Mapping[str, FieldValue]) -> None:
        """Begin the instance by hand, as the first that may; by the product, where it alone begins one."""
        may = self.definition.start.by
        by = next((each for each in may if each != SYSTEM), SYSTEM if may else "anybody")
        body = by if by in self.pack.organisation.bodies else None
        person = f"clerk of {body}" if body else by
        self._take(PROPOSE, on, person, self.with_texts(PROPOSE, fields), on_behalf_of=body)

    def follow(self, on: date, trigger: Trigger, period: str) -> None:
        """Begin the instance as this trigger does, which starts or requires it."""
        then = trigger.then
        if then.start == self.workflow:
            self.propose(on, trigger.id, period, then.refer_to)
            return
        start = self.definition.start
        given = {
            "trigger": trigger.id,
            "period": period,
            "refer_to": then.refer_to,
            TIME_ALLOWED: then.within,
        }
        takes = {**start.needs, **start.may}
        fields: dict[str, FieldValue] = {
            name: value for name, value in given.items() if value and name in takes
        }
        self._take(PROPOSE, on, SYSTEM, fields)

    def take(self, step: str, on: date, by: str | None, fields: Mapping[str, FieldValue]) -> None:
        """Take a step on a day, as the role or body given, or the first that may."""
        self.wait(on)
        actor = by or self._first_that_may(step, fields)
        name = _without_number(actor)
        body = name if name in self.pack.organisation.bodies else None
        person = f"clerk of {actor}" if body else actor
        given = self.with_texts(step, fields)
        written = sum(len(str(value).split()) for name, value in fields.items() if given[name] != value)
        self._take(step, on, person, given, on_behalf_of=body, written=written)

    def wait(self, until: date) -> None:
        """Let every deadline go by that is due by the beginning of a day."""
        limit = self.cast.calendar.start_of(until)
        while (due := self._next_due(limit)) is not None:
            assert self.instance is not None
            day = self.cast.calendar.local_date(due.due_at)
            passing = pass_deadline(self.definition, self.instance, due.name, due.n, day, self.cast)
            if passing is None:
                return
            self.fired.append((day, passing.event))
            self._fold(passing.event, SYSTEM, day)
            if passing.taking is not None:
                self.attempt(passing.taking, day)

    def attempt(self, taking: Taking, on: date) -> None:
        """Take a step exactly as it is put, received on a day; a refusal is kept, and ends the rehearsal."""
        if self.refused:
            return
        answer = decide(self.definition, self.instance, taking, self.cast, self.cast.calendar.start_of(on))
        if isinstance(answer, Refusal):
            self.refused = answer.reasons
            return
        if isinstance(answer, Approved):
            self._fold(answer.event, taking.actor, on)
            return
        if answer.effect in OF_WHAT_WAITS and self.standing.entry is None:
            self.refused = (nothing_waits(self.subject, taking.step),)
            return
        self.sets = answer.move.sets
        figure = _figure(taking.fields.get(FIGURE))
        self._fold(event_of(Taken(decision=answer, figure=figure, standing=self.standing)), taking.actor, on)

    def with_texts(self, step: str, fields: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
        """Free text stands outside the record; here its reference is all that is needed."""
        try:
            types = types_of(self.definition, step, self.pack.organisation)
        except KeyError:
            return dict(fields)
        return {
            name: Text(bytes(16), value).ref
            if types.get(name) == "text" and isinstance(value, str)
            else value
            for name, value in fields.items()
        }

    def _next_due(self, limit: Instant) -> DeadlineSet | None:
        running = self.instance.open.values() if self.instance else ()
        return min(
            (each for each in running if each.due_at <= limit),
            key=lambda each: (each.due_at, each.name),
            default=None,
        )

    def _first_that_may(self, step: str, fields: Mapping[str, FieldValue]) -> str:
        defined = next((each for each in self.definition.steps if each.name == step), None)
        organisation = self.pack.organisation
        by = for_whom_is_asked(defined, self.instance, organisation, fields).by if defined else ()
        people = [each for each in by if each != SYSTEM]
        first = people[0] if people else SYSTEM
        return (self.instance.body if self.instance else None) or first if first == BODY else first

    def _take(
        self,
        step: str,
        on: date,
        actor: str,
        fields: Mapping[str, FieldValue],
        on_behalf_of: str | None = None,
        written: int = 0,
    ) -> None:
        taking = Taking(
            workflow=self.workflow,
            subject=self.subject,
            step=step,
            fields=dict(fields),
            actor=actor,
            on_behalf_of=on_behalf_of,
            effective_on=on,
            written=written,
        )
        self.attempt(taking, on)

    def _fold(self, event: Event, actor: str, on: date) -> None:
        at = self.cast.calendar.start_of(on)
        fact = Fact(
            position=0,
            stream="rehearsal",
            version=0,
            type=type_of(event),
            schema=1,
            recorded_at=at,
            received_at=at,
            effective_on=on,
            actor=actor,
            account="",
            command_id="",
            correlation_id="",
            caused_by=None,
            event=event,
        )
        self.instance = fold(self.instance, fact)
        if self.definition.window is not None:
            self.standing = submitted(self.standing, event, fact.ref, self.instance, on=fact.effective_on)


def _figure(given: FieldValue | None) -> FigureFields | None:
    """A figure as a test writes it: ``71.4``, or ``6/7``. Raises Invalid for what is no number."""
    if not isinstance(given, str):
        return None
    top, over, bottom = given.partition("/")
    if over:
        return FigureFields(numerator=parse_number(top), denominator=parse_number(bottom))
    return FigureFields(value=parse_number(top))


def _without_number(person: str) -> str:
    """What a person of a rehearsal is called after: ``director 2`` is the second director."""
    name, _, number = person.rpartition(" ")
    return name if number.isdigit() else person

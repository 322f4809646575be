"""What a workflow's decision may ask about the world, looked up only when it asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from engine.matters.auditing import kpis_asked, kpis_in_audit
from engine.matters.collecting import outstanding
from engine.matters.elsewhere import dealt_with_elsewhere
from engine.matters.outturns import easier_than, outcome_known
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.states.people import BUILT_IN, SYSTEM, Delegation
from engine.work import Work
from events.kinds.statuses import StatusAssessed
from events.kinds.workflow import FieldValue
from workflows.calendar import Calendar
from workflows.definition import SERVICE, Collects
from workflows.organisation import Organisation
from workflows.surroundings import Away, Outstanding, StandIn

SERVICES = "services"
"""The field in which a matter about an indicator that is not in the register yet says which services will return it."""
CLERK = "clerk"
"""The role through which a body acts, besides its chair."""


def services_in(*fields: Mapping[str, FieldValue]) -> tuple[str, ...]:
    """The services that a matter names itself, as its fields say them, each once."""
    found: list[str] = []
    for each in fields:
        said = each.get(SERVICES, ())
        found += (said,) if isinstance(said, str) else said
    return tuple(dict.fromkeys(found))


class Surroundings:
    """One series, seen from a decision that takes effect on a day; `since` is the period that began the matter.

    What is about an indicator alone concerns every service that returns it by the register; `services` are those that a
    matter names itself, for an indicator that is not in the register yet.

    Who may is asked of the day it takes effect and of `today`, the day it was received: no date that somebody gives
    brings back a role that has ended.
    """

    def __init__(
        self,
        work: Work,
        shelf: Shelf,
        pack: Pack,
        series: tuple[str, str],
        on: date,
        since: str | None = None,
        today: date | None = None,
        services: tuple[str, ...] = (),
    ) -> None:
        self._work = work
        self._pack = pack
        self._shelf = shelf
        self._series = series
        self._on = on
        self._today = today or on
        self._since = since
        self._named = services
        self.calendar: Calendar = shelf.calendar(pack)
        self.organisation: Organisation = pack.organisation

    def holds(self, person: str, role: str, on: date) -> bool:
        """Whether a person holds a role for this series' service on a day."""
        if person == SYSTEM:
            return role == SYSTEM
        question = ("holds", person, role, on, self._today, self._series[1] or (self._series, self._named))
        return self._work.once(question, lambda: self._holds(person, role, on))

    def _holds(self, person: str, role: str, on: date) -> bool:
        people = self._work.people()
        return all(
            people.holds(person, role, on, scopes) and people.holds(person, role, self._today, scopes)
            for scopes in self._scopes()
        )

    def scopes_held(self, person: str, role: str, on: date) -> tuple[str, ...]:
        """The services, or bodies, that a person holds a role for on a day; empty where they hold it without any."""
        held = [each.scope for each in self._work.people().roles_of(person, on) if each.role == role]
        return () if None in held else tuple(dict.fromkeys(scope for scope in held if scope is not None))

    def services_concerned(self) -> tuple[str, ...]:
        """The service of the series; or all that return the indicator; none where it is about neither."""
        indicator, service = self._series
        if service:
            return (service,)
        added = self._work.indicator(indicator).added if indicator else None
        return added.services if added is not None else self._named

    def acts_for_body(self, person: str, body: str, on: date) -> bool:
        """Whether a person is a clerk of the body or holds its chair."""
        return person in self._acting_for(body, on) and person in self._acting_for(body, self._today)

    def delegated(self, person: str, by: str, on: date, role_or_body: str | None = None) -> bool:
        """Whether `by` has delegated to this person on a day and today: anything, or what they do in a role or for a body."""
        return all(
            any(
                each.delegate == person
                and each.delegator == by
                and (role_or_body is None or self._covers(each, role_or_body, day))
                for each in self._work.people().standing_in(day)
            )
            for day in (on, self._today)
        )

    def stand_ins(self, role_or_body: str) -> tuple[StandIn, ...]:
        """Who may take the steps of whom in a role, or for a body, on the day of the decision and today."""
        able = self.who_may(role_or_body)
        then = self._standing_in(role_or_body, self._on)
        now = then if self._on == self._today else self._standing_in(role_or_body, self._today)
        return tuple(pair for pair in then if pair.delegator in able and pair in now)

    def away(self, person: str) -> Away | None:
        """Until when a person is away on the day of the decision."""
        found = self._work.people().away(person, self._on)
        return Away(found.until) if found else None

    def who_may(self, role_or_body: str) -> tuple[str, ...]:
        """The persons who may act in a role, or for a body, on the day of the decision and today."""
        able = self._able(role_or_body, self._on)
        if self._on == self._today:
            return able
        still = self._able(role_or_body, self._today)
        return tuple(who for who in able if who in still)

    def status(self) -> str | None:
        """The status of the latest judged period of the series."""
        latest = self._latest()
        return latest.status if latest else None

    def recovered(self) -> bool:
        """Whether the latest status is better than the one that began the matter (where none is known, than the worst)."""
        latest = self._latest()
        ranks = {status.id: status.rank for status in self._pack.rules.statuses if status.judged}
        if latest is None or latest.status not in ranks:
            return False
        then = self._work.series(*self._series).at(self._since).assessed if self._since else None
        worst = min(ranks.values())
        return ranks[latest.status] > (ranks.get(then.status, worst) if then else worst)

    def services(self) -> Collection[str]:
        """The services of the register."""
        return self._work.services().parents

    def service_overdue(self) -> tuple[str, ...]:
        """The workflows of the pack in whose open matter about this series' service a day has gone by."""
        about = (name for name, each in self._pack.workflows.items() if each.about == SERVICE)
        return tuple(name for name in about if self._overdue(name))

    def _overdue(self, workflow: str) -> bool:
        held = self._work.matters(workflow, "", self._series[1])
        return any(each.passed for ordinal, each in held.instances.items() if ordinal not in held.ended)

    def easier_than(self, fields: Mapping[str, FieldValue]) -> str:
        """The last outturn that a proposed target is easier than."""
        return easier_than(self._work, self._series, fields)

    def outcome_known(self, fields: Mapping[str, FieldValue]) -> str:
        """The last period with a known outcome that a proposed target would apply to."""
        return outcome_known(self._work, self._series, fields)

    def kpis_in_audit(self) -> tuple[str, ...]:
        """The KPIs that owe an answer in the audit of the suite; of this series' service, where it has one."""
        self._work.rest_on_the_whole_log()
        return kpis_in_audit(self._work, self._shelf.store, self._pack, self._series[1])

    def kpis_asked(self, period: str | None) -> bool:
        """Whether a KPI was asked in the audit of a period; one of this series' service, where it has one."""
        self._work.rest_on_the_whole_log()
        return bool(kpis_asked(self._work, self._shelf.store, self._pack, self._series[1], period))

    def dealt_with_elsewhere(self, workflow: str, subject: str) -> Mapping[str, str]:
        """What a matter asked for in one of its own and does not have yet."""
        return dealt_with_elsewhere(self._work, self._shelf, self._pack, self._series, workflow, subject)

    def outstanding(self, collects: Collects, period: str | None) -> tuple[Outstanding, ...]:
        """What a matter brings together of a period, and does not have."""
        return outstanding(self._work, self._shelf, collects, period, self._who_may_at)

    def _who_may_at(self, role_or_body: str, service: str) -> tuple[str, ...]:
        here = Surroundings(self._work, self._shelf, self._pack, ("", service), self._on, today=self._today)
        return here.who_may(role_or_body)

    def met(self, body: str, on: date) -> bool:
        """Whether a meeting of a body is entered for a day."""
        return on in self._work.meetings().days.get(body, ())

    def next_meeting(self, body: str, after: date) -> date | None:
        """The body's first meeting after a day, None where none is entered."""
        return self._work.meetings().next(body, after)

    def _latest(self) -> StatusAssessed | None:
        return self._work.series(*self._series).latest

    def _scopes(self) -> tuple[frozenset[str], ...]:
        """For each service that it concerns, what a role may be held for to act there: that service, and those above it.

        Who acts holds the role for all of them: a role for one service does not act on an indicator that another one
        returns too.
        """
        tree = self._work.services()
        return tuple(tree.with_ancestors(each) for each in self.services_concerned() or (self._series[1],))

    def _covers(self, delegation: Delegation, role_or_body: str, on: date) -> bool:
        """Whether a delegation is for a role here, or for what its giver does as clerk or chair of a body."""
        if role_or_body in BUILT_IN:
            return False
        if role_or_body not in self.organisation.bodies:
            return all(delegation.covers(role_or_body, scopes) for scopes in self._scopes())
        body, by = role_or_body, delegation.delegator
        people, chair = self._work.people(), self.organisation.bodies[role_or_body].chair
        as_clerk = people.holds(by, CLERK, on, frozenset({body})) and delegation.covers(
            CLERK, frozenset({body})
        )
        in_the_chair = (
            chair is not None and people.holds(by, chair, on) and delegation.covers(chair, frozenset({body}))
        )
        return as_clerk or in_the_chair

    def _able(self, role_or_body: str, on: date) -> tuple[str, ...]:
        if role_or_body in self.organisation.bodies:
            return self._acting_for(role_or_body, on)
        first, *others = [self._work.people().holders(role_or_body, on, scopes) for scopes in self._scopes()]
        return tuple(who for who in first if all(who in each for each in others))

    def _standing_in(self, role_or_body: str, on: date) -> tuple[StandIn, ...]:
        return tuple(
            StandIn(each.delegate, each.delegator)
            for each in self._work.people().standing_in(on)
            if self._covers(each, role_or_body, on)
        )

    def _acting_for(self, body: str, on: date) -> tuple[str, ...]:
        people = self._work.people()
        chair = self.organisation.bodies[body].chair
        clerks = people.holders(CLERK, on, frozenset({body}))
        chairs = people.holders(chair, on) if chair else ()
        return tuple(dict.fromkeys((*clerks, *chairs)))

"""How the tests of workflows speak: a small town with its people, and stories of who did what when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec

from adapters.yaml import YamlDocuments
from events.fact import Fact
from events.instant import Instant
from events.kinds.workflow import DeadlinePassed, FieldValue, InterventionWaived, StepTaken
from events.schema import Event, type_of
from workflows.calendar import Calendar
from workflows.compile import compile_definition
from workflows.decide import Approved, Decision, Refusal, Taking, decide
from workflows.definition import Collects, Definition
from workflows.fold import fold
from workflows.instance import Instance
from workflows.organisation import Organisation, compile_organisation
from workflows.passing import pass_deadline
from workflows.surroundings import Away, Outstanding, StandIn

ROOT = Path(__file__).parent.parent.parent.parent
WORDS = "text:" + "0" * 64
"""A reference to somebody's words."""

BANK_HOLIDAYS = {
    date(2008, 12, 25): "Christmas Day",
    date(2008, 12, 26): "Boxing Day",
    date(2009, 1, 1): "New Year's Day",
    date(2009, 4, 10): "Good Friday",
    date(2009, 4, 13): "Easter Monday",
    date(2026, 12, 25): "Christmas Day",
    date(2026, 12, 28): "Boxing Day (observed)",
    date(2027, 1, 1): "New Year's Day",
    date(2027, 3, 26): "Good Friday",
    date(2027, 3, 29): "Easter Monday",
    date(2027, 5, 3): "Early May bank holiday",
    date(2027, 5, 31): "Spring bank holiday",
    date(2027, 8, 30): "Summer bank holiday",
}

HOUSE = """
calendar: {data_requests: [1 April, 1 July, 1 October, 1 January]}
bodies:
  CPEG: {label: Corporate Performance and Efficiency Group, chair: chief_executive}
  CMT: {label: Corporate Management Team}
  EXECUTIVE_MEMBER: {label: Executive Member}
  CABINET: {label: Leader and Cabinet}
roles: [service_manager, chief_officer, executive_member, chief_executive, data_enterer, data_manager, clerk]
intervention:
  answers: [leave_with_service, answer, decline]
  report_back:
    category_1: {menu: 1, within: 6 months}
    category_2: {menu: 2, within: 3 months}
    category_3: {menu: 3, within: 2 months}
    category_4: {menu: 4, within: 1 month}
  menu:
    5: {name: Strategic action plan, asks: service_manager}
    8: {name: Mystery shopping, purpose: [extent of the issue, check on progress]}
    12: {name: Corporate support four, provider: ["Leader's Futures Group", "Hampshire's Own Grown"]}
    13: {name: CMT support, moves_to: CMT}
    15: {name: Cabinet support, moves_to: CABINET}
    20: {name: Resources, records: [amount, source]}
  ladder: {rungs: [CPEG, CMT, EXECUTIVE_MEMBER, CABINET], mode: propose, each_rung: 1 month}
"""


def tree(text: str) -> object:
    """YAML as the product reads it."""
    return YamlDocuments().read(text, "test.yaml").tree


def house(text: str = HOUSE, *, mode: str = "propose") -> Organisation:
    """An organisation that must be right."""
    organisation, problems = compile_organisation(tree(text.replace("mode: propose", f"mode: {mode}")))
    assert organisation is not None, problems
    return organisation


def library(name: str, organisation: Organisation | None = None, **given: object) -> Definition:
    """A workflow of the library that must be right."""
    text = (ROOT / "packs" / "library" / f"{name}.yaml").read_text(encoding="utf-8")
    definition, problems = compile_definition(
        tree(text), parameters=given, organisation=organisation or house()
    )
    assert definition is not None, problems
    assert problems == ()
    return definition


def submission() -> Definition:
    """The submission of the library with ten working days."""
    return library("submission", window="10 working days")


def bank_holidays(year: int) -> Mapping[date, str]:
    """The few bank holidays that the tests meet."""
    return {day: name for day, name in BANK_HOLIDAYS.items() if day.year == year}


def calendar(day_ends: str = "midnight") -> Calendar:
    """An English council's calendar."""
    return Calendar(time_zone="Europe/London", nation="England", holidays=bank_holidays, day_ends=day_ends)


class Town:
    """Everybody holds the roles and clerkships that a test gives them, on every day."""

    def __init__(self, organisation: Organisation | None = None) -> None:
        self.organisation = organisation or house()
        self.calendar = calendar()
        self.people: dict[str, set[str]] = {
            "ann": {"data_enterer"},
            "max": {"data_manager"},
            "mary": {"data_manager"},
            "sue": {"service_manager"},
            "otto": {"chief_officer"},
            "carl": {"chief_executive"},
            "emma": {"executive_member"},
        }
        self.clerks: dict[str, set[str]] = {
            body: {"clara"} for body in ("CPEG", "CMT", "EXECUTIVE_MEMBER", "CABINET")
        }
        self.delegations: set[tuple[str, str]] = set()
        """(who stands in, for whom)."""
        self.limits: dict[tuple[str, str], str] = {}
        """A delegation → the one role or body it is for."""
        self.absences: dict[str, date | None] = {}
        self.meetings: dict[str, list[date]] = {}
        self.rating: str | None = "red"
        self.lacking: tuple[Outstanding, ...] = ()
        self.scopes: dict[tuple[str, str], tuple[str, ...]] = {}
        self.elsewhere: dict[str, str] = {}
        """Items that another matter deals with → that matter."""

    def holds(self, person: str, role: str, on: date) -> bool:
        return role in self.people.get(person, set())

    def scopes_held(self, person: str, role: str, on: date) -> tuple[str, ...]:
        return self.scopes.get((person, role), ())

    def services_concerned(self) -> tuple[str, ...]:
        return ("social",)

    def acts_for_body(self, person: str, body: str, on: date) -> bool:
        return person in self._acting(body)

    def delegated(self, person: str, by: str, on: date, role_or_body: str | None = None) -> bool:
        limit = self.limits.get((person, by), role_or_body)
        return (person, by) in self.delegations and role_or_body in (None, limit)

    def stand_ins(self, role_or_body: str) -> tuple[StandIn, ...]:
        able = self.who_may(role_or_body)
        return tuple(
            StandIn(person, by)
            for person, by in sorted(self.delegations)
            if by in able and self.limits.get((person, by), role_or_body) == role_or_body
        )

    def away(self, person: str) -> Away | None:
        return Away(self.absences[person]) if person in self.absences else None

    def who_may(self, role_or_body: str) -> tuple[str, ...]:
        if role_or_body in self.organisation.bodies:
            return self._acting(role_or_body)
        return tuple(sorted(who for who, roles in self.people.items() if role_or_body in roles))

    def staff(self, role_or_body: str) -> set[frozenset[str]]:
        """Everybody who can act today, alone or for somebody else."""
        there = {frozenset({who}) for who in self.who_may(role_or_body) if who not in self.absences}
        return there | {frozenset(pair) for pair in self.stand_ins(role_or_body)}

    def status(self) -> str | None:
        return self.rating

    def recovered(self) -> bool:
        return self.rating == "green"

    def services(self) -> tuple[str, ...]:
        return ("highways", "social")

    def service_overdue(self) -> tuple[str, ...]:
        return ()

    def kpis_in_audit(self) -> tuple[str, ...]:
        return ()

    def kpis_asked(self, period: str | None) -> bool:
        return True

    def dealt_with_elsewhere(self, workflow: str, subject: str) -> Mapping[str, str]:
        return self.elsewhere

    def outstanding(self, collects: Collects, period: str | None) -> tuple[Outstanding, ...]:
        return self.lacking

    def easier_than(self, fields: Mapping[str, FieldValue]) -> str:
        return ""

    def outcome_known(self, fields: Mapping[str, FieldValue]) -> str:
        return ""

    def met(self, body: str, on: date) -> bool:
        return on in self.meetings.get(body, ())

    def next_meeting(self, body: str, after: date) -> date | None:
        return min((day for day in self.meetings.get(body, []) if day > after), default=None)

    def _acting(self, body: str) -> tuple[str, ...]:
        chair = self.organisation.bodies[body].chair
        chairs = {who for who, roles in self.people.items() if chair in roles}
        return tuple(sorted(self.clerks.get(body, set()) | chairs))


class Story:
    """One instance of a workflow and what happens to it."""

    def __init__(self, definition: Definition, town: Town | None = None, subject: str = "1") -> None:
        self.definition = definition
        self.town = town or Town()
        self.subject = subject
        self.instance: Instance | None = None
        self.facts: list[Fact[Event]] = []

    @property
    def now(self) -> Instance:
        """The instance, which has begun."""
        assert self.instance is not None
        return self.instance

    def ask(
        self,
        step: str,
        by: str,
        on: date,
        *,
        body: str | None = None,
        acting_for: str | None = None,
        received: date | Instant | None = None,
        fields: Mapping[str, FieldValue] | None = None,
        counted_from: date | None = None,
        **more: FieldValue,
    ) -> Decision | Approved | Refusal:
        """Decide a step without taking it; received at noon of the day it takes effect unless said otherwise."""
        taking = Taking(
            workflow=self.definition.name,
            subject=self.subject,
            step=step,
            fields={**(fields or {}), **more},
            actor=by,
            on_behalf_of=body,
            acting_for=acting_for,
            effective_on=on,
            counted_from=counted_from,
        )
        at = received if isinstance(received, str) else Instant(f"{received or on}T12:00:00.000000Z")
        return decide(self.definition, self.instance, taking, self.town, at)

    def take(self, step: str, by: str, on: date, **how: object) -> Decision:
        """Take a step that must be possible."""
        answer = self.ask(step, by, on, **how)  # type: ignore[arg-type]  # passed through as given
        assert isinstance(answer, Decision), [str(each) for each in answer.reasons]
        struct = InterventionWaived if answer.effect == "waived" else StepTaken
        self.record(struct(move=answer.move, fields=answer.fields), by, on)
        return answer

    def approve(self, step: str, by: str, on: date, **how: object) -> Approved:
        """Approve a step that needs more people still."""
        answer = self.ask(step, by, on, **how)  # type: ignore[arg-type]  # passed through as given
        assert isinstance(answer, Approved), answer
        self.record(answer.event, by, on)
        return answer

    def refused(self, step: str, by: str, on: date, **how: object) -> Refusal:
        """Ask for a step that must be refused."""
        answer = self.ask(step, by, on, **how)  # type: ignore[arg-type]  # passed through as given
        assert isinstance(answer, Refusal), answer
        return answer

    def codes(self, step: str, by: str, on: date, **how: object) -> set[str]:
        """The codes of every reason against a step."""
        return {each.code for each in self.refused(step, by, on, **how).reasons}

    def tick(self, day: date) -> list[DeadlinePassed]:
        """Pass whatever is due by noon of a day, and let the ladder climb where it does so by itself."""
        noon = Instant(f"{day}T12:00:00.000000Z")
        due = sorted(
            (each for each in self.now.open.values() if each.due_at <= noon), key=lambda each: each.due_at
        )
        passed = []
        for each in due:
            found = pass_deadline(self.definition, self.now, each.name, each.n, day, self.town)
            if found is None:
                continue
            passed.append(found.event)
            self.record(found.event, "system", day)
            if found.taking is not None:
                self.take(
                    found.taking.step,
                    "system",
                    found.taking.effective_on,
                    counted_from=found.taking.counted_from,
                    fields=found.taking.fields,
                )
        return passed

    def record(self, event: Event, actor: str, on: date) -> None:
        """Let something have happened."""
        fact = a_fact(event, actor, on, len(self.facts) + 1)
        self.facts.append(fact)
        self.instance = fold(self.instance, fact)

    def last_day(self, name: str) -> date:
        """Until when a deadline runs."""
        return self.now.open[name].last_day


def a_fact(event: Event, actor: str, on: date, version: int = 1) -> Fact[Event]:
    """An event as if it had been recorded."""
    at = Instant(f"{on}T12:00:00.000000Z")
    return Fact(
        position=version,
        stream="interventions/CH04/childrens",
        version=version,
        type=type_of(event),
        schema=1,
        recorded_at=at,
        received_at=at,
        effective_on=on,
        actor=actor,
        account="test@here",
        command_id=f"c{version}",
        correlation_id=f"c{version}",
        caused_by=None,
        event=event,
    )


def intervention(town: Town | None = None, *, mode: str = "propose", on: date = date(2026, 11, 16)) -> Story:
    """An intervention that a trigger has referred to CPEG."""
    town = town or Town(house(mode=mode))
    story = Story(library("intervention", town.organisation), town)
    story.take("propose", "system", on, refer_to="CPEG", trigger="concern", period="2026-Q2")
    return story


def agreed(
    category: str = "category_2",
    on: date = date(2026, 11, 30),
    *,
    town: Town | None = None,
    mode: str = "propose",
) -> Story:
    """An intervention that CPEG has answered with a category."""
    story = intervention(town, mode=mode, on=on)
    story.take("answer", "clara", on, body="CPEG", category=category)
    return story


def same(a: Instance, b: Instance) -> bool:
    """Whether two instances stand alike."""
    return msgspec.structs.asdict(a) == msgspec.structs.asdict(b)

"""One step about to be decided: everything that guards, checks and clocks look at, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from events.errors import Problem
from events.instant import Instant
from events.kinds.workflow import FieldValue
from workflows.calendar import Calendar
from workflows.definition import BODY, PROPOSE, SYSTEM, Definition, Step
from workflows.instance import Instance, Taker
from workflows.organisation import Organisation
from workflows.surroundings import Surroundings
from workflows.taking import Taking


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """A step, who wants to take it, and where the instance stands."""

    definition: Definition
    instance: Instance | None
    step: Step
    taking: Taking
    facts: Surroundings
    received_at: Instant

    @property
    def state(self) -> str | None:
        """Where the instance stands; None where it has not begun and does not begin by itself."""
        return standing(self.definition, self.instance)

    @property
    def body(self) -> str | None:
        """The body that the matter is with."""
        return self.instance.body if self.instance else None

    @property
    def organisation(self) -> Organisation:
        """Bodies, roles, menu and ladder."""
        return self.facts.organisation

    @property
    def calendar(self) -> Calendar:
        """The council's calendar."""
        return self.facts.calendar

    @property
    def today(self) -> date:
        """The local day on which the command was received."""
        return self.facts.calendar.local_date(self.received_at)

    @property
    def by_system(self) -> bool:
        """Whether the product itself takes the step."""
        return self.taking.actor == SYSTEM

    @property
    def round(self) -> tuple[Taker, ...]:
        """Who began the matter, and who acted since the last step that ended a round, oldest first."""
        return this_round(self.definition, self.instance)

    def field(self, name: str) -> str | None:
        """What a field of the matter says: as it is given with this step, else as it was last given."""
        before = self.instance.fields.get(name) if self.instance else None
        value = self.taking.fields.get(name) or before
        return value if isinstance(value, str) else None

    @property
    def given(self) -> Mapping[str, FieldValue]:
        """Every field of the matter as it will be after this step."""
        before = self.instance.fields if self.instance else {}
        return {**before, **self.taking.fields}

    def said(self, name: str) -> str | None:
        """A field that must be said anew where the step takes it, and counts as last given where it does not."""
        takes = name in self.step.needs or name in self.step.may
        value = self.taking.fields.get(name) if takes else self.field(name)
        return value if isinstance(value, str) else None

    def resolved(self, name: str) -> str | None:
        """A name of `by` or `to` as a role or body of the council: ``body`` is the one that the matter is with."""
        return self.body if name == BODY else name


def standing(definition: Definition, instance: Instance | None) -> str | None:
    """The state an instance is in; one that begins by itself stands in the initial state before any step."""
    if instance is not None:
        return instance.state
    return definition.initial if definition.window else None


def this_round(definition: Definition, instance: Instance | None) -> tuple[Taker, ...]:
    """Who began an instance, and who acted on it since the last step that ended a round, oldest first.

    The matter stays the one that somebody began, however many rounds it takes: that bar never ends.
    """
    history = instance.history if instance else ()
    for index in range(len(history) - 1, -1, -1):
        if ends_round(definition, history[index].step):
            began = tuple(taker for taker in history[: index + 1] if taker.step == PROPOSE)
            return (*began, *history[index + 1 :])
    return history


def ends_round(definition: Definition, name: str) -> bool:
    """Whether a step of the definition ends a round."""
    return any(step.ends_round for step in definition.steps if step.name == name)


def reason(code: str, sentence: str, fix: str = "") -> Problem:
    """One reason against a step."""
    return Problem(code=code, sentence=sentence, fix=fix)

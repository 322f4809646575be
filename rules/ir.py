"""What a pack's rules are once read and checked: frozen nodes with one canonical form.

`canonical()` is sorted JSON without what a pack does not use, so the same rules have the same bytes and the same
digest wherever they were compiled, and a key that is new leaves the digest of every pack without it as it was. Condition nodes stand beside their reading in `rules/kinds/`.
"""

from __future__ import annotations

import hashlib
from abc import ABCMeta, abstractmethod
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from rules.standing import Standing

Truth = bool | None
"""True, False, or None for "cannot be said" (Kleene's three values)."""

NO_DATA = "no data"
"""The word for a period without a figure, where the pack has none of its own."""
MOST_GAPS = 12
"""A trigger that looks through gaps looks through at most so many judged periods more than it asks about."""
NOT_RATED = "not rated"
"""The word for a figure that cannot be rated, where the pack has none of its own."""


class Status(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One word of the scale. Unrated words (`judged` False) stand outside the order."""

    id: str
    label: str
    rank: int
    """Higher is better."""
    judged: bool = True
    colour: str = ""
    points: Decimal | None = None
    reason: str = ""
    """Why figures of this state are not rated."""
    stands_for: tuple[str, ...] = ()
    """The causes (``no_data``, ``no_target`` …) for which this word is used."""


class Compare(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a value is set against its target before it is banded."""

    use: str
    """``percent_from_target``, ``difference``, ``percent_points`` or ``value``."""
    better: str = "positive"
    """``positive``; for `use` ``value``: ``higher`` or ``lower``."""
    round_to: Decimal | None = None
    rounding: str = ""
    tolerance: Decimal | None = None
    """Used where a target carries none of its own."""


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """One end of a band: a number, or a multiple of the indicator's tolerance."""

    at: Decimal = Decimal(0)
    tolerance: int = 0
    """1 for ``tolerance``, -1 for ``-tolerance``, 0 for the number in `at`."""
    inclusive: bool = True


class Band(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A range of compared values and the status it gives; the first band that matches decides."""

    status: str
    rule: str
    """How decisions cite it: ``bands/amber``."""
    lower: Edge | None = None
    upper: Edge | None = None
    floor: str = ""
    """``met``, ``missed`` or empty: what must also hold of the absolute floor."""
    when: Condition | None = None
    """What must also hold; where it does not, or cannot be said, the band is passed over."""


class IndicatorField(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something the pack asks to be recorded of every indicator."""

    id: str
    label: str
    type: str
    """``yes_no``, ``choice`` or ``text``."""
    options: tuple[str, ...] = ()
    source: str = ""
    """Where the answer is taken from."""
    override_by: str | None = None
    """The body or role that may set it otherwise."""


class _AbstractStruct(msgspec.StructMeta, ABCMeta):
    """Of a struct whose methods are not all there no instance can be made."""


class Condition(msgspec.Struct, metaclass=_AbstractStruct, frozen=True, omit_defaults=True, tag_field="kind"):
    """A question about a status and what went before; each kind answers it in `rules/kinds/`."""

    @abstractmethod
    def holds(self, standing: Standing) -> Truth:
        """Whether it holds in this period."""

    def stands(self, standing: Standing) -> Truth:
        """Whether a trigger that fired on it still stands; for an edge this outlasts `holds`."""
        return self.holds(standing)

    @abstractmethod
    def because(self, standing: Standing) -> str:
        """Why it holds, as a clause: "status is red"."""

    def why_not(self, standing: Standing) -> str:
        """Why it does not hold, as a clause."""
        return f"it does not hold that {self.english(standing.rules)}"

    @abstractmethod
    def english(self, rules: RuleSet) -> str:
        """The rule as a clause: "the status is red"."""

    @property
    def back(self) -> int:
        """How many earlier periods it looks at."""
        return 0

    @property
    def last_year(self) -> bool:
        """Whether it looks at the same period of the year before."""
        return False

    @property
    def asks_first(self) -> bool:
        """Whether it asks if the series was ever rated before."""
        return False

    @property
    def only_at(self) -> frozenset[str] | None:
        """The judgements at which alone it can hold, so that at any other it does not; None where it may at all."""
        return None

    @property
    def edge(self) -> bool:
        """Whether it holds in one period alone and never in the next, though what fired on it may stand."""
        return False

    @property
    def asks_late(self) -> bool:
        """Whether it asks if the figure is overdue."""
        return False

    @property
    def rests_on_status(self) -> bool:
        """Whether it asks about the status of this period, which must then be known first."""
        return True

    @property
    def lean(self) -> int | None:
        """1 where a better figure can only make it hold, -1 where it can only undo it, 0 where it never matters.

        None where a better figure may do either.
        """
        return None


class UnratedWhen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A figure is not rated where this holds: the unrated word that it gets, and when."""

    status: str
    when: Condition


class OnlyIf(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What must also hold before anything follows, and the sentence recorded where it does not."""

    test: Condition
    otherwise: str


class Then(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What follows from a trigger: a closed list."""

    start: str | None = None
    """A workflow of the pack."""
    refer_to: str | None = None
    """A body."""
    require: str | None = None
    """``decision``, ``commentary`` or ``action``."""
    within: str | None = None
    """The time allowed for what is required, as a duration in words."""
    notify: tuple[str, ...] = ()
    """Roles or bodies."""
    record: str | None = None
    """A sentence."""


class Trigger(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When something follows from a status, and what."""

    id: str
    label: str
    when: Condition
    then: Then
    only_if: OnlyIf | None = None
    fires: str = "every_period"
    """``every_period`` or ``once`` (until it has cleared)."""
    clears_when: Condition | None = None
    hold: int = 0
    """For so many periods it is kept active after its condition has gone."""
    gaps: str = "break"
    """``break``, ``look_through`` or ``count_as``: what a period without a judgement is to conditions that look back."""
    gaps_as: str = ""
    """The status such a period counts as, for `gaps` ``count_as``."""
    group_by: str = ""
    """``service``, ``indicator`` or ``body``: people are told once of all firings of one command that share it."""
    suppressed_by: tuple[str, ...] = ()
    """Triggers while which fire or are active this one is only recorded."""
    enabled: bool = True
    clause: str = ""
    assumption: str = ""


class RuleSet(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, dict=True):
    """The rules half of one pack, read and checked."""

    statuses: tuple[Status, ...]
    """Worst first, as the pack lists them; unrated ones among them."""
    status_from: str
    """``bands`` or ``declared``."""
    override_by: str | None = None
    """The role or body whose declared status overrides a computed one."""
    unrated_when: tuple[UnratedWhen, ...] = ()
    """Figures that are not rated although they could be; the first that holds decides."""
    compare: Compare | None = None
    bands: tuple[Band, ...] = ()
    indicator_fields: tuple[IndicatorField, ...] = ()
    reported_as: tuple[str, ...] = ()
    """The words an officer may report a concern under; empty where the pack does not list them."""
    triggers: tuple[Trigger, ...] = ()
    lookback: int = 1
    """How many periods before the one judged the rules need to know."""
    across_breaks: str = "compared"
    """What becomes of earlier periods where another version of the indicator is not comparable: ``compared`` all the same,
    or ``begun_anew``, so that nothing before the break is looked at."""

    def canonical(self) -> bytes:
        """The one form of these rules: UTF-8 JSON with sorted keys, numbers as text."""
        return msgspec.json.encode(self, order="sorted")

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical form, in hex."""
        return hashlib.sha256(self.canonical()).hexdigest()

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of bands, unrated words and triggers."""
        asked = [band.when for band in self.bands] + [each.when for each in self.unrated_when]
        for trigger in self.triggers:
            asked += [trigger.when, trigger.clears_when, trigger.only_if.test if trigger.only_if else None]
        return tuple(each for each in asked if each is not None)

    @cached_property
    def reach(self) -> int:
        """How many earlier judged periods a case needs: more than `lookback` where gaps are looked through."""
        through = any(trigger.gaps == "look_through" for trigger in self.triggers)
        return self.lookback + (MOST_GAPS if through else 0)

    @cached_property
    def asks_last_year(self) -> bool:
        """Whether anything looks at the same period of the year before."""
        return any(each.last_year for each in self.conditions)

    @cached_property
    def asks_first(self) -> bool:
        """Whether anything asks if the series was ever rated before."""
        return any(each.asks_first for each in self.conditions)

    @cached_property
    def asks_late(self) -> bool:
        """Whether anything asks if a figure is overdue."""
        return any(each.asks_late for each in self.conditions)

    @cached_property
    def uses_when(self) -> bool:
        """Whether any band has a condition."""
        return any(band.when is not None for band in self.bands)

    @cached_property
    def groups(self) -> bool:
        """Whether any trigger tells people by group."""
        return any(trigger.group_by for trigger in self.triggers)

    @cached_property
    def in_use(self) -> tuple[Trigger, ...]:
        """The triggers that are switched on, in the pack's order."""
        return tuple(trigger for trigger in self.triggers if trigger.enabled)

    @cached_property
    def concerned(self) -> dict[str, frozenset[str]]:
        """Judgement → the triggers in use whose condition can hold at it."""
        at = {trigger.id: trigger.when.only_at for trigger in self.in_use}
        return {
            status: frozenset(name for name, only in at.items() if only is None or status in only)
            for status in self.judged
        }

    @cached_property
    def suppresses(self) -> bool:
        """Whether any trigger is suppressed by another."""
        return any(trigger.suppressed_by for trigger in self.triggers)

    @cached_property
    def suppressors_first(self) -> tuple[Trigger, ...]:
        """The same, each after all that can suppress it; `check` refuses circles."""
        known = {trigger.id: trigger for trigger in self.in_use}
        found: dict[str, Trigger] = {}

        def take(trigger: Trigger) -> None:
            for other in trigger.suppressed_by:
                if other in known and other not in found:
                    take(known[other])
            found[trigger.id] = trigger

        for trigger in self.in_use:
            if trigger.id not in found:
                take(trigger)
        return tuple(found.values())

    @cached_property
    def by_id(self) -> dict[str, Status]:
        """Status id → status."""
        return {status.id: status for status in self.statuses}

    @cached_property
    def judged(self) -> frozenset[str]:
        """The ids of the words that are a judgement."""
        return frozenset(status.id for status in self.statuses if status.judged)

    @cached_property
    def unrated_words(self) -> dict[str, str]:
        """Cause → the pack's own word for it."""
        return {cause: status.id for status in self.statuses for cause in status.stands_for}

    @cached_property
    def fields_by_id(self) -> dict[str, IndicatorField]:
        """Field id → what the pack asks for."""
        return {field.id: field for field in self.indicator_fields}

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Every end of every band."""
        return tuple(edge for band in self.bands for edge in (band.lower, band.upper) if edge is not None)

    @cached_property
    def uses_tolerance(self) -> bool:
        """Whether any band ends at the indicator's tolerance."""
        return any(edge.tolerance for edge in self.edges)

    @cached_property
    def uses_floor(self) -> bool:
        """Whether any band asks about the absolute floor."""
        return any(band.floor for band in self.bands)

    @cached_property
    def edge_sizes(self) -> tuple[Decimal, ...]:
        """The size of every number at which a band ends, and zero."""
        return (Decimal(0), *(abs(edge.at) for edge in self.edges if not edge.tolerance))

    @cached_property
    def words(self) -> dict[str, str]:
        """Status id → how it stands inside a sentence: "amber"."""
        return {status.id: status.label[:1].lower() + status.label[1:] for status in self.statuses}

    def word(self, status: str) -> str:
        """A status as it stands inside a sentence: "amber"; an unknown id is its own word."""
        return self.words.get(status, status)

"""Which pack is in force from when, and who proposed and approved it."""

from __future__ import annotations

from datetime import date

from events.schema import Event, fact
from events.text import TextRef


@fact("pack.proposed")
class PackProposed(Event, frozen=True, kw_only=True):
    """A person proposed a pack for adoption; its resolved canonical form stands in the blobs under `digest`."""

    pack: str
    """Its name."""
    version: str
    digest: str
    """SHA-256 of the resolved canonical form, in hex."""
    effective_from: date
    rejudge: bool = False
    """Whether periods that were judged already are judged again."""
    reason: TextRef | None = None


@fact("pack.adopted")
class PackAdopted(Event, frozen=True, kw_only=True):
    """Another person approved exactly the digest that was proposed; it judges periods that end from `effective_from`."""

    pack: str
    version: str
    digest: str
    """SHA-256 of the resolved canonical form, in hex."""
    effective_from: date
    proposed_by: str
    """Who proposed it, by id."""
    rejudge: bool = False
    """Whether periods that were judged already are judged again."""
    assumptions: tuple[str, ...] = ()
    """The assumptions initialled with this adoption."""


@fact("pack.rejudged")
class PackRejudged(Event, frozen=True, kw_only=True):
    """Every series with periods that a newly adopted pack governs was judged again by it."""

    adoption: str
    """The adoption, as ``stream@version``."""
    pack: str
    version: str
    series: int
    """How many series there were."""


@fact("pack.declined")
class PackDeclined(Event, frozen=True, kw_only=True):
    """The second person did not approve the proposed pack."""

    digest: str
    reason: TextRef


@fact("trigger.muted")
class TriggerMuted(Event, frozen=True, kw_only=True):
    """Somebody silenced a trigger for a series until a day, with a reason."""

    trigger: str
    indicator: str
    service: str
    until: date
    reason: TextRef


@fact("trigger.unmuted")
class TriggerUnmuted(Event, frozen=True, kw_only=True):
    """A mute was taken back before its last day."""

    trigger: str
    indicator: str
    service: str
    reason: TextRef

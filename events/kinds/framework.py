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


@fact("pack.adopted", version=2)
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
    on_behalf_of: str | None = None
    """The body that approved it, where a body does."""
    acting_for: str | None = None
    """For whom somebody stood in."""
    minute: TextRef | None = None
    """Where the body's decision is minuted, where that was known at once."""
    review_on: date | None = None
    """The day on which the pack is to be reviewed."""


@fact("pack.step_taken")
class PackStepTaken(Event, frozen=True, kw_only=True):
    """A body or a role took a step on the way of the proposed pack: noted it, endorsed it."""

    digest: str
    """SHA-256 of what it was taken about, in hex."""
    step: str
    """Its name in the pack that says how packs are adopted."""
    by: str
    """The body or the role."""
    acting_for: str | None = None
    """For whom somebody stood in."""
    comment: TextRef | None = None
    """What was said."""
    minute: TextRef | None = None
    """Where it is minuted, where that was known at once."""


@fact("pack.initialled")
class AssumptionsInitialled(Event, frozen=True, kw_only=True):
    """A person initialled assumptions of the proposed pack: they know them, and stand for them."""

    digest: str
    assumptions: tuple[str, ...]


@fact("pack.minuted")
class PackMinuted(Event, frozen=True, kw_only=True):
    """The minute of a body's step or approval became known."""

    decision: str
    """The step or the adoption, as ``stream@version``."""
    minute: TextRef


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

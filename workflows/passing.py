"""What happens when a deadline goes by: it is recorded once, and the next rung is proposed or climbed to."""

from __future__ import annotations

from datetime import date

import msgspec

from events.kinds.workflow import DeadlinePassed
from workflows.decide import Taking
from workflows.definition import Definition
from workflows.instance import Instance
from workflows.surroundings import Surroundings


class Passing(msgspec.Struct, frozen=True, kw_only=True):
    """The fact to record and, where the ladder climbs by itself, the step that the system then takes."""

    event: DeadlinePassed
    taking: Taking | None = None


def pass_deadline(
    definition: Definition, instance: Instance, name: str, n: int, fired_on: date, facts: Surroundings
) -> Passing | None:
    """Pass the `n`-th setting of a deadline on the local day `fired_on`; None where it no longer runs."""
    raise NotImplementedError

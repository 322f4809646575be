"""Judge a plain list of statuses, as a pack's own tests write them: "amber red red"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from events.schema import Event
from rules.ir import RuleSet


def judge_history(
    rules: RuleSet,
    statuses: Sequence[str],
    fields: Mapping[str, str],
    *,
    reported_as: str | Sequence[str | None] | None = None,
    first_period: str = "2001-01",
) -> list[list[Event]]:
    """The facts of each period in turn, the statuses taken as given whether or not the pack has bands.

    ``.`` is a period without data. `reported_as` as one word belongs to the last period; as a sequence there is
    one per period. Raises Invalid for a word that is no status of the pack.
    """
    raise NotImplementedError

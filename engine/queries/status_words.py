"""Statuses as people read them: always a word, with the pack's label, and a colour beside it."""

from __future__ import annotations

import msgspec

from engine.packs.pack import Pack
from engine.queries.shown import MISSING

COLOURS = {"red": "#991814", "amber": "#f9b31d", "green": "#28a382", "blue": "#093886"}
"""Told apart under the common colour-vision deficiencies; used where a pack gives a status of this name no colour."""


class StatusWord(msgspec.Struct, frozen=True, kw_only=True):
    """A status as people read it; never colour alone."""

    id: str
    label: str
    colour: str = ""
    judged: bool = True


NO_STATUS = StatusWord(id="", label=MISSING, judged=False)


def status_word(pack: Pack | None, status: str) -> StatusWord:
    """A status in its own pack's words; the built-in words stand for themselves."""
    known = pack.rules.by_id.get(status) if pack else None
    if known is None:
        return StatusWord(id=status, label=status[:1].upper() + status[1:], judged=False)
    colour = known.colour or (COLOURS.get(status, "") if known.judged else "")
    return StatusWord(id=status, label=known.label, colour=colour, judged=known.judged)

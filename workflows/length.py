"""How much may be written in one step: one side of A4 is a number of words, for all its texts together.

The record holds references, not texts, so that whoever asks for the decision counts them (`Taking.written`).
"""

from __future__ import annotations

from events.errors import Problem
from workflows.situation import Situation, reason


def length_reasons(situation: Situation) -> list[Problem]:
    """That the texts of the step do not fit."""
    most, written = situation.step.words, situation.taking.written
    if most is None or written <= most:
        return []
    sentence = f"'{situation.step.name}' holds {most} words in all, and what was written has {written}."
    return [reason("GT-STEP-040", sentence, f"Shorten it by {written - most} words.")]

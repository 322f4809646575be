"""Three answers: holds, does not, cannot be said. Source: Kleene, strong three-valued logic."""

from __future__ import annotations

from itertools import product

import pytest

from rules.kinds.kind import every, opposite, some
from tests.unit.rules.given import story, trigger

VALUES = (True, False, None)
HAS = {True: "{status: red}", False: "{status: green}", None: "{field: local, is: 'yes'}"}
"""Conditions that hold, do not, and cannot be said, of a red figure whose field nobody filled in."""
SAID = {True: "fired", False: "-", None: "unknown"}
NUMBER = {True: 2, None: 1, False: 0}


def truth(number: int) -> bool | None:
    return next(value for value, each in NUMBER.items() if each == number)


@pytest.mark.parametrize(("one", "other"), list(product(VALUES, VALUES)))
def test_both_is_the_lesser_and_either_the_greater(one: bool | None, other: bool | None) -> None:
    assert every([one, other]) is truth(min(NUMBER[one], NUMBER[other]))
    assert some([one, other]) is truth(max(NUMBER[one], NUMBER[other]))
    assert story(trigger(f"when: {{all: [{HAS[one]}, {HAS[other]}]}}"), "red") == SAID[every([one, other])]
    assert story(trigger(f"when: {{any: [{HAS[one]}, {HAS[other]}]}}"), "red") == SAID[some([one, other])]


@pytest.mark.parametrize("value", VALUES)
def test_the_opposite_of_what_cannot_be_said_cannot_be_said(value: bool | None) -> None:
    assert opposite(value) is truth(2 - NUMBER[value])
    assert story(trigger(f"when: {{not: {HAS[value]}}}"), "red") == SAID[opposite(value)]


@pytest.mark.parametrize(("one", "other"), list(product(VALUES, VALUES)))
def test_what_is_asked_beside_it_counts_only_where_the_condition_holds(
    one: bool | None, other: bool | None
) -> None:
    pack = trigger(f"when: {HAS[one]}, only_if: {{all: [{HAS[other]}], otherwise: Recorded only}}")
    screened = {True: "fired", False: "screened", None: "unknown"}
    assert story(pack, "red") == (screened[other] if one else SAID[one])

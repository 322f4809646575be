"""A step that is only for whoever took another one: the opposite of the bar on the same person.

What somebody did for another was that other's step: whoever stands in for them may take the next one for them too. Like
the bar it looks at this round, and at who began the matter in every round.
"""

from __future__ import annotations

from collections.abc import Iterator

from workflows.definition import SYSTEM, Step
from workflows.instance import Taker
from workflows.situation import Situation


def owners_of(situation: Situation) -> tuple[str, ...]:
    """Those who took one of the steps that this one names under `same_person_as`, each once; the product is nobody."""
    return tuple(
        dict.fromkeys(person_of(taker) for taker in takers(situation, situation.step.same_person_as))
    )


def may_be_theirs(situation: Situation, person: str) -> bool:
    """Whether the step is for this person as far as it says whose it is."""
    return not situation.step.same_person_as or person in owners_of(situation)


def still_holds(situation: Situation, person: str, role: str) -> bool:
    """Whether who took a step holds a role of it still, here or for any service.

    The step was within their scope when they took it: a matter that has become about more since does not take it from
    them, nor does it make them somebody who has left.
    """
    facts, on = situation.facts, situation.taking.effective_on
    days = (on, situation.today)  # no date that somebody gives brings back a role that has ended
    return facts.holds(person, role, on) or all(facts.scopes_held(person, role, day) for day in days)


def words_for_owners(step: Step) -> str:
    """``whoever took 'propose'``."""
    return f"whoever took {' or '.join(map(repr, step.same_person_as))}"


def takers(situation: Situation, steps: tuple[str, ...]) -> Iterator[Taker]:
    """Who took one of some steps in this round."""
    for taker in situation.round if steps else ():
        if taker.step in steps and taker.person != SYSTEM:
            yield taker


def person_of(taker: Taker) -> str:
    """Whose step it was: of the one for whom it was taken, where somebody stood in."""
    return taker.acting_for or taker.person

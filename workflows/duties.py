"""Separation of duties, looked at before it is wanted: are there people enough for every step, apart and together?

A pair of hands is one natural person, or two: somebody who stands in, and the one for whom they do, since what the
one has done bars the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

import msgspec

from events.errors import Problem
from workflows.definition import ASKED, BODY, PROPOSE, SYSTEM, Definition, Step
from workflows.organisation import Organisation

Hands = frozenset[str]
"""The natural persons behind one taking of a step."""
Staff = Callable[[str], Collection[Hands]]
"""Role or body → everybody who can act in it or for it today."""

NOBODY, TOO_FEW, NOT_APART = "nobody", "too few", "not apart"


class Shortage(msgspec.Struct, frozen=True, kw_only=True):
    """A step that cannot be taken as the workflow asks."""

    kind: str
    """`NOBODY` can take it; there are `TOO_FEW` for its quorum; or `NOT_APART` from those who took an earlier step."""
    workflow: str
    index: int
    """Of the step in the definition."""
    step: Step
    others: tuple[Step, ...] = ()
    """The earlier steps."""
    needed: int = 1
    """How many people it takes, those of the earlier steps included."""
    people: tuple[str, ...] = ()
    """All there are."""


def shortages(definition: Definition, organisation: Organisation, staff: Staff) -> Iterator[Shortage]:
    """Every step that the people there are cannot take as they must.

    For a step of whatever body the matter is with, every body of the ladder is asked.
    """
    for index, step in enumerate(definition.steps):
        hands = _hands(step, organisation, staff)
        if hands is None:
            continue
        if step.same_person_as:
            hands = _of_takers(definition, organisation, staff, step, hands)
        if not hands:
            yield Shortage(kind=NOBODY, workflow=definition.name, index=index, step=step)
            continue
        count = step.quorum or 1
        if not _can_act(hands, count):
            yield _shortage(TOO_FEW, definition, index, count, hands)
            continue
        others = [_named(definition, name) for name in step.not_same_person_as]
        before = [(each, found) for each in others if (found := _hands(each, organisation, staff))]
        alone = [(each, found) for each, found in before if not _apart([(each, found)], hands, count)]
        if alone:
            for each, found in alone:
                yield _shortage(NOT_APART, definition, index, count + (each.quorum or 1), hands, found, each)
        elif not _apart(before, hands, count):
            yield _shortage(NOT_APART, definition, index, count + 1, hands, (), *(each for each, _ in before))


def unsatisfiable(definition: Definition, organisation: Organisation, staff: Staff) -> Iterator[Problem]:
    """The same as warnings about the definition, people by id."""
    return told(shortages(definition, organisation, staff))


def told(found: Iterable[Shortage]) -> Iterator[Problem]:
    """Shortages as warnings about their definition, people by id."""
    for short in found:
        name, who = short.step.name, _listed(short.people)
        if short.kind == NOBODY:
            sentence = f"Nobody can take '{name}' of {short.workflow} at present."
            yield _warning(
                "GT-FLOW-070", sentence, f"Assign {' or '.join(short.step.by)} to somebody.", short
            )
        elif short.kind == TOO_FEW:
            sentence = (
                f"'{name}' of {short.workflow} needs {short.needed} people together; there is only {who}."
            )
            fix = f"Assign {' or '.join(short.step.by)} to more people, or ask for fewer in the workflow."
            yield _warning("GT-PEOPLE-045", sentence, fix, short)
        else:
            others = " and ".join(f"'{each.name}'" for each in short.others)
            number = "two" if short.needed == 2 else str(short.needed)
            sentence = f"{others} and '{name}' of {short.workflow} need {number} people; there is only {who}."
            yield _warning("GT-FLOW-071", sentence, "Assign one of the roles to somebody else.", short)


def _hands(step: Step, organisation: Organisation, staff: Staff) -> frozenset[Hands] | None:
    """Everybody who can take a step; None where anybody or the system can, or whoever it is asked of then."""
    if not step.by or SYSTEM in step.by or ASKED in step.by:
        return None
    ladder = organisation.ladder
    bodies = ladder.rungs if ladder else tuple(organisation.bodies)
    names = [name for each in step.by for name in (bodies if each == BODY else (each,))]
    return frozenset(hands for name in names for hands in staff(name))


def _of_takers(
    definition: Definition, organisation: Organisation, staff: Staff, step: Step, hands: frozenset[Hands]
) -> frozenset[Hands]:
    """Those of them who can have taken one of the steps that it is the same person's as."""
    before = [_hands(_named(definition, name), organisation, staff) for name in step.same_person_as]
    if None in before:
        return hands
    took = {who for found in before for each in found or () for who in each}
    return frozenset(each for each in hands if each & took)


def _can_act(hands: Iterable[Hands], count: int, without: Hands = frozenset()) -> bool:
    """Whether so many can act of whom no two share a person, and none is among those left out."""
    free = sorted((each for each in hands if not each & without), key=lambda each: (len(each), sorted(each)))
    alone = [each for each in free if len(each) == 1]
    if len(alone) >= count:
        return True
    return _choose(free, count, frozenset())


def _choose(free: list[Hands], count: int, used: Hands) -> bool:
    if count == 0:
        return True
    return any(
        _choose(free[index + 1 :], count - 1, used | each)
        for index, each in enumerate(free)
        if not each & used
    )


def _apart(before: list[tuple[Step, frozenset[Hands]]], hands: frozenset[Hands], count: int) -> bool:
    """Whether the earlier steps can be taken so that enough are left for this one."""
    people = frozenset(who for each in hands for who in each)
    narrow = []
    for step, found in before:
        if not _can_act(found, step.quorum or 1, people):  # others than these could take it: it bars nobody
            narrow.append(
                (step.quorum or 1, sorted(found, key=lambda each: (len(each & people), sorted(each))))
            )
    return _left(narrow, hands, count, frozenset())


def _left(narrow: list[tuple[int, list[Hands]]], hands: frozenset[Hands], count: int, used: Hands) -> bool:
    if not _can_act(hands, count, used):
        return False
    if not narrow:
        return True
    (many, found), *rest = narrow
    return any(_left(rest, hands, count, used | taken) for taken in _takings(found, many, frozenset()))


def _takings(found: list[Hands], many: int, used: Hands) -> Iterator[Hands]:
    if many == 0:
        yield used
        return
    for index, each in enumerate(found):
        if not each & used:
            yield from _takings(found[index + 1 :], many - 1, used | each)


def _named(definition: Definition, name: str) -> Step:
    return definition.start if name == PROPOSE else definition.step(name)


def _shortage(
    kind: str,
    definition: Definition,
    index: int,
    needed: int,
    hands: Iterable[Hands],
    found: Iterable[Hands] = (),
    *others: Step,
) -> Shortage:
    people = {who for each in (*hands, *found) for who in each}
    return Shortage(
        kind=kind,
        workflow=definition.name,
        index=index,
        step=definition.steps[index],
        others=others,
        needed=needed,
        people=tuple(sorted(people)),
    )


def _listed(people: tuple[str, ...]) -> str:
    return f"{', '.join(people[:-1])} and {people[-1]}" if len(people) > 1 else "".join(people)


def _warning(code: str, sentence: str, fix: str, short: Shortage) -> Problem:
    return Problem(code=code, sentence=sentence, fix=fix, severity="warning", path=("steps", short.index))

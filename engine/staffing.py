"""Whether the people of a book can run the workflows of a pack, service by service: their roles, stand-ins and absences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from engine.nouns import Nouns
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.surroundings import Surroundings
from engine.work import Work
from events.errors import Problem
from workflows.definition import COUNCIL, Definition
from workflows.duties import Hands, Shortage, Staff, shortages, told


class Short(NamedTuple):
    """A shortage, and the services in which it is felt; none where it is felt everywhere."""

    shortage: Shortage
    services: tuple[str, ...]


def short_of_people(work: Work, shelf: Shelf, pack: Pack, today: date) -> list[Short]:
    """What the people of a day cannot do of what a pack asks, those who are away left out."""
    groups = _groups(work)
    found: list[Short] = []
    for definition in pack.workflows.values():
        found += _of_workflow(work, shelf, pack, today, definition, groups)
    return found


def _of_workflow(
    work: Work, shelf: Shelf, pack: Pack, today: date, definition: Definition, groups: list[tuple[str, ...]]
) -> Iterator[Short]:
    """Each shortage once, with the services that have it; of an indicator, with those that return it alone."""
    about = [("",)] if definition.about == COUNCIL else groups
    where: dict[tuple[str, str], list[str]] = {}
    first: dict[tuple[str, str], Shortage] = {}
    for services in about:
        facts = Surroundings(work, shelf, pack, ("", services[0]), today, today=today)
        for shortage in shortages(definition, pack.organisation, staff_of(facts)):
            key = (shortage.kind, shortage.step.name)
            first.setdefault(key, shortage)
            where.setdefault(key, []).extend(services)
    everywhere = sum(len(services) for services in about)
    for key, shortage in first.items():
        yield Short(shortage, () if len(where[key]) == everywhere else tuple(sorted(where[key])))


def check_against(work: Work, shelf: Shelf, pack: Pack, today: date) -> list[Problem]:
    """What the people of a book cannot do of what a pack asks that it may adopt, as warnings."""
    found = []
    for short in short_of_people(work, shelf, pack, today):
        (problem,) = told([short.shortage])
        if short.services:
            where = f"In {', '.join(short.services)}: "
            problem = msgspec.structs.replace(problem, sentence=where + problem.sentence)
        found.append(problem)
    return found


def staff_of(facts: Surroundings) -> Staff:
    """Who can act in a role or for a body: those who are there, and those who stand in."""
    known: dict[str, frozenset[Hands]] = {}

    def staff(role_or_body: str) -> frozenset[Hands]:
        if role_or_body not in known:
            there = {Hands({who}) for who in facts.who_may(role_or_body) if facts.away(who) is None}
            instead = {
                Hands(pair) for pair in facts.stand_ins(role_or_body) if facts.away(pair.person) is None
            }
            known[role_or_body] = frozenset(there | instead)
        return known[role_or_body]

    return staff


def _groups(nouns: Nouns) -> list[tuple[str, ...]]:
    """The services, those together for which the same people act; one that is nowhere where there is no service yet."""
    services, people = nouns.services(), nouns.people()
    scopes = {each.scope for each in people.assignments} | {each.scope for each in people.delegations}
    groups: dict[frozenset[str], list[str]] = {}
    for service in services.parents:
        groups.setdefault(services.with_ancestors(service) & scopes, []).append(service)
    return [tuple(group) for group in groups.values()] or [("",)]

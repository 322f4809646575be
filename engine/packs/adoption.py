"""The pack's `adoption:` section: the steps through which it, and what follows it, comes into force."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from events.errors import Problem
from events.nearest import did_you_mean
from workflows.definition import COUNCIL, REVIEW_ON, Definition
from workflows.keys import Key, Keys
from workflows.node import Node
from workflows.organisation import Organisation

SECTION: Keys = {
    "steps": Key(
        "a list of what is done in which order, the last one the approval; left out, one governance lead proposes it and another approves it"
    ),
    "initialled": Key("yes: each assumption is initialled by a named person before the pack is approved"),
    "review": Key("how long after its approval the pack is reviewed, and the workflow that is then begun"),
    "clause": Key("where the source says so"),
    "assumption": Key("what it rests on where the source does not say"),
}
STEP: Keys = {
    "do": Key("its name, for example endorse", True),
    "by": Key("the body or the role that takes it", True),
    "label": Key("what people read, for example Endorsed"),
    "clause": Key("where the source says so"),
    "assumption": Key("what it rests on where the source does not say"),
}
REVIEW: Keys = {
    "after": Key("how long after the approval", True),
    "begins": Key("a workflow about the council that takes review_on to begin", True),
    "clause": Key("where the source says so"),
    "assumption": Key("what it rests on where the source does not say"),
}


class AdoptionStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step on the way of a pack into force."""

    name: str
    by: str
    label: str


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """When a pack is looked at again, and the workflow by which that is done."""

    after: str
    """A length of time."""
    begins: str


class Adoption(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a pack is adopted; the last step is the approval."""

    steps: tuple[AdoptionStep, ...] = ()
    initialled: bool = False
    review: Review | None = None

    @property
    def before(self) -> tuple[AdoptionStep, ...]:
        """The steps before the approval."""
        return self.steps[:-1]

    @property
    def approval(self) -> AdoptionStep | None:
        """The last step; None where two governance leads adopt a pack between them."""
        return self.steps[-1] if self.steps else None


def read_adoption(node: Node) -> Adoption:
    """Read the section; problems are collected by the node."""
    found = node.table(SECTION)
    steps = [_step(item) for item in found["steps"].items()] if "steps" in found else []
    names = [step.name for step in steps]
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        found["steps"].problem(
            "GT-PACK-424", f"Two steps of the adoption are called '{name}'.", "Rename one."
        )
    return Adoption(
        steps=tuple(steps),
        initialled=found["initialled"].yes() if "initialled" in found else False,
        review=_review(found["review"]) if "review" in found else None,
    )


def _step(node: Node) -> AdoptionStep:
    found = node.table(STEP)
    name = found["do"].text() if "do" in found else ""
    label = found["label"].text() if "label" in found else name.replace("_", " ").capitalize()
    return AdoptionStep(name=name, by=found["by"].text() if "by" in found else "", label=label)


def _review(node: Node) -> Review:
    found = node.table(REVIEW)
    return Review(
        after=str(found["after"].duration()) if "after" in found else "",
        begins=found["begins"].text() if "begins" in found else "",
    )


def check_adoption(
    section: Adoption | None,
    organisation: Organisation | None,
    uses: Collection[str],
    workflows: Mapping[str, Definition],
) -> list[Problem]:
    """Bodies, roles and a workflow that the rest of the pack does not know."""
    if section is None:
        return []
    problems: list[Problem] = []
    if organisation is not None:
        people = {*organisation.roles, *organisation.bodies}
        problems += [
            _problem(
                "GT-PACK-425",
                f"The adoption's step '{step.name}' is for '{step.by}', but the pack has no such role or body."
                f"{did_you_mean(step.by, people)}",
                f"Known: {', '.join(sorted(people)) or 'none'}.",
            )
            for step in section.steps
            if step.by and step.by not in people
        ]
    review = section.review
    if review is not None and review.begins not in uses:
        problems.append(
            _problem(
                "GT-PACK-426",
                f"The review of the pack begins '{review.begins}', but the pack has no such workflow."
                f"{did_you_mean(review.begins, uses)}",
                f"Take one in under 'workflows', for example {review.begins}: {{use: library/framework_review@1, …}}.",
            )
        )
    elif review is not None and review.begins in workflows:
        problems += _takes_its_day(review.begins, workflows[review.begins])
    return problems


def _takes_its_day(name: str, definition: Definition) -> list[Problem]:
    start = definition.start
    if REVIEW_ON in {**start.needs, **start.may} and definition.about == COUNCIL:
        return []
    return [
        _problem(
            "GT-PACK-427",
            f"The review of the pack begins '{name}', which is not about the council or takes no '{REVIEW_ON}' to begin.",
            "Use library/framework_review@1, or a workflow like it.",
        )
    ]


def _problem(code: str, sentence: str, fix: str) -> Problem:
    return Problem(code=code, sentence=sentence, fix=fix, path=("adoption",), at_key=True)

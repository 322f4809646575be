"""What a workflow collects, as the rest of the pack has it: a workflow about services, asked for by period."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from events.errors import Problem
from events.nearest import did_you_mean
from workflows.definition import SERVICE, Collects, Definition

PERIOD = "period"


def check_collects(uses: Collection[str], workflows: Mapping[str, Definition]) -> Iterator[Problem]:
    """Every workflow that is collected is one of the pack, about a service, with a period and the end states named."""
    for name, definition in workflows.items():
        collects = definition.collects
        if collects is None:
            continue
        if collects.workflow not in uses:
            yield _problem(
                name,
                "GT-PACK-140",
                f"'{name}' collects '{collects.workflow}', but the pack has no such workflow."
                f"{did_you_mean(collects.workflow, uses)}",
                f"The pack's workflows are: {', '.join(uses)}.",
            )
        elif collects.workflow in workflows:
            yield from _of_collected(name, collects, workflows[collects.workflow])


def _of_collected(name: str, collects: Collects, collected: Definition) -> Iterator[Problem]:
    if collected.about != SERVICE or PERIOD not in collected.start.needs:
        yield _problem(
            name,
            "GT-PACK-141",
            f"'{name}' collects '{collects.workflow}', which is not about a service or needs no period to begin.",
            "Collect a workflow with about: service and needs: {period: period} at its start.",
        )
    ends = [state.name for state in collected.states if state.final]
    for state in collects.none_in:
        if state not in ends:
            yield _problem(
                name,
                "GT-PACK-142",
                f"'{name}' has nothing to collect at '{state}' of '{collects.workflow}', which is no end state of it."
                f"{did_you_mean(state, ends)}",
                f"Its end states are: {', '.join(ends) or 'none'}.",
            )


def _problem(workflow: str, code: str, sentence: str, fix: str) -> Problem:
    return Problem(code=code, sentence=sentence, fix=fix, path=("workflows", workflow), at_key=True)

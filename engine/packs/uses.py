"""The workflows a pack takes in: found by name and version, compiled with the parameters given."""

from __future__ import annotations

from collections.abc import Mapping

from engine.packs.folder import PackFolder
from engine.packs.header import WorkflowUse
from engine.ports import Document
from engine.problems import placed
from events.errors import Invalid, Problem
from events.nearest import did_you_mean
from workflows.compile import compile_definition
from workflows.definition import Definition
from workflows.organisation import Organisation


def read_workflows(
    folder: PackFolder, uses: Mapping[str, WorkflowUse], organisation: Organisation | None
) -> tuple[dict[str, Definition], list[Problem]]:
    """Workflow → definition, and all problems: those of a workflow's own file with their places, others with paths.

    Without an organisation (it has problems of its own) the files are only looked up and read.
    """
    definitions: dict[str, Definition] = {}
    problems: list[Problem] = []
    for name, use in uses.items():
        try:
            document = folder.workflow(use.use) if use.use else None
        except Invalid as invalid:
            problems += [_at(problem, "workflows", name, "use") for problem in invalid.problems]
            continue
        if document is None:
            problems += _not_found(folder, name, use)
            continue
        problems += _other_version(name, use, document)
        if organisation is None:
            continue
        definition, found = compile_definition(
            document.tree, parameters=use.parameters, organisation=organisation
        )
        problems += [_told_from(problem, name, document) for problem in found]
        if definition is not None:
            definitions[name] = definition
    return definitions, problems


def _not_found(folder: PackFolder, name: str, use: WorkflowUse) -> list[Problem]:
    if not use.use:
        return []
    wanted, known = use.use.partition("@")[0], folder.known_workflows()
    return [
        Problem(
            code="GT-PACK-021",
            sentence=f"There is no workflow '{wanted}'.{did_you_mean(wanted, known)}",
            fix=f"There are: {', '.join(known)}." if known else "Put it into the pack's folder 'workflows'.",
            path=("workflows", name, "use"),
        )
    ]


def _other_version(name: str, use: WorkflowUse, document: Document) -> list[Problem]:
    tree = document.tree
    has = tree.get("version") if isinstance(tree, Mapping) else None
    wanted, _, version = use.use.partition("@")
    if not isinstance(has, str) or has == version:
        return []
    return [
        Problem(
            code="GT-PACK-022",
            sentence=f"Version {has} of {wanted} stands here, not {version}.",
            fix=f"Read what changed, then write {wanted}@{has}.",
            path=("workflows", name, "use"),
        )
    ]


def _told_from(problem: Problem, name: str, document: Document) -> Problem:
    """A problem of a parameter belongs to the pack; any other to the workflow's own file."""
    if problem.path[:1] == ("with",):
        return _at(problem, "workflows", name, *problem.path)
    return placed([problem], document)[0]


def _at(problem: Problem, *path: str | int) -> Problem:
    return Problem(
        code=problem.code,
        sentence=problem.sentence,
        fix=problem.fix,
        severity=problem.severity,
        at_key=problem.at_key,
        path=path,
        place=problem.place,
    )

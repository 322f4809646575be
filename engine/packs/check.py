"""The whole of a pack checked: both halves, the workflows it takes in, and everything that only shows when they are joined.

All problems come at once, each with its place; a pack with warnings can be used, one with errors cannot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.packs import provenance
from engine.packs.adoption import check_adoption
from engine.packs.canonical import sealed
from engine.packs.closing import check_period_close
from engine.packs.collecting import check_collects
from engine.packs.crossing import check_across
from engine.packs.folder import PackFolder
from engine.packs.header import KEYS as HEADER_KEYS
from engine.packs.header import Header, read_header
from engine.packs.pack import Pack
from engine.packs.uses import read_workflows
from engine.ports import Document
from engine.problems import errors_in, placed
from events.errors import Invalid, Problem
from events.nearest import did_you_mean
from rules.compile import KEYS as RULE_KEYS
from rules.compile import compile_rules
from rules.ir import RuleSet
from rules.names import Names
from workflows.definition import Definition
from workflows.node import Node
from workflows.organisation import KEYS as ORGANISATION_KEYS
from workflows.organisation import Organisation, compile_organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of checking a pack."""

    pack: Pack | None
    """None where there is an error."""
    problems: tuple[Problem, ...]
    """Errors and warnings, each with its place."""
    counts: str
    """What was looked at: ``37 rules, 4 workflows, 20 menu items checked``."""


def check_pack(folder: PackFolder) -> Checked:
    """Read and check a pack. Raises NotFound where the folder holds none."""
    try:
        document = folder.pack()
    except Invalid as invalid:
        return Checked(pack=None, problems=invalid.problems, counts="")
    tree = document.tree
    if not isinstance(tree, Mapping):
        problem = Problem(
            code="GT-PACK-004",
            sentence="A pack is a list of keys with their values; this file is something else.",
            fix="Begin with 'pack:', the name of the pack.",
        )
        return Checked(pack=None, problems=placed([problem], document), counts="")
    return _check_tree(folder, document, tree)


def _check_tree(folder: PackFolder, document: Document, tree: Mapping[str, object]) -> Checked:
    problems = _unknown_keys(tree)
    header = read_header(Node(tree, (), problems))
    problems += _folder_name(folder, header)
    organisation, of_organisation = compile_organisation(tree)
    rules, of_rules = compile_rules(tree, _names(tree, header))
    workflows, of_workflows = read_workflows(folder, header.uses, organisation)
    problems += [*of_organisation, *of_rules, *of_workflows]
    problems += provenance.check_assumptions(tree, header.assumptions) + provenance.check_values(tree)
    problems += check_period_close(header.period_close, organisation, rules, header.uses, workflows)
    problems += check_adoption(header.adoption, organisation, header.uses, workflows)
    problems += check_collects(header.uses, workflows)
    if rules is not None:
        menu = organisation.intervention.menu if organisation is not None else {}
        problems += check_across(rules, header.uses, workflows, menu)
    ready = placed(problems, document)
    pack = None
    if organisation is not None and rules is not None and not errors_in(ready):
        pack = sealed(
            name=header.name,
            title=header.title,
            version=header.version,
            effective_from=header.effective_from,
            source=header.source,
            organisation=organisation,
            rules=rules,
            workflows=workflows,
            assumptions=header.assumptions,
            sources=provenance.sources(tree),
            data_quality=header.data_quality,
            period_close=header.period_close,
            adoption=header.adoption,
        )
    return Checked(pack=pack, problems=ready, counts=_counts(organisation, rules, workflows))


def _unknown_keys(tree: Mapping[str, object]) -> list[Problem]:
    known = [*HEADER_KEYS, *ORGANISATION_KEYS, *sorted(RULE_KEYS)]
    return [
        Problem(
            code="GT-PACK-013",
            sentence=f"A pack has no part called '{key}'.{did_you_mean(key, known)}",
            fix=f"The parts of a pack are: {', '.join(known)}.",
            path=(key,),
            at_key=True,
        )
        for key in tree
        if key not in known
    ]


def _folder_name(folder: PackFolder, header: Header) -> list[Problem]:
    actual = folder.root.resolve().name
    if not header.name or header.name == actual:
        return []
    return [
        Problem(
            code="GT-PACK-014",
            sentence=f"The pack is called '{header.name}', but its folder is called '{actual}'.",
            fix="Give both the same name.",
            severity="warning",
            path=("pack",),
        )
    ]


def _names(tree: Mapping[str, object], header: Header) -> Names:
    """What rules may refer to; taken from the text, so that a problem in one half does not show up as many in the other."""
    return Names(
        bodies=frozenset(map(str, _listed(tree.get("bodies")))),
        roles=frozenset(map(str, _listed(tree.get("roles")))),
        workflows=frozenset(header.uses),
    )


def _listed(node: object) -> list[object]:
    return list(node) if isinstance(node, Mapping | list) else []


def _counts(
    organisation: Organisation | None, rules: RuleSet | None, workflows: Mapping[str, Definition]
) -> str:
    menu = (
        len(organisation.intervention.menu) + len(organisation.intervention.report_back)
        if organisation
        else 0
    )
    judging = (
        len(rules.statuses) + len(rules.bands) + len(rules.triggers) + len(rules.indicator_fields)
        if rules
        else 0
    )
    said = [(judging, "rule"), (len(workflows), "workflow"), (menu, "menu item")]
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in said) + " checked"

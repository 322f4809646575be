"""What can be done with an entry's input so that its message comes up; each answers all problems found."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from adapters.holidays import UkHolidays, read_overlay
from adapters.yaml import YamlDocuments
from engine.packs.check import check_pack
from engine.packs.folder import PackFolder
from engine.packs.load import load_pack
from engine.packs.pack import Pack
from engine.packs.rehearsal import Cast, Rehearsal
from engine.packs.test import calendar_of, run_tests
from engine.problems import placed
from events.errors import GoldenthreadError, Problem
from rules.compile import compile_rules
from rules.names import Names
from tests.errors.console import console, csv
from workflows.organisation import compile_organisation
from workflows.taking import Taking


def caught(do: Callable[[], Any]) -> Sequence[Problem]:
    """The problems that something raises, or that it answers."""
    try:
        return do() or ()
    except GoldenthreadError as refused:
        return refused.problems


def document(text: str) -> Sequence[Problem]:
    """A YAML document on its own."""
    return caught(lambda: YamlDocuments().read(text, "pack.yaml") and ())


def overlay(text: str) -> Sequence[Problem]:
    """A file of one-off days."""
    return caught(lambda: read_overlay(YamlDocuments().read(text, "one-off-days.yaml")) and ())


EXAMPLE = Path(__file__).parent / "example"
LIBRARY = Path(__file__).parent.parent.parent / "packs" / "library"


def pack(text: str) -> Sequence[Problem]:
    """Parts of a pack that take the place of those of the example, or are added to it."""
    return _in_example(text, lambda folder: check_pack(folder).problems)


def whole_pack(text: str) -> Sequence[Problem]:
    """A whole `pack.yaml`."""

    def run(folder: PackFolder) -> Sequence[Problem]:
        (folder.root / "pack.yaml").write_text(text, encoding="utf-8")
        return check_pack(folder).problems

    return _in_example("", run)


def pack_tests(text: str) -> Sequence[Problem]:
    """A `tests.yaml` for the example pack."""

    def run(folder: PackFolder) -> Sequence[Problem]:
        (folder.root / "tests.yaml").write_text(text, encoding="utf-8")
        checked = check_pack(folder)
        assert checked.pack is not None
        return run_tests(folder, checked.pack, UkHolidays()).problems

    return _in_example("", run)


def own_workflow(text: str) -> Sequence[Problem]:
    """A workflow of the example pack's own, called `own`."""

    def run(folder: PackFolder) -> Sequence[Problem]:
        (folder.root / "workflows").mkdir()
        (folder.root / "workflows" / "own.yaml").write_text(text, encoding="utf-8")
        return check_pack(folder).problems

    uses = "workflows:\n  submission: {use: library/submission@1, with: {window: 10 days}, assumption: A1}\n"
    uses += "  intervention: {use: library/intervention@1}\n  own: {use: workflows/own@1}\n"
    return _in_example(uses, run)


def rules(text: str) -> Sequence[Problem]:
    """The rules half of a pack, in a council with the bodies CPEG and CMT."""
    names = Names(
        bodies=frozenset({"CPEG", "CMT"}),
        roles=frozenset({"service_manager", "chief_officer"}),
        workflows=frozenset({"intervention", "action_plan"}),
    )
    document = YamlDocuments().read(text, "pack.yaml")
    return placed(compile_rules(document.tree, names)[1], document)


def organisation(text: str) -> Sequence[Problem]:
    """Calendar, bodies, roles and interventions of a pack."""
    document = YamlDocuments().read(text, "pack.yaml")
    return placed(compile_organisation(document.tree)[1], document)


def steps(text: str) -> Sequence[Problem]:
    """Steps taken one after another in Hampshire's pack; the last one is refused.

    `person` takes it, `for` the body, `acting_for` somebody; everything else is a field. Each role is held by the
    person called after it, and "clerk of CPEG" is CPEG's.
    """
    pack = load_pack(LIBRARY.parent / "hampshire-2008", LIBRARY, YamlDocuments())
    listed = YamlDocuments().read(text, "steps").tree
    rehearsal = rehearse(pack, listed[0].get("workflow", "intervention"))
    if rehearsal.workflow == "intervention" and listed[0]["do"] != "propose":
        rehearsal.propose(date(2009, 1, 5), "concern", "2008-Q3", "CPEG")
    for each in listed:
        on = date.fromisoformat(each["on"])
        rehearsal.wait(on)
        taking = Taking(
            workflow=rehearsal.workflow,
            subject="1",
            step=each["do"],
            fields=rehearsal.with_texts(each["do"], {k: v for k, v in each.items() if k not in HOW}),
            actor=each["person"],
            on_behalf_of=each.get("for"),
            acting_for=each.get("acting_for"),
            effective_on=on,
        )
        rehearsal.attempt(taking, date.fromisoformat(each.get("recorded", each["on"])))
    return rehearsal.refused


HOW = ("workflow", "do", "on", "recorded", "person", "for", "acting_for")


def rehearse(pack: Pack, workflow: str) -> Rehearsal:
    calendar = calendar_of(pack, UkHolidays())
    cast = Cast(
        calendar=calendar,
        organisation=pack.organisation,
        meetings={},
        now_status="red",
        best_status=False,
    )
    return Rehearsal(pack=pack, workflow=workflow, cast=cast)


def overlaid(example: str, text: str) -> str:
    """The example with the top-level parts of `text` in the place of its own."""
    parts = _parts(example) | _parts(text)
    return "".join(part for part in parts.values() if part.partition(":")[2].strip() != "LEFT OUT")


def _parts(text: str) -> dict[str, str]:
    return {part.partition(":")[0]: part for part in re.split(r"(?m)^(?=[^\s#-])", text) if part.strip()}


def _in_example(text: str, run: Callable[[PackFolder], Sequence[Problem]]) -> Sequence[Problem]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "example")
        root.mkdir()
        example = (EXAMPLE / "pack.yaml").read_text(encoding="utf-8")
        (root / "pack.yaml").write_text(overlaid(example, text), encoding="utf-8")
        return caught(lambda: run(PackFolder(root, LIBRARY, YamlDocuments())))


PROVOKERS: dict[str, Callable[[Any], Sequence[Problem]]] = {
    "document": document,
    "overlay": overlay,
    "pack": pack,
    "whole pack": whole_pack,
    "tests": pack_tests,
    "workflow": own_workflow,
    "rules": rules,
    "organisation": organisation,
    "steps": steps,
    "console": console,
    "csv": csv,
    "python": caught,
}

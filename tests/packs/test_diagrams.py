"""Every workflow of every pack can be drawn, and the drawing says what the workflow does."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

from adapters.yaml import YamlDocuments
from engine.packs.load import load_pack
from goldenthread.resources import packs_folder
from workflows.definition import NOTHING, SAME, Definition
from workflows.diagram import OUTSIDE, RESERVED, diagram

LIBRARY = packs_folder() / "library"
PACKS = sorted(path for path in packs_folder().iterdir() if path.is_dir() and path != LIBRARY)
ARROW = re.compile(r"    (\[\*\]|\w+) --> (\[\*\]|\w+)(?:: (.+))?")
STATE = re.compile(r"    (\w+): ([^:;#\"%{}]+)")
NOTE = re.compile(r"    note right of \w+|        [^:;#\"%{}]+|    end note")


def workflows(folder: Path) -> dict[str, Definition]:
    return dict(load_pack(folder, LIBRARY, YamlDocuments()).workflows)


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_every_workflow_of_a_pack_is_drawn_in_lines_that_mermaid_reads(folder: Path) -> None:
    for definition in workflows(folder).values():
        first, *lines = diagram(definition).splitlines()
        assert first == "stateDiagram-v2"
        assert [
            line for line in lines if not any(form.fullmatch(line) for form in (ARROW, STATE, NOTE))
        ] == []
        assert not RESERVED & {found[1] for line in lines if (found := STATE.fullmatch(line))}


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_a_drawing_has_every_step_between_the_states_it_leads_between_and_no_other(folder: Path) -> None:
    for definition in workflows(folder).values():
        found = (ARROW.fullmatch(line) for line in diagram(definition).splitlines())
        drawn = {
            (arrow[1], arrow[2], step)
            for arrow in found
            if arrow and arrow[3]
            for step in arrow[3].split(", ")
        }
        meant = chain.from_iterable(
            (
                (
                    OUTSIDE if source == NOTHING else source,
                    source if step.target == SAME else step.target,
                    step.name,
                )
                for source in step.source
            )
            for step in definition.steps
        )
        assert drawn == set(meant)


def test_where_a_matter_goes_is_written_beside_the_state_of_the_body() -> None:
    pack = load_pack(packs_folder() / "cambridgeshire-2022", LIBRARY, YamlDocuments())
    bodies = pack.organisation.bodies
    drawn = diagram(pack.workflows["kpi_lifecycle"], lambda name: bodies[name].label)
    assert "    note right of with_committee\n" in drawn
    assert "        kpi class strategic goes to Strategy and Resources Committee\n" in drawn
    assert "        kpi class operational goes to no body\n" in drawn
    assert "    [*] --> live: take_up\n" in drawn

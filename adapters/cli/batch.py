"""A file of steps: each row names what it is about and the step, and gives the step's fields; all are taken, or none.

CSV or YAML. Every problem is told at its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from events.errors import Invalid, Place, Problem

if TYPE_CHECKING:
    from adapters.cli.session import Session
    from engine.commands import Step
    from engine.office import Office
    from engine.packs.pack import Pack
    from engine.queries.references import MatterRef
    from events.text import Text
    from workflows.definition import Definition

ABOUT, STEP = "about", "step"
"""The columns that every row has; each other one is a field of the step."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row as it was written."""

    about: str
    step: str
    fields: dict[str, str]
    place: Place


def read_rows(session: Session, file: Path) -> list[Row]:
    """The rows of a file. Raises Invalid with every row that names no step, or nothing that it is about."""
    yaml = file.suffix.lower() in (".yaml", ".yml")
    rows = list(_yaml_rows(session, file) if yaml else _csv_rows(session, file))
    problems = [
        _problem(
            "GT-USE-462", f"The row does not say '{name}'.", "Give each row 'about' and 'step'.", row.place
        )
        for row in rows
        for name in (ABOUT, STEP)
        if not getattr(row, name)
    ]
    if not rows:
        place = Place(file=str(file), line=1, column=1, excerpt="")
        problems = [
            _problem(
                "GT-USE-463",
                "The file has no row.",
                "Give each KPI a row with 'about', 'step' and its fields.",
                place,
            )
        ]
    if problems:
        raise Invalid(*problems)
    return rows


def steps_of(
    office: Office, workflow: str, rows: Iterable[Row], on_behalf_of: str | None
) -> tuple[list[Step], list[Row], list[Text]]:
    """The steps with the row that each stands in, and the texts that they refer to.

    A KPI of the register that has no matter yet is taken up first, with those fields of its row that this takes.
    """
    from adapters.cli.step_fields import governing
    from engine.queries.references import MatterRef

    steps: list[Step] = []
    sources: list[Row] = []
    texts: list[Text] = []
    found = governing(office, MatterRef("", "", "", workflow=workflow))
    for row in rows:
        for step, written in _of_row(office, workflow, found, row, on_behalf_of):
            steps.append(step)
            sources.append(row)
            texts += written
    return steps, sources, texts


def at_their_rows(rows: list[Row], problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems of steps, each at the line of its row."""
    return tuple(_at_row(problem, rows) for problem in problems)


def _at_row(problem: Problem, rows: list[Row]) -> Problem:
    number = problem.path[-1] if problem.path and isinstance(problem.path[-1], int) else 0
    place = rows[number].place if number < len(rows) else None
    return problem if problem.place or not place else msgspec.structs.replace(problem, place=place)


def _of_row(
    office: Office,
    workflow: str,
    found: tuple[Pack, Definition] | None,
    row: Row,
    on_behalf_of: str | None,
) -> Iterator[tuple[Step, list[Text]]]:
    from engine.matters.which import still_open
    from engine.queries.reader import Reader
    from engine.queries.references import MatterRef
    from workflows.definition import INDICATOR, SERVICE

    about = found[1].about if found else INDICATOR
    indicator, _, service = ("", "", row.about) if about == SERVICE else row.about.partition("/")
    held = Reader(office.engine).work.matters(workflow, indicator, service)
    waiting = still_open(held)
    ref = MatterRef(indicator, service, waiting[0] if len(waiting) == 1 else "", workflow=workflow)
    said = dict(row.fields)
    if found is not None and not waiting:
        first = _taken_up(office, found[1], ref, row.step, said)
        if first is not None:
            name, fields = first
            said = {each: value for each, value in said.items() if each not in fields}
            yield _step(office, ref, name, fields, None)
    yield _step(office, ref, row.step, said, on_behalf_of)


def _taken_up(
    office: Office, definition: Definition, ref: MatterRef, name: str, said: Mapping[str, str]
) -> tuple[str, dict[str, str]] | None:
    """The step by which a KPI of the register is taken up before the one that is asked for, with its fields."""
    from engine.matters.ways_in import way_to
    from engine.queries.reader import Reader

    asked = next((each for each in definition.steps if each.name == name and not each.begins), None)
    added = Reader(office.engine).work.indicator(ref.indicator).added if ref.indicator else None
    way = way_to(definition, asked, {**(added.fields if added else {}), **said}) if asked and added else None
    if asked is None or way is None:
        return None
    takes = {*way.needs, *way.may} - {*asked.needs, *asked.may}
    return way.name, {each: value for each, value in said.items() if each in takes}


def _step(
    office: Office, ref: MatterRef, name: str, said: Mapping[str, str], on_behalf_of: str | None
) -> tuple[Step, list[Text]]:
    from adapters.cli.step_fields import read_fields
    from engine.commands import Step

    fields, texts = read_fields(office, name, ref, said)
    step = Step(
        workflow=ref.workflow,
        indicator=ref.indicator,
        service=ref.service,
        subject=ref.ordinal,
        step=name,
        fields=fields,
        on_behalf_of=on_behalf_of,
    )
    return step, texts


def _csv_rows(session: Session, file: Path) -> Iterator[Row]:
    from adapters.cli.files import read_file

    table = session.root.read_csv(read_file(file), str(file), None)
    names: list[str] | None = None
    for line in table.open():
        if names is None:
            names = [_field(cell) for cell in line.cells]
            continue
        cells = {name: cell for name, cell in zip(names, line.cells, strict=False) if name and cell}
        yield _row(cells, table.place(line))


def _yaml_rows(session: Session, file: Path) -> Iterator[Row]:
    from adapters.cli.files import read_file

    document = session.root.documents().read(read_file(file).decode("utf-8", "replace"), str(file))
    for number, entry in enumerate(document.tree if isinstance(document.tree, list) else []):
        place = document.place((number,), key=False, into=0)
        cells = entry if isinstance(entry, Mapping) else {}
        yield _row({_field(str(name)): _value(value) for name, value in cells.items()}, place)


def _value(value: object) -> str:
    return ",".join(str(each) for each in value) if isinstance(value, list | tuple) else str(value)


def _row(cells: Mapping[str, str], place: Place) -> Row:
    fields = {name: value for name, value in cells.items() if name not in (ABOUT, STEP)}
    step = cells.get(STEP, "").replace("-", "_")
    return Row(about=cells.get(ABOUT, ""), step=step, fields=fields, place=place)


def _field(heading: str) -> str:
    return heading.strip().casefold().replace("-", "_").replace(" ", "_")


def _problem(code: str, sentence: str, fix: str, place: Place) -> Problem:
    return Problem(code=code, sentence=sentence, fix=fix, place=place)

"""Checking a pack before anybody adopts it: every problem at its line, its own tests, and its shape for editors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from adapters.cli.failures import OK, WARNINGS, WRONG
from adapters.cli.session import Session
from adapters.cli.verbs import plain

if TYPE_CHECKING:
    from engine.packs.pack import Pack
    from events.errors import Problem


@plain("check")
@click.argument(
    "packs",
    nargs=-1,
    metavar="[PACK]...",
    help="Names of 'pack list', or folders; all that come with the product by default.",
)
@click.option("--strict", is_flag=True, help="Leave with 3 where there are warnings.")
@click.option(
    "--against-book",
    is_flag=True,
    help="Also whether the people of the book can take every step, apart and together.",
)
def check(session: Session, packs: tuple[str, ...], strict: bool, against_book: bool) -> int:
    """Every problem of a pack, each at its line. Leaves with 1 where there is an error."""
    from adapters.cli.packs import folder_of, known
    from engine.packs.check import check_pack

    worst = OK
    for name in packs or known(session.root):
        checked = check_pack(folder_of(session.root, name))
        problems = list(checked.problems)
        if against_book and checked.pack is not None:
            problems += _against_book(session, checked.pack)
        _show(session, name, problems, checked.counts)
        worst = max(worst, _verdict(problems, strict), key=(OK, WARNINGS, WRONG).index)
    return worst


def _against_book(session: Session, pack: Pack) -> list[Problem]:
    """What the people assigned today cannot do of what the pack asks, by name."""
    from adapters.cli.failures import named
    from engine.queries.reader import Reader
    from engine.staffing import check_against

    office = session.reading()
    reader, people = Reader(office.engine), office.directory()
    return [named(each, people) for each in check_against(reader.work, reader.shelf, pack, office.today())]


@plain("test")
@click.argument(
    "packs",
    nargs=-1,
    metavar="[PACK]...",
    help="Names of 'pack list', or folders; all that come with the product by default.",
)
@click.option("--strict", is_flag=True, help="Leave with 3 where something is not reached by any test.")
def test(session: Session, packs: tuple[str, ...], strict: bool) -> int:
    """Run a pack's own tests. Leaves with 1 where one fails."""
    from adapters.cli.packs import folder_of, known
    from engine.packs.load import load_pack
    from engine.packs.test import run_tests

    worst = OK
    for name in packs or known(session.root):
        folder = folder_of(session.root, name)
        pack = load_pack(folder.root, folder.library, folder.documents)
        tested = run_tests(folder, pack, session.root.holidays())
        _show(session, name, tested.problems, tested.counts, tested.coverage.sentences)
        verdict = _verdict(tested.problems, strict=False)
        if strict and verdict == OK and not tested.coverage.complete:
            verdict = WARNINGS
        worst = max(worst, verdict, key=(OK, WARNINGS, WRONG).index)
    return worst


@plain("schema")
def schema(session: Session) -> None:
    """The shape of pack.yaml as a JSON Schema, for editors; 'pack check' says more."""
    import msgspec

    from engine.packs.schema import pack_schema

    session.say(msgspec.json.format(msgspec.json.encode(pack_schema())).decode())


def _show(
    session: Session, name: str, problems: Sequence[Problem], counts: str, remarks: Sequence[str] = ()
) -> None:
    from adapters.cli.problems import render_problems
    from adapters.cli.tables import as_json

    if session.json:
        session.say(
            as_json("pack check", pack=name, problems=list(problems), counts=counts, remarks=list(remarks))
        )
        return
    session.say(
        f"{name}: {render_problems(problems, checked=counts, colour=session.colour)}"
        if not problems
        else render_problems(problems, checked=counts, colour=session.colour),
        painted=bool(problems) and session.colour,
    )
    for remark in remarks:
        session.say(f"  {remark}")


def _verdict(problems: Sequence[Problem], strict: bool) -> int:
    if any(problem.severity == "error" for problem in problems):
        return WRONG
    return WARNINGS if strict and problems else OK

"""Whose tables they are, what is typed, and what opening a book costs."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from adapters.cli.app import run as run_program
from adapters.sql.schema import VERSION
from engine.views import VIEWS
from events.errors import GoldenthreadError
from goldenthread.__main__ import Program
from goldenthread.places import SchemaPlace
from tests import postgres
from tests.contract.homes import (
    INCIDENT,
    File,
    Schema,
    code,
    differences,
    home,
    upgrade,
    version,
)
from tests.docs.console import ROOT, matches
from tests.docs.console import run as run_page

# Whose tables they are ----------------------------------------------------------------------------------------------


@pytest.fixture
def schema(tmp_path: Path) -> Schema:
    at = home("postgres", tmp_path)
    assert isinstance(at, Schema)
    return at


@pytest.fixture
def roles(schema: Schema) -> Iterator[Callable[[str], Schema]]:
    """Makes a role of the server, and answers the book as that role sees it."""
    made: list[str] = []

    def role(name: str) -> Schema:
        made.append(f"{name} {schema.place.schema}")
        schema.ask(f'CREATE ROLE "{made[-1]}" LOGIN')
        url = postgres.as_role(schema.place.url, made[-1].replace(" ", "%20"))
        return Schema(SchemaPlace(url, schema.place.schema))

    yield role
    with psycopg.connect(schema.place.url, autocommit=True) as connection:
        for name in made:
            connection.execute(sql.SQL("DROP OWNED BY {} CASCADE").format(sql.Identifier(name)))
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


Roles = Callable[[str], Schema]


def test_only_the_owner_of_the_tables_upgrades_a_book_and_the_application_may_use_what_was_made(
    schema: Schema, roles: Roles
) -> None:
    schema.make_first_release()
    application = roles("the app")
    schema.place.grant(f"the app {schema.place.schema}", reader=False)
    assert code(lambda: application.place.open(VIEWS, write=True)) == "GT-DB-030"
    with pytest.raises(
        GoldenthreadError, match=f"the app {schema.place.schema} may not change them"
    ) as refused:
        upgrade(application)
    assert refused.value.problems[0].code == "GT-DB-032"
    assert version(schema) == "1"
    upgrade(schema)
    assert differences(application) == ()
    with closing(application.place.open(VIEWS, write=True)) as store:
        store.keep_incident(INCIDENT)
        assert store.incidents() == [INCIDENT]
        assert store.differences(VIEWS) == []


def test_an_administrator_who_upgrades_leaves_the_tables_to_their_owner(schema: Schema, roles: Roles) -> None:
    owner = roles("the owner")
    schema.ask(f'CREATE SCHEMA "{schema.place.schema}" AUTHORIZATION "the owner {schema.place.schema}"')
    owner.make_first_release()
    upgrade(schema)
    owners = schema.ask(
        "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
    )
    assert owners == [(f"the owner {schema.place.schema}",)]
    owner.place.open(VIEWS, write=True).close()


def test_a_program_that_may_not_make_tables_does_not_settle_views_when_it_opens_the_book(
    schema: Schema, roles: Roles
) -> None:
    schema.place.create(VIEWS[1:]).close()
    application = roles("the app")
    schema.place.grant(f"the app {schema.place.schema}", reader=False)
    with pytest.raises(GoldenthreadError) as refused:
        application.place.open(VIEWS, write=True)
    [problem] = refused.value.problems
    assert problem.code == "GT-DB-033"
    assert "'goldenthread db migrate' run by" in problem.fix
    assert upgrade(schema).views == (VIEWS[0].name,)
    application.place.open(VIEWS, write=True).close()


# What it costs to open a book ---------------------------------------------------------------------------------------


def test_opening_a_book_does_not_import_alembic(tmp_path: Path) -> None:
    at = File(tmp_path / "book.goldenthread")
    program = (
        "import sys; from pathlib import Path; from goldenthread.places import FilePlace; from engine.views import VIEWS\n"
        "place = FilePlace(Path(sys.argv[1])); place.create(VIEWS).close(); place.open(VIEWS, write=True).close()\n"
        "print('alembic' in sys.modules)\n"
        "with_tables = place.tables(write=True); with_tables.check(); with_tables.upgrade(); with_tables.close()\n"
        "print('alembic' in sys.modules)\n"
        "import adapters.sql.migrations.steps; print('alembic' in sys.modules)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(at.path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert said.stdout.split() == ["False", "False", "True"]


# At the keyboard ----------------------------------------------------------------------------------------------------


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Runs a command in a folder with a book of the first release; answers its exit code and what it printed."""
    for name in ("AS", "DB", "BOOK", "CLOCK", "LOG"):
        monkeypatch.delenv(f"GOLDENTHREAD_{name}", raising=False)
    File(tmp_path / "book.goldenthread").make_first_release()

    def run(*words: str) -> tuple[int, str]:
        out = io.StringIO()
        with redirect_stdout(out), redirect_stderr(out):
            left_with = run_program(Program(), ["-C", str(tmp_path), *words])
        return left_with, out.getvalue()

    return run


def test_the_way_out_that_is_named_leads_back_to_work(typed: Callable[..., tuple[int, str]]) -> None:
    left_with, said = typed("dashboard")
    assert (left_with, "'goldenthread db migrate'" in said) == (5, True)
    assert typed("db", "check")[0] == 10
    assert typed("db", "migrate", "--dry-run")[0] == 0
    assert typed("db", "check")[0] == 10
    left_with, said = typed("db", "migrate")
    assert (left_with, said.startswith("Version 2: A table of incidents")) == (0, True)
    assert typed("db", "migrate") == (0, f"The book is of version {VERSION} already: nothing to do.\n")
    left_with, said = typed("db", "check")
    assert (left_with, said.startswith(f"As they must be: 19 tables of version {VERSION}")) == (0, True)
    assert typed("audit", "verify")[1].startswith("Whole: 30 events")
    assert typed("figure", "confirm", "HW1/highways/2024-06", "--as", "Tom")[0] == 0
    assert typed("audit", "verify")[0] == 0


def test_an_upgrade_is_told_to_a_program_too(typed: Callable[..., tuple[int, str]]) -> None:
    condition = json.loads(typed("--json", "db", "check")[1])
    assert (condition["kind"], condition["found"], condition["known"]) == ("condition", 1, VERSION)
    assert len(condition["differences"]) == 1
    told = json.loads(typed("--json", "db", "migrate")[1])
    assert (told["kind"], told["version"], told["dry_run"], told["found"]) == ("upgrade", 1, False, 1)
    assert [step["version"] for step in told["steps"]] == [*range(2, VERSION + 1)]


def test_the_guide_shows_what_an_older_book_prints(tmp_path: Path) -> None:
    """The part of the guide that needs a book of the first release, which no reader has at hand."""
    [older] = re.findall(r"(?ms)^```text\n(.*?)^```$", (ROOT / "docs/how-to/upgrade.md").read_text("utf-8"))
    (tmp_path / "work").mkdir()
    File(tmp_path / "work" / "book.goldenthread").make_first_release()
    shown = run_page(f"```console\n{older}```\n", tmp_path)
    assert len(shown) == 7
    assert [printed for command, printed in shown if not matches(command.expected, printed)] == []

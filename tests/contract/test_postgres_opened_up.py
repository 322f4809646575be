"""Rights to change the log that somebody gave past `db grant` are found, and the way out takes them away."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from adapters.cli.app import run as run_program
from adapters.sql import open_postgres
from engine.views import VIEWS
from events.errors import Problem
from goldenthread.__main__ import Program
from goldenthread.places import SchemaPlace
from tests import postgres


@pytest.fixture
def place() -> SchemaPlace:
    place = SchemaPlace(postgres.server(), postgres.schema())
    place.create(VIEWS).close()
    return place


@pytest.fixture
def roles(place: SchemaPlace) -> Iterator[Callable[..., str]]:
    """Make a role of the server without any right, or with some attribute."""
    made: list[str] = []

    def make(attribute: str = "LOGIN") -> str:
        made.append(f"role{len(made)}-{place.schema}")
        do(place, f"CREATE ROLE {{}} {attribute}", made[-1])
        return made[-1]

    yield make
    for role in reversed(made):
        do(place, "DROP OWNED BY {} CASCADE", role)
        do(place, "DROP ROLE {}", role)


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Runs a command; answers its exit code and what it printed."""
    for name in ("AS", "DB", "BOOK", "CLOCK", "LOG"):
        monkeypatch.delenv(f"GOLDENTHREAD_{name}", raising=False)

    def run(*words: str) -> tuple[int, str]:
        out = io.StringIO()
        with redirect_stdout(out), redirect_stderr(out):
            left_with = run_program(Program(), ["-C", str(tmp_path), *words])
        return left_with, out.getvalue()

    return run


def do(place: SchemaPlace, statement: str, *names: str, acting: str = "") -> None:
    """Run a statement as the administrator, or as a role, past the program."""
    with psycopg.connect(place.url, autocommit=True) as connection:
        connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(place.schema)))
        if acting:
            connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(acting)))
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def found(place: SchemaPlace) -> list[Problem]:
    with closing(place.tables(write=False)) as tables:
        condition = tables.check()
        assert not condition.differences
        assert condition.whole == (not condition.problems)
        assert {problem.code for problem in condition.problems} <= {"GT-DB-224"}
        return list(condition.problems)


def test_what_grant_gives_is_not_found(place: SchemaPlace, roles: Callable[..., str]) -> None:
    place.grant(roles(), reader=False)
    place.grant(roles(), reader=True)
    assert found(place) == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("UPDATE ON events", "UPDATE on events"),
        ("DELETE ON commands", "DELETE on commands"),
        ("TRUNCATE ON events", "TRUNCATE on events"),
        ("TRIGGER ON events", "TRIGGER on events"),
        ("UPDATE (actor, body) ON events", "UPDATE on events"),
        ("ALL ON events, commands", "UPDATE, DELETE, TRUNCATE, TRIGGER on events and UPDATE, DELETE, TRUNCATE, TRIGGER on commands"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("reader", [True, False])
def test_a_role_that_may_change_the_log_is_named_and_granting_again_takes_that_away(
    place: SchemaPlace, roles: Callable[..., str], given: str, told: str, reader: bool
) -> None:
    role = roles()
    place.grant(role, reader=reader)
    do(place, f"GRANT {given} TO {{}}", role)
    [problem] = found(place)
    assert problem.sentence == f"The role '{role}' has rights to change what is recorded: {told}."
    assert f"'goldenthread db grant {role}'" in problem.fix
    place.grant(role, reader=reader)
    assert found(place) == []


def test_what_everybody_may_is_told_with_the_statement_that_takes_it_away(place: SchemaPlace) -> None:
    do(place, "GRANT UPDATE, DELETE ON events TO PUBLIC")
    do(place, "GRANT UPDATE (request_digest) ON commands TO PUBLIC")
    [problem] = found(place)
    assert problem.sentence == (
        "Every role of the server (PUBLIC) has rights to change what is recorded: UPDATE, DELETE on events and "
        "UPDATE on commands."
    )
    statements = problem.fix.partition("take them away: ")[2].removesuffix(".")
    assert len(statements.split("; ")) == 2
    for statement in statements.split("; "):
        do(place, statement)
    assert found(place) == []


def test_what_a_role_gave_on_is_taken_away_with_what_it_has(
    place: SchemaPlace, roles: Callable[..., str]
) -> None:
    clerk, other = roles(), roles()
    place.grant(clerk, reader=False)
    do(place, "GRANT UPDATE ON events TO {} WITH GRANT OPTION", clerk)
    do(place, f'GRANT UPDATE ON "{place.schema}".events TO {{}}', other, acting=clerk)
    first, second = found(place)
    assert (f"'{clerk}'" in first.sentence, f"'{other}'" in second.sentence) == (True, True)
    assert f"'goldenthread db grant {clerk}'" in first.fix
    assert f"The role '{clerk}' gave them on" in second.fix
    place.grant(clerk, reader=False)
    assert found(place) == []


def test_neither_the_owner_nor_who_acts_for_it_nor_a_superuser_is_found(
    place: SchemaPlace, roles: Callable[..., str]
) -> None:
    owner, deputy, superuser = roles(), roles(), roles("SUPERUSER")
    mine = SchemaPlace(postgres.as_role(place.url, owner), postgres.schema())
    do(place, "CREATE SCHEMA {} AUTHORIZATION {}", mine.schema, owner)
    mine.create(VIEWS).close()
    as_administrator = SchemaPlace(place.url, mine.schema)
    do(as_administrator, "GRANT {} TO {}", owner, deputy)
    do(as_administrator, "GRANT ALL ON events, commands TO {}, {}, {}", owner, deputy, superuser)
    assert found(mine) == []
    assert found(as_administrator) == []


def test_every_role_of_the_book_sees_who_may_change_it(place: SchemaPlace, roles: Callable[..., str]) -> None:
    clerk, program, auditor = roles(), roles(), roles()
    do(place, "GRANT DELETE ON events TO {}", clerk)
    for role, reader in ((program, False), (auditor, True)):
        place.grant(role, reader=reader)
        assert len(found(SchemaPlace(postgres.as_role(place.url, role), place.schema))) == 1


def test_another_councils_book_is_no_concern_of_this_one(
    place: SchemaPlace, roles: Callable[..., str]
) -> None:
    other = SchemaPlace(place.url, postgres.schema())
    other.create(VIEWS).close()
    do(other, "GRANT DELETE ON events TO {}", roles())
    assert (len(found(other)), found(place)) == (1, [])


def test_an_open_book_says_so_too(place: SchemaPlace, roles: Callable[..., str]) -> None:
    do(place, "GRANT DELETE ON events TO {}", roles())
    with closing(open_postgres(place.url, place.schema, VIEWS, create=False, read_only=True)) as store:
        assert [problem.code for problem in store.open_to_change()] == ["GT-DB-224"]


def test_a_check_prints_it_leaves_with_10_and_tells_a_program(
    place: SchemaPlace, roles: Callable[..., str], typed: Callable[..., tuple[int, str]]
) -> None:
    where = ("--db", place.url.replace("postgresql:", "postgresql+psycopg:"), "--book", place.schema)
    assert typed(*where, "db", "check")[0] == 0
    role = roles()
    do(place, "GRANT DELETE ON events TO {}", role)
    left_with, said = typed(*where, "db", "check")
    assert left_with == 10
    assert said.startswith("As they must be: ")
    assert f"The role '{role}' has rights to change what is recorded: DELETE on events." in said
    assert said.endswith(" [GT-DB-224]\n")
    condition = json.loads(typed(*where, "--json", "db", "check")[1])
    assert [set(told) for told in condition["problems"]] == [{"severity", "code", "sentence", "fix"}]

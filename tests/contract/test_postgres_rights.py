"""Who may do what in PostgreSQL: the program adds to the log and never changes it, and sees no other council's book."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql

from adapters.sql import SqlStore, open_postgres
from engine.ports import Notice
from engine.view import View
from events.errors import Broken, GoldenthreadError, Invalid, NotFound, Refused
from events.text import Text
from goldenthread.places import SchemaPlace
from tests import postgres

WORDS = Text(b"0123456789abcdef", "Late because of the flood.")


@pytest.fixture
def place() -> SchemaPlace:
    return SchemaPlace(postgres.server(), postgres.schema())


@pytest.fixture
def owner(place: SchemaPlace, meetings: View, agenda: View) -> Iterator[SqlStore]:
    store = place.create([meetings, agenda])
    yield store
    store.close()


@pytest.fixture
def role(place: SchemaPlace) -> Iterator[str]:
    """A role of the server without any right."""
    name = f"role-{place.schema}"
    with psycopg.connect(place.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
        yield name
        connection.execute(sql.SQL("DROP OWNED BY {} CASCADE").format(sql.Identifier(name)))
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def opened_by(role: str, place: SchemaPlace, *views: View, read_only: bool = False) -> SqlStore:
    url = postgres.as_role(place.url, role)
    return open_postgres(url, place.schema, views, create=False, read_only=read_only)


def code(error: pytest.ExceptionInfo[GoldenthreadError]) -> str:
    return error.value.problems[0].code


def test_an_application_adds_reads_and_keeps_what_stands_beside(
    owner: SqlStore, place: SchemaPlace, role: str, meetings: View, agenda: View, desk: Any
) -> None:
    place.grant(role, reader=False)
    store = opened_by(role, place, meetings, agenda)
    notice = Notice(to="cabinet", kind="task", subject="INT-0001", words="answer by 30 June")
    store.commit(desk.unit(desk.part(desk.added(), notices=[(0, notice)]), texts=[WORDS]))
    assert store.head().position == 1
    store.mark_sent([row.id for row in store.outbox()], desk.at())
    assert store.erase(WORDS.ref, desk.at())
    store.set_meta("heartbeat", "now")
    with store.alone("tick") as first:
        assert first
    assert store.rebuild([meetings, agenda]) == {"meetings_of": 1, "agenda": 1}
    assert store.differences([meetings, agenda]) == []
    store.close()


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE events SET actor = 'x'", "DELETE FROM events", "TRUNCATE events", "UPDATE commands SET request_digest = ''",
        "DELETE FROM commands", "ALTER TABLE events DISABLE TRIGGER ALL", "DROP TABLE events CASCADE", "DELETE FROM blobs",
        "UPDATE blobs SET content = ''", "DELETE FROM outbox", "UPDATE outbox SET words = 'x'", "CREATE TABLE mine (x int)",
        "DROP TRIGGER events_no_change ON events", "SET session_replication_role TO replica", "DELETE FROM texts",
    ],
)  # fmt: skip
def test_an_application_can_change_nothing_that_is_recorded(
    owner: SqlStore, place: SchemaPlace, role: str, meetings: View, agenda: View, desk: Any, deed: str
) -> None:
    owner.commit(desk.of(desk.added()))
    place.grant(role, reader=False)
    store = opened_by(role, place, meetings, agenda)
    with pytest.raises(Broken) as refused, store._database.writing as cursor:
        cursor.execute(deed)
    assert code(refused) == "GT-DB-027"
    store.close()


@pytest.mark.parametrize(
    "deed", ["UPDATE events SET actor = 'x'", "DELETE FROM commands", "TRUNCATE events CASCADE"]
)
def test_not_even_the_owner_changes_what_is_recorded(owner: SqlStore, desk: Any, deed: str) -> None:
    owner.commit(desk.of(desk.added()))
    with pytest.raises(Broken, match="the record is only ever added to"), owner._database.writing as cursor:
        cursor.execute(deed)
    assert owner.head().position == 1


def test_a_reader_reads_and_writes_nothing(
    owner: SqlStore, place: SchemaPlace, role: str, meetings: View, agenda: View, desk: Any
) -> None:
    owner.commit(desk.of(desk.added()))
    place.grant(role, reader=True)
    reader = opened_by(role, place, meetings, agenda, read_only=True)
    assert len(reader.page(0, 10)) == 1
    assert reader.differences([meetings, agenda]) == []
    reader.close()
    writer = opened_by(role, place, meetings, agenda)
    with pytest.raises(Broken) as refused:
        writer.commit(desk.of(desk.added()))
    assert code(refused) == "GT-DB-027"
    assert "goldenthread db grant" in str(refused.value)
    writer.close()


def test_one_councils_program_does_not_see_anothers_book(
    owner: SqlStore, place: SchemaPlace, role: str, meetings: View, agenda: View
) -> None:
    other = SchemaPlace(place.url, postgres.schema())
    other.create([meetings, agenda]).close()
    place.grant(role, reader=False)
    with pytest.raises(Broken) as refused:
        opened_by(role, other, meetings, agenda)
    assert code(refused) == "GT-DB-027"
    store = opened_by(role, place, meetings, agenda)
    with pytest.raises(Broken) as refused, store._database.reading as cursor:
        cursor.execute(f'SELECT * FROM "{other.schema}".events')
    assert code(refused) == "GT-DB-027"
    store.close()


def test_whoever_may_make_no_schema_is_told_who_can_and_then_it_goes(
    place: SchemaPlace, role: str, meetings: View, agenda: View
) -> None:
    mine = SchemaPlace(postgres.as_role(place.url, role), postgres.schema())
    with pytest.raises(Broken) as refused:
        mine.create([meetings, agenda])
    assert code(refused) == "GT-DB-220"
    with psycopg.connect(place.url, autocommit=True) as connection:
        made = sql.SQL("CREATE SCHEMA {} AUTHORIZATION {}")
        connection.execute(made.format(sql.Identifier(mine.schema), sql.Identifier(role)))
    mine.create([meetings, agenda]).close()
    assert mine.taken()


def test_books_on_one_server_do_not_wait_for_each_other(
    owner: SqlStore, place: SchemaPlace, desk: Any
) -> None:
    other = SchemaPlace(place.url, postgres.schema()).create([])
    with owner._database.writing, owner.alone("tick") as first, other.alone("tick") as too:
        assert first
        assert too
        other.commit(desk.of(desk.added()))
    assert (owner.head().position, other.head().position) == (0, 1)
    other.close()


def test_what_was_granted_is_taken_back_by_granting_less(
    owner: SqlStore, place: SchemaPlace, role: str
) -> None:
    place.grant(role, reader=False)
    assert owner._database.granted() == {role: "application"}  # type: ignore[attr-defined]  # PostgreSQL only
    place.grant(role, reader=True)
    assert owner._database.granted() == {role: "reader"}  # type: ignore[attr-defined]  # PostgreSQL only


def test_a_view_made_later_is_open_to_those_who_had_rights(
    place: SchemaPlace, role: str, meetings: View, agenda: View, desk: Any
) -> None:
    place.create([meetings]).close()
    place.grant(role, reader=False)
    place.open([meetings, agenda], write=True).close()
    store = opened_by(role, place, meetings, agenda)
    store.commit(desk.of(desk.added()))
    assert store.rows(agenda) != []
    store.close()


def test_a_role_that_the_server_does_not_know_is_named(owner: SqlStore, place: SchemaPlace) -> None:
    with pytest.raises(NotFound, match="createuser nobody-knows"):
        place.grant("nobody-knows", reader=False)


def test_a_role_to_be_made_is_quoted_as_a_shell_needs_it(owner: SqlStore, place: SchemaPlace) -> None:
    with pytest.raises(NotFound, match="createuser 'nobody knows'"):
        place.grant("nobody knows", reader=False)


@pytest.mark.parametrize(
    ("role", "refusal"), [("", "241"), (" ", "241"), ("public", "242"), ("PUBLIC", "242")]
)
def test_rights_are_given_to_a_role_that_is_named_never_to_everybody(
    owner: SqlStore, place: SchemaPlace, role: str, refusal: str
) -> None:
    with pytest.raises(Invalid) as refused:
        place.grant(role, reader=True)
    assert code(refused) == f"GT-DB-{refusal}"


def test_the_owner_is_not_made_a_user_of_their_own_book(
    owner: SqlStore, place: SchemaPlace, desk: Any
) -> None:
    with psycopg.connect(place.url, autocommit=True) as connection:
        (name,) = connection.execute("SELECT current_user").fetchone() or ("",)
    with pytest.raises(Refused) as refused:
        place.grant(name, reader=True)
    assert code(refused) == "GT-DB-072"
    owner.commit(desk.of(desk.added()))


def test_a_schema_that_holds_something_else_is_left_alone(place: SchemaPlace) -> None:
    with psycopg.connect(place.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(place.schema)))
        connection.execute(sql.SQL("CREATE TABLE {}.payroll (x int)").format(sql.Identifier(place.schema)))
    with pytest.raises(Refused, match="for example the table payroll"):
        place.create([])


def test_a_schema_that_the_administrator_made_is_taken(place: SchemaPlace, desk: Any) -> None:
    with psycopg.connect(place.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(place.schema)))
    assert not place.taken()
    store = place.create([])
    store.commit(desk.of(desk.added()))
    store.close()
    assert place.taken()
    with pytest.raises(Refused, match="already stands there"):
        place.create([])


@pytest.mark.parametrize("name", ["public", "pg_kent", "information_schema", "k" * 64])
def test_names_that_the_server_keeps_are_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        SchemaPlace(postgres.server(), name).create([])
    assert code(refused) == "GT-DB-028"


@pytest.mark.parametrize("table", ["events", "meetings_of"])
def test_rows_that_a_policy_hides_are_told_of_and_not_left_out(
    owner: SqlStore, place: SchemaPlace, role: str, meetings: View, agenda: View, desk: Any, table: str
) -> None:
    place.grant(role, reader=False)
    owner.commit(desk.of(desk.added()))
    with psycopg.connect(place.url, autocommit=True) as connection:
        hidden = sql.Identifier(place.schema, table)
        connection.execute(sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(hidden))
    store = opened_by(role, place, meetings, agenda)
    with pytest.raises(Broken) as refusal:
        store.head() if table == "events" else store.rows(meetings)
    assert code(refusal) == "GT-DB-027"
    assert "row-level security" in refusal.value.problems[0].sentence
    store.close()

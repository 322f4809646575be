"""Settings: the command line before the environment before the project's file, and nothing misspelt."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.sql.postgres.address import plain, shown, trouble_with
from events.errors import Invalid, NotFound
from goldenthread.custody import setting
from goldenthread.places import FilePlace, SchemaPlace
from goldenthread.settings import read_settings


def _write(folder: Path, text: str) -> None:
    (folder / "goldenthread.toml").write_text(text, "utf-8")


def test_the_command_line_comes_first_then_the_environment_then_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, 'book = "of-the-file"\n')
    assert read_settings(tmp_path, {}).book == "of-the-file"
    monkeypatch.setenv("GOLDENTHREAD_BOOK", "of-the-environment")
    assert read_settings(tmp_path, {}).book == "of-the-environment"
    assert read_settings(tmp_path, {"book": "typed"}).book == "typed"


@pytest.mark.parametrize(
    ("db", "file"),
    [("", "book.goldenthread"), ("kent.db", "kent.db"), ("sqlite:///kent.db", "kent.db"), ("sqlite:///a%20b.db", "a b.db")],
)  # fmt: skip
def test_a_database_is_a_file_of_the_project(tmp_path: Path, db: str, file: str) -> None:
    assert read_settings(tmp_path, {"db": db} if db else {}).place(tmp_path) == FilePlace(tmp_path / file)


@pytest.mark.parametrize("scheme", ["postgresql+psycopg", "postgresql", "postgres"])
def test_a_book_in_postgresql_is_a_schema_of_its_name(tmp_path: Path, scheme: str) -> None:
    place = read_settings(tmp_path, {"db": f"{scheme}://me:secret@host:5433/figures", "book": "kent"}).place(
        tmp_path
    )
    assert place == SchemaPlace("postgresql://me:secret@host:5433/figures", "kent")
    assert place.shown == "postgresql://me@host:5433/figures, schema kent"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://app:secret@/h5?host=db2.invalid", "app@db2.invalid/h5"),
        ("postgresql://app@db1:5432/h5?host=db2&port=99", "app@db2:99/h5"),
        ("postgresql://db1/h5?user=app&password=secret&dbname=h6", "app@db1/h6"),
        ("postgresql:///?dbname=h5&hostaddr=10.0.0.1", "10.0.0.1/h5"),
        ("postgresql://app@/h5?host=/run/pg&port=99", "app@/h5?host=/run/pg&port=99"),
        ("postgresql://app@%2Frun%2Fpg/h5", "app@/h5?host=/run/pg"),
        ("postgresql://app@/h5", "app@elsewhere/h5"),
    ],
)
def test_the_server_that_is_named_is_the_one_that_is_asked(
    url: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGHOST", "elsewhere")
    monkeypatch.delenv("PGPORT", raising=False)
    assert trouble_with(url) is None
    assert shown(url, "kent") == f"postgresql://{said}, schema kent"


def test_where_no_host_is_named_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGHOST", "PGPORT"):
        monkeypatch.delenv(name, raising=False)
    assert shown("postgresql:///h5", "kent") == "postgresql:///h5, schema kent"
    assert plain("postgresql:///h5") == "postgresql:///h5"


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("postgresql:///h5", "postgresql+psycopg:///h5"),
        ("postgresql:///h5?host=/run/pg&password=x", "postgresql+psycopg:///h5?host=/run/pg"),
        ("postgresql://app:x@db1:5433/h5", "postgresql+psycopg://app@db1:5433/h5"),
    ],
)
def test_a_url_is_written_in_the_settings_as_it_is_read(tmp_path: Path, url: str, written: str) -> None:
    assert setting(url) == written
    assert isinstance(read_settings(tmp_path, {"db": written}).place(tmp_path), SchemaPlace)


@pytest.mark.parametrize("password", ["se%zcret", "secret%", "se%00cret"])
def test_a_percent_sign_in_a_password_is_told_before_anybody_is_asked(password: str) -> None:
    trouble = trouble_with(f"postgresql://app:{password}@db1/h5")
    assert trouble is not None
    assert "percent sign" in trouble
    assert "cret" not in trouble


def test_an_at_sign_in_a_password_is_told_before_anybody_is_asked() -> None:
    trouble = trouble_with("postgresql://app:p@ss@db1/h5")
    assert trouble is not None
    assert "'@'" in trouble
    assert "ss" not in trouble.replace("password", "")
    assert trouble_with("postgresql://app:p%40ss@db1/h5") is None


def test_an_absolute_file_stands_where_it_says(tmp_path: Path) -> None:
    assert read_settings(tmp_path, {"db": "sqlite:////var/book.db"}).place(tmp_path) == FilePlace(
        Path("/var/book.db")
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"db": "postgresql+asyncpg://me:secret@host/db"}, "not a database that goldenthread knows"),
        ({"db": "postgresql://me:secret@host:54x2/db"}, "a port that is a number"),
        ({"db": "postgresql://me:secret@host1:5432,host2:5432/db"}, "one host"),
        ({"db": "postgresql://me:secret@[bad/db"}, "one host"),
        ({"db": "postgresql://me:secret@host/"}, "the name of the database is missing"),
        ({"db": "mysql://host/db"}, "not a database that goldenthread knows"),
        ({"db": "postgresql://me:secret@x@host/db"}, "'@' is written %40"),
        ({"db": "postgresql://me:secret%@host/db"}, "'%' %25"),
        ({"log": 3}, "it should be a valid string"),
        ({"clock": "2008-12-01T09:00:00"}, "an instant with its zone"),
        ({"book": "../other"}, "letters, digits"),
    ],
)
def test_what_will_not_do_is_refused_with_what_will(tmp_path: Path, given: dict[str, str], said: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_settings(tmp_path, given)
    assert said in str(refused.value)
    assert all(problem.fix for problem in refused.value.problems), "there is a way out"
    assert "secret" not in str(refused.value)


def test_a_misspelt_setting_is_refused_with_the_nearest(tmp_path: Path) -> None:
    _write(tmp_path, 'clok = "system"\n')
    with pytest.raises(Invalid, match="Did you mean 'clock'"):
        read_settings(tmp_path, {})


def test_a_project_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no folder"):
        read_settings(tmp_path / "nowhere", {})

"""What is set for a project: its book, its clock, its log, and who is acting, from four places in one order.

The command line comes first, then the environment (``GOLDENTHREAD_DB``, ``GOLDENTHREAD_AS`` …), then
`goldenthread.toml` in the project folder, then the defaults below. A misspelt key is refused, never ignored.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pydantic import AliasChoices, Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from events.errors import Invalid, NotFound, Problem
from events.nearest import did_you_mean
from goldenthread.places import FilePlace, Place, SchemaPlace

FILE = "goldenthread.toml"
SYSTEM_CLOCK = "system"
SUFFIX = ".goldenthread"
_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql+psycopg", "postgresql", "postgres")

_WAYS_OUT = {
    "db": "Write it as sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE; in a user's name or a password '@' is "
    "written %40 and '%' %25, or the password is given in PGPASSWORD or ~/.pgpass.",
    "book": "Give it a name of letters, digits, dots, hyphens and underscores, which begins with no dot.",
    "clock": "Write 'system', or an instant with its zone such as 2008-12-01T09:00:00+00:00.",
}
"""Setting → what may stand there."""


class Settings(BaseSettings):
    """One project's settings, complete."""

    model_config = SettingsConfigDict(env_prefix="GOLDENTHREAD_", extra="forbid", frozen=True)

    db: str = ""
    """``sqlite:///file``, or the file itself, relative to the project folder; or ``postgresql+psycopg://user@host/database``.

    Empty: a file named after `book`.
    """
    book: str = "book"
    """Which council's book: the file is called after it where `db` is empty, and the schema where it is in PostgreSQL."""
    clock: str = SYSTEM_CLOCK
    """``system``, or an instant at which the clock stands still."""
    log: str = ""
    """``stderr`` or a file for the log of the program, as JSON lines; empty for none."""
    one_off_days: Path | None = None
    """A YAML file of bank holidays announced since."""
    acting_as: str = Field(default="", validation_alias=AliasChoices("acting_as", "GOLDENTHREAD_AS"))
    """Who is acting, where ``--as`` does not say."""

    @field_validator("db")
    @classmethod
    def _a_known_database(cls, value: str) -> str:
        scheme, separator, _ = value.partition("://")
        if separator and scheme not in _POSTGRES and not value.startswith(_SQLITE):
            raise ValueError(f"'{scheme}' is not a database that goldenthread knows")
        if separator and scheme in _POSTGRES:
            from adapters.sql.postgres.address import trouble_with

            if trouble := trouble_with(value):
                raise ValueError(trouble)
        return value

    @field_validator("book")
    @classmethod
    def _a_plain_name(cls, value: str) -> str:
        if not value or value.startswith(".") or not all(c.isalnum() or c in "_.-" for c in value):
            raise ValueError("it is not the plain name of a file")
        return value

    @field_validator("clock")
    @classmethod
    def _an_instant(cls, value: str) -> str:
        if value != SYSTEM_CLOCK and _moment(value) is None:
            raise ValueError("it is no instant with its zone")
        return value

    @property
    def frozen_at(self) -> datetime | None:
        """The instant at which the clock stands still; None for the machine's clock."""
        return None if self.clock == SYSTEM_CLOCK else _moment(self.clock)

    def place(self, project: Path) -> Place:
        """Where the book stands."""
        scheme, separator, rest = self.db.partition("://")
        if separator and scheme in _POSTGRES:
            return SchemaPlace(f"postgresql://{rest}", self.book)
        name = unquote(self.db.removeprefix(_SQLITE)) if self.db else self.book + SUFFIX
        return FilePlace(project / name)


def read_settings(project: Path, given: Mapping[str, Any]) -> Settings:
    """The settings of a project folder; `given` comes from the command line. Raises NotFound, or Invalid with every problem."""
    if not project.is_dir():
        raise NotFound.of("GT-USE-010", f"There is no folder {project}.", "Name another with -C, or make it.")
    of_file = _read_file(project / FILE)

    class OfProject(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return init_settings, env_settings, InitSettingsSource(settings_cls, of_file)

    try:
        return OfProject(**dict(given))
    except ValidationError as error:
        raise Invalid(*(_problem(dict(each)) for each in error.errors())) from None


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid.of(
            "GT-USE-011",
            f"The file {path} cannot be read as TOML: {error}.",
            'Each line reads like: book = "kent"',
        ) from None


def _problem(error: dict[str, Any]) -> Problem:
    name = str(error["loc"][0]) if error["loc"] else "?"
    if error["type"] == "extra_forbidden":
        return Problem(
            code="GT-USE-012",
            sentence=f"There is no setting '{name}'.{did_you_mean(name, Settings.model_fields)}",
            fix=f"The file {FILE} may hold: {', '.join(Settings.model_fields)}.",
        )
    said = str(error["msg"]).removeprefix("Value error, ")
    # the URL of a database may hold a password
    shown = "will not do" if name == "db" else f"cannot be '{error['input']}'"
    said = said.replace("Input should be", "it should be")
    return Problem(
        code="GT-USE-013",
        sentence=f"The setting '{name}' {shown}: {said}.",
        fix=_WAYS_OUT.get(
            name, f"Correct it where it is set: on the command line, in the environment or in {FILE}."
        ),
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None

"""The manners that every command shares: options that may stand before or after the command's name.

Each level of the tree takes the same options; what is said last wins. A command says which of them mean
anything to it, and one that means nothing is refused instead of being ignored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import click

from adapters.cli.typed import TYPED, check_text

FORMATS = ("table", "json", "ndjson", "csv")


class Day(click.ParamType[date]):
    """A day, written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read it; anything else is a mistake in usage."""
        if isinstance(value, date):
            return value
        try:
            if len(str(value)) == len("2026-11-30"):
                return date.fromisoformat(str(value))
        except ValueError:
            pass
        return self.fail(
            f"'{value}' is not a day; write year, month and day, for example 2026-11-30.", param, ctx
        )


DAY = Day()


@dataclass(slots=True)
class Manners:
    """What was asked for by the shared options."""

    project: Path = field(default_factory=Path)
    output: str = "table"
    quiet: bool = False
    no_color: bool = False
    no_input: bool = False
    debug: bool = False
    db: str | None = None
    book: str | None = None
    clock: str | None = None
    acting_as: str | None = None
    as_of: date | None = None
    on: date | None = None
    acting_for: str | None = None
    dry_run: bool = False
    command_id: str | None = None
    all_problems: bool = False
    """Every problem is to be shown, however many there are."""
    given: dict[str, str] = field(default_factory=dict)
    """Name of each option that was given → as it was written."""


class CommandId(click.ParamType[str]):
    """An id that no part of the program uses for itself."""

    name = "id"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The id as it is. Fails with a usage error for one that could be the program's own."""
        text = str(value)
        if not re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", text) or text.startswith(("import-", "history-")):
            self.fail(
                f"'{text[:80]}' will not do: use up to 64 letters, digits, dots, hyphens and underscores, "
                "and do not begin with 'import-' or 'history-'.",
                param,
                ctx,
            )
        return text


COMMAND_ID = CommandId()

_OPTIONS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "project": (("-C", "--project"), {"type": click.Path(path_type=Path), "metavar": "FOLDER", "help": "The project folder; this one by default."}),
    "db": (("--db",), {"metavar": "URL", "help": "The book's database: sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE."}),
    "book": (("--book",), {"metavar": "NAME", "help": "Which council's book: the name of its file, or of its schema in PostgreSQL."}),
    "acting_as": (("--as", "acting_as"), {"metavar": "PERSON", "help": "Who you are: an id or a full name (or GOLDENTHREAD_AS). Recorded."}),
    "json": (("--json",), {"is_flag": True, "help": "Answer as one JSON object with a version."}),
    "quiet": (("-q", "--quiet"), {"is_flag": True, "help": "Say nothing but results and errors."}),
    "no_color": (("--no-color",), {"is_flag": True, "help": "No colour (as NO_COLOR)."}),
    "no_input": (("--no-input",), {"is_flag": True, "help": "Never ask anything."}),
    "debug": (("--debug",), {"is_flag": True, "help": "Show where an internal error came from."}),
    "clock": (("--clock",), {"metavar": "INSTANT", "hidden": True, "help": "Let the clock stand still."}),
    "as_of": (("--as-of", "as_of"), {"type": DAY, "metavar": "DATE", "help": "As it was known at the end of that day."}),
    "output": (("--output",), {"type": click.Choice(FORMATS), "help": "How to print the list."}),
    "on": (("--on",), {"type": DAY, "metavar": "DATE", "help": "The day it takes effect; today by default."}),
    "acting_for": (("--acting-for",), {"metavar": "PERSON", "help": "Whose step you take, by a delegation from them to you."}),
    "dry_run": (("-n", "--dry-run"), {"is_flag": True, "help": "Say what would happen and write nothing."}),
    "command_id": (("--command-id",), {"metavar": "ID", "type": COMMAND_ID, "help": "An id of your own: doing the same again under it changes nothing."}),
}  # fmt: skip
"""Name → its spellings and what click needs to know."""

EVERYWHERE = ("project", "db", "book", "acting_as", "json", "quiet", "no_color", "no_input", "debug", "clock")
PLAIN: tuple[str, ...] = ()
READ = ("as_of",)
LIST = ("as_of", "output")
WRITE = ("on", "dry_run", "command_id")
STEP = ("acting_for", *WRITE)


def options(names: tuple[str, ...]) -> list[click.Parameter]:
    """These shared options, anew."""
    made: list[click.Parameter] = []
    for name in names:
        spellings, attributes = _OPTIONS[name]
        made.append(click.Option(list(spellings), expose_value=False, callback=_keep, **attributes))
    return made


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Note a shared option that was given on the command line."""
    if (
        param.name is None
        or ctx.get_parameter_source(param.name) is not click.core.ParameterSource.COMMANDLINE
    ):
        return
    manners: Manners = ctx.obj.manners
    name = "output" if param.name == "json" else param.name
    setattr(manners, name, "json" if param.name == "json" else value)
    manners.given[param.name] = param.opts[0]


class Verb(click.Command):
    """A command with the shared options that mean something to it."""

    def __init__(self, *args: Any, manners: tuple[str, ...] = PLAIN, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.manners = manners
        self.own = {param.name for param in self.params}
        self.params += options((*manners, *EVERYWHERE))

    def invoke(self, ctx: click.Context) -> Any:
        """Refuse what is no text, and a shared option that means nothing here; then do it."""
        check_text(ctx.meta.get(TYPED, ()))
        for name, written in ctx.obj.manners.given.items():
            if name not in self.manners and name not in EVERYWHERE:
                raise click.UsageError(f"{written} means nothing to '{ctx.info_name}'.", ctx)
        return super().invoke(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The command's own options first, the shared ones apart."""
        groups: dict[str, list[tuple[str, str]]] = {"Options": [], "Everywhere": []}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None and isinstance(param, click.Option):
                own = param.name in self.own or param.name in self.manners
                groups["Options" if own else "Everywhere"].append(record)
        for title, records in groups.items():
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)

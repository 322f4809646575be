"""A group of commands that imports a command only when it is asked for: its help comes from a table."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, TypeAlias

import click

from adapters.cli.manners import EVERYWHERE, LIST, WRITE, options
from events.nearest import did_you_mean

Entry: TypeAlias = "tuple[str, str] | Branch"
"""``module:name`` of a command and its help in a line, or a group."""


class Branch(click.Group):
    """A group whose commands are imported when they are called."""

    def __init__(self, name: str | None, *, entries: Mapping[str, Entry], **attributes: Any) -> None:
        super().__init__(name, no_args_is_help=True, **attributes)
        self._entries = dict(entries)
        self.params += options((*EVERYWHERE, *LIST, *WRITE))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(self._entries)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import one command."""
        entry = self._entries.get(name)
        if entry is None or isinstance(entry, Branch):
            return entry
        module, _, attribute = entry[0].partition(":")
        found: click.Command = getattr(import_module(module), attribute)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or name the nearest one."""
        name = args[0]
        if name not in self._entries and not name.startswith("-"):
            meant = did_you_mean(name, self._entries)
            raise click.UsageError(f"There is no command '{name}'.{meant}", ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Commands only: the shared options are told with each command."""
        self.format_commands(ctx, formatter)
        with formatter.section("Options"):
            formatter.write_dl([("-h, --help", "Show this, or the help of a command.")])

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _help(entry)) for name, entry in self._entries.items()])


def _help(entry: Entry) -> str:
    return (entry.help or "") if isinstance(entry, Branch) else entry[1]

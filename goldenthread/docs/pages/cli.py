"""`docs/reference/cli.md`: every command of the command line, from the tree that runs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from adapters.cli import failures
from adapters.cli.manners import EVERYWHERE, LIST, WRITE, Verb, options
from adapters.cli.tree import root_branch
from goldenthread.docs import markdown

PROGRAM = "goldenthread"
EXITS = {
    failures.OK: "It is done, or all is well.",
    failures.WRONG: "What was checked is wrong: a faulty pack, a failing test, a record that is not whole.",
    failures.USAGE: "The command cannot be understood, or what it was given cannot be read.",
    failures.WARNINGS: "Only warnings, and `--strict` was given.",
    failures.NOT_FOUND: "What was named does not exist.",
    failures.REFUSED: "The rules of the house do not allow it, somebody else was faster, or the book cannot be reached or written now. Nothing was written.",
    failures.DIFFERENT: "Differences were found.",
    failures.INTERNAL: "A mistake in the program, or a book or machine that is not as it must be. Nothing was written.",
    failures.INTERRUPTED: "Interrupted; what was answered as recorded stands.",
}


def page() -> str:
    """The whole page."""
    root = root_branch()
    context = click.Context(root, info_name=PROGRAM)
    return markdown.page(
        "The command line",
        "the commands in `adapters/cli/commands/`",
        "Results go to stdout, everything beside them (hints, progress) to stderr. Commands that read never write.",
        "## Exit codes",
        markdown.table(("code", "meaning"), ((str(code), words) for code, words in EXITS.items())),
        "## Options of many commands",
        "Every command takes these, before or after its name:",
        _options(options(EVERYWHERE), context),
        "These are taken where they mean something; each command lists the ones it takes:",
        _options(options(tuple(dict.fromkeys((*LIST, *WRITE)))), context),
        *_commands(root, context),
    )


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        inner = click.Context(command, info_name=name, parent=context)
        yield f"{'#' * (2 if context.parent is None else 3)} {inner.command_path}"
        if isinstance(command, click.Group):
            yield command.help or ""
            yield from _commands(command, inner)
        else:
            yield from _command(command, inner)


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    yield _help(command)
    yield markdown.fenced(" ".join((context.command_path, *command.collect_usage_pieces(context))))
    own = command.own if isinstance(command, Verb) else {param.name for param in command.params}
    listed = [param for param in command.params if param.name in own]
    yield _arguments(listed, context)
    yield _options(listed, context)
    shared = options(command.manners) if isinstance(command, Verb) else []
    if shared:
        yield "Also takes " + ", ".join(markdown.code(param.opts[-1]) for param in shared) + "."


def _help(command: click.Command) -> str:
    paragraphs = (command.help or "").split("\n\n")
    return "\n\n".join(markdown.prose(paragraph) for paragraph in paragraphs)


def _arguments(params: Iterable[click.Parameter], context: click.Context) -> str:
    return markdown.table(
        ("argument", "meaning"),
        (
            (markdown.code(param.make_metavar(context)), str(getattr(param, "help", None) or ""))
            for param in params
            if isinstance(param, click.Argument)
        ),
    )


def _options(params: Iterable[click.Parameter], context: click.Context) -> str:
    records = [param.get_help_record(context) for param in params if isinstance(param, click.Option)]
    return markdown.table(
        ("option", "meaning"),
        ((markdown.code(record[0]), _needed(record[1])) for record in records if record is not None),
    )


def _needed(help_: str) -> str:
    """What click says of an option that must be given, as the other tables say it."""
    return help_.replace("  [required]", " *Needed.*")

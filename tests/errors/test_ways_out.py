"""A way out must lead somewhere: every command and every option that the product speaks of is one that it has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import click
import pytest

from adapters.cli.lazy import Branch
from adapters.cli.tree import root_branch
from tests.errors.catalogue import ROOT, SOURCES, entries

TREE = root_branch()
QUOTED = re.compile(r"(?:'|: |\A)goldenthread ([^'.…]+)")
"""What stands after the program's name: in quotation marks, after a colon, or as a whole."""
SHORT = re.compile(r"(?<![\w'])'([a-z-]+(?: [a-z-]+)?)'")
"""``'pack list'``: a command without the program's name."""
GIVEN = re.compile(r"(?:needs|may|gives): *\{([^}]*)\}")
FIELD = re.compile(r"(\w+):")
"""A step's fields in a library workflow: their groups, and the name of each."""
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


@cache
def said() -> list[tuple[str, str]]:
    """(place, text) of every string of the program; what is filled in later reads ``X``."""
    return list(_strings())


def _strings() -> Iterator[tuple[str, str]]:
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.is_relative_to(
                ROOT / "goldenthread" / "docs"
            ):  # a program of its own, for whoever builds this one
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            inside = {
                id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
            }
            for node in ast.walk(tree):
                place = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
                if isinstance(node, ast.JoinedStr):
                    yield place, "".join(_text(part) for part in node.values)
                elif (
                    isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside
                ):
                    yield place, node.value


def _text(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else "X"


def quoted() -> list[tuple[str, str]]:
    """(place, command) of every command of goldenthread that is spoken of."""
    return [(place, found.strip()) for place, text in said() for found in QUOTED.findall(text)]


def trouble(written: str) -> str | None:
    """What is wrong with a command as it is written; None where it can be typed so."""
    words = [word.strip(",;:)") for word in written.replace("'", "").split()]
    command: click.Command = TREE
    while isinstance(command, Branch):
        if words[-1:] == ["--help"] and all(word.isupper() for word in words[:-1]):
            return None
        while words and words[0].startswith("-"):
            words = words[2:]
        if not words:
            return "names no command"
        found = command.get_command(click.Context(command), words[0])
        if found is None:
            return f"'{words[0]}' is no command"
        command, words = found, words[1:]
    return _misuse(command, words)


@cache
def fields() -> frozenset[str]:
    """The fields of the library's workflows, as the options they are given by: ``--due-on``."""
    found = (
        name
        for path in sorted((ROOT / "packs" / "library").glob("*.yaml"))
        for group in GIVEN.findall(path.read_text(encoding="utf-8"))
        for name in FIELD.findall(group)
    )
    return frozenset(f"--{name.replace('_', '-')}" for name in found)


def _misuse(command: click.Command, words: list[str]) -> str | None:
    options = {
        name: param for param in command.params if isinstance(param, click.Option) for name in param.opts
    }
    arguments = [param for param in command.params if isinstance(param, click.Argument)]
    takes_fields = command.context_settings.get("ignore_unknown_options", False)
    given = 0
    while words:
        word, *words = words
        if not word.startswith("-"):
            given += 1
        elif word not in options and not (takes_fields and word in fields()):
            return f"it takes no {word}"
        elif word not in options or not options[word].is_flag:
            words = words[1:]
    needed = sum(1 for param in arguments if param.required)
    if given > len(arguments) or 0 < given < needed:
        return f"it takes {needed} to {len(arguments)} words, and {given} are given"
    return None


def everything() -> dict[str, click.Command]:
    """Every command of the tree by its path."""

    def walk(branch: Branch, so_far: str) -> Iterator[tuple[str, click.Command]]:
        context = click.Context(branch)
        for name in branch.list_commands(context):
            command = branch.get_command(context, name)
            assert command is not None
            if isinstance(command, Branch):
                yield from walk(command, f"{so_far}{name} ")
            else:
                yield f"{so_far}{name}", command

    return dict(walk(TREE, ""))


def test_every_command_that_is_spoken_of_exists_and_takes_what_is_written():
    wrong = [
        f"{place}: goldenthread {written}: {why}" for place, written in quoted() if (why := trouble(written))
    ]
    assert wrong == []
    assert len(quoted()) > 40


def test_every_command_in_a_way_out_exists_and_takes_what_is_written():
    wrong = [
        f"{entry.code}: goldenthread {written}: {why}"
        for entry in entries()
        for written in QUOTED.findall(f"{entry.says} {entry.fix}")
        if (why := trouble(written))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("figure declare-none HW1/highways/2026-06", "'declare-none' is no command"),
        ("robot", "'robot' is no command"),
        ("tick --now", "it takes no --now"),
        ("role assign Priya", "it takes 2 to 2 words, and 1 are given"),
        ("-C X dashboard", None),
        ("role assign PERSON clerk --for BOARD", None),
        ("figure enter", None),
    ],
)
def test_a_command_that_cannot_be_typed_is_found(written: str, why: str | None):
    assert trouble(written) == why


def test_every_option_that_is_spoken_of_exists():
    known = {
        name
        for command in everything().values()
        for param in command.params
        for name in (*param.opts, *param.secondary_opts, "--help")
    }
    known |= fields()
    spoken = {(option, place) for place, text in said() for option in OPTION.findall(text)}
    assert sorted((option, place) for option, place in spoken if option not in known) == []


def test_a_command_in_short_exists_too():
    paths = everything()
    nouns = {path.split()[0] for path in paths}
    wrong = [
        (place, short)
        for place, text in said()
        for short in SHORT.findall(text)
        if " " in short and short.split()[0] in nouns and short not in paths
    ]
    assert wrong == []

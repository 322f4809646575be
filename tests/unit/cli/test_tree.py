"""The tree of commands: what help promises is there."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from adapters.cli.lazy import Branch
from adapters.cli.manners import EVERYWHERE, LIST, READ, STEP, WRITE, Verb
from adapters.cli.tree import root_branch


def _verbs(branch: Branch, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(branch)
    for name in branch.list_commands(context):
        found = branch.get_command(context, name)
        assert found is not None
        if isinstance(found, Branch):
            yield from _verbs(found, (*path, name))
        else:
            yield " ".join((*path, name)), found


VERBS = dict(_verbs(root_branch()))


@pytest.mark.parametrize("path", VERBS)
def test_every_command_is_there_under_its_name_and_says_what_it_does(path: str) -> None:
    command = VERBS[path]
    assert isinstance(command, Verb)
    assert command.name == path.split()[-1]
    assert command.help
    assert command.help.splitlines()[0].endswith((".", ":"))


@pytest.mark.parametrize("path", VERBS)
def test_every_argument_and_option_is_explained(path: str) -> None:
    unexplained = [param.name for param in VERBS[path].params if not getattr(param, "help", "")]
    assert unexplained in ([], ["comment"])


def test_every_command_has_the_manners_of_its_kind() -> None:
    kinds = {(), READ, LIST, WRITE, STEP, ("output",), ("dry_run",), ("dry_run", "output")}
    for path, command in VERBS.items():
        assert isinstance(command, Verb)
        assert command.manners in kinds, path
        assert {param.name for param in command.params} >= {*command.manners, *EVERYWHERE}

"""Running what the documentation shows: the commands of a page, one after another, in an empty folder.

A block that begins with three backticks and ``console`` is run by bash, where the rules are:

- a line ``$ goldenthread …`` is a command; a line ``> …`` below it continues it;
- what stands below is what it must print, stdout and stderr together, exactly;
- ``[...]`` within a line stands for anything, on a line of its own for any lines: for versions and temporary paths only;
- the README is run where a copy of `packs/` stands, as it does at the root of the repository;
- a command must succeed, unless its output ends with the line ``[exit N]``;
- commands are processes that need not load the program anew (`tests.ready`), but for the README's, which are started
  as its reader starts them.

A block whose first line says ``yaml file=packs/mine/pack.yaml`` (or csv, toml …) is written to that file.
``python -m tests.docs.console PAGE…`` runs pages and writes what they print into them, where it differs.
"""

from __future__ import annotations

import base64
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.ready.program import DOOR, stand

ROOT = Path(__file__).parents[2]
ANYTHING = "[...]"
WIDTH = 160
_FENCE = re.compile(r"(?P<fence>`{3,})(?P<language>\w*)(?P<rest>.*)")
_FILE = re.compile(r"\bfile=(\S+)")
_EXIT = re.compile(r"\[exit (\d+)\]")


@dataclass
class Command:
    """A command of a page, and the lines of its output there."""

    text: str
    line: int
    """Where its output begins, counted from 0."""
    expected: list[str]


@dataclass
class File:
    """A file that a page tells its reader to write."""

    path: str
    text: str


def parts(page: str) -> list[Command | File]:
    """Everything on a page that is run or written, in order."""
    found: list[Command | File] = []
    lines = page.splitlines()
    at = 0
    while at < len(lines):
        opened = _FENCE.fullmatch(lines[at])
        at += 1
        if opened is None:
            continue
        start = at
        while at < len(lines) and lines[at] != opened["fence"]:
            at += 1
        within, file = lines[start:at], _FILE.search(opened["rest"])
        at += 1
        if opened["language"] == "console":
            found += _commands(within, start)
        elif file:
            found.append(File(file[1], "\n".join(within) + "\n"))
    return found


def _commands(lines: list[str], start: int) -> list[Command]:
    found: list[Command] = []
    for number, line in enumerate(lines, start):
        if line.startswith("$ "):
            found.append(Command(line[2:], number + 1, []))
        elif line.startswith("> ") and found and not found[-1].expected:
            found[-1].text += "\n" + line[2:]
            found[-1].line = number + 1
        elif found:
            found[-1].expected.append(line)
    return found


def run_file(file: Path, folder: Path) -> list[tuple[Command, list[str]]]:
    """Run a page of the documentation; answers each command with the lines it printed."""
    if file.name == "README.md":
        shutil.copytree(ROOT / "packs", folder / "work" / "packs")
    return run(file.read_text("utf-8"), folder, at_once=file.name != "README.md")


def run(page: str, folder: Path, *, at_once: bool = True) -> list[tuple[Command, list[str]]]:
    """Run the text of a page in a folder; answers each command with the lines it printed."""
    steps = parts(page)
    mark = "=====goldenthread-docs====="
    script = ["exec 2>&1"]
    for step in steps:
        if isinstance(step, File):
            content = base64.b64encode(step.text.encode()).decode()
            script.append(
                f"mkdir -p \"$(dirname '{step.path}')\"; echo {content} | base64 -d > '{step.path}'"
            )
        else:
            script += [step.text, f"printf '\\n%s %s\\n' {mark} $?"]
    (folder / "home").mkdir()
    (folder / "bin").mkdir()
    environment = _environment(folder)
    words = ("-I", "-S", DOOR, stand(environment)) if at_once else ("-m", "goldenthread")
    _program(folder / "bin" / "goldenthread", *words)
    (folder / "work").mkdir(exist_ok=True)
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-c", "\n".join(script)],
        stdin=subprocess.DEVNULL,
        cwd=folder / "work",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    printed = re.split(rf"\n{mark} (\d+)\n", done.stdout)
    told = [_lines(text, int(code)) for text, code in zip(printed[0::2], printed[1::2], strict=False)]
    commands = [step for step in steps if isinstance(step, Command)]
    return list(zip(commands, told, strict=True))


def _lines(text: str, code: int) -> list[str]:
    lines = [line.rstrip() for line in text.rstrip("\n").split("\n")] if text.strip("\n") else []
    return [*lines, f"[exit {code}]"] if code else lines


def _program(file: Path, *words: str | Path) -> None:
    python = shlex.join([sys.executable, *map(str, words)])
    file.write_text(f'#!/bin/sh\nexec {python} "$@"\n', "utf-8")
    file.chmod(0o755)


def _environment(folder: Path) -> dict[str, str]:
    left_out = (
        "GOLDENTHREAD_",
        "PYTHONDONTWRITEBYTECODE",
    )  # the second makes every command compile everything again
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return {
        **kept,
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "HOME": str(folder / "home"),
        "PYTHONPATH": str(ROOT),
        "COLUMNS": str(WIDTH),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "Europe/London",
        "LOGNAME": "reader",
        "NO_COLOR": "1",
        "PYTHONWARNINGS": "error",
    }


def matches(expected: list[str], printed: list[str]) -> bool:
    """Whether lines are as the page shows them."""
    pattern = ""
    for line in _trimmed(expected):
        if line.strip() == ANYTHING:
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(re.escape(piece) for piece in line.rstrip().split(ANYTHING)) + r"\n"
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _trimmed(printed))) is not None


def _trimmed(lines: list[str]) -> list[str]:
    """Without empty lines at the end, which only part one command from the next."""
    kept = [line.rstrip() for line in lines]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def rewritten(page: str, results: list[tuple[Command, list[str]]]) -> str:
    """The page with what its commands really print, wherever that is something else."""
    lines = page.splitlines()
    for command, printed in reversed(results):
        if not matches(command.expected, printed):
            blank = [""] if command.expected and not command.expected[-1] else []
            lines[command.line : command.line + len(command.expected)] = [*printed, *blank]
    return "\n".join(lines) + "\n"


def main(pages: list[str]) -> None:
    """Run pages and write what they print into them."""
    for name in pages:
        file = Path(name)
        text = file.read_text("utf-8")
        with tempfile.TemporaryDirectory() as folder:
            results = run_file(file, Path(folder))
        differing = sum(not matches(command.expected, printed) for command, printed in results)
        file.write_text(rewritten(text, results), "utf-8")
        print(f"{name}: {len(results)} commands, {differing} printed something else")


if __name__ == "__main__":
    main(sys.argv[1:])

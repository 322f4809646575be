"""The manners of every command: help that costs nothing, quiet leaving, machine formats, no traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from .conftest import ROOT, Council, hears_interruptions

HEAVY = (
    "sqlalchemy",
    "pydantic",
    "pydantic_settings",
    "rich",
    "holidays",
    "ruamel",
    "structlog",
    "transitions",
)
ASK = """
import sys
from goldenthread.__main__ import Program
from adapters.cli.app import run
code = run(Program(), sys.argv[1:])
print(code, *[name for name in {heavy!r} if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize(
    "asked", [("--help",), ("figure", "--help"), ("figure", "enter", "-h"), ("intervention", "answer", "-h")]
)
def test_help_imports_nothing_heavy(asked: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(heavy=HEAVY), *asked], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )  # fmt: skip
    assert done.stdout.startswith("Usage: goldenthread")
    assert done.stderr.strip() == "0"


def test_shared_options_stand_before_or_after_the_command(town: Council) -> None:
    before, after, between = (
        town.run("--json", "person", "list"),
        town.run("person", "list", "--json"),
        town.run("person", "--output", "json", "list"),
    )
    assert before.out == after.out == between.out
    assert (before.json["version"], before.json["kind"]) == (1, "people")
    assert len(before.json["rows"]) == 6


def test_lists_come_as_csv_and_as_json_lines(town: Council) -> None:
    assert town.run("service", "list", "--output", "csv").out.splitlines() == [
        "service,label,under",
        "childrens,Children's services,",
    ]
    lines = town.run("service", "list", "--output", "ndjson").out.splitlines()
    assert [json.loads(line)["service"] for line in lines] == ["childrens"]


def test_a_refusal_is_an_object_too(town: Council) -> None:
    refused = town.run("--json", "person", "add", "X", "--as", "nobody")
    assert refused.code == 4
    assert refused.json["kind"] == "error"
    assert refused.json["problems"][0]["code"] == "GT-PEOPLE-009"


def test_hints_are_not_results_and_can_be_silenced(town: Council) -> None:
    said = town.run("person", "add", "Gil Ito", "--as", "p1")
    assert "Next:" in said.err
    assert "Next:" not in said.out
    quiet = town.run("-q", "person", "add", "Hal Jung", "--as", "p1")
    assert quiet.err == ""
    assert quiet.out.startswith("Hal Jung is p8.")


def test_the_environment_says_who_is_acting_and_the_project_file_what_is_set(town: Council) -> None:
    town.environment["GOLDENTHREAD_AS"] = "Ann Parker"
    (town.folder / "goldenthread.toml").write_text('log = "program.log"\n', "utf-8")
    assert town.run("person", "add", "Gil Ito").code == 0
    line = json.loads((town.folder / "program.log").read_text("utf-8").splitlines()[-1])
    assert (line["event"], line["request"], line["book"]) == ("recorded", "AddPerson", "book")
    assert "Gil" not in json.dumps(line)


def test_nobody_to_read_is_no_error(town: Council) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "goldenthread", *town.options, "log", "tail"],
        cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_interruption_is_one_line(town: Council) -> None:
    running = subprocess.Popen(
        [sys.executable, "-u", "-m", "goldenthread", *town.options, "log", "tail", "--follow"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=hears_interruptions,
    )  # fmt: skip
    assert running.stdout is not None
    running.stdout.readline()
    time.sleep(0.3)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert err.strip() == "Interrupted; what was answered as recorded stands."


def test_a_pack_with_an_error_is_shown_at_its_line_and_leaves_with_one(empty: Council) -> None:
    pack = empty.folder / "wrong"
    pack.mkdir()
    (pack / "pack.yaml").write_text("pack: wrong\ntitel: A pack\n", "utf-8")
    checked = empty.run("pack", "check", str(pack))
    assert checked.code == 1
    assert "2:1" in checked.out
    assert "Did you mean 'title'?" in checked.out
    assert empty.run("pack", "check", "hampshire-2008").code == 0

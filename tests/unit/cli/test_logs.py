"""The program's log holds ids, never what people wrote."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from adapters.logs import NAMES, WITHHELD, ids_only, open_log


def test_a_line_is_json_with_the_ids_bound(tmp_path: Path) -> None:
    log = open_log(tmp_path / "log", book="kent")
    log("recorded", command_id="01M80", first_position=12)
    line = json.loads((tmp_path / "log").read_text("utf-8"))
    assert (line["event"], line["book"], line["command_id"], line["first_position"]) == (
        "recorded",
        "kent",
        "01M80",
        12,
    )
    assert line["timestamp"].endswith("Z")


@given(st.text().filter(lambda text: " " in text or not text.isascii()))
def test_free_text_is_withheld(text: str) -> None:
    assert ids_only(None, "msg", {"event": "recorded", "command_id": text})["command_id"] == WITHHELD


def test_even_an_event_must_be_a_word_of_the_program() -> None:
    assert ids_only(None, "msg", {"event": "Ann said: no!"})["event"] == WITHHELD


def test_a_name_that_is_not_on_the_list_is_left_out() -> None:
    assert ids_only(None, "msg", {"event": "recorded", "person": "Ann"}) == {"event": "recorded"}


ROOT = Path(__file__).parents[3]
WRITES = {"note", "log", "_log", "_line", "_open_log", "open_log"}
"""What a line is written with, or ids are bound to all lines."""


def test_every_name_that_the_program_logs_is_on_the_list() -> None:
    logged = {(place, name) for place, name in _logged() if name is not None}
    assert {(place, name) for place, name in logged if name not in NAMES} == set()
    assert {name for _, name in logged} == NAMES - {"event", "timestamp"}  # what is never said needs no place


def test_every_name_that_the_program_logs_stands_in_its_source() -> None:
    computed = {place for place, name in _logged() if name is None}
    assert {place.rpartition(":")[0] for place in computed} <= {
        "adapters/cli/session.py",  # hands on what it is given
        "engine/deadlines/worker.py",
        "goldenthread/bootstrap.py",
    }


def _logged() -> Iterator[tuple[str, str | None]]:
    """Every name that is passed to a log, with its place; None where the source does not say the name."""
    for folder in ("adapters", "engine", "goldenthread"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and _called(node) in WRITES and _says_a_line(node):
                    place = f"{file.relative_to(ROOT).as_posix()}:{node.lineno}"
                    yield from ((place, name) for keyword in node.keywords for name in _names(keyword))


def _called(node: ast.Call) -> str:
    called = node.func
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _says_a_line(node: ast.Call) -> bool:
    """Not a number whose logarithm is taken."""
    first = node.args[0] if node.args else None
    return not isinstance(first, ast.Constant) or isinstance(first.value, str)


def _names(keyword: ast.keyword) -> Iterator[str | None]:
    """``name=…``, or ``**{"name": …}``, also where that depends on something."""
    if keyword.arg is not None:
        yield keyword.arg
        return
    dicts = [node for node in ast.walk(keyword.value) if isinstance(node, ast.Dict)]
    keys = [key for each in dicts for key in each.keys]
    if not dicts:
        yield None
    for key in keys:
        yield key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None

"""The program's log holds ids, never what people wrote."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from adapters.logs import WITHHELD, ids_only, open_log


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

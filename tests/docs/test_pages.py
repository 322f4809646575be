"""What the pages show is what happens, their links lead somewhere, and they keep to their form."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest

from goldenthread.docs.markdown import anchor
from tests.docs.console import ROOT, Command, File, matches, parts, rewritten, run, run_file
from tests.room import on_a_disk

tmp_path = pytest.fixture(on_a_disk, name="tmp_path")

PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
RUN = [page for page in PAGES if "```console" in page.read_text("utf-8")]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", RUN, ids=name_of)
def test_every_command_of_a_page_prints_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    told = [
        "\n".join(difflib.unified_diff(command.expected, printed, "the page", command.text, lineterm=""))
        for command, printed in run_file(page, tmp_path)
        if not matches(command.expected, printed)
    ]
    assert told == [], "\n\n".join(
        [*told, f"If this is better: python -m tests.docs.console {name_of(page)}"]
    )


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(page: Path) -> None:
    dead = []
    for link in LINK.findall(_outside_code(page.read_text("utf-8"))):
        if link.startswith(("http://", "https://")):
            continue
        path, _, heading = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (heading and heading not in _anchors(target)):
            dead.append(link)
    assert dead == []


def test_the_readme_is_no_longer_than_a_person_reads() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 120


def test_the_tutorial_the_guides_and_the_readme_show_commands_that_are_run() -> None:
    shown = {name_of(page) for page in RUN}
    for folder in ("docs/tutorial", "docs/how-to"):
        assert {name_of(page) for page in (ROOT / folder).glob("*.md")} <= shown
    assert "README.md" in shown


def test_every_decision_says_what_was_chosen_given_up_measured_and_what_would_change_it() -> None:
    numbers = []
    for page in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        text = page.read_text("utf-8")
        numbers.append(int(page.name[:4]))
        for asked in (
            "**Question.**",
            "**Choice.**",
            "**What we gave up.**",
            "**What we measured.**",
            "**What would change our mind.**",
        ):
            assert asked in text, (page.name, asked)
    assert numbers == list(range(1, len(numbers) + 1))


def test_no_page_names_where_it_was_written() -> None:
    for page in PAGES:
        text = page.read_text("utf-8")
        assert not re.search(r"/home/|/tmp/|/root/|/Users/", text), name_of(page)


# The runner itself ---------------------------------------------------------------------------------------------


def test_a_page_is_read_as_commands_with_their_output_and_files() -> None:
    page = "```yaml file=a/b.yaml\nx: 1\n```\n\n```console\n$ first \\\n> more\none\n\ntwo\n$ second\n```\n```sh\n$ not run\n```\n"
    file, first, second = parts(page)
    assert file == File("a/b.yaml", "x: 1\n")
    assert first == Command("first \\\nmore", 7, ["one", "", "two"])
    assert second == Command("second", 11, [])


@pytest.mark.parametrize(
    ("page", "printed", "fits"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a", "b", ""], ["a", "b"], True),
        (["a"], ["a", "b"], False),
        (["a [...] c"], ["a whatever c"], True),
        (["a [...] c"], ["a whatever d"], False),
        (["a", "[...]", "z"], ["a", "b", "c", "z"], True),
        (["a", "[...]", "z"], ["a", "z"], True),
        (["a", "[...]", "z"], ["a", "b"], False),
        (["cost (1.0)"], ["cost (1x0)"], False),
    ],
)
def test_output_must_be_as_shown_but_for_wildcards(page: list[str], printed: list[str], fits: bool) -> None:
    assert matches(page, printed) is fits


def test_commands_share_one_shell_and_failures_show_their_exit_code(tmp_path: Path) -> None:
    page = "```toml file=in/goldenthread.toml\n```\n```console\n$ cd in; X=3\n$ ls; echo $X\n$ echo no >&2; (exit 4)\n```\n"
    assert [printed for _, printed in run(page, tmp_path)] == [
        [],
        ["goldenthread.toml", "3"],
        ["no", "[exit 4]"],
    ]


def test_a_page_takes_over_what_is_printed_and_keeps_what_fits() -> None:
    page = "```console\n$ one\nold\n\n$ two\nkept [...]\n```\n"
    one, two = [step for step in parts(page) if isinstance(step, Command)]
    assert rewritten(page, [(one, ["new", "newer"]), (two, ["kept as it is"])]) == page.replace(
        "old", "new\nnewer"
    )


def _outside_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", "", re.sub(r"(?ms)^(`{3,}).*?^\1", "", text))


def _anchors(page: Path) -> set[str]:
    return {
        anchor(line.lstrip("#").strip())
        for line in page.read_text("utf-8").splitlines()
        if line.startswith("#")
    }

"""The strict reader: text in, a marked document out, or every problem at once."""

from __future__ import annotations

from ruamel.yaml import YAML

from adapters.yaml.build import Builder, TooMuch
from adapters.yaml.marks import LINE_ENDS, Lines, MarkedDocument
from adapters.yaml.syntax import syntax_problem
from events.errors import Invalid, Problem

MOST_BYTES = 1_000_000
MOST_LINES = 20_000
LONGEST_LINE = 5_000


class YamlDocuments:
    """Reads YAML 1.2 and keeps every scalar as text: `no`, `on`, `1.0` and `2008-12-01` are what they look like."""

    def read(self, text: str, file: str) -> MarkedDocument:
        """Read one document strictly.

        Raises Invalid with every problem found: duplicate keys, anchors, tags, tabs, several documents, a text
        too large, too deep or not YAML at all.
        """
        text = text.removeprefix("\ufeff")
        _check_size(text, file)
        lines = Lines(text, file)
        _check_tabs(text, lines)
        builder = Builder(lines)
        yaml = YAML(typ="safe", pure=True)
        try:
            builder.read(yaml.parse(text))
        except TooMuch:
            pass
        except Exception as trouble:  # noqa: BLE001 - whatever the parser trips over, it is the text that is wrong
            builder.problems.append(syntax_problem(trouble, lines))
        if not builder.problems and builder.document().tree == "":
            raise Invalid(
                Problem(
                    code="GT-YAML-023",
                    sentence="The file is empty.",
                    fix="Write at least one 'key: value' line.",
                    place=lines.place((0, 0)),
                )
            )
        if builder.problems:
            raise Invalid(*builder.problems)
        return builder.document()


def _check_size(text: str, file: str) -> None:
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        problem = Problem(
            code="GT-YAML-001",
            sentence="The file is larger than 1 MB.",
            fix="A pack is a few hundred lines; keep figures and documents elsewhere.",
            place=Lines("", file).place((0, 0)),
        )
        raise Invalid(problem)
    lines = LINE_ENDS.split(text)
    longest = max(range(len(lines)), key=lambda number: len(lines[number]))
    if len(lines) > MOST_LINES or len(lines[longest]) > LONGEST_LINE:
        raise Invalid(
            Problem(
                code="GT-YAML-025",
                sentence=f"The file has more than {MOST_LINES:,} lines, or a line of more than {LONGEST_LINE:,} characters.",
                fix="Break long lines; split a long file.",
                place=Lines(text, file).place((longest, 0)),
            )
        )


def _check_tabs(text: str, lines: Lines) -> None:
    if "\t" not in text:
        return
    problems = [
        Problem(
            code="GT-YAML-003",
            sentence="A tab stands here: it has no fixed width, so nobody can see what it lines up with.",
            fix="Use spaces.",
            place=lines.place((number, line.index("\t"))),
        )
        for number, line in enumerate(LINE_ENDS.split(text))
        if "\t" in line
    ]
    raise Invalid(*problems[:50])

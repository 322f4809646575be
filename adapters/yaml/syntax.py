"""What the YAML parser trips over, said in words a governance lead can act on."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from adapters.yaml.marks import Lines
from events.errors import Problem

_KNOWN: tuple[tuple[str, str, str, str], ...] = (
    (
        "mapping values are not allowed here",
        "GT-YAML-016",
        "A colon followed by a space stands here where no key can begin.",
        "Put quotes around a text that holds a colon; a new key begins on a line of its own.",
    ),
    (
        "that cannot start any token",
        "GT-YAML-017",
        "A text cannot begin with this character unless it is quoted.",
        "Put quotes around the text.",
    ),
    (
        "while scanning a quoted scalar",
        "GT-YAML-018",
        "The quote opened here is never closed.",
        "Close it on the same line; a quote inside a text is written twice: 'it''s'.",
    ),
    (
        "while scanning a double-quoted scalar",
        "GT-YAML-024",
        "A backslash inside double quotes begins an escape, and this one is not known.",
        "Use single quotes, in which a backslash is only a backslash.",
    ),
    (
        "expected ',' or",
        "GT-YAML-019",
        "The bracket opened here is not closed, or a comma is missing inside it.",
        "Close { with } and [ with ], with a comma between the parts.",
    ),
    (
        "while parsing a block",
        "GT-YAML-020",
        "This line is not indented like the lines it belongs to.",
        "Lines that belong together begin in the same column.",
    ),
    (
        "could not find expected ':'",
        "GT-YAML-021",
        "This line is neither 'key: value' nor a list entry beginning with '- '.",
        "Write key, colon, space, value.",
    ),
)

_POINTS_AT_OPENING = frozenset({"GT-YAML-018", "GT-YAML-019", "GT-YAML-021"})


def syntax_problem(trouble: Exception, lines: Lines) -> Problem:
    """One problem for whatever the parser raised; a text that trips it in an unknown way is refused as well."""
    if isinstance(trouble, MarkedYAMLError):
        return _marked(trouble, lines)
    if isinstance(trouble, ReaderError):
        return Problem(
            code="GT-YAML-004",
            sentence=f"The file holds a character that no text may hold (U+{trouble.character:04X}).",
            fix="Save it again as plain text in UTF-8.",
            place=lines.place((0, 0)),
        )
    return Problem(
        code="GT-YAML-022",
        sentence=f"This cannot be read as YAML: {_first_line(str(trouble))}.",
        fix="Compare the file with a pack that ships with goldenthread.",
        place=lines.place((0, 0)),
    )


def _marked(trouble: MarkedYAMLError, lines: Lines) -> Problem:
    said = f"{trouble.context or ''}: {trouble.problem or ''}"
    mark = trouble.problem_mark or trouble.context_mark
    for sign, code, sentence, fix in _KNOWN:
        if sign in said:
            if code in _POINTS_AT_OPENING and trouble.context_mark is not None:
                mark = trouble.context_mark
            return Problem(code=code, sentence=sentence, fix=fix, place=lines.place((mark.line, mark.column)))
    return Problem(
        code="GT-YAML-022",
        sentence=f"This cannot be read as YAML: {_first_line(trouble.problem or said)}.",
        fix="Compare the file with a pack that ships with goldenthread.",
        place=lines.place((mark.line, mark.column) if mark else (0, 0)),
    )


def _first_line(text: str) -> str:
    return re.split(r"[\r\n]", text)[0][:120].rstrip(".") or "it is empty"

"""From a line of text to its words and signs, each with its column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from events.errors import Invalid
from events.number import parse_number
from rules.expression.trouble import Troubles

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NUMBER = re.compile(r"\.?[0-9][0-9A-Za-z_.]*")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_TEXT = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")
_ESCAPE = re.compile(r"\\(.)")
_SIGNS = re.compile(r"&&|\|\||[=!<>]=|[-+*/!<>?:.,()\[\]]")

_MEANT = {
    "=": "Equality is written ==.",
    "&": "'And' is written &&.",
    "|": "'Or' is written ||.",
    "%": "A percentage is a plain number from 0 to 100: 10 % below 50 is 50 * 0.9.",
    "“": 'Use straight quotes: "red".',
    "”": 'Use straight quotes: "red".',
    "‘": 'Use straight quotes: "red".',
    "’": 'Use straight quotes: "red".',
    "≤": "Write <=.",
    "≥": "Write >=.",
    "≠": "Write !=.",
    "×": "Write *.",
    "÷": "Write /.",
    "−": "Write a hyphen: -.",
    "–": "Write a hyphen: -.",
    "£": "Write the number alone.",
}
_USUAL = "It is made of names, numbers, texts in quotes, brackets and the signs == != < <= > >= && || ! + - * / ? : in."


class Token(NamedTuple):
    """One word or sign."""

    kind: str
    """``number``, ``text``, ``name``, ``sign`` or ``end``."""
    text: str
    """As meant: a text without its quotes."""
    at: int
    """Its column, counted from 0."""


def tokens(line: str, troubles: Troubles) -> list[Token]:
    """All words and signs and, last, the end; what cannot be read is noted and left out."""
    return [*_tokens(line, troubles), Token("end", "", len(line))]


def _tokens(line: str, troubles: Troubles) -> Iterator[Token]:
    at = _start(line, 0)
    while at < len(line):
        if found := _NAME.match(line, at):
            yield Token("name", found[0], at)
        elif found := _TEXT.match(line, at):
            yield Token("text", _unescaped(found[0][1:-1], at + 1, troubles), at)
        elif found := _NUMBER.match(line, at):
            yield Token("number", _number(found[0], at, troubles), at)
        elif found := _SIGNS.match(line, at):
            yield Token("sign", found[0], at)
        elif line[at] in "\"'":
            troubles.note("GT-EXPR-006", at)
            return
        else:
            troubles.note("GT-EXPR-005", at, found=line[at], hint=_MEANT.get(line[at], _USUAL))
            at = _start(line, at + 1)
            continue
        at = _start(line, found.end())


def _start(line: str, at: int) -> int:
    """Where the next word or sign begins."""
    while at < len(line) and line[at] in " \t":
        at += 1
    return at


def _number(text: str, at: int, troubles: Troubles) -> str:
    """A plain decimal; 0 in the place of one that is not."""
    if not _PLAIN.fullmatch(text):
        hint = "Write digits and at most one decimal point between them, for example 57.1."
        troubles.note("GT-EXPR-007", at, found=text[:40], hint=hint)
        return "0"
    try:
        parse_number(text)
    except Invalid as invalid:
        troubles.note(
            "GT-EXPR-007",
            at,
            found=text[:40],
            hint=f"It is below 10¹² and has at most 9 decimals. {invalid.problems[0].fix}",
        )
        return "0"
    return text


def _unescaped(text: str, at: int, troubles: Troubles) -> str:
    """A text as meant; only quotes and the backslash itself are escaped."""
    for found in _ESCAPE.finditer(text):
        if found[1] not in "\"'\\":
            troubles.note("GT-EXPR-008", at + found.start(), found=found[0])
    return _ESCAPE.sub(r"\1", text)

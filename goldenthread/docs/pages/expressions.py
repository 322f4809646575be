"""The part of `docs/reference/pack-format.md` about expressions, from the tables that read them."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.docs import markdown
from rules.expression.check import MOST_PARTS
from rules.expression.functions import FUNCTIONS
from rules.expression.names import BEFORE, FAMILIES, HERE
from rules.expression.parse import MOST_DEEP, MOST_PERIODS
from rules.expression.reading import MOST_CHARACTERS


def section() -> Iterator[str]:
    """What an expression knows, and how large it may be."""
    yield "### Names in expressions"
    yield (
        'An expression is made of these names, numbers (`0.8`), texts in quotes (`"red"`), `true` and `false`, and of'
        ' `== != < <= > >=`, `in ["red", "amber"]`, `&& || !`, `+ - * /`, `test ? this : that` and brackets. It has at'
        f" most {MOST_CHARACTERS:,} characters and {MOST_PARTS} parts, {MOST_DEEP} brackets deep. Numbers are exact. What is"
        " missing makes the answer unknown, unless the rest decides; a division by zero is unknown too."
    )
    yield markdown.table(("name", "type", "what it is"), _names())
    yield "### Functions in expressions"
    yield markdown.table(("function", "what it answers"), _functions())


def _names() -> Iterator[tuple[str, str, str]]:
    for name, known in HERE.items():
        yield markdown.code(name), known.type, _capital(known.about)
    for family, words in FAMILIES.items():
        for name, known in BEFORE.items():
            yield markdown.code(f"{family}.{name}"), known.type, f"{_capital(known.about)} {words}"
    yield (
        markdown.code("fields.NAME"),
        "text",
        "What the register says of the indicator, in a field that the pack declares",
    )


def _functions() -> Iterator[tuple[str, str]]:
    for name, function in FUNCTIONS.items():
        yield markdown.code(f"{name}(…)"), f"{_capital(function.about)}. {function.example}"
    yield markdown.code("has(NAME)"), "Whether there is anything under a name; never unknown."
    names = " and ".join(markdown.code(f"p.{name}") for name in BEFORE)
    yield (
        markdown.code("earlier(n).all(p, …)"),
        f"Whether it is so of each of the n periods before, up to {MOST_PERIODS}; {names} are those of that period.",
    )
    yield markdown.code("earlier(n).exists(p, …)"), "Whether it is so of at least one of them."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

"""From a line of text to a checked expression, or everything that is wrong with it."""

from __future__ import annotations

from events.errors import Problem
from rules.expression import tree
from rules.expression.check import ANY, WORDS, Checker
from rules.expression.parse import Parser
from rules.expression.tokens import tokens
from rules.expression.trouble import Stop, Troubles
from rules.expression.vocabulary import Vocabulary

MOST_CHARACTERS = 1_000


def read_expression(line: str, vocabulary: Vocabulary) -> tuple[tree.Node | None, tuple[Problem, ...]]:
    """The tree of a question, or None with every problem found; `into` of each is its column, counted from 0."""
    troubles = Troubles()
    if len(line) > MOST_CHARACTERS:
        troubles.note("GT-EXPR-001", 0, count=f"{len(line):,}", most=f"{MOST_CHARACTERS:,}")
        return None, tuple(troubles.problems)
    if "\n" in line:
        troubles.note("GT-EXPR-004", line.index("\n"))
        return None, tuple(troubles.problems)
    checker = Checker(vocabulary, troubles)
    node = None
    try:
        words = tokens(line, troubles)
        if not troubles.problems:
            node = _question(Parser(words, checker), checker, troubles)
    except Stop:
        pass
    return None if troubles.problems else node, tuple(troubles.problems)


def _question(parser: Parser, checker: Checker, troubles: Troubles) -> tree.Node:
    """A whole expression that answers yes or no, and not always the same."""
    part = parser.whole()
    if part.type not in ("truth", ANY):
        troubles.note("GT-EXPR-035", part.at, found=WORDS[part.type])
    elif not checker.named and not troubles.problems:
        troubles.note("GT-EXPR-036", part.at)
    return part.node

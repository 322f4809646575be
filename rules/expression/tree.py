"""What an expression is once read: frozen nodes, a part of the rules' canonical form."""

from __future__ import annotations

from decimal import Decimal

import msgspec


class Number(msgspec.Struct, frozen=True, tag_field="node", tag="number"):
    """A number as it was written, in its plainest form."""

    value: Decimal


class Text(msgspec.Struct, frozen=True, tag_field="node", tag="text"):
    """A text in quotes."""

    value: str


class Truth(msgspec.Struct, frozen=True, tag_field="node", tag="truth"):
    """`true` or `false`."""

    value: bool


class Name(msgspec.Struct, frozen=True, tag_field="node", tag="name"):
    """Something of the table of names: ``value``, ``previous.status``, ``fields.size``; ``each.status`` in a window."""

    id: str


class Not(msgspec.Struct, frozen=True, tag_field="node", tag="not"):
    """`!`: the opposite."""

    of: Node


class Minus(msgspec.Struct, frozen=True, tag_field="node", tag="minus"):
    """`-`: below zero."""

    of: Node


class Calculation(msgspec.Struct, frozen=True, tag_field="node", tag="calculation"):
    """``+``, ``-``, ``*`` or ``/``."""

    op: str
    left: Node
    right: Node


class Comparison(msgspec.Struct, frozen=True, tag_field="node", tag="comparison"):
    """``==``, ``!=``, ``<``, ``<=``, ``>`` or ``>=``."""

    op: str
    left: Node
    right: Node


class Among(msgspec.Struct, frozen=True, tag_field="node", tag="in"):
    """`in`: one of a list of texts or numbers that are written out."""

    of: Node
    known: tuple[Number | Text, ...]


class Joined(msgspec.Struct, frozen=True, tag_field="node", tag="joined"):
    """Several truths joined by ``&&`` or ``||``."""

    op: str
    of: tuple[Node, ...]


class Choice(msgspec.Struct, frozen=True, tag_field="node", tag="choice"):
    """`test ? then : otherwise`."""

    test: Node
    then: Node
    otherwise: Node


class Has(msgspec.Struct, frozen=True, tag_field="node", tag="has"):
    """`has(name)`: whether there is anything under a name; never unknown."""

    name: str


class Call(msgspec.Struct, frozen=True, tag_field="node", tag="call"):
    """A function of `rules.expression.functions`."""

    function: str
    of: tuple[Node, ...]


class Window(msgspec.Struct, frozen=True, tag_field="node", tag="window"):
    """`earlier(n).all(each, …)` or `.exists(each, …)`: the same question of each of the n periods before this one."""

    quantifier: str
    """``all`` or ``exists``."""
    periods: int
    test: Node


Node = (
    Number
    | Text
    | Truth
    | Name
    | Not
    | Minus
    | Calculation
    | Comparison
    | Among
    | Joined
    | Choice
    | Has
    | Call
    | Window
)
"""Any part of an expression."""

"""An expression in English, as a clause: "the value is below 50 and the status of the period before is red"."""

from __future__ import annotations

from events.number import plain
from rules.expression import tree
from rules.expression.names import BEFORE, FAMILIES, HERE
from rules.ir import RuleSet

_OPS = {
    "==": "is",
    "!=": "is not",
    "<": "is below",
    "<=": "is at most",
    ">": "is above",
    ">=": "is at least",
    "+": "plus",
    "-": "minus",
    "*": "times",
    "/": "divided by",
}
_FUNCTIONS = {"abs": "the size of {}", "min": "the smallest of {}", "max": "the largest of {}"}


def english(node: tree.Node, rules: RuleSet) -> str:
    """What an expression asks."""
    match node:
        case tree.Number():
            return plain(node.value)
        case tree.Text():
            return rules.word(node.value) or "nothing"
        case tree.Truth():
            return "yes" if node.value else "no"
        case tree.Name():
            return name_said(node.id, rules)
        case tree.Has():
            return f"it is known what {name_said(node.name, rules)} is"
        case _:
            return _composed(node, rules)


def _composed(
    node: tree.Not
    | tree.Minus
    | tree.Calculation
    | tree.Comparison
    | tree.Among
    | tree.Joined
    | tree.Choice
    | tree.Call
    | tree.Window,
    rules: RuleSet,
) -> str:
    match node:
        case tree.Not():
            return _negated(node.of, rules)
        case tree.Minus():
            return f"minus {_inside(node.of, rules)}"
        case tree.Calculation():
            return f"{_inside(node.left, rules)} {_OPS[node.op]} {_inside(node.right, rules)}"
        case tree.Comparison():
            return f"{_side(node.left, rules)} {_OPS[node.op]} {_side(node.right, rules)}"
        case tree.Among():
            known = _listed([english(each, rules) for each in node.known], "or")
            return f"{_side(node.of, rules)} is {known}"
        case tree.Joined():
            joint = "and" if node.op == "&&" else "or"
            return f", {joint} ".join(_inside(each, rules) for each in node.of)
        case tree.Choice():
            test, then, otherwise = (_inside(each, rules) for each in (node.test, node.then, node.otherwise))
            return f"if {test} then {then}, otherwise {otherwise}"
        case tree.Call():
            return _called(node, rules)
        case tree.Window():
            return f"{_window(node)}, {_inside(node.test, rules)}"


def _negated(node: tree.Node, rules: RuleSet) -> str:
    if isinstance(node, tree.Has):
        return f"it is not known what {name_said(node.name, rules)} is"
    return f"it is not so that {_inside(node, rules)}"


def _window(node: tree.Window) -> str:
    if node.periods == 1:
        return "in the period before"
    which = "each" if node.quantifier == "all" else "at least one"
    return f"in {which} of the {node.periods} periods before"


def name_said(name: str, rules: RuleSet) -> str:
    """A name as it stands inside a sentence."""
    family, dot, member = name.partition(".")
    if not dot:
        return HERE[name].about
    if family == "fields":
        field = rules.fields_by_id.get(member)
        return f"'{field.label if field else member}'"
    of = FAMILIES.get(family)
    return f"{BEFORE[member].about} {of}" if of else BEFORE[member].about


def _called(node: tree.Call, rules: RuleSet) -> str:
    if node.function == "round":
        return f"{_inside(node.of[0], rules)} rounded to {english(node.of[1], rules)} decimals"
    given = _listed([_inside(each, rules) for each in node.of], "and")
    return _FUNCTIONS[node.function].format(given)


def _inside(node: tree.Node, rules: RuleSet) -> str:
    """A part inside another: in brackets where it is made of parts itself and could be misread."""
    said = english(node, rules)
    return f"({said})" if isinstance(node, tree.Joined | tree.Calculation | tree.Choice) else said


def _side(node: tree.Node, rules: RuleSet) -> str:
    """One side of a comparison, which binds less strongly than reckoning does."""
    said = english(node, rules)
    return f"({said})" if isinstance(node, tree.Joined | tree.Comparison | tree.Choice) else said


def _listed(words: list[str], joint: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"

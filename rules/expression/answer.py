"""The answer of a checked expression for one standing. Total: what is missing makes it unknown, never an error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import assert_never

from rules.exact import ONE, Ratio
from rules.expression import tree
from rules.expression.arithmetic import calculate, negative, order
from rules.expression.functions import FUNCTIONS
from rules.expression.names import Scene, Value, read
from rules.ir import Truth

_ORDERED: Mapping[str, Callable[[int], bool]] = {
    "==": lambda apart: apart == 0,
    "!=": lambda apart: apart != 0,
    "<": lambda apart: apart < 0,
    "<=": lambda apart: apart <= 0,
    ">": lambda apart: apart > 0,
    ">=": lambda apart: apart >= 0,
}


def truth(node: tree.Node, scene: Scene) -> Truth:
    """The answer of an expression that asks a question."""
    found = answer(node, scene)
    return found if isinstance(found, bool) else None


def answer(node: tree.Node, scene: Scene) -> Value:
    """The value of any part."""
    match node:
        case tree.Number():
            return Ratio(node.value, ONE)
        case tree.Text() | tree.Truth():
            return node.value
        case tree.Name():
            return read(scene, node.id)
        case tree.Has():
            return read(scene, node.name) not in (None, "")
        case tree.Comparison():
            return _comparison(node, scene)
        case tree.Joined():
            return _joined((truth(each, scene) for each in node.of), absorbing=node.op == "||")
        case tree.Window():
            scenes = (Scene(scene.standing, back) for back in range(1, node.periods + 1))
            return _joined((truth(node.test, each) for each in scenes), absorbing=node.quantifier == "exists")
        case _:
            return _more(node, scene)


def _more(
    node: tree.Not | tree.Minus | tree.Calculation | tree.Among | tree.Choice | tree.Call, scene: Scene
) -> Value:
    match node:
        case tree.Not():
            found = truth(node.of, scene)
            return None if found is None else not found
        case tree.Minus():
            number = answer(node.of, scene)
            return negative(number) if isinstance(number, Ratio) else None
        case tree.Calculation():
            left, right = answer(node.left, scene), answer(node.right, scene)
            if isinstance(left, Ratio) and isinstance(right, Ratio):
                return calculate(node.op, left, right)
            return None
        case tree.Among():
            return _among(node, scene)
        case tree.Choice():
            test = truth(node.test, scene)
            return None if test is None else answer(node.then if test else node.otherwise, scene)
        case tree.Call():
            given = [each for each in (answer(one, scene) for one in node.of) if isinstance(each, Ratio)]
            return FUNCTIONS[node.function].answer(given) if len(given) == len(node.of) else None
        case _:
            assert_never(node)


def _comparison(node: tree.Comparison, scene: Scene) -> Truth:
    left, right = answer(node.left, scene), answer(node.right, scene)
    if left is None or right is None:
        return None
    if isinstance(left, Ratio) and isinstance(right, Ratio):
        return _ORDERED[node.op](order(left, right))
    return (left == right) is (node.op == "==")


def _among(node: tree.Among, scene: Scene) -> Truth:
    found = answer(node.of, scene)
    if found is None:
        return None
    if isinstance(found, Ratio):
        numbers = (each for each in node.known if isinstance(each, tree.Number))
        return any(order(found, Ratio(each.value, ONE)) == 0 for each in numbers)
    return any(each.value == found for each in node.known)


def _joined(truths: Iterable[Truth], *, absorbing: bool) -> Truth:
    """`absorbing` decides at once, whatever is unknown of the others: true among ``||``, false among ``&&``."""
    found: Truth = not absorbing
    for each in truths:
        if each is absorbing:
            return absorbing
        if each is None:
            found = None
    return found

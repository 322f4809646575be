"""A status that rates nothing in the pack."""

from tests.errors.overriding import override

SAYS = "'ambre' is not a status of the pack example that rates a figure. Did you mean 'amber'?"
FIX = "It is one of: red, amber, green."


def provoke():
    override("ambre")

"""A pack that lets nobody."""

from tests.errors.overriding import override

SAYS = "The pack example 1 lets nobody set a status in place of the computed one."
FIX = "A version of it may: 'override_by' under 'status_from' names the role."


def provoke():
    override("amber", by=None)

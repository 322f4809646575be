"""Somebody whom the pack does not name."""

from tests.errors.overriding import override

SAYS = "A status is set otherwise by Data manager; p3 is not one on 2026-07-06."
FIX = "Ask: p4."


def provoke():
    override("amber", who="p3")

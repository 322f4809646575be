"""A report sent to a disk that is full."""

from adapters.cli.failures import unheard

SAYS = "The result cannot be written out: No space left on device."
FIX = "Make room for it, or send it somewhere else."


def provoke():
    return [unheard("No space left on device", None)]

"""A backup that was made, and whose answer goes to a disk that is full."""

from adapters.cli.failures import unheard

SAYS = "The answer cannot be written out: No space left on device. What was asked is done all the same."
FIX = "Look at what is there before you ask for it again."


def provoke():
    return [unheard("No space left on device", None, done=True)]

"""A figure that was entered, and whose answer goes to a disk that is full."""

from adapters.cli.failures import unheard

SAYS = (
    "The answer cannot be written out: No space left on device. The book has what was recorded all the same: "
    "Events 56–57."
)
FIX = "Do not ask for it again; 'goldenthread log show 56' shows the first."


def provoke():
    return [unheard("No space left on device", (56, 57))]

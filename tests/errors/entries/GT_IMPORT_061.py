"""A chunk of a historic load that nobody has approved."""

from tests.errors.council import a_council
from tests.errors.history import SECOND, load

SAYS = "There is no approved historic load history-0123456789ab-1 that has figures left."
FIX = "'goldenthread import list' shows those there are."


def provoke():
    load(a_council(), SECOND, import_id="history-0123456789ab-1")

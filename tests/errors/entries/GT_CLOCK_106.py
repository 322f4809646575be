"""The due index was restored from before a deadline passed: it lists what stands in the log."""

from engine.views import DUE
from events.errors import Problem
from tests.errors.due_deadlines import with_a_due_deadline

SAYS = (
    "It passed, and the due index still lists it: the index differs from the log. Run 'goldenthread db rebuild'; "
    "nothing fires twice meanwhile."
)


class Restored:
    """A store whose due index always answers the same rows."""

    def __init__(self, store):
        self._store, self._rows = store, store.rows(DUE)

    def rows(self, *_, **__):
        return self._rows

    def __getattr__(self, name):
        return getattr(self._store, name)


def provoke():
    council = with_a_due_deadline()
    council.engine.store = Restored(council.store)
    return [Problem(code=failed.code, sentence=failed.error) for failed in council.tick().failed]

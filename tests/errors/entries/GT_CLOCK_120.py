"""A worker that fails whenever it looks what is due."""

from datetime import timedelta

from engine.deadlines.worker import Worker
from tests.errors.council import findings
from tests.errors.due_deadlines import with_a_due_deadline
from tests.office import office_of

SAYS = (
    "The worker council@townhall:12 has not been able to tick since 7 Aug 2026 09:00 (1 try): "
    "This is a mistake in the program (ZeroDivisionError)."
)
FIX = "It goes on trying; its log names the place. 'goldenthread tick' shows whether another can."


class Unreadable:
    """A store that does not say what is due."""

    def __init__(self, store):
        self._store = store

    def rows(self, *_, **__):
        raise ZeroDivisionError

    def close(self):
        pass

    def __getattr__(self, name):
        return getattr(self._store, name)


class Pulse:
    def stopping(self):
        return False

    def alive(self):
        pass


def provoke():
    council = with_a_due_deadline()
    well, council.engine.store = council.engine.store, Unreadable(council.store)
    worker = Worker(
        lambda: office_of(council),
        name="council@townhall:12",
        every=timedelta(seconds=30),
        log=lambda *_, **__: None,
    )
    worker.beat(Pulse())
    council.engine.store = well
    return findings(council)

"""Moving a book in which nothing was ever recorded."""

from contextlib import closing

from adapters.sql.moving import move
from adapters.sql.postgres.opening import connect
from tests import postgres
from tests.contract.custody import quiet
from tests.errors.books import NOW, a_book

SAYS = "The book book.goldenthread holds no event: there is nothing to move."
FIX = "Name its new place in goldenthread.toml, and open it there with 'goldenthread init'."


def provoke():
    url, schema = postgres.server(), postgres.schema()
    with (
        a_book() as store,
        closing(connect(url, schema, create=True, read_only=False, wait_seconds=1)) as there,
    ):
        move(store._database, there, (), now=NOW, watch=quiet)

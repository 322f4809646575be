"""PostgreSQL refuses something that no other message is about."""

from psycopg.errors import RaiseException

from adapters.sql.postgres.failures import failure

BOOK = "postgresql://app@db.example/figures, schema kent"
SAYS = "PostgreSQL refused what was asked of postgresql://app@db.example/figures, schema kent: the record is only ever added to. Nothing was written."
FIX = "Run 'goldenthread audit verify'; if it finds nothing, report this sentence."


def provoke():
    raise failure(RaiseException("the record is only ever added to"), BOOK)

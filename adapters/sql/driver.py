"""The driver of PostgreSQL is an extra."""

from __future__ import annotations

from events.errors import Refused


def check_driver() -> None:
    """Look whether PostgreSQL can be spoken to at all. Raises Refused GT-DB-050 where psycopg is not installed."""
    try:
        import psycopg  # noqa: F401  # whether it is there is the question
    except ImportError as error:
        raise Refused.of(
            "GT-DB-050",
            "A book in PostgreSQL needs the driver psycopg, which is not installed.",
            "Install it with the extra: pip install 'goldenthread[postgres]'.",
        ) from error

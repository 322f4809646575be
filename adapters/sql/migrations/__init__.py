"""Bringing a book of an older version to this one, and looking whether its tables are as they must be.

Alembic does the work; it is imported when it is asked for, never to open a book. `versions/` has one file for
each version of the tables, and a released one is never changed.
"""

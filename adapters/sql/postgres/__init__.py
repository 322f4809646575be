"""A book in one schema of a PostgreSQL database."""

"""Importing a file of figures: read, checked as a whole, decided by state, applied in chunks. See `engine.imports`."""

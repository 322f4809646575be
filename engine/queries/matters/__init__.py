"""Matters of every workflow: their numbers, where they stand, what can be done next, what is owed within them."""

"""Figures: what was said of one, what several make together, which are owed, and what can be compared."""

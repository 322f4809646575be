"""Closing a period: what its report rests on, what is still missing, and the report as it was frozen.

Nothing here decides or shows; `engine/deciders/closing.py` and `engine/queries/closing.py` do.
"""

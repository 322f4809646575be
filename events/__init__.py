"""The facts: what has happened, in the field's own words, and how a fact is written down.

Nothing here reads a clock, a file or a database. Every other folder may import this one; this one
imports none of ours.
"""

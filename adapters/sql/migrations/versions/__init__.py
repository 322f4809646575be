"""One file for each version of the tables; its first sentence is told to whoever upgrades.

A file repeats what it needs instead of importing it, since what it makes must stay as it was when it was released.
"""

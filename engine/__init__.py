"""The line a figure travels: load, decide, append, react; packs, deadlines, replay and audit.

May import rules, workflows and events. The outside world is reached through the Protocols of `engine/ports.py`.
"""

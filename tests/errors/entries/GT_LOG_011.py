"""A list of commands whose index no longer gives them in order: the same ones come again and again."""

from engine.audit.pages import by_key
from engine.ports import CommandRow

SAYS = "Rows do not stand in the order of their keys: an index of the book is damaged."
FIX = "Copy the book away as it is, and restore the last backup that passes 'goldenthread audit verify'."


def provoke():
    commands = [CommandRow("C2", "", 1, 1), CommandRow("C1", "", 2, 2)]
    list(by_key(lambda after, limit: commands, "C1", lambda row: row.command_id))

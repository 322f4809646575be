"""One file per noun: what can happen to a book, a pack, a person, a figure, a status, an intervention."""

from events.kinds import book, figures, framework, imports, people, periods, register, statuses, workflow

__all__ = ["book", "figures", "framework", "imports", "people", "periods", "register", "statuses", "workflow"]

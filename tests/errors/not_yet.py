"""Messages that no entry provokes yet. This set only ever shrinks; each new message comes with its entry."""

NOT_YET_PROVOKED: frozenset[str] = frozenset()

"""The problems of one line, collected, each with the column it stands at."""

from __future__ import annotations

from events.errors import Problem
from rules.expression.messages import MESSAGES


class Stop(Exception):
    """Reading on would only guess; what is wrong has been noted."""


class Troubles:
    """What was wrong with one expression, each problem once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def note(self, code: str, at: int, /, **words: object) -> None:
        """A problem at a column, counted from 0."""
        message = MESSAGES[code]
        problem = Problem(
            code=code,
            sentence=message.sentence.format(**words),
            fix=message.fix.format(**words),
            into=at,
        )
        if problem not in self.problems:
            self.problems.append(problem)

    def stop(self, code: str, at: int, /, **words: object) -> Stop:
        """The same, for raising: nothing behind it can be read."""
        self.note(code, at, **words)
        return Stop()

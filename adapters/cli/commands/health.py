"""Whether somebody has to be woken: for monitors that ask every minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.cli.failures import OK, WRONG
from adapters.cli.session import Session
from adapters.cli.verbs import catalogue

if TYPE_CHECKING:
    from engine.queries.finding import Finding


@catalogue("health")
def health(session: Session) -> int:
    """One line for each alarm. Leaves with 0 where all is well and with 1 where somebody has to do something.

    Alarms: nothing has ticked for longer than was promised, deadlines overdue, incidents, a worker that cannot tick, a
    due index that differs from the log, bank holidays not known far enough ahead, an unsafe file system or
    server, roles with rights to change what is recorded, an interrupted import, a wrong clock, and a book that is
    not there or cannot be opened.
    """
    from adapters.cli.commands.doctor import say_findings

    alarms = _alarms(session)
    say_findings(session, alarms)
    return WRONG if alarms else OK


def _alarms(session: Session) -> list[Finding]:
    from msgspec.structs import replace

    from engine.queries.finding import ERROR, Finding
    from engine.queries.health import health as examine
    from engine.queries.names import Names
    from events.errors import GoldenthreadError

    try:
        office = session.reading()
        return examine(office.engine, office.now(), names=Names.of(office))
    except GoldenthreadError as error:  # a book that is not there or cannot be read is the worst alarm of all
        return [
            Finding(
                code=problem.code,
                severity=ERROR,
                sentence=str(replace(problem, fix="")),  # with its place in the settings
                fix=problem.fix,
            )
            for problem in error.problems
        ]

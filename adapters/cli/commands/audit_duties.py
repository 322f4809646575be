"""Separation of duties as the record shows it."""

from __future__ import annotations

from datetime import date

import click

from adapters.cli.failures import OK, WRONG
from adapters.cli.manners import DAY
from adapters.cli.session import Session
from adapters.cli.verbs import listing


@listing("duties")
@click.option("--since", type=DAY, metavar="DATE", help="Only what was recorded on this day or after.")
@click.option("--until", type=DAY, metavar="DATE", help="Only what was recorded on this day or before.")
def duties(session: Session, since: date | None, until: date | None) -> int:
    """Breaches and near-breaches of the separation of duties, each with its events. Leaves with 1 where there is a breach.

    A breach is an act that one person did on what they had done before, in whatever role and for whomever, a step for
    somebody who had not delegated it, or a role given to oneself. A near-breach is no fault; somebody should ask.
    """
    from adapters.cli.progress import reaching
    from adapters.cli.tables import Column, show_list
    from engine.queries.names import Names
    from engine.queries.separation import BREACH, audit_duties

    office = session.reading()
    names = Names.of(office)
    with reaching(session, "Looking at every act") as progress:
        found = audit_duties(
            office.engine,
            names=names,
            since=since,
            until=until,
            at=session.position(office),
            progress=progress,
        )
    columns = [
        Column("", lambda f: f.severity),
        Column("kind", lambda f: f.kind),
        Column("about", lambda f: f.about, wraps=True),
        Column("who", lambda f: list(names.people(f.persons)), wraps=True),
        Column("events", lambda f: [str(each) for each in f.events]),
        Column("what", lambda f: f.sentence, wraps=True),
    ]
    show_list(session, "duties", found, columns, empty="Nobody acted on what they had done themselves.")
    return WRONG if any(each.severity == BREACH for each in found) else OK

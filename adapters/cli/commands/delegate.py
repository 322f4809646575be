"""Delegations: who stands in for whom, given by the one who delegates or by a governance lead."""

from __future__ import annotations

from datetime import date, timedelta

import click

from adapters.cli.manners import DAY
from adapters.cli.session import Session
from adapters.cli.verbs import listing, write


@write("add")
@click.argument("delegator", help="Whose steps are to be taken: an id or a full name.")
@click.argument("delegate", help="Who stands in: an id or a full name.")
@click.option("--role", metavar="ROLE", help="In this role only; in every role of the pack by default.")
@click.option("--for", "scope", metavar="SCOPE", help="For this body or service only; for all by default.")
@click.option("--from", "start", type=DAY, metavar="DATE", help="The first day; today by default.")
@click.option("--until", type=DAY, metavar="DATE", help="The last day, where one is known.")
@click.option("--reason", metavar="WORDS", help="Why.")
def add(
    session: Session,
    delegator: str,
    delegate: str,
    role: str | None,
    scope: str | None,
    start: date | None,
    until: date | None,
    reason: str | None,
) -> None:
    """Let a person take steps for another. They say so with --acting-for whenever they take one."""
    from engine.commands import AddDelegation

    office = session.writing()
    words = office.text(reason) if reason else None
    request = AddDelegation(
        delegator=office.person(delegator),
        delegate=office.person(delegate),
        role=role,
        scope=scope,
        start=start or session.manners.on or office.today(),
        until=until,
        reason=words.ref if words else None,
    )
    session.write(office, request, texts=[words] if words else [])


@write("end")
@click.argument("delegation", help="Its number, as 'delegate list' shows it.")
@click.option("--last-day", type=DAY, metavar="DATE", help="The last day it holds; yesterday by default.")
def end(session: Session, delegation: str, last_day: date | None) -> None:
    """End a delegation after a last day."""
    from engine.commands import EndDelegation

    office = session.writing()
    last = last_day or office.today() - timedelta(days=1)
    session.write(office, EndDelegation(delegation=delegation, last_day=last))


@listing("list")
@click.option("--all", "everything", is_flag=True, help="Also those that are over or have not begun.")
def list_delegations(session: Session, everything: bool) -> None:
    """Who stands in for whom today, in which role, and until when."""
    from adapters.cli.tables import Column, show_list
    from engine.queries.names import Names
    from engine.queries.standing_in import delegations

    office = session.reading()
    day, at, names = session.day(office), session.position(office), Names.of(office)
    found = delegations(office.engine, None if everything else day, names=names, at=at)
    columns = [
        Column("number", lambda d: d.number),
        Column("of", lambda d: d.delegator_name),
        Column("stands in", lambda d: d.delegate_name),
        Column("role", lambda d: d.role or "every role"),
        Column("for", lambda d: d.scope or "all"),
        Column("from", lambda d: d.start),
        Column("until", lambda d: d.until),
        Column("reason", lambda d: d.reason, wraps=True),
    ]
    show_list(session, "delegations", found, columns, empty="Nobody stands in for anybody.")

"""Services: the council's tree."""

from __future__ import annotations

import click

from adapters.cli.session import Session
from adapters.cli.verbs import listing, write


@write("add")
@click.argument("service", help="Its code, for example childrens.")
@click.option("--label", metavar="WORDS", help="What people call it; the code by default.")
@click.option("--under", "parent", metavar="SERVICE", help="The service above it.")
def add(session: Session, service: str, label: str | None, parent: str | None) -> None:
    """Add a service."""
    from engine.commands import AddService

    session.write(session.writing(), AddService(service=service, label=label or service, parent=parent))


@listing("list")
def list_services(session: Session) -> None:
    """Every service, below the one it belongs to."""
    from adapters.cli.tables import Column, show_list
    from engine.queries.register import services

    office = session.reading()
    columns = [
        Column("service", lambda s: s.service),
        Column("label", lambda s: s.label),
        Column("under", lambda s: s.parent),
    ]
    show_list(session, "services", services(office.engine, at=session.position(office)), columns)

"""Minutes of bodies' decisions: noted when they are known, and those that are not known yet."""

from __future__ import annotations

import click

from adapters.cli.session import Session
from adapters.cli.verbs import listing, write


@write("minute")
@click.argument(
    "matter", help="As 'matter list' names it: decision-0007, INT-0001, or decision/CH04/childrens#1."
)
@click.argument("reference", help="Where the decision stands, as the body numbers its minutes.")
@click.option(
    "--decision",
    metavar="EVENT",
    type=click.IntRange(min=1),
    help="Which decision, by its event; the last without a minute.",
)
@click.option("--workflow", metavar="NAME", help="Whose matter is meant, where only the series is named.")
@click.option("--acting-for", metavar="PERSON", help="The clerk or chair you stand in for.")
def minute(
    session: Session,
    matter: str,
    reference: str,
    decision: int | None,
    workflow: str | None,
    acting_for: str | None,
) -> None:
    """Note where a body's decision is minuted. Its clerk or chair does, or a governance lead."""
    from engine.commands import RecordMinute
    from engine.queries.references import find_matter

    office = session.writing()
    ref = find_matter(office.engine, matter, workflow=workflow)
    words = office.text(reference)
    facts = office.store.page(decision - 1, 1) if decision else []
    request = RecordMinute(
        workflow=ref.workflow,
        indicator=ref.indicator,
        service=ref.service,
        subject=ref.ordinal,
        minute=words.ref,
        decision=(facts[0].ref if facts else f"event {decision}") if decision else None,
        acting_for=office.person(acting_for) if acting_for else None,
    )
    session.write(office, request, texts=[words])


@listing("minutes")
@click.option("--all", "everything", is_flag=True, help="Also decisions whose minute is known.")
@click.option("--body", metavar="BODY", help="Only those of this body.")
def list_minutes(session: Session, everything: bool, body: str | None) -> None:
    """Decisions of bodies whose minute is not known yet, the oldest meeting first."""
    from adapters.cli.tables import Column, show_list
    from engine.queries.matters.minutes import minutes
    from engine.queries.names import Names

    office = session.reading()
    found = minutes(
        office.engine,
        body=body,
        everything=everything,
        names=Names.of(office),
        at=session.position(office),
    )
    columns = [
        Column("met", lambda m: m.met_on),
        Column("body", lambda m: m.body),
        Column("matter", lambda m: m.matter),
        Column("about", lambda m: m.about),
        Column("decision", lambda m: m.label, wraps=True),
        Column("through", lambda m: m.through),
        Column("event", lambda m: m.position),
        Column("minute", lambda m: m.minute or "not known yet", wraps=True),
    ]
    show_list(session, "minutes", found, columns, empty="The minute of every decision is known.")

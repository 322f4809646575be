"""The book as a database: its views can be thrown away and filled from the log."""

from __future__ import annotations

import click

from adapters.cli.failures import DIFFERENT, OK
from adapters.cli.session import Session
from adapters.cli.verbs import plain


@plain("rebuild")
@click.option(
    "--verify",
    is_flag=True,
    help="Change nothing; compare the views with a fresh rebuild. Leaves with 10 where they differ.",
)
def rebuild(session: Session, verify: bool) -> int:
    """Fill the views from the log again."""
    from adapters.cli.progress import reaching
    from adapters.cli.tables import as_json
    from engine.deadlines import index as due_index
    from engine.views import VIEWS

    if verify:
        store = session.reading().store
        with reaching(session, "Comparing") as progress:
            differences = store.differences(VIEWS, progress=progress)
        if session.json:
            session.say(as_json("differences", differences=differences))
        else:
            for sentence in differences or ["The views equal a fresh rebuild."]:
                session.say(sentence)
        return DIFFERENT if differences else OK
    office = session.writing()
    with reaching(session, "Rebuilding") as progress:
        rows = office.store.rebuild(VIEWS, progress)
    due_index.filled_again(office.store, office.now())
    session.note("rebuilt", rows=sum(rows.values()))
    if session.json:
        session.say(as_json("rebuilt", rows=rows))
    else:
        session.say(
            "Filled from the log: " + ", ".join(f"{name} {count}" for name, count in rows.items()) + " rows."
        )
    return OK

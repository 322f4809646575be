"""Letting time pass: everything that is due happens, once, however long nobody looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.cli.failures import OK, WRONG
from adapters.cli.session import Session
from adapters.cli.verbs import task

if TYPE_CHECKING:
    from engine.office import Office


@task("tick")
def tick(session: Session) -> int:
    """Pass every deadline and reminder that is due now. Leaves with 1 where one of them failed; it stays due."""
    from adapters.cli.answers import events_words
    from adapters.cli.progress import counting
    from adapters.cli.tables import as_json
    from adapters.cli.told import Teller
    from engine.tick import tick as pass_everything

    office = session.writing()
    if session.manners.dry_run:
        return _due(session, office)
    with counting(session, "Passing what is due") as progress:
        done = pass_everything(office.engine, office.now(), progress)
    session.note("ticked", facts=len(done.facts), failed=len(done.failed))
    said = Teller(office).tell(done.facts)
    if session.json:
        session.say(as_json("tick", at=done.at, said=said, facts=done.facts, failed=done.failed))
    else:
        for line in said or ["Nothing is due."]:
            session.say(line)
        if done.facts:
            session.say(events_words([fact.position for fact in done.facts]))
    for failed in done.failed:
        about = f"{failed.deadline.stream.partition('/')[2]}#{failed.deadline.subject}"
        session.aside(f"Not passed, still due: {failed.deadline.name} of {about}: {failed.error}")
    return WRONG if done.failed else OK


def _due(session: Session, office: Office) -> int:
    """What a tick would find due now; what follows from it is not foretold."""
    from adapters.cli.moments import calendar_of, day_words
    from adapters.cli.tables import Column, show_list
    from engine.handle import just_after
    from engine.views import DUE

    rows = office.store.rows(DUE, below={"due_at": just_after(office.now())}, order_by=("due_at",))
    calendar = calendar_of(office)
    columns = [
        Column("due", lambda row: day_words(calendar.local_date(row["due_at"]))),
        Column(
            "what",
            lambda row: ("reminder of " if row["reminder"] else "") + str(row["name"]).replace("_", " "),
        ),
        Column("about", lambda row: f"{str(row['stream']).partition('/')[2]}#{row['subject']}"),
    ]
    show_list(session, "due", rows, columns, empty="Nothing is due.")
    return OK

"""The work list: what waits, until when, and for whom."""

from __future__ import annotations

import click

from adapters.cli.session import Session
from adapters.cli.verbs import listing, write


@listing("list")
@click.option("--mine", is_flag=True, help="Only what concerns whoever --as names.")
@click.option(
    "--for",
    "owner",
    metavar="ROLE",
    help="Only what this role or body may do, or has been given because a date went by.",
)
def list_tasks(session: Session, mine: bool, owner: str | None) -> None:
    """What is to be done, the most urgent first."""
    from adapters.cli.moments import day_words
    from adapters.cli.tables import Column, show_list
    from engine.queries.names import Names
    from engine.queries.reader import Reader
    from engine.queries.work_list.owners import labels_of
    from engine.queries.work_list.tasks import tasks

    office = session.reading()
    names = Names.of(office)
    person = session.actor(office) if mine else None
    at = session.position(office)
    labels = labels_of(Reader(office.engine, at), owner) if owner else None
    found = tasks(office.engine, session.day(office), person=person, at=at, names=names)
    if labels is not None:
        found = [task for task in found if task.falls_to(labels)]
    columns = [
        Column("by", lambda t: day_words(t.due) + (" LATE" if t.late else "") if t.due else None),
        Column("about", lambda t: t.ref),
        Column("what", lambda t: t.sentence, wraps=True),
        Column(
            "who",
            lambda t: t.who(names) or (f"nobody yet ({t.body})" if t.body else None),
        ),
        Column("step", lambda t: [move.step for move in t.moves]),
    ]
    show_list(session, "tasks", found, columns, empty="Nothing waits.")
    if session.manners.output == "table":
        for task in found:
            if task.why_not:
                session.aside(f"{task.ref}: {task.why_not}")


@write("done")
@click.argument("task", help="As 'task list' names it, for example series/CH04/childrens@12.")
@click.option("--reason", metavar="WORDS", required=True, help="How it was dealt with.")
def done(session: Session, task: str, reason: str) -> None:
    """Say that a consequence which was refused has been dealt with by hand."""
    from engine.commands import FinishTask

    office = session.writing()
    text = office.text(reason)
    session.write(office, FinishTask(task=task, reason=text.ref), texts=(text,))

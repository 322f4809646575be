"""The work list: what waits, until when, and for whom."""

from __future__ import annotations

import click

from adapters.cli.session import Session
from adapters.cli.verbs import listing, write


@listing("list")
@click.option("--mine", is_flag=True, help="Only what concerns whoever --as names.")
def list_tasks(session: Session, mine: bool) -> None:
    """What is to be done, the most urgent first."""
    from adapters.cli.moments import day_words
    from adapters.cli.tables import Column, show_list
    from engine.queries.names import Names
    from engine.queries.work_list.tasks import tasks

    office = session.reading()
    names = Names.of(office)
    person = session.actor(office) if mine else None
    found = tasks(office.engine, session.day(office), person=person, at=session.position(office), names=names)
    columns = [
        Column("by", lambda t: day_words(t.due) + (" LATE" if t.late else "") if t.due else None),
        Column("about", lambda t: t.ref),
        Column("what", lambda t: t.sentence, wraps=True),
        Column(
            "who",
            lambda t: (
                t.shown(names)
                or (", ".join(names.people(t.told)) if t.told and not t.moves else None)
                or (f"nobody yet ({t.body})" if t.body else None)
            ),
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

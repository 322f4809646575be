"""The work list: what waits, for whom, until when; and for one person what they may do, or why they may not."""

from __future__ import annotations

from datetime import date
from itertools import chain

from engine.handle import Engine
from engine.queries.matters.submission_matters import Matters
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.work_list.awaited_figures import awaited_figures
from engine.queries.work_list.concern import Concern
from engine.queries.work_list.task import Task, for_person, urgency
from engine.queries.work_list.waiting_figures import owed_comments, waiting_figures
from engine.queries.work_list.waiting_matters import refused_consequences, waiting_matters, waiting_pack
from engine.queries.work_list.waiting_periods import waiting_periods


def tasks(
    engine: Engine,
    today: date,
    *,
    person: str | None = None,
    at: int | None = None,
    names: Names | None = None,
) -> list[Task]:
    """Everything that waits, the most urgent first; with `person`, what concerns them.

    For a person a task says whether they `may` act; where they may not because of something they did before, it
    says why and who may instead. Tasks that are open to others only are left out, and are not even looked at: a list
    takes as long as what may concern the person, however much waits for others.
    """
    reader, words = Reader(engine, at), names or Names()
    matters = Matters(reader, today)
    concern = Concern(reader, person, today) if person is not None else None
    services = concern.figures() if concern is not None else None
    found = chain(
        waiting_figures(reader, matters, today, words, services),
        awaited_figures(reader, matters, today, services),
        owed_comments(reader, matters, today, services),
        waiting_matters(reader, today, concern, words),
        refused_consequences(reader, today),
        waiting_pack(reader, today, words),
        waiting_periods(reader, today),
    )
    if person is not None:
        return sorted((mine for task in found if (mine := for_person(task, person, words))), key=urgency)
    return sorted(found, key=urgency)

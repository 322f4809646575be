"""A person's work list against the whole one: nothing that they may do is missing, and nothing is there that is not in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from engine.handle import Engine
from engine.queries.names import Names
from engine.queries.work_list.task import for_person
from engine.queries.work_list.tasks import tasks


def expect_own_lists_to_hold_what_the_whole_list_says(
    engine: Engine, today: date, people: Iterable[str], at: int | None = None
) -> tuple[int, int]:
    """Compare for each person; answers how many tasks of theirs there were, and how many more the whole list had.

    Whoever has lost every role in a workflow is no longer told of steps that their own act bars them from: nothing
    else may be missing.
    """
    everything, seen, lost = tasks(engine, today, at=at), 0, 0
    for person in people:
        mine = tasks(engine, today, person=person, at=at)
        wanted = [found for task in everything if (found := for_person(task, person, Names()))]
        missing = [task for task in wanted if task not in mine]
        assert [task for task in mine if task not in wanted] == []
        assert [task for task in missing if task.may or person in task.told] == []
        seen, lost = seen + len(mine), lost + len(missing)
    return seen, lost

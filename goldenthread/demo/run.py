"""`goldenthread demo`: 324 real figures, month by month, on a simulated clock, in a folder of its own."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from engine.commands import AddMeeting, FigureFields, Step, TakeSteps
from engine.handle import Answer
from engine.testing import FrozenClock
from events.errors import GoldenthreadError, NotFound, Refused
from events.kinds.statuses import StatusAssessed
from events.period import parse_period
from goldenthread.bootstrap import Project
from goldenthread.demo.cast import ANALYST, BOOK, DATA_MANAGER, HONESTY, INDICATOR, PROPOSER
from goldenthread.demo.director import Director
from goldenthread.demo.figures import Row, read_figures
from goldenthread.demo.opening import EXAMPLE, open_book
from goldenthread.demo.stage import ZONE, Stage
from goldenthread.settings import FILE

MARK = "# Made by goldenthread demo; it may be made again."
ENDED = "demonstration"
"""The value in the book that says with which event the story ended."""
OPENS = date(2016, 4, 4)
ENDS = date(2019, 4, 30)
"""The clock of the folder stands here, so that nothing in it is years late."""
OWN = ("GOLDENTHREAD_DB", "GOLDENTHREAD_BOOK", "GOLDENTHREAD_CLOCK")
"""What the folder of the demonstration says for itself; set in the environment, each would come before it."""
MEETS = {"CPEG": 16, "CMT": 19, "CABINET": 24}
"""Day of the month on which each body meets, or the next working day."""

Say = Callable[[str], None]


def main(folder: Path, say: Say, *, force: bool = False) -> None:
    """Make the demonstration in `folder`, telling the story.

    Raises Refused where something else stands there and, without `force`, where somebody went on with an earlier one.
    """
    prepare(folder, force=force)
    for line in HONESTY:
        say(line)
    say("")
    play(folder, say)
    write_settings(folder, datetime.combine(ENDS, time(17), tzinfo=ZONE))


def prepare(folder: Path, *, force: bool = False) -> None:
    """An empty folder, or one that an earlier demonstration made; nothing else is ever touched."""
    _check_environment()
    settings = folder / FILE
    if folder.exists() and any(folder.iterdir()):
        if not settings.is_file() or not settings.read_text("utf-8").startswith(MARK):
            raise Refused.of(
                "GT-USE-030",
                f"The folder {folder} holds something that the demonstration did not make.",
                "Name another folder: goldenthread demo FOLDER.",
            )
        if not force:
            _check_untouched(folder)
        for left in folder.glob(f"{BOOK}.goldenthread*"):
            left.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    write_settings(folder, datetime.combine(OPENS, time(9), tzinfo=ZONE))


def _check_environment() -> None:
    """Another book is never written to, and the story is not told by another clock."""
    found = [name for name in os.environ if name.upper() in OWN and os.environ[name]]
    if found:
        raise Refused.of(
            "GT-USE-224",
            f"The demonstration has a book and a clock of its own, and {' and '.join(found)} would come before them.",
            f"Leave that out for the demonstration and its book: unset {' '.join(found)}.",
        )


def _check_untouched(folder: Path) -> None:
    """What somebody added to a demonstration is not lost with it; one that never came to its end holds nothing of theirs."""
    why = "its book cannot be read"
    try:
        store = Project(folder, {}).doorway.open(write=False).store
    except NotFound:
        return
    except GoldenthreadError as trouble:
        why = f"{why} ({trouble.problems[0].code})"
    else:
        ended, head = store.get_meta(ENDED), store.head().position
        store.close()
        if ended is None or int(ended) == head:
            return
        why = f"its record goes on to event {head}, and the story ended with event {ended}"
    raise Refused.of(
        "GT-USE-036",
        f"The demonstration in {folder} is not as it was left: {why}.",
        "Make another one in a folder of its own, 'goldenthread demo FOLDER', or make this one anew with --force.",
    )


def write_settings(folder: Path, moment: datetime) -> None:
    """The folder's settings: its book, and a clock that stands still."""
    text = f'{MARK}\nbook = "{BOOK}"\nclock = "{moment.isoformat()}"\n'
    (folder / FILE).write_text(text, "utf-8")


def play(folder: Path, say: Say) -> None:
    """The three years."""
    office = Project(folder, {}).doorway.create()
    assert isinstance(office.clock, FrozenClock)  # the settings of the folder say so
    stage = Stage(office, office.clock)
    months = read_figures(EXAMPLE / "ae-four-hour.csv")
    open_book(stage, next(iter(months.values())), next(iter(months)))
    names = {row.provider: row.name for row in next(iter(months.values()))}
    director = Director(stage)
    for month, rows in months.items():
        _month(stage, director, month, rows, names, say)
    stage.advance(ENDS, time(17))
    say(f"\n{stage.firings} deadlines and reminders passed, each once, on the day it was due.")
    office.store.set_meta(ENDED, str(office.store.head().position))
    office.store.close()


def _month(
    stage: Stage, director: Director, month: str, rows: list[Row], names: dict[str, str], say: Say
) -> None:
    after = parse_period(month).next().first_day()
    _act_until(stage, director, stage.working_day(after + timedelta(days=8)))
    _submit(stage, "enter", ANALYST.name, month, rows)
    _act_until(stage, director, stage.working_day(after + timedelta(days=11)))
    answer = _submit(stage, "confirm", DATA_MANAGER.name, month, rows)
    for body, first in MEETS.items():
        day = stage.working_day(after.replace(day=first))
        stage.ask(AddMeeting(body=body, on=stage.working_day(after.replace(day=first), months=1)), PROPOSER)
        _act_until(stage, director, day)
        director.meet(body)
    _tell(answer, month, names, director, say)


def _act_until(stage: Stage, director: Director, day: date) -> None:
    director.service_reports(day)
    stage.advance(max(day, stage.today))


def _submit(stage: Stage, step: str, who: str, month: str, rows: list[Row]) -> Answer:
    """A whole return in one command: nine figures entered, or nine confirmed."""
    steps = tuple(
        Step(
            workflow="submission",
            indicator=INDICATOR,
            service=row.provider,
            subject=month,
            step=step,
            figure=FigureFields(numerator=row.seen, denominator=row.attendances) if step == "enter" else None,
        )
        for row in rows
    )
    return stage.ask(TakeSteps(steps=steps), who)


def _tell(answer: Answer, month: str, names: dict[str, str], director: Director, say: Say) -> None:
    """One line a month, and one for each thing that followed."""
    statuses = Counter(fact.event.status for fact in answer.facts if isinstance(fact.event, StatusAssessed))
    counted = ", ".join(f"{statuses[status]} {status}" for status in ("green", "amber", "red"))
    say(f"{month}  {counted}")
    for fact in answer.facts:
        if fact.type == "trigger.fired":
            provider = fact.stream.rpartition("/")[2]
            say(f"         {names[provider]}: turned from amber to red; CPEG is asked")
    for event in director.told:
        say(f"         {event.day:%-d %b %Y}  {names[event.service]}: {event.sentence}")
    director.told.clear()

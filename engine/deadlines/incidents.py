"""A firing that fails: it is told apart from the others, kept as an incident, and tried again later and later.

An incident is not a fact: it stands beside the log until its firing has passed or is no longer due. One deadline's
failure holds back what falls due later on the same matter, since that would be decided as if it had passed, and
nothing else.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import msgspec

from engine.commands import PassDeadline
from engine.ports import Incident, Store
from events.errors import GoldenthreadError, NotFound, Problem, Unavailable
from events.fact import Fact
from events.instant import Instant, instant, moment
from events.schema import Event

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
MOST = 1_000_000
"""How many incidents are read at once: more than ever stand."""
SHORTEST_REF = 4
_REF = 7
_FRAMES = 8
_ROOT = Path(__file__).parents[1]

Fire = Callable[[Sequence[PassDeadline]], list[Fact[Event]]]


class Failed(msgspec.Struct, frozen=True, kw_only=True):
    """A firing that did not succeed; it stays due and blocks nobody."""

    deadline: PassDeadline
    code: str
    error: str
    """What was the matter, in a sentence or two."""
    trace: tuple[str, ...] = ()
    """Where a mistake in the program came from, innermost last: files, lines and functions, no values."""

    @property
    def ref(self) -> str:
        """The incident's name."""
        return ref_of(self.deadline.command_id)


@dataclass(slots=True)
class Fired:
    """What became of several firings."""

    facts: list[Fact[Event]] = field(default_factory=list)
    passed: list[PassDeadline] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failures: 1, 2, 4 … minutes, and never more than an hour."""
    doublings = min(max(attempts, 1) - 1, 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def ref_of(firing: str) -> str:
    """The short name of a firing's incident, always the same for the same firing."""
    return hashlib.sha256(firing.encode()).hexdigest()[:_REF]


def matter_of(of: PassDeadline | Incident) -> tuple[str, str]:
    """What a deadline belongs to: a stream and the subject in it."""
    return of.stream, of.subject


def deadline_in(incident: Incident) -> PassDeadline:
    """The command that failed."""
    return PassDeadline(
        stream=incident.stream,
        subject=incident.subject,
        name=incident.name,
        n=incident.n,
        due_at=incident.due_at,
        reminder=incident.reminder,
    )


def held_matters(standing: Iterable[PassDeadline | Incident]) -> set[tuple[str, str]]:
    """Matters on which a deadline that should have passed has not. A reminder that failed holds nothing back."""
    return {matter_of(each) for each in standing if not each.reminder}


def fire_apart(fire: Fire, waiting: Sequence[PassDeadline]) -> Fired:
    """Fire all in one unit of work; where that fails, in halves, so that only those fail which fail alone.

    Raises what says that the book cannot be written at all: see `concerns_the_book`.
    """
    done = Fired()
    _fire(fire, list(waiting), done)
    return done


def _fire(fire: Fire, waiting: list[PassDeadline], done: Fired) -> None:
    if done.failed:
        held = held_matters(failed.deadline for failed in done.failed)
        waiting = [deadline for deadline in waiting if matter_of(deadline) not in held]
    if not waiting:
        return
    try:
        done.facts += fire(waiting)
    except (
        Exception
    ) as error:  # as broad as can be: a mistake in the program may stop one deadline, never the others
        if concerns_the_book(error):
            raise
        if len(waiting) == 1:
            done.failed.append(failure(waiting[0], error))
            return
        half = len(waiting) // 2
        _fire(fire, waiting[:half], done)
        _fire(fire, waiting[half:], done)
    else:
        done.passed += waiting


def concerns_the_book(error: Exception) -> bool:
    """Whether every other firing would fail too: the book cannot be reached or written, or the clock is wrong."""
    if isinstance(error, Unavailable):
        return True
    codes = [problem.code for problem in error.problems] if isinstance(error, GoldenthreadError) else []
    return any(code == "GT-CLOCK-001" or code.startswith("GT-DB-") for code in codes)


def failure(deadline: PassDeadline, error: Exception) -> Failed:
    """What is kept of an exception: never its own words where they could be anything."""
    if isinstance(error, GoldenthreadError) and error.problems:
        return Failed(deadline=deadline, code=error.problems[0].code, error=str(error))
    problem = mistake(error)
    return Failed(deadline=deadline, code=problem.code, error=str(problem), trace=trace_of(error))


def mistake(error: BaseException) -> Problem:
    """An exception that nobody meant to raise."""
    return Problem(
        code="GT-CLOCK-105",
        sentence=f"This is a mistake in the program ({type(error).__name__}).",
        fix="Please report it with the lines of the log that name it; it is tried again meanwhile.",
    )


def trace_of(error: BaseException) -> tuple[str, ...]:
    """The innermost frames as ``file:line:function``; the message and every value are left out."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return tuple(f"{_within(frame.filename)}:{frame.lineno}:{frame.name.strip('<>')}" for frame in frames)


def _within(filename: str) -> str:
    path = Path(filename)
    return path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name


def stale(deadline: PassDeadline) -> Failed:
    """A firing that stands in the log, and the due index still lists it."""
    return Failed(
        deadline=deadline,
        code="GT-CLOCK-106",
        error="It passed, and the due index still lists it: the index differs from the log. "
        "Run 'goldenthread db rebuild'; nothing fires twice meanwhile.",
    )


def not_passed(failed: Failed) -> Problem:
    """Why a matter cannot be decided now."""
    deadline = failed.deadline
    about = f"{deadline.stream.partition('/')[2]}#{deadline.subject}"
    return Problem(
        code="GT-CLOCK-113",
        sentence=f"The deadline '{deadline.name}' of {about} has gone by and could not be passed, and until it has, "
        f"nothing is decided on {about} (incident {failed.ref}): {failed.error}",
        fix=f"Try it again with 'goldenthread incident retry {failed.ref}'; 'goldenthread incident show {failed.ref}' "
        "says what happened.",
    )


def open_incidents(store: Store) -> dict[str, Incident]:
    """Firing → its incident, of those that stand."""
    return {incident.firing: incident for incident in store.incidents(limit=MOST)}


def keep_failure(store: Store, failed: Failed, before: Incident | None, now: Instant) -> Incident:
    """Keep what failed as an incident, or add one more attempt to the one that stands."""
    deadline = failed.deadline
    attempts = before.attempts + 1 if before else 1
    incident = Incident(
        firing=deadline.command_id,
        stream=deadline.stream,
        subject=deadline.subject,
        name=deadline.name,
        n=deadline.n,
        due_at=deadline.due_at,
        reminder=deadline.reminder,
        attempts=attempts,
        first_failed_at=before.first_failed_at if before else now,
        last_failed_at=now,
        next_try_at=instant(moment(now) + pause_after(attempts)),
        code=failed.code,
        sentence=failed.error,
    )
    store.keep_incident(incident)
    return incident


def end_others(
    store: Store, standing: Iterable[Incident], still_due: Collection[str], now: Instant
) -> list[Incident]:
    """End the incidents whose firing the due index no longer lists: it passed, or the matter moved on."""
    ended = [
        msgspec.structs.replace(incident, ended_at=now)
        for incident in standing
        if incident.firing not in still_due
    ]
    for incident in ended:
        store.keep_incident(incident)
    return ended


def find_incident(store: Store, ref: str) -> Incident:
    """An incident, ended or not, by its short name or the beginning of it. Raises NotFound GT-CLOCK-117."""
    wanted = ref.lower()
    found = [
        each
        for each in store.incidents(open_only=False, limit=MOST)
        if ref_of(each.firing).startswith(wanted)
    ]
    if len(found) == 1 and len(wanted) >= SHORTEST_REF:
        return found[0]
    known = f"{len(found)} incidents begin with '{ref}'" if found else f"There is no incident '{ref}'"
    raise NotFound.of(
        "GT-CLOCK-117", f"{known}.", "'goldenthread incident list --all' shows every one with its name."
    )

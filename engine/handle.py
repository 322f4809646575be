"""The straight line of one command: seen before? → fire what is due → decide → react → commit.

Everything is decided in memory; the log is locked only for the commit, which checks the version of every stream
that was read. If somebody was faster, it is decided again, at most three times.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from engine.answers import Answers
from engine.collector import at_rest
from engine.commands import Command, PassDeadline, TakeSteps
from engine.context import Context
from engine.deadlines.incidents import (
    Failed,
    Fired,
    fire_apart,
    keep_failure,
    matter_of,
    not_passed,
    open_incidents,
)
from engine.deciders import DECIDERS
from engine.deciders.subjects import SUBMISSION
from engine.memory import Memory
from engine.packs.shelf import Shelf
from engine.ports import CommandExists, CommandRow, Holidays, StaleRead, Store, Unit
from engine.react import react
from engine.states.people import SYSTEM
from engine.view import Row
from engine.views import DUE
from engine.work import Work, circumstances
from events import stream as streams
from events.errors import Conflict, GoldenthreadError, Invalid, Problem, Refused
from events.fact import Fact
from events.instant import Instant
from events.schema import Event
from events.text import Text, is_ref

MOST_TRIES = 3
RESERVED = "@"
"""In the id of every firing and in no other, so that nobody can take a deadline's id before it fires."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a command: its facts, in order."""

    command_id: str
    facts: list[Fact[Event]]
    repeated: bool = False
    """The same command was handled before; this is the answer it got then."""
    dry_run: bool = False
    """Nothing was written; positions are 0."""
    texts: tuple[Text, ...] = ()
    """What the command said, where it was not written: it cannot be read from the book then."""


class Engine:
    """One book, ready to take commands. Not shared between threads."""

    def __init__(self, store: Store, holidays: Holidays) -> None:
        self.store = store
        self.memory = Memory(store)
        self.shelf = Shelf(store, holidays)
        self._alike = Answers()
        self.recorded: tuple[int, int] | None = None
        """The first and the last fact that were written through this engine."""

    def handle(self, command: Command, *, dry_run: bool = False) -> Answer:
        """Take a command. Raises Refused with every reason, Conflict, Invalid, NotFound or Broken; then nothing is written."""
        if RESERVED in command.command_id:
            raise Invalid(
                Problem(
                    code="GT-BOOK-006",
                    sentence=f"'{command.command_id}' cannot be the id of a command: '{RESERVED}' marks deadlines that pass.",
                    fix="Use letters, digits, dots, hyphens and underscores, or let the program make an id.",
                )
            )
        seen = self.store.command(command.command_id)
        if seen is not None:
            return self._again(command, seen)
        with at_rest():
            return self._handled(command, dry_run=dry_run)

    def _handled(self, command: Command, *, dry_run: bool) -> Answer:
        for _ in range(MOST_TRIES):
            if not dry_run:
                self._fire_first(command)  # at each try: what others did meanwhile may have been due already
            self.memory.catch_up()
            work = Work(self.memory)
            try:
                self._decide(work, command)
            except GoldenthreadError:
                # the same command may have come in twice at once; what it changed is then no reason against it
                if (seen := self.store.command(command.command_id)) is not None:
                    return self._again(command, seen)
                raise
            if dry_run:
                return Answer(
                    command_id=command.command_id, facts=work.imagined, dry_run=True, texts=command.texts
                )
            try:
                facts = self._commit(work, [command])
            except StaleRead as caught:
                stale = caught
                continue
            except CommandExists as exists:
                return self._again(command, exists.row)
            return Answer(command_id=command.command_id, facts=facts)
        raise Conflict(self._in_between(stale))

    def fire(self, deadlines: Sequence[PassDeadline], now: Instant) -> list[Fact[Event]]:
        """Pass several deadlines in one unit of work, each under its own command id. Those passed already are left out."""
        fresh = [_firing(deadline, now) for deadline in deadlines]
        for tries in range(MOST_TRIES):
            self.memory.catch_up()
            if tries:  # the commit has found out what nobody expects: some may have passed already
                passed = self.store.known([command.command_id for command in fresh])
                fresh = [command for command in fresh if command.command_id not in passed]
            if not fresh:
                return []
            work = Work(self.memory)
            work.fetch(deadline.stream for deadline in deadlines)
            for command in fresh:
                self._decide(work, command)
            try:
                return self._commit(work, fresh)
            except (StaleRead, CommandExists):
                continue
        raise Conflict(
            Problem(
                code="GT-BOOK-004",
                sentence=f"What fell due has not passed yet ({len(deadlines)}): somebody else kept changing what it depends on.",
                fix="Nothing was lost; the next 'goldenthread tick' passes it.",
            )
        )

    def fire_apart(self, deadlines: Sequence[PassDeadline], now: Instant) -> Fired:
        """Pass as many of several deadlines as can be passed; see `engine.deadlines.incidents.fire_apart`."""

        def fire(some: Sequence[PassDeadline]) -> list[Fact[Event]]:
            try:
                return self.fire(some, now)
            except GoldenthreadError:
                raise
            except Exception:
                self.memory.forget()  # a mistake while folding must not spoil what is decided next
                raise

        return fire_apart(fire, deadlines)

    def _decide(self, work: Work, command: Command) -> None:
        at = command.received_at
        today = work.once(("today", at), lambda: self.shelf.local_day(work.framework(), at))
        effective_on = command.effective_on or today
        if effective_on > today and not isinstance(command.request, TakeSteps):
            raise Refused(
                Problem(
                    code="GT-BOOK-007",
                    sentence=f"Nothing can take effect on {effective_on.isoformat()} yet: today is {today.isoformat()}.",
                    fix="Record it when the day has come.",
                )
            )
        if command.actor != SYSTEM:
            _no_auditor(work, command.actor, today)
        about = circumstances(
            command_id=command.command_id,
            actor=command.actor,
            account=command.account,
            received_at=at,
            effective_on=effective_on,
        )
        work.begin(about, command.digest)
        context = Context(
            work=work,
            command=command,
            shelf=self.shelf,
            today=today,
            effective_on=effective_on,
            alike=self._alike,
        )
        DECIDERS[type(command.request)](context, command.request)
        if not context.quiet:
            react(context, work.just_recorded)

    def _commit(self, work: Work, commands: Sequence[Command]) -> list[Fact[Event]]:
        facts = self.store.commit(
            Unit(
                parts=work.parts,
                read=work.read,
                read_at=self.memory.head,
                standing=self.memory.rows,
                unmoved=work.unmoved,
                texts=[text for command in commands for text in command.texts],
                blobs={digest: blob for command in commands for digest, blob in command.blobs.items()},
                now=commands[-1].received_at,
            )
        )
        if facts:
            self.recorded = (self.recorded or (facts[0].position,))[0], facts[-1].position
        self.memory.adopt(work.decided)
        self.memory.learn(facts)
        self.memory.trim()
        return facts

    def _fire_first(self, command: Command) -> None:
        """Pass deadlines of the workflows concerned that were due when the command came; they stand even if it is refused."""
        request = command.request
        if not isinstance(request, TakeSteps):
            return
        matters = {
            (streams.matters(step.workflow, step.indicator, step.service), step.subject)
            for step in request.steps
            if step.workflow != SUBMISSION
        }
        if not matters:
            return
        concerned, now = {stream for stream, _ in matters}, command.received_at
        fired: set[str] = set()
        failed: list[Failed] = []
        while waiting := self._due_among(concerned, now, fired):
            fired |= {deadline.command_id for deadline in waiting}
            failed += self.fire_apart(waiting, now).failed
        if failed:
            self._hold_back(failed, matters, now)

    def _hold_back(self, failed: Sequence[Failed], matters: set[tuple[str, str]], now: Instant) -> None:
        """Keep what failed, and refuse to decide a matter over a deadline of its own that should have passed.

        Deadlines of other matters, and reminders, stand in nobody's way.
        """
        standing = open_incidents(self.store)
        for each in failed:
            if each.deadline.command_id not in standing:
                keep_failure(self.store, each, None, now)
        blocking = [
            each for each in failed if matter_of(each.deadline) in matters and not each.deadline.reminder
        ]
        if blocking:
            raise Refused(*(not_passed(each) for each in blocking))

    def _due_among(self, concerned: set[str], at: Instant, but: set[str]) -> list[PassDeadline]:
        rows = self.store.rows(
            DUE, {"stream": concerned}, below={"due_at": just_after(at)}, order_by=("due_at",), only=FIRED_BY
        )
        waiting = [deadline_of(row, at) for row in rows]
        return [deadline for deadline in waiting if deadline.command_id not in but]

    def _again(self, command: Command, seen: CommandRow) -> Answer:
        """The answer a command got the first time, provided that it asks the same."""
        facts = (
            self.store.page(seen.first_position - 1, seen.last_position - seen.first_position + 1)
            if seen.first_position
            else []
        )
        if seen.request_digest != command.digest or self._other_texts(command, facts):
            raise Refused(
                Problem(
                    code="GT-BOOK-002",
                    sentence=f"Command id '{command.command_id}' was already used for another request.",
                    fix="Use a new id for a new request; leave --command-id out to get one.",
                )
            )
        return Answer(command_id=command.command_id, facts=facts, repeated=True)

    def _other_texts(self, command: Command, facts: Sequence[Fact[Event]]) -> bool:
        refs = {ref for fact in facts for ref in _refs(msgspec.to_builtins(fact.event))}
        held = self.store.texts(refs)
        if any(text is None for text in held.values()):
            return False  # an erased text can no longer be compared
        then = sorted(text.text for text in held.values() if text is not None)
        return then != sorted(text.text for text in command.texts)

    def _in_between(self, stale: StaleRead) -> Problem:
        """What others wrote meanwhile, the log as a whole where that is what was decided on."""
        if stale.moved is None:
            versions = {stream: was for stream, (was, _) in stale.grown.items()}
            between = [fact for facts in self.store.streams(versions).values() for fact in facts]
        else:
            between = self.store.page(stale.moved, 5)
        said = [f"{fact.type} by {fact.actor} (event {fact.position})" for fact in between]
        return Problem(
            code="GT-BOOK-003",
            sentence=f"Others changed the same thing {MOST_TRIES} times while this was decided: {'; '.join(said[:5])}.",
            fix="'goldenthread log tail' shows what happened; look at it, then try again.",
        )


def _no_auditor(work: Work, actor: str, today: date) -> None:
    """An auditor reads everything and records nothing, for as long as they are one."""
    auditor = work.once(("auditor", actor, today), lambda: work.people().auditor_on(actor, today))
    if auditor is not None:
        raise Refused(
            Problem(
                code="GT-PEOPLE-038",
                sentence=f"Person {actor} is auditor until {auditor.until}: an auditor reads the book and records nothing.",
                fix="Ask somebody who holds the role for it, or wait until that day is over.",
            )
        )


def just_after(at: Instant) -> Instant:
    """The smallest text that sorts after an instant, so that "strictly below it" includes the instant itself."""
    return Instant(at + "~")


FIRED_BY = ("stream", "subject", "name", "n", "due_at", "reminder", "deadline_at", "passed")
"""The columns of the due index that say what fires, and when."""


def deadline_of(row: Row, at: Instant) -> PassDeadline:
    """A row of the due index as the command that passes what is due at an instant.

    A reminder before a deadline is not sent after it: the deadline itself passes then.
    """
    missed = not row["passed"] and str(row["deadline_at"]) <= at
    return PassDeadline(
        stream=str(row["stream"]),
        subject=str(row["subject"]),
        name=str(row["name"]),
        n=int(row["n"] or 0),
        due_at=Instant(str(row["deadline_at"] if missed else row["due_at"])),
        reminder=0 if missed else int(row["reminder"] or 0),
    )


def _firing(deadline: PassDeadline, now: Instant) -> Command:
    return Command(
        command_id=deadline.command_id, request=deadline, actor=SYSTEM, account=SYSTEM, received_at=now
    )


def _refs(value: object) -> set[str]:
    if is_ref(value):
        return {str(value)}
    if isinstance(value, dict):
        return {ref for inner in value.values() for ref in _refs(inner)}
    if isinstance(value, list | tuple):
        return {ref for inner in value for ref in _refs(inner)}
    return set()

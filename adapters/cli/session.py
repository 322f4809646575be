"""One run of the program: the book that is open, who is acting, and what was asked for by the shared options."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

import click

from adapters.cli import door
from adapters.cli.manners import Manners
from adapters.cli.root import Doors, Root

if TYPE_CHECKING:
    from engine.commands import Request
    from engine.handle import Answer
    from engine.office import Office
    from events.text import Text


class Session:
    """What every command is given."""

    def __init__(self, root: Root) -> None:
        self.root = root
        self.manners = Manners()
        self._office: Office | None = None
        self.done = False
        """Something was done that is noted in the program's log."""

    # books ---------------------------------------------------------------------------------------------------
    @cached_property
    def doors(self) -> Doors:
        """The doors of the project folder."""
        manners = self.manners
        settings = {"db": manners.db, "book": manners.book, "clock": manners.clock}
        given = {name: value for name, value in settings.items() if value}
        return self.root.doors(manners.project, given, self._waits)

    def _waits(self) -> None:
        self.aside("Waiting for another program to let go of the book…")

    def reading(self) -> Office:
        """The book, open for reading alone."""
        return self.use(self.doors.doorway.open(write=False))

    def writing(self) -> Office:
        """The book, open for writing; a dry run only reads."""
        return self.use(self.doors.doorway.open(write=not self.manners.dry_run))

    def use(self, office: Office) -> Office:
        """Use a book from here on; it is closed when the program leaves."""
        from engine.simulation import out_of_its_time

        self._office = office
        if remark := out_of_its_time(office):
            self.aside(f"Warning: {remark}")
        return office

    def close(self) -> None:
        """Close what is open."""
        if self._office is not None:
            self._office.store.close()

    @property
    def recorded(self) -> tuple[int, int] | None:
        """The first and the last event that this run has written; None for none."""
        return self._office.engine.recorded if self._office is not None else None

    def position(self, office: Office) -> int | None:
        """The last position known at the end of the day of ``--as-of``; None for all that is known now."""
        if self.manners.as_of is None:
            return None
        from adapters.cli.moments import position_at_end_of

        return position_at_end_of(office, self.manners.as_of)

    def day(self, office: Office) -> date:
        """The day things are looked at from: that of ``--as-of``, today by default."""
        return self.manners.as_of or office.today()

    # people --------------------------------------------------------------------------------------------------
    def actor(self, office: Office) -> str:
        """The id of whoever is acting. Raises NotFound for an unknown name, a usage error where nobody is named."""
        who = self.acting_as
        if not who and self.may_ask:
            who = click.prompt("Who are you (an id or a full name)?", err=True)
        if not who:
            raise click.UsageError(
                "Nobody is said to act: say who you are with --as PERSON, or set GOLDENTHREAD_AS."
            )
        return office.person(who)

    @property
    def people(self) -> Mapping[str, str]:
        """Id → name, for putting names into what was refused; nobody where no book is open or it cannot be read."""
        from events.errors import GoldenthreadError

        if self._office is None:
            return {}
        try:
            return self._office.directory()
        except GoldenthreadError:
            return {}  # whatever is wrong with the book is being told already

    @property
    def acting_as(self) -> str:
        """Who was said to act, as written; empty for nobody."""
        return self.manners.acting_as or self.doors.acting_as

    @property
    def may_ask(self) -> bool:
        """Whether there is somebody at a terminal who may be asked."""
        return not self.manners.no_input and _terminal(sys.stdin) and _terminal(sys.stderr)

    # writing -------------------------------------------------------------------------------------------------
    def ask(
        self,
        office: Office,
        request: Request,
        *,
        actor: str | None = None,
        texts: Sequence[Text] = (),
        blobs: Mapping[str, bytes] | None = None,
    ) -> Answer:
        """Send a command as whoever is acting, and note it in the program's log."""
        manners = self.manners
        answer = office.ask(
            self.for_whom(office, request),
            actor=actor or self.actor(office),
            on=manners.on,
            texts=texts,
            blobs=blobs,
            command_id=manners.command_id,
            dry_run=manners.dry_run,
        )
        first = answer.facts[0].position if answer.facts else 0
        last = answer.facts[-1].position if answer.facts else 0
        self.note(
            "dry run" if answer.dry_run else "repeated" if answer.repeated else "recorded",
            command_id=answer.command_id,
            request=type(request).__name__,
            first_position=first,
            last_position=last,
        )
        return answer

    def for_whom(self, office: Office, request: Request) -> Request:
        """The same request; its steps taken for the person that ``--acting-for`` names."""
        from msgspec.structs import replace

        from engine.commands import TakeSteps

        who = self.manners.acting_for
        if who is None or not isinstance(request, TakeSteps):
            return request
        person = office.person(who)
        return replace(request, steps=tuple(replace(each, acting_for=person) for each in request.steps))

    def note(self, event: str, **ids: str | int | tuple[str, ...]) -> None:
        """Write to the program's log; trouble with it never hides that something was recorded."""
        self.done = not self.manners.dry_run
        try:
            self.doors.log(event, **ids)
        except OSError as trouble:
            self.aside(
                f"The program's log cannot be written: {trouble.strerror or trouble}. What was recorded stands."
            )

    def write(
        self,
        office: Office,
        request: Request,
        *,
        actor: str | None = None,
        texts: Sequence[Text] = (),
        blobs: Mapping[str, bytes] | None = None,
        hint: str = "",
    ) -> None:
        """Send a command and say what happened; `hint` is a command that may come next."""
        from adapters.cli.answers import tell_answer

        tell_answer(self, office, self.ask(office, request, actor=actor, texts=texts, blobs=blobs), hint)

    # saying --------------------------------------------------------------------------------------------------
    def say(self, line: str = "", *, painted: bool = False) -> None:
        """A line of the result. `painted`: coloured, from texts that were cleaned before."""
        door.say(line, colour=self.colour, painted=painted)

    def aside(self, line: str) -> None:
        """A line beside the result: progress, a hint. Quiet where that was asked for."""
        if not self.manners.quiet:
            door.aside(line)

    @property
    def colour(self) -> bool:
        """Whether to colour: on a terminal, unless somebody said no."""
        return not self.manners.no_color and not os.environ.get("NO_COLOR") and _terminal(sys.stdout)

    @property
    def json(self) -> bool:
        """Whether one JSON object is wanted."""
        return self.manners.output == "json"


def _terminal(stream: TextIO | None) -> bool:
    """Whether a stream is there at all and a person sits at it."""
    return stream is not None and stream.isatty()

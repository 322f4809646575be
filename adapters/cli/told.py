"""Facts just decided, told to the person who caused them: the main thing first, then what follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from adapters.cli.moments import day_words
from adapters.cli.told_figures import FIGURES, judged
from adapters.cli.told_matters import MATTERS
from adapters.cli.told_register import REGISTER
from engine.namesakes import told_apart
from events.kinds.figures import FigureConfirmed, FigureEntered
from events.kinds.statuses import StatusAssessed
from events.kinds.workflow import DeadlineSet, Move
from events.schema import Event

if TYPE_CHECKING:
    from engine.office import Office
    from engine.packs.pack import Pack
    from engine.queries.names import Names
    from engine.states.matters import Matters
    from events.fact import Fact
    from events.text import Text
    from workflows.definition import Definition

MANY = 5
"""More figures than this in one command are counted instead of told one by one."""
MOST_LINES = 20

Sentence = Callable[["Teller", "Fact[Any]"], str]
SENTENCES: dict[type[Event], Sentence] = {**REGISTER, **FIGURES, **MATTERS}
"""Fact → how it is told; a kind that is not here is told by `engine.queries.sentences`."""


class Teller:
    """Tells facts with the names, labels and dates of a book."""

    def __init__(self, office: Office, said: Sequence[Text] = ()) -> None:
        """`said`: texts of a command that was not written, which the book does not have."""
        self._office = office
        self._said = said
        self._people: dict[str, str] | None = None

    @property
    def office(self) -> Office:
        """The book that is told of."""
        return self._office

    def tell(self, facts: Sequence[Fact[Event]]) -> list[str]:
        """One sentence or more per line, at most `MOST_LINES` lines; consequences stand on the lines below."""
        figures = [fact for fact in facts if isinstance(fact.event, FigureEntered | FigureConfirmed)]
        if len(figures) > MANY:
            return self._counted(facts)
        assessed = {_about(fact): fact for fact in facts if isinstance(fact.event, StatusAssessed)}
        lines: list[str] = []
        for fact in facts:
            match fact.event:
                case FigureConfirmed():
                    lines.append(judged(self, fact, fact.event, assessed.pop(_about(fact), None)))
                case StatusAssessed() if _about(fact) not in assessed:
                    continue
                case _:
                    lines.append(self.sentence(fact))
        return _cut(lines, facts)

    def sentence(self, fact: Fact[Event]) -> str:
        """One fact."""
        told = SENTENCES.get(type(fact.event))
        if told is not None:
            return told(self, fact)
        from engine.queries.sentences import sentence

        return sentence(fact, self._names())

    def _counted(self, facts: Sequence[Fact[Event]]) -> list[str]:
        entered = sum(isinstance(fact.event, FigureEntered) for fact in facts)
        confirmed = sum(isinstance(fact.event, FigureConfirmed) for fact in facts)
        statuses = Counter(
            self.status(fact.event.status, fact.event.pack)
            for fact in facts
            if isinstance(fact.event, StatusAssessed)
        )
        lines = [f"Entered {entered} figures."] if entered else []
        if confirmed:
            said = ", ".join(f"{status} {count}" for status, count in statuses.most_common())
            lines.append(f"Confirmed {confirmed} figures: {said}.")
        rest = (f for f in facts if not isinstance(f.event, FigureEntered | FigureConfirmed | StatusAssessed))
        return _cut([*lines, *(self.sentence(fact) for fact in rest)], facts)

    # what sentences are made of ------------------------------------------------------------------------------
    def person(self, person: str) -> str:
        """A person's name, with the id where somebody else is called so too; the id where no name is known."""
        if self._people is None:
            self._people = told_apart(self._office.directory())
        return self._people.get(person, person)

    def text(self, ref: str) -> str:
        """A text of the book, or of the command that was not written."""
        return self._names().text(ref)

    def pack(self, digest: str) -> Pack:
        """A pack of the book."""
        return self._office.engine.shelf.pack(digest)

    def status(self, status: str, digest: str) -> str:
        """A status as people read it."""
        known = self.pack(digest).rules.by_id.get(status)
        return known.label if known else status

    def _names(self) -> Names:
        from engine.queries.names import Names

        return Names.of(self._office, self._said)

    def definition(self, fact: Fact[Any], move_or_event: Any) -> Definition | None:
        """The definition that governs a matter, None where it cannot be said."""
        from engine.work import Work

        engine = self._office.engine
        work = Work(engine.memory)
        held = self.matters(fact).instances.get(move_or_event.subject)
        if held is not None:
            return engine.shelf.for_instance(work.framework(), held)[1]
        pack = engine.shelf.in_force(work.framework(), fact.effective_on)
        return pack.workflows.get(move_or_event.workflow) if pack else None

    def role_or_body(self, fact: Fact[Any], name: str) -> str:
        """A role or a body as people call it under the pack of that day."""
        from engine.work import Work

        engine = self._office.engine
        pack = engine.shelf.in_force(Work(engine.memory).framework(), fact.effective_on)
        return pack.organisation.label(name) if pack else name

    def body(self, fact: Fact[Any], subject: str) -> str | None:
        """The body that a matter is with."""
        held = self.matters(fact).instances.get(subject)
        return held.body if held else None

    def matters(self, fact: Fact[Any]) -> Matters:
        """The matters among which a fact stands."""
        from engine.states.matters import Matters
        from engine.work import Work

        return Work(self._office.engine.memory).state(fact.stream, Matters)

    def clocks(self, fact: Fact[Any], move: Move) -> str:
        """The deadlines that a move sets, as further sentences."""
        definition = self.definition(fact, move)
        body = self.body(fact, move.subject)
        return "".join(f" {self.deadline(each, definition, body)}." for each in move.sets)

    def deadline(self, deadline: DeadlineSet, definition: Definition | None, body: str | None) -> str:
        """``Report back to CPEG: by Thu 21 Jan 2027 (2 months from 21 November 2026)``."""
        from engine.queries.matters.state_labels import deadline_label

        label = deadline_label(definition, deadline.name, body or "")
        first = (
            f", first due {day_words(deadline.original)}" if _moved(deadline) and deadline.original else ""
        )
        return f"{label}: by {day_words(deadline.last_day)} ({deadline.rule}{first})"


def _moved(deadline: DeadlineSet) -> bool:
    return deadline.original is not None and deadline.original != deadline.last_day


def _about(fact: Fact[Any]) -> tuple[str, str]:
    return fact.stream, str(fact.event.period)


def _cut(lines: Iterable[str], facts: Sequence[Fact[Event]]) -> list[str]:
    lines = [line for line in lines if line]
    if len(lines) <= MOST_LINES:
        return lines
    written = facts[-1].position > 0
    where = "see 'goldenthread log tail'" if written else "'--json' gives every fact"
    return [*lines[: MOST_LINES - 1], f"… and {len(lines) - MOST_LINES + 1} more: {where}."]

"""What an adoption that judges again would change, series by series, before it does. Nothing is written.

That is foretold before anybody approves it, and of what was interrupted. One series is looked at after the other, each
at a desk of its own where the pack is adopted already, and let go again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from engine.deciders.rejudging import first_governed
from engine.judging.otherwise import Outcome, outcome, statuses_of
from engine.judging.rejudging import Series, command_id, concerned, unfinished
from engine.judging.series import Rejudge, rejudge
from engine.memory import Memory, Remembered
from engine.office import Office
from engine.packs.shelf import Shelf
from engine.ports import Progress
from engine.queries.reader import Reader
from engine.states.people import SYSTEM
from engine.work import Work, circumstances
from events.fact import Fact
from events.kinds.framework import PackAdopted
from events.schema import Event

MOST_SERIES = 500
MOST_CHANGES = 60
"""So many series, and so many changes of each kind in a series, are named; all are counted."""


class Foretold(msgspec.Struct, kw_only=True):
    """What would come out otherwise, counted whole; what is named of it is bounded."""

    pack: str
    version: str
    series: int = 0
    """Series that would be judged again."""
    changed: int = 0
    """Those of them that would come out otherwise."""
    periods: int = 0
    """Periods that would be judged again."""
    statuses: int = 0
    """Periods that would have another status."""
    triggers: int = 0
    """Triggers that would fire, be screened out, clear, be withdrawn or be closed."""
    named: list[Outcome] = msgspec.field(default_factory=list)
    """The first series that would come out otherwise."""

    def take(self, found: Outcome) -> None:
        """Count one series in, and name it where there is room."""
        self.changed += found.otherwise
        self.periods += found.periods
        self.statuses += found.status_changes
        self.triggers += found.trigger_changes
        if found.otherwise and len(self.named) < MOST_SERIES:
            statuses, triggers = found.statuses[:MOST_CHANGES], found.triggers[:MOST_CHANGES]
            self.named.append(replace(found, statuses=statuses, triggers=triggers))


def foretell_rejudging(
    office: Office, facts: Sequence[Fact[Event]], *, progress: Progress | None = None
) -> Foretold | None:
    """What would follow from facts that were only imagined, of approving a pack; None where nothing would be judged again."""
    found = next(((each.event, each.ref) for each in facts if isinstance(each.event, PackAdopted)), None)
    if found is None or not found[0].rejudge:
        return None
    adopted, ref = found
    engine = office.engine
    series = concerned(engine.store, engine.shelf, adopted)
    supposing = _supposing(engine.memory, facts)
    foretold = Foretold(pack=adopted.pack, version=adopted.version, series=len(series))
    for done, desk in enumerate(_judging(office, foretold, (ref, adopted), series, supposing), start=1):
        desk.let_go()
        if progress is not None:
            progress(done, len(series))
    return foretold


def foretell_unfinished(office: Office, *, progress: Progress | None = None) -> list[Foretold]:
    """What would follow from judging again whatever an adoption has left; the oldest adoption first."""
    office.engine.memory.catch_up()
    reader = Reader(office.engine)
    adoptions, waiting = dict(reader.framework.rejudging), unfinished(reader)
    supposing: dict[str, Remembered] = {}
    found = []
    for each in waiting:
        foretold = Foretold(pack=each.pack, version=each.version, series=len(each.left))
        adoption = (each.adoption, adoptions[each.adoption])
        judging = _judging(office, foretold, adoption, each.left, supposing)
        for done, desk in enumerate(judging, start=each.done + 1):
            if len(waiting) > 1:  # the next adoption finds the series as this one leaves it
                supposing |= desk.decided
            desk.let_go()
            if progress is not None:
                progress(done, len(each.series))
        found.append(foretold)
    return found


def _judging(
    office: Office,
    foretold: Foretold,
    adoption: tuple[str, PackAdopted],
    series: Sequence[Series],
    supposing: Mapping[str, Remembered],
) -> Iterator[Work]:
    """Judge one series after the other again and count it in; the desk of each, as it is left."""
    ref, adopted = adoption
    for name in series:
        desk = Work(office.engine.memory, supposing)
        desk.begin(_circumstances(office, command_id(ref, "/".join(name))))
        foretold.take(_outcome(desk, office.engine.shelf, adopted, name))
        yield desk


def _supposing(memory: Memory, facts: Sequence[Fact[Event]]) -> dict[str, Remembered]:
    """The streams that the facts belong to, as they would stand after them."""
    held: dict[str, Remembered] = {}
    for fact in facts:
        if fact.stream not in held:
            known = memory.at(fact.stream)
            held[fact.stream] = Remembered(known.version, known.state.copy())
        held[fact.stream].state.apply(fact)
        held[fact.stream].version = fact.version
    return held


def _circumstances(office: Office, command: str) -> Fact[Event]:
    """Those of judging one series again today."""
    return circumstances(
        command_id=command,
        actor=SYSTEM,
        account=office.account,
        received_at=office.now(),
        effective_on=office.today(),
    )


def _outcome(desk: Work, shelf: Shelf, adopted: PackAdopted, name: Series) -> Outcome:
    series = desk.series(*name)
    start, before = first_governed(series, adopted, shelf), statuses_of(series)
    if start is None:
        return outcome(name, before, [])
    order = Rejudge(indicator=name[0], service=name[1], start=start, cause="adoption")
    return outcome(name, before, rejudge(desk, shelf, order))

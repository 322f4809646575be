"""After an adoption that judges again: every series concerned, one command each, taken up again where it stopped."""

from __future__ import annotations

import msgspec

from engine.commands import FinishRejudging, RejudgeSeries
from engine.judging.otherwise import outcome, statuses_of
from engine.office import Office
from engine.packs.shelf import Shelf
from engine.ports import Progress, Store
from engine.queries.reader import Reader
from engine.states.people import SYSTEM
from engine.views import STATUSES
from engine.work import Work
from events import stream as streams
from events.kinds.framework import PackAdopted
from events.period import parse_period

Series = tuple[str, str]


class Rejudging(msgspec.Struct, frozen=True, kw_only=True):
    """An adoption by which series are still being judged again."""

    adoption: str
    """The adoption, as ``stream@version``."""
    position: int
    pack: str
    version: str
    series: tuple[Series, ...]
    """All that are concerned, by indicator and service."""
    left: tuple[Series, ...]
    """Those still to be judged again."""

    @property
    def done(self) -> int:
        """How many have been judged again."""
        return len(self.series) - len(self.left)


class Rejudged(msgspec.Struct, frozen=True, kw_only=True):
    """What judging again after an adoption came to."""

    pack: str
    version: str
    series: int
    changed: int
    """Series of which some status or trigger changed, of those judged again just now."""
    resumed: bool
    """Some had been judged again before."""


def unfinished(reader: Reader) -> list[Rejudging]:
    """The adoptions whose series are not all judged again yet, the oldest first."""
    if not reader.framework.rejudging:
        return []
    positions = {fact.ref: fact.position for fact in reader.facts_of(streams.FRAMEWORK)}
    return [
        _rejudging(reader.store, reader.shelf, ref, positions[ref], adopted)
        for ref, adopted in reader.framework.rejudging
    ]


def rejudge_all(office: Office, *, progress: Progress | None = None) -> list[Rejudged]:
    """Judge again whatever an adoption has left to be judged again. What was done before is not done twice."""
    return [_finish(office, each, progress) for each in unfinished(Reader(office.engine))]


def command_id(adoption: str, what: str) -> str:
    """The id under which one series is judged again because of one adoption, whoever asks for it."""
    return f"rejudge/{adoption.rpartition('@')[2]}/{what}"


def _finish(office: Office, rejudging: Rejudging, progress: Progress | None) -> Rejudged:
    total, changed = len(rejudging.series), 0
    for done, (indicator, service) in enumerate(rejudging.left, start=rejudging.done + 1):
        request = RejudgeSeries(adoption=rejudging.adoption, indicator=indicator, service=service)
        before = _statuses_now(office, (indicator, service))
        answer = office.ask(
            request, actor=SYSTEM, command_id=command_id(rejudging.adoption, f"{indicator}/{service}")
        )
        changed += outcome((indicator, service), before, answer.facts).otherwise
        if progress is not None:
            progress(done, total)
    finished = FinishRejudging(adoption=rejudging.adoption, series=total)
    office.ask(finished, actor=SYSTEM, command_id=command_id(rejudging.adoption, "finished"))
    return Rejudged(
        pack=rejudging.pack,
        version=rejudging.version,
        series=total,
        changed=changed,
        resumed=rejudging.done > 0,
    )


def concerned(
    store: Store, shelf: Shelf, adopted: PackAdopted, position: int | None = None
) -> tuple[Series, ...]:
    """The series that had a status for a period the pack governs when it was adopted; later ones are judged by it anyway."""
    year_starts = shelf.pack(adopted.digest).organisation.calendar.year_starts
    series = {
        (str(row["indicator"]), str(row["service"]))
        for row in store.rows(STATUSES, at=position, only=("indicator", "service", "period"))
        if parse_period(str(row["period"])).last_day(year_starts) >= adopted.effective_from
    }
    return tuple(sorted(series))


def _statuses_now(office: Office, name: Series) -> dict[str, str]:
    office.engine.memory.catch_up()
    return statuses_of(Work(office.engine.memory).series(*name))


def _rejudging(store: Store, shelf: Shelf, ref: str, position: int, adopted: PackAdopted) -> Rejudging:
    series = concerned(store, shelf, adopted, position)
    known = store.known([command_id(ref, "/".join(each)) for each in series])
    left = tuple(each for each in series if command_id(ref, "/".join(each)) not in known)
    return Rejudging(
        adoption=ref,
        position=position,
        pack=adopted.pack,
        version=adopted.version,
        series=series,
        left=left,
    )

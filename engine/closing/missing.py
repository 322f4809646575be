"""What is missing before a period can be closed: one kind of requirement, one function."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from engine.closing.excused import excused
from engine.packs.closing import FIGURES, RESTATEMENTS, SERVICE, YEAR_END, PeriodClose, Settled
from engine.packs.pack import Pack
from engine.queries.figures.due_periods import owing
from engine.queries.reader import Reader
from engine.states.matters import Matters
from engine.view import Row
from engine.views import MATTERS, STATUSES, SUBMISSIONS
from events import stream as streams
from events.errors import Invalid
from events.kinds.figures import FigureEntered
from events.period import Period, parse_period
from workflows.instance import Instance

AWAITED, UNCONFIRMED, RESTATED, OWED, NEVER_BEGUN, EXCUSED = (
    "awaited",
    "unconfirmed",
    "restated",
    "owed",
    "never begun",
    "excused",
)


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is missing."""

    requirement: str
    """``figures``, ``restatements``, or the workflow that must be settled."""
    why: str
    """One of the six above."""
    indicator: str = ""
    service: str = ""
    subject: str
    """The period of a figure; the ordinal of a matter, empty where none was begun."""
    sentence: str

    @property
    def about(self) -> str:
        """The series, service or indicator it is about: ``CH04/childrens``."""
        return "/".join(filter(None, (self.indicator, self.service))) or "the council"

    @property
    def name(self) -> str:
        """What it is called in the record: ``figures CH04/childrens``; what was excused, with how and why."""
        said = f" ({self.sentence.rstrip('.')})" if self.why == EXCUSED else ""
        return f"{self.requirement} {self.about}{said}"


def missing(reader: Reader, pack: Pack, section: PeriodClose, period: Period, today: date) -> list[Missing]:
    """Everything that the section asks for and that is not there, in its order."""
    found: list[Missing] = []
    if FIGURES in section.requires:
        found += _figures(reader, period, today)
    if RESTATEMENTS in section.requires:
        found += _restatements(reader, period)
    last_day = period.last_day(pack.organisation.calendar.year_starts)
    ends_year = last_day == _year_end(period, pack)
    for each in section.settled:
        if not each.at or (each.at == YEAR_END and ends_year):
            found += _Settling(reader, pack, each, period, last_day).missing()
    return found


def _figures(reader: Reader, period: Period, today: date) -> Iterator[Missing]:
    series = list(owing(reader, period, today))
    reader.work.fetch(streams.series(*each) for each in series)
    for indicator, service in series:
        standing = reader.work.series(indicator, service).at(str(period))
        if standing.basis is not None:
            continue
        entered = standing.entry is not None and isinstance(standing.entry[0], FigureEntered)
        waits = entered and _waits(reader, indicator, service, period)
        yield Missing(
            requirement=FIGURES,
            why=UNCONFIRMED if waits else AWAITED,
            indicator=indicator,
            service=service,
            subject=str(period),
            sentence="The figure waits to be confirmed." if waits else "There is no figure, and no word why.",
        )


def _waits(reader: Reader, indicator: str, service: str, period: Period) -> bool:
    """Whether an entry counts: one that was sent back with a question does not."""
    where = {"indicator": indicator, "service": service, "period": str(period)}
    return any(row["waiting"] for row in reader.rows(SUBMISSIONS, where))


def _restatements(reader: Reader, period: Period) -> Iterator[Missing]:
    for row in reader.rows(SUBMISSIONS, {"waiting": 1, "period": str(period)}):
        if row["confirmed_on"] is not None:
            yield Missing(
                requirement=RESTATEMENTS,
                why=RESTATED,
                indicator=str(row["indicator"]),
                service=str(row["service"]),
                subject=str(period),
                sentence="A corrected figure waits for another person.",
            )


def _year_end(period: Period, pack: Pack) -> date:
    """The last day of the council's year in which a period ends."""
    starts = pack.organisation.calendar.year_starts
    end = period.last_day(starts)
    year = Period("year", end.year, 1)
    if year.first_day(starts) > end:
        year = year.previous()
    return year.last_day(starts)


class _Settling:
    """The matters of one workflow, looked at for one period."""

    def __init__(self, reader: Reader, pack: Pack, rule: Settled, period: Period, last_day: date) -> None:
        self._reader = reader
        self._pack = pack
        self._rule = rule
        self._period = period
        self._last_day = last_day

    def missing(self) -> list[Missing]:
        """Those that are owed, then those that were ended without being given, then what should have one and has none."""
        rows = self._reader.rows(MATTERS, {"workflow": self._rule.workflow})
        self._reader.work.fetch(
            streams.matters(str(row["workflow"]), str(row["indicator"]), str(row["service"])) for row in rows
        )
        owed = [
            self._owed(row) for row in rows if not row["ended"] and self._waits(row) and self._of_now(row)
        ]
        known = {(each.indicator, each.service) for each in owed}
        lacking = [*self._excused(rows), *self._never(rows)]
        return [*owed, *(each for each in lacking if (each.indicator, each.service) not in known)]

    def _excused(self, rows: list[Row]) -> Iterator[Missing]:
        """What a person ended although it was not given, where nothing took its place."""
        if not self._rule.not_settled_by:
            return
        covering: dict[tuple[str, str], list[Row]] = {}
        for row in sorted(filter(self._covers, rows), key=lambda row: int(str(row["ordinal"]))):
            covering.setdefault((str(row["indicator"]), str(row["service"])), []).append(row)
        for indicator, service in self._asked_of(rows):
            held = self._reader.work.matters(self._rule.workflow, indicator, service).instances
            found = excused(self._reader, self._rule, covering.get((indicator, service), []), held)
            if found is not None:
                yield Missing(
                    requirement=self._rule.workflow,
                    why=EXCUSED,
                    indicator=indicator,
                    service=service,
                    subject=found.ordinal,
                    sentence=found.sentence,
                )

    def _asked_of(self, rows: list[Row]) -> list[tuple[str, str]]:
        """The things that must have such a matter; where none is said, those whose matter is of this very period."""
        rule = self._rule
        if rule.for_status:
            judged = self._reader.of_period(STATUSES, self._period)
            named = [row for row in judged if row["status"] in rule.for_status]
        elif rule.of_every == SERVICE:
            return [("", service) for service in sorted(self._reader.work.services().parents)]
        else:
            named = [row for row in rows if self._ends(row["period"]) == self._last_day]
        return sorted({(str(row["indicator"]), str(row["service"])) for row in named})

    def _never(self, rows: list[Row]) -> Iterator[Missing]:
        covered = {(str(row["indicator"]), str(row["service"])) for row in rows if self._covers(row)}
        if self._rule.for_status:
            word = self._pack.rules.word
            for row in self._reader.of_period(STATUSES, self._period):
                about = str(row["indicator"]), str(row["service"])
                if row["status"] in self._rule.for_status and about not in covered:
                    yield self._none(*about, f"It is {word(str(row['status']))}, and there is none.")
        if self._rule.of_every == SERVICE:
            for service in sorted(self._reader.work.services().parents):
                if ("", service) not in covered:
                    yield self._none("", service, "Nobody has asked for it yet.")

    def _none(self, indicator: str, service: str, sentence: str) -> Missing:
        return Missing(
            requirement=self._rule.workflow,
            why=NEVER_BEGUN,
            indicator=indicator,
            service=service,
            subject="",
            sentence=sentence,
        )

    def _owed(self, row: Row) -> Missing:
        instance = self._instance(row)
        found = self._reader.definition(instance.definition)
        label = found[1].state(instance.state).label if found else instance.state
        return Missing(
            requirement=self._rule.workflow,
            why=OWED,
            indicator=str(row["indicator"]),
            service=str(row["service"]),
            subject=str(row["ordinal"]),
            sentence=label.replace("{body}", instance.body or "the body").rstrip(".") + ".",
        )

    def _waits(self, row: Row) -> bool:
        """Whether a matter that has not ended is not settled."""
        instance = self._instance(row)
        if self._rule.waiting_in:
            return instance.state in self._rule.waiting_in
        found = self._reader.definition(instance.definition)
        return found is None or not found[1].state(instance.state).rests

    def _of_now(self, row: Row) -> bool:
        """Whether what is owed is owed for this period or an earlier one; one that names no period always is."""
        asked = self._ends(self._instance(row).fields.get("period"))
        return asked is None or asked <= self._last_day

    def _covers(self, row: Row) -> bool:
        """Whether a matter was, when the period was judged, about this period or an earlier one that still stood."""
        begun = self._ends(row["period"])
        if begun is not None and begun > self._last_day:
            return False
        if self._rule.of_every:
            latest = self._ends(self._instance(row).fields.get("period"))
            return latest is None or latest >= self._last_day
        return not row["ended"] or date.fromisoformat(str(row["ended_on"])) > self._last_day

    def _instance(self, row: Row) -> Instance:
        held: Matters = self._reader.work.matters(
            self._rule.workflow, str(row["indicator"]), str(row["service"])
        )
        return held.instances[str(row["ordinal"])]

    def _ends(self, text: object) -> date | None:
        """The last day of a period as it was written; None where it is none."""
        if not isinstance(text, str) or not text:
            return None
        try:
            return parse_period(text).last_day(self._pack.organisation.calendar.year_starts)
        except Invalid:
            return None

"""Deciding on a long matter, and work among many matters: `python -m benchmarks.workflows [matters]`.

Deciding: an intervention of 200 facts (answered, then reported on and continued again and again) is decided once more.
Ours decides under Hampshire's pack: who may by role, delegation and their own acts, fields, guards, dates, the
deadlines that the new state sets; either the states are folded from the facts each time, as by a process that has just
started, or they are in memory, as with a worker. The peer, `python-statemachine`, has the same states, steps and two
guards (a role, another person than who took the step before): a machine is made for each decision and sent the 200
steps of the record, then one more ("rehydrating and sending"); or it is made in its last state, which keeps nothing of
who did what. Neither writes. CPU time, medians of 21.

Among many: so many matters (100,000 by default, and a hundredth of that) wait for one body in one SQLite book, under
one register of indicators and services, as wide as the most need; ten of those that began last, of one service, are
answered and wait for its manager. A process of its own opens the book and then takes ten steps and
asks ten times for the manager's list of work; its largest resident memory, the CPU time of a list, and how many tasks
it holds are shown.
"""

from __future__ import annotations

import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from statemachine import State, StateMachine

from adapters.holidays import UkHolidays
from adapters.sql import open_sqlite
from adapters.yaml import YamlDocuments
from engine.commands import AddIndicator, AddService, Step, TakeSteps
from engine.packs.load import load_pack
from engine.packs.pack import Pack
from engine.queries.work_list.tasks import tasks
from engine.states.matters import Matters
from engine.surroundings import Surroundings
from engine.testing.council import Council
from engine.views import VIEWS
from engine.work import Work
from events import stream as streams
from goldenthread.resources import packs_folder
from workflows.decide import Decision, decide
from workflows.taking import Taking

FACTS, TURNS, MATTERS = 200, 21, 100_000
MONDAY = date(2026, 7, 6)
PLACE = ("CH04", "childrens", "1")
INDICATORS = 100
WAITING = 10
CHUNK = 500


def hampshire() -> Pack:
    """The pack as it ships."""
    return load_pack(packs_folder() / "hampshire-2008", packs_folder() / "library", YamlDocuments())


# --- Deciding ------------------------------------------------------------------------------------------------------


class Long:
    """One matter with a long record, and what the peer needs to know of it."""

    def __init__(self) -> None:
        self.council = council = Council(hampshire(), MONDAY, holidays=UkHolidays())
        council.service("childrens")
        council.indicator("CH04", "childrens", frequency="quarter")
        self.officer = council.hire("Officer", "chief_officer", scope="childrens")
        self.clerk = council.hire("Clerk", "clerk", scope="CPEG")
        council.step(self.officer, "intervention", (*PLACE[:2], ""), "propose", {"refer_to": "CPEG"})
        category = {"category": "category_1"}
        council.step(self.clerk, "intervention", PLACE, "answer", {**category, "menu": ["16"]}, body="CPEG")
        while self.facts < FACTS - 1:
            self._report()
            words = {"reason": "Not enough yet"}
            council.step(self.clerk, "intervention", PLACE, "continue", category, words=words, body="CPEG")
        self.record = council.store.streams({self.stream: 0})[self.stream]

    def _report(self) -> None:
        words = {"report": "Vacancies are being filled"}
        self.council.step(self.officer, "intervention", PLACE, "report", words=words)

    @property
    def stream(self) -> str:
        """Where its record stands."""
        return streams.matters("intervention", *PLACE[:2])

    @property
    def facts(self) -> int:
        """How long its record is."""
        return len(self.council.store.streams({self.stream: 0})[self.stream])

    def folded(self) -> Matters:
        """The state of its record, from the facts."""
        state = Matters.empty()
        for fact in self.record:
            state.apply(fact)
        return state

    def decided(self, state: Matters) -> None:
        """The next report, decided."""
        engine = self.council.engine
        work = Work(engine.memory)
        instance = state.instances["1"]
        pack, definition = engine.shelf.for_instance(work.framework(), instance)
        taking = Taking(
            workflow="intervention",
            subject="1",
            step="report",
            actor=self.officer,
            fields={"report": self.council.text("A report").ref},
            effective_on=MONDAY,
        )
        facts = Surroundings(work, engine.shelf, pack, PLACE[:2], MONDAY)
        found = decide(definition, instance, taking, facts, self.council.now())
        assert isinstance(found, Decision), found


class Peer(StateMachine):  # type: ignore[misc]  # the library has no types
    """The same matter in the library's own manner."""

    proposed = State(initial=True)
    watched = State()
    reporting = State()
    reported = State()
    declined = State(final=True)
    closed = State(final=True)

    answer = proposed.to(reporting, cond=["body_may", "another"]) | watched.to(
        reporting, cond=["body_may", "another"]
    )
    leave_with_service = proposed.to(watched, cond=["body_may", "another"])
    decline = proposed.to(declined, cond="body_may") | watched.to(declined, cond="body_may")
    report = reporting.to(reported, cond="service_may")
    go_on = reported.to(reporting, cond=["body_may", "another"])
    ask_extension = reporting.to.itself(cond="service_may")
    agree_extension = reporting.to.itself(cond=["body_may", "another"])
    waive = reported.to.itself(cond=["body_may", "another"])
    close = watched.to(closed, cond="body_may") | reported.to(closed, cond=["body_may", "another"])

    def __init__(self, **made: Any) -> None:
        self.last = ""
        super().__init__(**made)

    def body_may(self, who: str) -> bool:
        """Whether a person acts for the body."""
        return who == "clerk"

    def service_may(self, who: str) -> bool:
        """Whether a person answers for the service."""
        return who == "officer"

    def another(self, who: str) -> bool:
        """Whether somebody else took the step before."""
        return who != self.last

    def after_transition(self, who: str) -> None:
        """Who took a step is remembered."""
        self.last = who


STEPS = [("answer", "clerk"), *[("report", "officer"), ("go_on", "clerk")] * FACTS][: FACTS - 1]


def rehydrated() -> None:
    """Made anew, sent the whole record, and one step more."""
    machine = Peer()
    for step, who in STEPS:
        machine.send(step, who=who)
    machine.send("report", who="officer")


def put_in_place() -> None:
    """Made in its last state, and sent one step."""
    Peer(start_value="reporting").send("report", who="officer")


def median(do: Callable[[], object]) -> float:
    """CPU microseconds of one call."""
    seen = []
    for _ in range(TURNS):
        start = time.process_time()
        do()
        seen.append((time.process_time() - start) * 1e6)
    return statistics.median(seen)


def deciding() -> None:
    long = Long()
    known = long.folded()
    cold = median(lambda: long.decided(long.folded()))
    warm = median(lambda: [long.decided(known) for _ in range(100)]) / 100
    theirs = median(rehydrated)
    placed = median(lambda: [put_in_place() for _ in range(20)]) / 20
    print(f"Deciding on a matter of {long.facts} facts, µs CPU:")
    print(
        f"  ours, folded from its facts: {cold:8.0f}   python-statemachine, sent them: {theirs:8.0f}   {theirs / cold:6.1f}×"
    )
    print(
        f"  ours, in memory:             {warm:8.0f}   python-statemachine, put there: {placed:8.0f}   {placed / warm:6.1f}×"
    )
    print(f"  ours in memory against theirs rehydrated: {theirs / warm:.0f}×")


# --- Among many ----------------------------------------------------------------------------------------------------


def filled(folder: Path, matters: int, most: int) -> tuple[str, str]:
    """A book in which so many matters wait for one body, under a register wide enough for `most`; the manager and the clerk."""
    store = open_sqlite(folder / "book.goldenthread", VIEWS, create=True)
    with closing(store):
        council = Council(hampshire(), MONDAY, store=store, holidays=UkHolidays())
        services = [f"s{number}" for number in range(max(most // INDICATORS, 1))]
        for service in services:
            council.ask(AddService(service=service, label=service), "p1")
        for number in range(INDICATORS):
            added = AddIndicator(
                indicator=f"K{number}",
                title=f"Indicator {number}",
                polarity="higher",
                frequency="quarter",
                services=tuple(services),
                first_period="2030-Q1",
            )
            council.ask(added, "p1")
        asker = council.hire("Officer", "head_of_improvement")
        clerk = council.hire("Clerk", "clerk", scope="CPEG")
        last = services[(matters - 1) // INDICATORS]
        manager = council.hire("Manager", "service_manager", scope=last)
        wanted = [_proposed(f"K{n % INDICATORS}", services[n // INDICATORS]) for n in range(matters)]
        for start in range(0, matters, CHUNK):
            council.ask(TakeSteps(steps=tuple(wanted[start : start + CHUNK])), asker)
        for number in range(WAITING):
            fields = {"category": "category_1", "menu": ["16"]}
            council.step(clerk, "intervention", (f"K{number}", last, "1"), "answer", fields, body="CPEG")
    return manager, clerk


def _proposed(indicator: str, service: str) -> Step:
    return Step(
        workflow="intervention",
        indicator=indicator,
        service=service,
        subject="",
        step="propose",
        fields={"refer_to": "CPEG"},
    )


def work(book: str, manager: str, clerk: str, told: Any) -> None:
    """In a process of its own: take steps, and ask for one person's list."""
    with closing(open_sqlite(Path(book), VIEWS, create=False)) as store:
        council = Council.joining(Council(hampshire(), MONDAY, holidays=UkHolidays()), store)
        for number in range(WAITING):
            place = (f"K{number}", "s1", "1")
            fields = {"category": "category_1", "menu": ["16"]}
            council.step(
                clerk, "intervention", place, "answer", fields, body="CPEG", command_id=f"later {number}"
            )
        seen = []
        for _ in range(10):
            start = time.process_time()
            listed = tasks(council.engine, MONDAY, person=manager)
            seen.append(time.process_time() - start)
        told.put((statistics.median(seen), len(listed), largest()))


def largest() -> float:
    """The most memory this process has had, in MB: of its own, which `getrusage` does not tell from its parent's."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def among(sizes: Sequence[int]) -> None:
    for matters in sizes:
        with tempfile.TemporaryDirectory() as folder:
            manager, clerk = filled(Path(folder), matters, sizes[-1])
            spawn = multiprocessing.get_context("spawn")
            told = spawn.Queue()
            process = spawn.Process(target=work, args=(f"{folder}/book.goldenthread", manager, clerk, told))
            process.start()
            seconds, listed, megabytes = told.get(timeout=300)
            process.join()
        print(
            f"{matters:>8} open matters: a list of {listed} in {seconds * 1000:.1f} ms CPU, {megabytes:.0f} MB resident"
        )


def main() -> None:
    matters = int(sys.argv[1]) if len(sys.argv) > 1 else MATTERS
    deciding()
    among((max(matters // 100, 2 * INDICATORS), matters))


if __name__ == "__main__":
    main()

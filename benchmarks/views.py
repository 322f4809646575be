"""What views cost, kept and rebuilt: `python -m benchmarks.views`.

How it is measured. The demonstration's book is made once. Its facts are then committed again, command by command, to
new SQLite files (WAL, `synchronous=FULL`): one that keeps every view, one that keeps none. Timed by
`time.process_time`: CPU in Python, SQLite and the kernel; each is done seven times in turn and the least is given.
Then the views of the first are rebuilt from its log, and compared with a fresh rebuild.
The last lines count the rows that the due index has had, and how many a row for every reminder and deadline would be.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from adapters.sql import SqlStore, open_sqlite
from engine.folding import by_command
from engine.ports import Part, Store, Unit
from engine.view import View
from engine.views import DUE, VIEWS
from events.fact import Draft, Fact
from events.kinds.workflow import DeadlinePassed, DeadlineSet
from events.schema import Event
from goldenthread.demo.run import main as make_demo

ROUNDS = 7


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_demo(folder / "demo", lambda line: None)
        demo = open_sqlite(folder / "demo" / "example.goldenthread", VIEWS, create=False)
        facts = demo.page(0, 1_000_000)
        print(
            f"the demonstration: {len(facts)} facts, {len(list(by_command(facts)))} commands, {len(VIEWS)} views"
        )
        _commits(folder, facts)
        _due_rows(demo, facts, _rebuild(demo, len(facts)))
        demo.close()


def _commits(folder: Path, facts: Sequence[Fact[Event]]) -> None:
    least: dict[str, float] = {}
    for turn in range(ROUNDS):
        for name, views in (("every view", VIEWS), ("no view", ())):
            store = open_sqlite(folder / f"{name}-{turn}.goldenthread", views, create=True)
            spent = _commit_all(store, facts, views)
            least[name] = min(spent, least.get(name, spent))
            store.close()
    with_views, without = least["every view"], least["no view"]
    print(f"  committed with every view {with_views / len(facts) * 1e6:5.0f} µs a fact")
    print(
        f"  committed with none       {without / len(facts) * 1e6:5.0f} µs a fact   with / without {with_views / without:.2f}"
    )


def _commit_all(store: Store, facts: Sequence[Fact[Event]], views: Sequence[View]) -> float:
    units = [_unit(together) for together in by_command(facts)]
    start = time.process_time()
    for unit in units:
        store.commit(unit)
    return time.process_time() - start


def _unit(facts: list[Fact[Event]]) -> Unit:
    drafts = [
        Draft(
            stream=fact.stream,
            event=fact.event,
            received_at=fact.received_at,
            effective_on=fact.effective_on,
            actor=fact.actor,
            account=fact.account,
            command_id=fact.command_id,
            correlation_id=fact.correlation_id,
            caused_by=fact.caused_by,
        )
        for fact in facts
    ]
    part = Part(command_id=facts[0].command_id, request_digest="", drafts=drafts)
    return Unit(parts=[part], read={}, now=facts[-1].recorded_at)


def _rebuild(store: SqlStore, facts: int) -> int:
    start = time.process_time()
    rows = store.rebuild(VIEWS)
    spent = time.process_time() - start
    print(f"  rebuilt in {spent:.2f} s, {spent / facts * 1e6:.0f} µs a fact, {sum(rows.values())} rows")
    print(f"  rows that differ from a fresh rebuild: {len(store.differences(VIEWS))}")
    return rows[DUE.name]


def _due_rows(store: SqlStore, facts: Sequence[Fact[Event]], written: int) -> None:
    deadlines = [deadline for fact in facts for deadline in _set_by(fact.event)]
    reminders = sum(len(deadline.remind) for deadline in deadlines)
    print(
        f"  deadlines ever set {len(deadlines)}, with {reminders} reminders: {len(deadlines) + reminders} happenings"
    )
    print(f"  rows the due index has had, earlier states of each deadline included: {written}")


def _set_by(event: Event) -> tuple[DeadlineSet, ...]:
    if isinstance(event, DeadlinePassed):
        return event.sets
    move = getattr(event, "move", None)
    return move.sets if move is not None else ()


if __name__ == "__main__":
    main()

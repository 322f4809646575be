"""Opening the demonstration's book: pack, people, services, the indicator and its standard."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from engine.commands import (
    AddIndicator,
    AddPerson,
    AddService,
    ApprovePack,
    AssignRole,
    OpenBook,
    SetTarget,
)
from engine.packs.load import load_pack
from events.kinds.people import PersonAdded
from goldenthread.demo.cast import APPROVER, BOOK, COUNCIL, INDICATOR, PLAYERS, PROPOSER, TITLE
from goldenthread.demo.figures import Row
from goldenthread.demo.stage import Stage
from goldenthread.resources import examples_folder

EXAMPLE = examples_folder() / "hospital-waiting"
STANDARD = Decimal(95)


def open_book(stage: Stage, rows: Iterable[Row], first_month: str) -> None:
    """Two people open the book: one proposes the pack, the other approves it; then everybody else joins."""
    office = stage.office
    pack = load_pack(EXAMPLE / "example-council", office.packs / "library", office.documents)
    names = office.text(PROPOSER), office.text(APPROVER)
    office.ask(
        OpenBook(
            book=BOOK,
            council=COUNCIL,
            proposer_name=names[0].ref,
            approver_name=names[1].ref,
            pack=pack.digest,
            simulated=True,
        ),
        actor="p1",
        texts=names,
        blobs={pack.digest: pack.canonical()},
    )
    stage.ask(ApprovePack(pack=pack.digest), APPROVER)
    _hire(stage)
    _register(stage, list(rows), first_month)


def _hire(stage: Stage) -> None:
    for player in PLAYERS:
        name = stage.office.text(player.name)
        added = stage.ask(AddPerson(name=name.ref), PROPOSER, texts=(name,)).facts[0].event
        assert isinstance(added, PersonAdded)  # the only fact of that request
        for role in player.roles:
            stage.ask(
                AssignRole(person=added.person, role=role, start=date(2016, 4, 1), scope=player.scope),
                PROPOSER,
            )


def _register(stage: Stage, rows: list[Row], first_month: str) -> None:
    for county in dict.fromkeys(row.county for row in rows):
        stage.ask(AddService(service=county.lower(), label=county), PROPOSER)
    for row in rows:
        stage.ask(AddService(service=row.provider, label=row.name, parent=row.county.lower()), PROPOSER)
    stage.ask(
        AddIndicator(
            indicator=INDICATOR,
            title=TITLE,
            polarity="higher",
            frequency="month",
            measured_in="percent",
            kind="partner",
            aggregation="ratio",
            services=tuple(row.provider for row in rows),
            first_period=first_month,
        ),
        PROPOSER,
    )
    reason = stage.office.text("The national four-hour standard.")
    stage.ask(
        SetTarget(indicator=INDICATOR, from_period=first_month, value=STANDARD, reason=reason.ref),
        PROPOSER,
        texts=(reason,),
    )

"""Separation of duties in the adoption of a pack and the closing of a period, as an auditor finds it in the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest

from adapters.holidays import UkHolidays
from engine.commands import (
    AddDelegation,
    ApprovePack,
    AssignRole,
    ClosePeriod,
    Command,
    DeclinePack,
    InitialAssumptions,
    ProposePack,
    Request,
    TakeAdoptionStep,
)
from engine.packs.pack import Pack
from engine.queries.names import Names
from engine.queries.separation import BREACH, NEAR, DutyFinding, audit_duties
from engine.testing.council import Council
from events.errors import Refused
from events.kinds.framework import PackAdopted, PackProposed, PackStepTaken
from events.kinds.periods import PeriodClosed
from events.stream import FRAMEWORK, PERIODS

from .conftest import ROOT, hire_everybody
from .test_several_people_on_the_record import forge

LEAD, CLERK = "p1", "p2"
DATA, MANAGER, OFFICER, HEAD, OTHER = "p3", "p4", "p5", "p6", "p7"
APRIL, JUNE, JULY = date(2011, 4, 7), date(2011, 6, 16), date(2011, 7, 21)
OCTOBER, Q2 = date(2011, 10, 14), "2011-Q2"


class Waiting(Council):
    """A council whose first pack waits: the clerk is known, and nothing else is done."""

    def _adopt(self) -> None:
        for body in ("POSC", "COUNCIL"):
            self.ask(AssignRole(person=CLERK, role="clerk", start=APRIL, scope=body), LEAD)


@pytest.fixture
def kcc(pack_of: Callable[[Path], Pack], stores: None) -> Pack:
    return pack_of(ROOT / "packs" / "kcc-2011")


@pytest.fixture
def waiting(kcc: Pack) -> Council:
    return Waiting(kcc, APRIL, holidays=UkHolidays())


@pytest.fixture
def kent(kcc: Pack) -> Council:
    """One service returns one indicator; the quarter is over; the performance manager may give figures too."""
    council = Council(kcc, OCTOBER, holidays=UkHolidays())
    council.service("scs")
    council.indicator("CS1", "scs", frequency="quarter", first=Q2, first_period=Q2)
    council.hire("Dora Data", "data_enterer")
    council.hire("Max Manager", "data_manager")
    council.hire("Ola Officer", "accountable_officer")
    council.hire("Pat Performance", "performance_manager", "data_enterer", "data_manager")
    council.hire("Owen Other")
    return council


def found(council: Council, severity: str, about: str = "") -> list[DutyFinding]:
    told = audit_duties(council.engine, names=Names())
    return [each for each in told if each.severity == severity and about in each.about]


def said(council: Council, severity: str, about: str = "") -> set[str]:
    return {each.sentence for each in found(council, severity, about)}


def send(council: Council, request: Request, who: str, account: str) -> None:
    """The same command, from an account of one's own."""
    command = Command(
        command_id=council.ids.command_id(),
        request=request,
        actor=who,
        account=account,
        received_at=council.now(),
    )
    council.engine.handle(command)


def step(council: Council, name: str, on: date, body: str = "POSC", who: str = CLERK) -> None:
    council.live_until(on)
    council.ask(TakeAdoptionStep(pack=council.pack.digest, step=name, on_behalf_of=body), who, on=on)


def adopt(council: Council, initials: str = LEAD) -> None:
    step(council, "note", APRIL)
    step(council, "endorse", JUNE)
    names = tuple(council.pack.assumptions)
    council.ask(InitialAssumptions(pack=council.pack.digest, assumptions=names), initials)
    council.live_until(JULY)
    council.ask(ApprovePack(pack=council.pack.digest, on_behalf_of="COUNCIL"), CLERK, on=JULY)


# the adoption of a pack ----------------------------------------------------------------------------------------------
def test_what_somebody_proposed_they_initialled_is_asked_about(waiting: Council) -> None:
    adopt(waiting)
    assert found(waiting, BREACH) == []
    pack = f"{waiting.pack.name} {waiting.pack.version}"
    count = len(waiting.pack.assumptions)
    told = said(waiting, NEAR)
    assert f"p1 initialled {count} assumptions of the pack {pack}, which they had proposed." in told
    assert f"p2 approved the pack {pack} for COUNCIL, after they took 'note' for POSC." in told
    assert (
        f"In the adoption of {pack}, the account tester@here acted as p1 (proposed it) and p2 (took 'note')."
        in told
    )


def test_whoever_approves_had_initialled_it_themselves_is_asked_about(waiting: Council) -> None:
    adopt(waiting, initials=CLERK)
    pack = f"{waiting.pack.name} {waiting.pack.version}"
    count = len(waiting.pack.assumptions)
    assert f"p2 approved the pack {pack}, of which they had initialled {count} assumptions." in said(
        waiting, NEAR
    )
    near = next(each for each in found(waiting, NEAR) if "of which they had" in each.sentence)
    facts = {position: waiting.store.page(position - 1, 1)[0].type for position in near.events}
    assert list(facts.values()) == ["pack.initialled", "pack.adopted"]


def test_people_at_desks_of_their_own_are_not_asked_about_one_account(waiting: Council) -> None:
    digest = waiting.pack.digest
    for name, on in (("note", APRIL), ("endorse", JUNE)):
        waiting.live_until(on)
        send(waiting, TakeAdoptionStep(pack=digest, step=name, on_behalf_of="POSC"), CLERK, "clerk@desk")
    names = tuple(waiting.pack.assumptions)
    send(waiting, InitialAssumptions(pack=digest, assumptions=names), LEAD, "tester@here")
    waiting.live_until(JULY)
    send(waiting, ApprovePack(pack=digest, on_behalf_of="COUNCIL"), CLERK, "clerk@desk")
    assert not any(each.startswith("In the adoption") for each in said(waiting, NEAR))


def test_a_declined_pack_leaves_nobody_barred(example: Pack) -> None:
    council = Council(example, date(2017, 7, 10), holidays=UkHolidays())
    blobs = {example.digest: example.canonical()}
    council.ask(ProposePack(pack=example.digest, effective_from=date(2017, 8, 1)), "p1", blobs=blobs)
    why = council.text("Not yet")
    council.ask(DeclinePack(pack=example.digest, reason=why.ref), "p1", texts=(why,))
    council.ask(ProposePack(pack=example.digest, effective_from=date(2017, 9, 1)), "p2", blobs=blobs)
    council.ask(ApprovePack(pack=example.digest), "p1")
    assert found(council, BREACH) == []


def test_an_approval_by_one_who_stood_in_for_the_proposer_is_asked_about(example: Pack) -> None:
    council = Council(example, date(2017, 7, 10), holidays=UkHolidays())
    hire_everybody(council)
    council.ask(AssignRole(person=MANAGER, role="governance_lead", start=date(2017, 7, 10)), "p1")
    council.ask(AddDelegation(delegator=MANAGER, delegate="p2", start=date(2017, 7, 10)), MANAGER)
    blobs = {example.digest: example.canonical()}
    council.ask(ProposePack(pack=example.digest, effective_from=date(2017, 8, 1)), MANAGER, blobs=blobs)
    council.ask(ApprovePack(pack=example.digest), "p2")
    (near,) = [each for each in found(council, NEAR) if each.kind == "delegate"]
    assert near.sentence.endswith("which p4 had proposed: one of them stood in for the other on that day.")


def test_what_was_adopted_past_the_engine_is_a_breach(waiting: Council) -> None:
    pack = waiting.pack
    taken = PackStepTaken(digest=pack.digest, step="note", by="POSC", acting_for=OTHER)
    forge(waiting, FRAMEWORK, taken, CLERK)
    forge(waiting, FRAMEWORK, msgspec.structs.replace(taken, acting_for=None), LEAD)
    adopted = PackAdopted(
        pack=pack.name,
        version=pack.version,
        digest=pack.digest,
        effective_from=JULY,
        proposed_by=CLERK,
        acting_for=LEAD,
    )
    forge(waiting, FRAMEWORK, adopted, CLERK)
    named = f"{pack.name} {pack.version}"
    told = found(waiting, BREACH, named)
    assert {each.kind for each in told} == {"no delegation", "same person", "acting for", "other proposer"}
    assert {
        f"p2 took 'note' of the pack {named} for p7, who had not delegated it on that day.",
        f"p1 took 'note' of the pack {named}, which they had proposed.",
        f"p2 for p1 approved the pack {named}, which they had proposed: p1 had a hand in both.",
        f"p2 approved the pack {named} as proposed by p2; p1 had proposed it.",
    } <= {each.sentence for each in told}
    assert all(each.events == tuple(sorted(each.events)) and each.events for each in told)


def test_a_pack_proposed_and_adopted_by_one_hand_is_a_breach_whatever_the_adoption_says(
    waiting: Council,
) -> None:
    pack = waiting.pack
    proposed = PackProposed(pack=pack.name, version="9.9", digest=pack.digest, effective_from=JULY)
    forge(waiting, FRAMEWORK, proposed, CLERK)
    adopted = PackAdopted(
        pack=pack.name, version="9.9", digest=pack.digest, effective_from=JULY, proposed_by=LEAD
    )
    forge(waiting, FRAMEWORK, adopted, CLERK)
    assert {each.kind for each in found(waiting, BREACH)} == {"same person", "other proposer"}


# the closing of a period ---------------------------------------------------------------------------------------------
def report(council: Council, enters: str, confirms: str) -> None:
    council.figure(enters, "enter", f"CS1/scs/{Q2}", declared="green")
    council.figure(confirms, "confirm", f"CS1/scs/{Q2}")


def test_a_period_reported_on_alone_by_whoever_closes_it_is_asked_about(kent: Council) -> None:
    report(kent, HEAD, MANAGER)
    kent.ask(ClosePeriod(period=Q2), HEAD)
    assert found(kent, BREACH) == []
    (alone,) = [each for each in found(kent, NEAR) if each.kind == "own report"]
    assert alone.sentence == "p6 closed 2011-Q2, on which nobody else had reported (1 figure)."
    types = [kent.store.page(position - 1, 1)[0].type for position in alone.events]
    assert types == ["figure.entered", "period.closed"]


@pytest.mark.parametrize(("ends", "who"), [("withdraw_restatement", HEAD), ("decline_restatement", MANAGER)])
def test_a_restatement_that_came_to_nothing_is_no_report(kent: Council, ends: str, who: str) -> None:
    report(kent, DATA, MANAGER)
    figure, why = f"CS1/scs/{Q2}", {"reason": "A late file."}
    kent.figure(HEAD, "restate", figure, declared="amber", words=why)
    with pytest.raises(Refused) as waits:
        kent.ask(ClosePeriod(period=Q2), HEAD)
    assert [problem.code for problem in waits.value.problems] == ["GT-PERIOD-427"]
    kent.figure(who, ends, figure, words=why)
    kent.ask(ClosePeriod(period=Q2), HEAD)
    assert [each for each in (*found(kent, BREACH), *found(kent, NEAR)) if each.kind == "own report"] == []


def test_so_is_one_whose_figures_they_alone_confirmed(kent: Council) -> None:
    report(kent, DATA, HEAD)
    kent.ask(ClosePeriod(period=Q2), HEAD)
    assert "p6 closed 2011-Q2, of which nobody else had confirmed a figure (1 figure)." in said(kent, NEAR)


def test_a_period_on_which_another_reported_is_not(kent: Council) -> None:
    kent.service("schools")
    kent.indicator("CS2", "schools", frequency="quarter", first=Q2, first_period=Q2)
    report(kent, HEAD, MANAGER)
    kent.figure(DATA, "enter", f"CS2/schools/{Q2}", declared="green")
    kent.figure(HEAD, "confirm", f"CS2/schools/{Q2}")
    kent.ask(ClosePeriod(period=Q2), HEAD)
    assert [each for each in found(kent, NEAR) if each.kind == "own report"] == []


def test_one_account_that_reported_and_closed_as_two_people_is_asked_about(kent: Council) -> None:
    report(kent, DATA, MANAGER)
    kent.ask(ClosePeriod(period=Q2), HEAD)
    assert (
        "In the closing of 2011-Q2, the account tester@here acted as p3 (reported on it), "
        "p4 (confirmed figures of it) and p6 (closed it)." in said(kent, NEAR)
    )


def test_a_close_from_a_desk_of_its_own_is_not(kent: Council) -> None:
    report(kent, DATA, MANAGER)
    send(kent, ClosePeriod(period=Q2), HEAD, "pat@desk")
    assert found(kent, NEAR, "closing of") == []


def test_a_close_with_something_missing_is_asked_about(kent: Council) -> None:
    why = kent.text("Cabinet meets on Monday")
    kent.ask(ClosePeriod(period=Q2, with_missing=True, because=why.ref), HEAD, texts=(why,))
    assert "p6 closed 2011-Q2 with 1 requirement missing and named." in said(kent, NEAR)


def test_a_close_for_somebody_who_had_not_delegated_it_is_a_breach(kent: Council) -> None:
    report(kent, DATA, MANAGER)
    december = date(2011, 12, 31)  # what is forged takes effect on another day, on which nothing is delegated
    kent.ask(AddDelegation(delegator=HEAD, delegate=OTHER, start=OCTOBER, until=december), HEAD)
    closed = PeriodClosed(period=Q2, pack=kent.pack.digest, report="0" * 64, series=1, acting_for=HEAD)
    forge(kent, PERIODS, closed, OTHER)
    (breach,) = found(kent, BREACH)
    assert breach.sentence == "p7 closed 2011-Q2 for p6, who had not delegated it on that day."
    assert breach.kind == "no delegation"


def test_one_who_stood_in_on_a_delegation_closes_it_without_a_breach(kent: Council) -> None:
    report(kent, DATA, MANAGER)
    kent.ask(AddDelegation(delegator=HEAD, delegate=OTHER, role="performance_manager", start=OCTOBER), HEAD)
    kent.ask(ClosePeriod(period=Q2, acting_for=HEAD), OTHER)
    assert found(kent, BREACH) == []

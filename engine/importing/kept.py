"""The files that were imported or loaded as history: when, by whom, what became of them, and the bytes that were kept."""

from __future__ import annotations

import msgspec

from engine.office import Office
from engine.queries.names import Names
from engine.queries.reader import Reader
from events import stream as streams
from events.errors import NotFound, Problem
from events.fact import Fact
from events.kinds.imports import (
    HistoryApproved,
    HistoryDeclined,
    HistoryProposed,
    ImportAccepted,
    ImportFinished,
    ImportGivenUp,
)
from events.nearest import did_you_mean
from events.schema import Event

TAKEN_IN, INTERRUPTED, WAITING, DECLINED = "taken in", "not finished", "waits for approval", "declined"
GIVEN_UP = "given up"


class KeptImport(msgspec.Struct, kw_only=True):
    """One file on its way into the book."""

    import_id: str
    kind: str
    """``return`` or ``history``."""
    file: str
    digest: str
    on: str
    """The day it was accepted or put forward."""
    by: str
    state: str
    rows: int
    changes: int
    """Figures that said something new."""
    left_out: int = 0
    warnings: int = 0
    accepted_because: str = ""
    """Why the warnings did not matter."""
    reason: str = ""
    """Where the figures of a historic load come from, or why it was declined or given up."""
    approved_by: str = ""
    first: str = ""
    last: str = ""
    kept: bool = False
    mapping: str | None = None
    events: tuple[int, ...] = ()


def imports_kept(office: Office, at: int | None = None) -> list[KeptImport]:
    """Every import, the oldest first."""
    reader = Reader(office.engine, at)
    facts = reader.facts_of(streams.IMPORTS)
    names = Names.of(office)
    names.fetch(ref for fact in facts for ref in _texts(fact.event))
    found: dict[str, KeptImport] = {}
    for fact in facts:
        _take(found, fact, names)
    return list(found.values())


def import_kept(office: Office, import_id: str, at: int | None = None) -> KeptImport:
    """One import. Raises NotFound, with the nearest id."""
    every = {each.import_id: each for each in imports_kept(office, at)}
    if import_id not in every:
        raise NotFound(
            Problem(
                code="GT-IMPORT-067",
                sentence=f"There is no import '{import_id}'.{did_you_mean(import_id, every)}",
                fix="'goldenthread import list' shows them.",
            )
        )
    return every[import_id]


def content_kept(office: Office, digest: str, what: str) -> bytes:
    """The bytes of a file. Raises NotFound where only its digest was kept."""
    content = office.store.blob(digest)
    if content is None:
        raise NotFound(
            Problem(
                code="GT-IMPORT-068",
                sentence=f"The book does not hold {what}, only its digest {digest[:16]}….",
                fix="Look for the file itself, whose SHA-256 is the digest that 'goldenthread import show' gives in full.",
            )
        )
    return content


def _texts(event: Event) -> list[str]:
    refs = (getattr(event, name, None) for name in ("name", "reason", "accepted_because"))
    return [ref for ref in refs if ref]


def _take(found: dict[str, KeptImport], fact: Fact[Event], names: Names) -> None:
    match fact.event:
        case ImportAccepted() as event:
            found[event.import_id] = _begun(fact, event, names, "return", INTERRUPTED)
            found[event.import_id].left_out = event.left_out
        case HistoryProposed() as event:
            kept = found[event.import_id] = _begun(fact, event, names, "history", WAITING)
            kept.reason, kept.first, kept.last = names.text(event.reason), event.first, event.last
        case HistoryApproved() as event:
            kept = found[event.import_id]
            kept.approved_by, kept.state = names.person(fact.actor), INTERRUPTED
            kept.events = (*kept.events, fact.position)
        case HistoryDeclined() | ImportGivenUp() as event:
            kept = found[event.import_id]
            kept.state = DECLINED if isinstance(event, HistoryDeclined) else GIVEN_UP
            kept.reason = names.text(event.reason)
            kept.events = (*kept.events, fact.position)
        case ImportFinished() as event:
            kept = found[event.import_id]
            kept.state = TAKEN_IN
            kept.events = (*kept.events, fact.position)
        case _:
            pass


def _begun(
    fact: Fact[Event], event: ImportAccepted | HistoryProposed, names: Names, kind: str, state: str
) -> KeptImport:
    return KeptImport(
        import_id=event.import_id,
        kind=kind,
        file=names.text(event.name),
        digest=event.digest,
        on=fact.effective_on.isoformat(),
        by=names.person(fact.actor),
        state=state,
        rows=event.rows,
        changes=event.changes,
        warnings=event.warnings,
        accepted_because=names.text(event.accepted_because) if event.accepted_because else "",
        kept=event.kept,
        mapping=event.mapping,
        events=(fact.position,),
    )

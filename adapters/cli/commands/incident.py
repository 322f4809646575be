"""Deadlines that could not be passed: seen, and tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from adapters.cli.failures import OK
from adapters.cli.session import Session
from adapters.cli.verbs import catalogue, task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.deadlines.tick import Ticked
    from engine.office import Office
    from engine.ports import Incident

_NONE = "No incident stands."


@catalogue("list")
@click.option("--all", "ended_too", is_flag=True, help="Those that have ended as well.")
def list_incidents(session: Session, ended_too: bool) -> None:
    """Deadlines and reminders that could not be passed, the oldest failure first. Each is tried again by itself."""
    from adapters.cli.moments import calendar_of, instant_words
    from adapters.cli.tables import Column, show_list
    from engine.deadlines.incidents import MOST

    office = session.reading()
    calendar = calendar_of(office)
    columns = [
        Column("incident", lambda row: row["ref"]),
        Column("what", lambda row: row["what"]),
        Column("about", lambda row: row["about"]),
        Column("due", lambda row: instant_words(row["due_at"], calendar)),
        Column("tries", lambda row: row["attempts"], right=True),
        Column(
            "ended" if ended_too else "next try",
            lambda row: (
                row["ended_at"] and instant_words(row["ended_at"], calendar)
                if ended_too
                else instant_words(row["next_try_at"], calendar)
            ),
        ),
        Column("why", lambda row: row["sentence"], wraps=True),
    ]
    rows = [_row(incident) for incident in office.store.incidents(not ended_too, MOST)]
    show_list(session, "incidents", rows, columns, empty=_NONE)


@catalogue("show")
@click.argument("ref", metavar="INCIDENT", help="Its name in 'incident list', or the beginning of it.")
def show(session: Session, ref: str) -> None:
    """One incident, named as in 'incident list': what failed, since when, and when it is tried again."""
    from adapters.cli.tables import show_object
    from engine.deadlines.incidents import find_incident

    office = session.reading()
    incident = find_incident(office.store, ref)
    show_object(session, "incident", _row(incident), _told(office, incident))


@task("retry")
@click.argument(
    "ref", metavar="[INCIDENT]", required=False, help="Its name in 'incident list', or the beginning of it."
)
@click.option("--all", "every_one", is_flag=True, help="Every incident that stands.")
def retry(session: Session, ref: str | None, every_one: bool) -> int:
    """Try again now what could not be passed. Leaves with 1 where it fails again; it then waits for its next try."""
    from adapters.cli.commands.tick import tell_ticked
    from engine.deadlines.incidents import MOST, find_incident
    from engine.deadlines.tick import retry as try_again

    if (ref is None) == (not every_one):
        raise click.UsageError("Name one incident, or all of them with --all.")
    office = session.writing()
    chosen = [find_incident(office.store, ref)] if ref else office.store.incidents(limit=MOST)
    if session.manners.dry_run:
        _rehearse(session, office, chosen)
        return OK
    done = try_again(office.engine, chosen, office.now(), clock=office.now)
    session.note(
        "retried", facts=len(done.facts), fired=done.fired, failed=len(done.failed), ended=done.ended
    )
    whole = _became_of_all(done) if every_one else ""
    code = tell_ticked(session, office, done, nothing=whole or _nothing_tried(chosen[0]))
    if whole and not session.json and (done.facts or done.failed):
        session.say(whole)
    return code


def _rehearse(session: Session, office: Office, chosen: Sequence[Incident]) -> None:
    from engine.deadlines.tick import still_due

    due = still_due(office.engine, office.now())
    for incident in chosen:
        what = f"{_what(incident)} of {_about(incident)}"
        if incident.ended_at:
            session.say(f"It stands no longer: {what}. Nothing would be tried.")
        elif incident.firing in due:
            session.say(f"Would be tried again: {what}.")
        else:
            session.say(f"Would be ended, since it is no longer due: {what}.")
    if not chosen:
        session.say(_NONE)


def _became_of_all(done: Ticked) -> str:
    counts = (
        (done.fired, "passed"),
        (done.ended - done.fired, "ended, being no longer due"),
        (len(done.failed), "failed again"),
    )
    told = [f"{number} {what}" for number, what in counts if number]
    return f"Incidents that stood: {'; '.join(told)}." if told else _NONE


def _nothing_tried(incident: Incident) -> str:
    if incident.ended_at:
        return "It stands no longer: nothing was tried."
    return "It is no longer due, so it was ended: nothing was tried."


def _row(incident: Incident) -> dict[str, object]:
    """An incident as machines see it: with its short name, and in words."""
    import msgspec

    from engine.deadlines.incidents import ref_of

    plain: dict[str, object] = msgspec.to_builtins(incident)
    return {"ref": ref_of(incident.firing), "what": _what(incident), "about": _about(incident), **plain}


def _told(office: Office, incident: Incident) -> list[str]:
    from adapters.cli.moments import calendar_of, instant_words

    calendar = calendar_of(office)
    if incident.ended_at:
        then = f"It ended on {instant_words(incident.ended_at, calendar)}."
    else:
        then = f"It is tried again on {instant_words(incident.next_try_at, calendar)}, or as soon as somebody acts on the matter."
    return [
        f"{_what(incident).capitalize()} of {_about(incident)}, due {instant_words(incident.due_at, calendar)}, could not be passed.",
        f"Failed first on {instant_words(incident.first_failed_at, calendar)}, last on "
        f"{instant_words(incident.last_failed_at, calendar)}; tries: {incident.attempts}.",
        f"{incident.sentence} [{incident.code}]",
        then,
    ]


def _what(incident: Incident) -> str:
    return ("reminder of " if incident.reminder else "") + incident.name.replace("_", " ")


def _about(incident: Incident) -> str:
    return f"{incident.stream.partition('/')[2]}#{incident.subject}"

"""Adopting a pack: one governance lead puts it forward, another approves exactly that."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from adapters.cli.manners import DAY
from adapters.cli.session import Session
from adapters.cli.verbs import task, write

if TYPE_CHECKING:
    from engine.handle import Answer
    from engine.judging.rejudging import Rejudged
    from engine.judging.rejudging_foretold import Foretold
    from engine.office import Office
    from engine.queries.matters.staying import StayingLine
    from engine.states.framework import Proposal

MOST_NAMED = 10
"""So many matters of a workflow are named; the others are counted."""


@write("propose")
@click.argument("pack", help="A name of 'pack list', or a folder.")
@click.option(
    "--from",
    "start",
    type=DAY,
    metavar="DATE",
    help="In force from that day; the pack's own date by default.",
)
@click.option("--reason", metavar="WORDS", help="Why.")
@click.option("--rejudge", is_flag=True, help="Periods that were judged before are to be judged again by it.")
def propose(session: Session, pack: str, start: date | None, reason: str | None, rejudge: bool) -> None:
    """Put a pack forward for adoption; another governance lead approves it."""
    from adapters.cli.packs import load
    from engine.commands import ProposePack

    loaded = load(session.root, pack)
    office = session.writing()
    words = [office.text(reason)] if reason else []
    request = ProposePack(
        pack=loaded.digest, effective_from=start, reason=words[0].ref if words else None, rejudge=rejudge
    )
    session.write(
        office,
        request,
        texts=words,
        blobs={loaded.digest: loaded.canonical()},
        hint="goldenthread pack adopt --as SOMEBODY-ELSE",
    )


@write("adopt")
@click.argument("pack", required=False, help="Approve only if it is still exactly this: a name or a folder.")
@click.option(
    "--rejudge",
    is_flag=True,
    help="Periods that were judged before are judged again by it, series by series.",
)
@click.option("--on-behalf-of", metavar="BODY", help="The body that approves it; you are its clerk or chair.")
@click.option("--acting-for", metavar="PERSON", help="For whom you stand in.")
@click.option("--minute", metavar="WORDS", help="Where it is minuted, where that is known already.")
def adopt(
    session: Session,
    pack: str | None,
    rejudge: bool,
    on_behalf_of: str | None,
    acting_for: str | None,
    minute: str | None,
) -> None:
    """Approve the pack that was put forward, with its assumptions. Whoever proposed it cannot."""
    from adapters.cli.answers import tell_answer
    from adapters.cli.told_rejudging import judged_again_lines
    from engine.commands import ApprovePack

    office = session.writing()
    waiting = _waiting(office)
    _show_assumptions(session, office, waiting)
    staying = _staying(office, waiting)
    words = [office.text(minute)] if minute else []
    request = ApprovePack(
        pack=_digest(session, pack, waiting),
        rejudge=rejudge,
        on_behalf_of=on_behalf_of,
        acting_for=office.person(acting_for) if acting_for else None,
        minute=words[0].ref if words else None,
    )
    answer = session.ask(office, request, texts=words)
    if session.json:
        tell_answer(session, office, answer, more={"judged_again": _judged_again(session, office, answer)})
        return
    tell_answer(session, office, answer)
    _show_staying(session, staying)
    judged = _judged_again(session, office, answer)
    for line in judged_again_lines(judged):
        session.say(line)


def _staying(office: Office, waiting: Proposal | None) -> list[StayingLine]:
    """What is open and would stay as it began; nothing where no pack waits."""
    from engine.queries.matters.staying import staying

    if waiting is None:
        return []
    return staying(office.engine, office.engine.shelf.pack(waiting.event.digest))


def _show_staying(session: Session, lines: list[StayingLine]) -> None:
    """Nothing that is under way changes its rules: which matters these are."""
    if session.json:
        return
    count = sum(len(line.matters) for line in lines)
    if count:
        stay = "matter stays" if count == 1 else "matters stay"
        session.say(f"{count} open {stay} under the definition of the beginning:")
    for line in lines:
        more = f" and {len(line.matters) - MOST_NAMED} more" if len(line.matters) > MOST_NAMED else ""
        named = ", ".join(line.matters[:MOST_NAMED])
        session.say(f"  {line.workflow} {len(line.matters)} ({line.why}): {named}{more}")


@task("rejudge")
def rejudge(session: Session) -> None:
    """Go on judging again after an adoption, where that was interrupted."""
    from adapters.cli.tables import show_object
    from adapters.cli.told_rejudging import judged_again_lines

    office = session.writing()
    if session.manners.dry_run:
        lines = _unfinished_lines(office)
        found: list[Rejudged] | list[Foretold] = _foretell_unfinished(session, office)
    else:
        lines, found = [], _judge_again(session, office)
    lines += judged_again_lines(found)
    show_object(
        session, "rejudging", {"judged_again": found}, lines or ["Nothing is left to be judged again."]
    )


@write("decline")
@click.option("--reason", required=True, metavar="WORDS", help="Why.")
def decline(session: Session, reason: str) -> None:
    """Turn the pack down that was put forward."""
    from engine.commands import DeclinePack

    office = session.writing()
    words = office.text(reason)
    session.write(
        office, DeclinePack(pack=_digest(session, None, _waiting(office)), reason=words.ref), texts=[words]
    )


def _judged_again(session: Session, office: Office, answer: Answer) -> list[Rejudged] | list[Foretold]:
    """What judging again came to, or would come to: a dry run looks at it without writing."""
    if not session.manners.dry_run:
        return _judge_again(session, office)
    from adapters.cli.progress import reaching
    from engine.judging.rejudging_foretold import foretell_rejudging

    with reaching(session, "Looking what would be judged otherwise") as progress:
        found = foretell_rejudging(office, answer.facts, progress=progress)
    return [] if found is None else [found]


def _judge_again(session: Session, office: Office) -> list[Rejudged]:
    """Judge again what adoptions left to be judged again."""
    from adapters.cli.progress import reaching
    from engine.judging.rejudging import rejudge_all

    with reaching(session, "Judging again") as progress:
        results = rejudge_all(office, progress=progress)
    for each in results:
        session.note("judged again", series=each.series, changed=each.changed)
    return results


def _foretell_unfinished(session: Session, office: Office) -> list[Foretold]:
    """What going on would come to; nothing is written."""
    from adapters.cli.progress import reaching
    from engine.judging.rejudging_foretold import foretell_unfinished

    with reaching(session, "Looking what would be judged otherwise") as progress:
        return foretell_unfinished(office, progress=progress)


def _unfinished_lines(office: Office) -> list[str]:
    """How far each adoption has come."""
    from engine.judging.rejudging import unfinished
    from engine.queries.reader import Reader

    return [
        f"{each.pack} {each.version}: {each.done} of {len(each.series)} series are judged again."
        for each in unfinished(Reader(office.engine))
    ]


def _waiting(office: Office) -> Proposal | None:
    from engine.work import Work

    office.engine.memory.catch_up()
    return Work(office.engine.memory).framework().waiting


def _digest(session: Session, pack: str | None, waiting: Proposal | None) -> str:
    """The digest to decide on: that of the folder named, else of the pack that waits."""
    if pack is not None:
        from adapters.cli.packs import load

        return load(session.root, pack).digest
    return waiting.event.digest if waiting else ""  # the engine says that nothing waits


def _show_assumptions(session: Session, office: Office, waiting: Proposal | None) -> None:
    """What is initialled with the adoption; on a terminal the person is asked whether they mean it."""
    if waiting is None:
        return
    pack = office.engine.shelf.pack(waiting.event.digest)
    count = f"{len(pack.assumptions)} assumption{'' if len(pack.assumptions) == 1 else 's'}"
    session.aside(f"{pack.title} ({pack.name} {pack.version}) rests on {count}.")
    for each in sorted(pack.assumptions.values(), key=lambda each: (len(each.id), each.id)):
        session.aside(f"  {each.id}: {each.issue}: {each.reading}")
    if session.may_ask and not session.manners.dry_run and not session.manners.quiet:
        click.confirm("Approve it?", abort=True, err=True)

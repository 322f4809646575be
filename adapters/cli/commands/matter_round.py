"""A round begun for every service with one command: n of m, and why not the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from adapters.cli.session import Session

if TYPE_CHECKING:
    from engine.handle import Answer
    from engine.matters.rounds import Round
    from engine.office import Office


def begin_round(session: Session, workflow: str, said: Mapping[str, str]) -> None:
    """Begin the matter for every service that has none for this period; doing it again begins what is missing."""
    from adapters.cli.step_fields import governing, read_fields
    from adapters.cli.step_taking import send
    from engine.commands import TakeSteps
    from engine.matters.rounds import plan_round
    from engine.queries.reader import Reader
    from engine.queries.references import MatterRef
    from events.errors import Invalid
    from workflows.definition import PROPOSE, SERVICE

    office = session.writing()
    ref = MatterRef("", "", "", workflow=workflow)
    found = governing(office, ref)
    if found is None:
        return send(session, office, PROPOSE, ref, said)  # is refused, and says which workflows there are
    if found[1].about != SERVICE:
        raise Invalid.of(
            "GT-USE-130",
            f"'{workflow}' is about {_ABOUT[found[1].about]}, so it cannot be begun for every service.",
            f"Begin it for one thing: goldenthread matter begin {workflow}.",
        )
    fields, texts = read_fields(office, PROPOSE, ref, said)
    planned = plan_round(Reader(office.engine), found[1], workflow, fields)
    answer = session.ask(office, TakeSteps(steps=planned.steps), texts=texts) if planned.steps else None
    _tell(session, office, workflow, planned, answer)
    return None


_ABOUT = {
    "series": "one indicator of one service",
    "indicator": "one indicator",
    "council": "the whole council",
}


def _tell(session: Session, office: Office, workflow: str, planned: Round, answer: Answer | None) -> None:
    from adapters.cli.answers import events_words
    from adapters.cli.tables import as_json
    from adapters.cli.told import Teller

    if session.json:
        begun = [step.service for step in planned.steps]
        dry = session.manners.dry_run
        content = {"workflow": workflow, "services": planned.services, "begun": begun, "dry_run": dry}
        session.say(as_json("round", **content, there=planned.there, owing=planned.owing))
        return
    would = "would be " if session.manners.dry_run else ""
    many = len(planned.steps)
    session.say(f"{workflow}: {would}begun for {many} of {planned.services} services.")
    if planned.there:
        session.say(f"It is there already for {', '.join(planned.there)}.")
    if planned.owing:
        session.say(f"An earlier one is still owed by {', '.join(planned.owing)}: it comes first.")
    if answer is not None:
        for line in Teller(office, answer.texts).tell(answer.facts):
            session.say(f"  {line}")
        if not answer.dry_run:
            session.say(events_words([fact.position for fact in answer.facts]))

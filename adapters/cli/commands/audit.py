"""Every judgement made again from the record."""

from __future__ import annotations

from adapters.cli.failures import DIFFERENT, OK
from adapters.cli.session import Session
from adapters.cli.verbs import plain


@plain("replay")
def replay(session: Session) -> int:
    """Make every judgement again from what was known then, by the pack of then. Leaves with 10 where one differs."""
    from msgspec import to_builtins

    from adapters.cli.progress import reaching
    from adapters.cli.tables import as_json
    from engine.audit.replay import replay as judge_again

    office = session.reading()
    with reaching(session, "Replaying") as progress:
        found = judge_again(office.store, office.engine.shelf, progress=progress)
    if session.json:
        differences = [to_builtins(each) for each in found.differences]
        session.say(
            as_json("replay", facts=found.facts, judgements=found.judgements, differences=differences)
        )
        return DIFFERENT if differences else OK
    for each in found.differences:
        session.say(
            f"event {each.position}  {each.figure}: recorded '{each.recorded}', replayed '{each.replayed}'"
        )
    if found.differences:
        session.say(f"{len(found.differences)} of {found.judgements} judgements do not come out as recorded.")
        return DIFFERENT
    session.say(f"All {found.judgements} judgements come out as recorded ({found.facts} events replayed).")
    return OK

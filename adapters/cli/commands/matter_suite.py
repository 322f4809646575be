"""One step taken for every KPI with one command: for which, and why not for the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from adapters.cli.commands.matter import takes_fields
from adapters.cli.session import Session
from adapters.cli.step_taking import options
from adapters.cli.verbs import taking

if TYPE_CHECKING:
    from engine.handle import Answer
    from engine.matters.suite import SuiteRound, Unclear
    from engine.office import Office


@taking("round")
@click.argument("step", help="The step, as the pack's workflow calls it, for example audit.")
@click.argument("workflow", help="The workflow, one about an indicator, for example kpi_lifecycle.")
@click.argument(
    "fields",
    nargs=-1,
    type=click.UNPROCESSED,
    metavar="[--FIELD VALUE]...",
    help="Each field of the step as an option, the same for all, for example --due-on 2027-03-31.",
)
@click.option("--service", metavar="SERVICE", help="Only the KPIs that this service returns.")
def take_round(
    session: Session, step: str, workflow: str, fields: tuple[str, ...], service: str | None
) -> None:
    """Take a step for every KPI that is not retired; doing it again takes it where it has not been taken.

    A KPI of the register that has no matter yet is taken up first.
    """
    from adapters.cli.step_fields import governing, read_fields
    from adapters.cli.step_taking import send
    from engine.commands import TakeSteps
    from engine.matters.suite import plan_suite
    from engine.queries.known import check_known
    from engine.queries.reader import Reader
    from engine.queries.references import MatterRef
    from events.errors import Invalid
    from workflows.definition import INDICATOR

    office = session.writing()
    ref, name = MatterRef("", "", "", workflow=workflow), step.replace("-", "_")
    said, found = options(fields), governing(office, ref)
    if found is None:
        return send(session, office, name, ref, said)  # is refused, and says which workflows there are
    if found[1].about != INDICATOR:
        raise Invalid.of(
            "GT-USE-460",
            f"'{workflow}' is not about an indicator, so no step of it can be taken for every KPI.",
            f"'goldenthread matter begin {workflow}' begins one; with --every-service, where it is about a service.",
        )
    reader = Reader(office.engine)
    check_known(reader, service=service)
    given, texts = read_fields(office, name, ref, said)
    planned = plan_suite(reader, found[1], workflow, name, given, service=service)
    steps = tuple(planned.steps)
    answer = session.ask(office, TakeSteps(steps=steps), texts=texts) if steps else None
    _tell(session, office, (workflow, name), planned, answer)
    return None


def _tell(
    session: Session, office: Office, what: tuple[str, str], planned: SuiteRound, answer: Answer | None
) -> None:
    from adapters.cli.answers import events_words
    from adapters.cli.tables import as_json
    from adapters.cli.told import Teller

    workflow, step = what
    if session.json:
        content = {
            "workflow": workflow,
            "step": step,
            "kpis": planned.kpis,
            "dry_run": session.manners.dry_run,
        }
        left = {"there": planned.there, "pending": planned.pending, "unclear": planned.unclear}
        session.say(as_json("round", **content, asked=planned.asked, **left))
        return
    would = "would be " if session.manners.dry_run else ""
    session.say(f"{workflow}, {step}: {would}taken for {len(planned.asked)} of {planned.kpis} KPIs.")
    for line in _left_alone(workflow, planned.there, planned.pending, planned.unclear):
        session.say(line)
    if answer is not None:
        for line in Teller(office, answer.texts).tell(answer.facts):
            session.say(f"  {line}")
        if not answer.dry_run:
            session.say(events_words([fact.position for fact in answer.facts]))


def _left_alone(
    workflow: str, there: list[str], pending: Mapping[str, str], unclear: Mapping[str, Unclear]
) -> list[str]:
    lines = [f"Asked already: {', '.join(there)}."] if there else []
    lines += [f"Not now: {code}, which is at '{label}'." for code, label in pending.items()]
    for code, each in unclear.items():
        wanted = " ".join(f"--{name.replace('_', '-')} …" for name in each.missing)
        lines.append(
            f"Not known of {code}: {', '.join(each.missing)}. Take it up first: goldenthread matter begin {workflow} {code} "
            f"--step {each.step} {wanted}"
        )
    return lines


takes_fields(take_round)

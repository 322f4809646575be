"""Matters of any workflow of the pack: decisions, requirements, whatever a council has defined.

Which fields a step takes stands in the pack's workflow; each is an option of its own name (``--review-on 2011-12-01``).
`matter show` lists what is possible now, and with which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from adapters.cli.manners import Verb
from adapters.cli.matter_list import Which, listed, which_matters
from adapters.cli.session import Session
from adapters.cli.step_taking import options, send, send_all
from adapters.cli.verbs import listing, read, taking

if TYPE_CHECKING:
    from engine.office import Office
    from engine.queries.references import MatterRef

_MATTER = "As 'matter list' names it: decision-0007; or decision/CH04/childrens#1."
_FIELDS = click.argument(
    "fields",
    nargs=-1,
    type=click.UNPROCESSED,
    metavar="[--FIELD VALUE]...",
    help="Each field of the step as an option, for example --review-on 2011-12-01; 'matter show' lists them.",
)
_WORKFLOW = click.option(
    "--workflow", metavar="NAME", help="Whose matter is meant, where only the series is named."
)
_BODY = click.option(
    "--on-behalf-of", metavar="BODY", help="The body that decided; you act for it as clerk or chair."
)


@listing("list")
@click.option("--workflow", metavar="NAME", help="Only those of this workflow, for example decision.")
@which_matters
def list_matters(session: Session, workflow: str | None, **which: Unpack[Which]) -> None:
    """Matters that are open, of every workflow, and what is due next in each."""
    from adapters.cli.matter_columns import because_of, next_day
    from adapters.cli.tables import Column, show_list

    lines, _ = listed(session, workflow, which)
    columns = [
        Column("id", lambda m: m.id),
        Column("about", lambda m: "/".join(filter(None, (m.indicator, m.service))) or "the council"),
        Column("state", lambda m: m.label, wraps=True),
        Column("with", lambda m: m.body),
        Column("since", lambda m: m.started_on),
        Column("next", next_day, wraps=True),
        Column("ended", lambda m: m.ended_on),
        Column("because of", because_of),
    ]
    show_list(
        session,
        "matters",
        lines,
        columns,
        empty="No matter is open." if not which["everything"] else "There is none.",
    )


@read("show")
@click.argument("matter", help=_MATTER)
@_WORKFLOW
def show(session: Session, matter: str, workflow: str | None) -> None:
    """One matter from its beginning: every step, every date, and what can be done now with which fields."""
    from adapters.cli.commands.intervention import story_lines
    from adapters.cli.tables import show_object
    from engine.queries.matters.matter import matter as story_of
    from engine.queries.names import Names

    office = session.reading()
    at, names = session.position(office), Names.of(office)
    story = story_of(
        office.engine, _find(office, matter, workflow, at), session.day(office), names=names, at=at
    )
    show_object(session, "matter", story, story_lines(story, names))


@taking("begin")
@click.argument("workflow", help="The workflow, as the pack calls it, for example decision.")
@click.argument(
    "about",
    required=False,
    help="What it is about, as the workflow asks: INDICATOR/SERVICE, an indicator or a service; nothing for the council.",
)
@_FIELDS
@click.option(
    "--every-service",
    is_flag=True,
    help="Begin it for every service that has none for its period; doing it again begins what is missing.",
)
@click.option(
    "--step",
    metavar="NAME",
    default="propose",
    help="The step that begins it, where the workflow has several; propose by default.",
)
@_BODY
def begin(
    session: Session,
    workflow: str,
    about: str | None,
    fields: tuple[str, ...],
    every_service: bool,
    step: str,
    on_behalf_of: str | None,
) -> None:
    """Begin a matter by hand, where no trigger did; for one thing, or a round of every service."""
    from adapters.cli.commands.matter_round import begin_round
    from engine.queries.references import MatterRef

    if about is not None and about.startswith("--"):
        fields, about = (about, *fields), None
    if every_service:
        if about is not None:
            raise click.UsageError(f"Name '{about}', or say --every-service, not both.")
        if on_behalf_of is not None:
            raise click.UsageError("A round is begun by a person: leave --on-behalf-of out.")
        begin_round(session, workflow, options(fields))
        return
    office = session.writing()
    place = _place(office, workflow, about)
    ref = MatterRef(*place, "", workflow=workflow)
    send(session, office, step.replace("-", "_"), ref, options(fields), on_behalf_of)


@taking("take")
@click.argument(
    "step", help="The step, as the pack's workflow calls it; 'matter show' lists those possible now."
)
@click.argument("matter", help=f"{_MATTER} Several with commas between them.")
@_FIELDS
@_WORKFLOW
@_BODY
def take(
    session: Session,
    step: str,
    matter: str,
    fields: tuple[str, ...],
    workflow: str | None,
    on_behalf_of: str | None,
) -> None:
    """Take a step of a matter, with its fields as options; of several matters at once: of all, or of none."""
    office = session.writing()
    refs = [_find(office, each.strip(), workflow, None) for each in matter.split(",")]
    send_all(session, office, step.replace("-", "_"), refs, options(fields), on_behalf_of)


def _find(office: Office, text: str, workflow: str | None, at: int | None) -> MatterRef:
    from engine.queries.references import find_matter

    return find_matter(office.engine, text, at, workflow=workflow)


def _place(office: Office, workflow: str, about: str | None) -> tuple[str, str]:
    """Indicator and service as the workflow asks for them. Raises Invalid for a name that does not fit it."""
    from adapters.cli import references
    from adapters.cli.step_fields import governing
    from engine.queries.references import MatterRef
    from events.errors import Invalid
    from workflows.definition import COUNCIL, SERIES, SERVICE

    found = governing(office, MatterRef("", "", "", workflow=workflow))
    kind = found[1].about if found else SERIES
    if (kind == COUNCIL) != (about is None):
        what = "the whole council: name nothing" if kind == COUNCIL else f"one {kind}: name it"
        example = {SERIES: "CH04/childrens", SERVICE: "childrens", COUNCIL: ""}.get(kind, "CH04")
        raise Invalid.of(
            "GT-USE-106",
            f"'{workflow}' is about {what}.",
            f"For example: goldenthread matter begin {workflow} {example}".rstrip(),
        )
    if kind == SERIES:
        return references.series(about or "")
    return ("", about or "") if kind == SERVICE else (about or "", "")


def takes_fields(verb: Verb) -> None:
    """Options that the program does not know are fields of the step."""
    verb.context_settings["ignore_unknown_options"] = True


takes_fields(begin)
takes_fields(take)

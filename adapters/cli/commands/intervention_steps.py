"""Steps of interventions. Which fields a step takes stands in the pack's workflow; the options here are its usual ones.

`take` takes any step by its name, so that a council may call its steps what it likes; ``--field name=value`` gives
any field that a definition asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from adapters.cli.manners import Verb
from adapters.cli.session import Session
from adapters.cli.step_taking import send
from adapters.cli.verbs import taking

if TYPE_CHECKING:
    from engine.office import Office
    from engine.queries.references import MatterRef

_FIELDS = {
    "category": ("--category", "A report-back category of the pack."),
    "menu": ("--menu", "An item of the menu, by its number; may be repeated, or 5,8."),
    "review_on": ("--review-on", "The day of the review, YYYY-MM-DD."),
    "report": ("--report", "What the service has to say."),
    "reason": ("--reason", "Why."),
    "rung": ("--rung", "The rung of the ladder, for example CMT."),
    "until": ("--until", "The new day, YYYY-MM-DD."),
    "refer_to": ("--refer-to", "The body that is asked."),
    "period": ("--period", "The period the concern is about."),
}
"""Field → the option that gives it, and its help."""

_HOW = (
    click.option("--field", "fields", multiple=True, metavar="NAME=VALUE", help="Any other field the pack asks for; may be repeated."),
    click.option("--on-behalf-of", metavar="BODY", help="The body that decided; you act for it as clerk or chair."),
)  # fmt: skip


def _step(name: str, help_: str, *fields: str, step: str = "") -> Verb:
    """The command of one step."""
    taken = step or name.replace("-", "_")

    def command(session: Session, intervention: str, **given: Any) -> None:
        _take(session, taken, intervention, given)

    command.__doc__ = help_
    return _declared(
        name, command, fields, "INT-0001, CH04/childrens#1, or the series alone for its last one."
    )


def _declared(name: str, function: Any, fields: tuple[str, ...], what: str) -> Verb:
    for option in reversed(_HOW):
        function = option(function)
    for field in reversed(fields):
        spelling, said = _FIELDS[field]
        function = click.option(spelling, field, multiple=field == "menu", metavar=field.upper(), help=said)(
            function
        )
    return taking(name)(click.argument("intervention", help=what)(function))


answer = _step("answer", "The body answers with a report-back category, alone or with items of the menu.", "category", "menu", "reason")  # fmt: skip
leave_with_service = _step("leave-with-service", "The body leaves the matter with the service until a review.", "review_on", "reason")  # fmt: skip
decline = _step("decline", "The body decides that nothing is to be done, and why.", "reason")
report = _step("report", "The service reports back.", "report")
go_on = _step("continue", "The body wants another report, by a new date.", "category", "menu", "reason")
move = _step("move", "Move the matter to another rung of the ladder.", "rung", "reason")
waive = _step("waive", "The body accepts that the indicator has not recovered.", "reason")
ask_extension = _step("ask-extension", "The service asks for more time, before the date.", "until", "reason")
agree_extension = _step("agree-extension", "The body agrees to more time.", "until", "reason")
close = _step("close", "The body closes the matter.", "reason")


@taking("take")
@click.argument(
    "step", help="The step, as the pack's workflow calls it; 'intervention show' lists those possible now."
)
@click.argument("intervention", help="INT-0001, CH04/childrens#1, or the series alone for its last one.")
@_HOW[0]
@_HOW[1]
def take(session: Session, step: str, intervention: str, **given: Any) -> None:
    """Take any step of the pack's workflow, by its name."""
    _take(session, step.replace("-", "_"), intervention, given)


def _propose(session: Session, intervention: str, **given: Any) -> None:
    """Ask a body to decide what is to be done about a series."""
    from adapters.cli import references
    from engine.queries.references import MatterRef

    office = session.writing()
    _send(session, office, "propose", MatterRef(*references.series(intervention), ""), given)


propose = _declared("propose", _propose, ("refer_to", "period", "reason"), "The series: INDICATOR/SERVICE.")


def _take(session: Session, step: str, intervention: str, given: dict[str, Any]) -> None:
    from adapters.cli import references

    office = session.writing()
    _send(session, office, step, references.intervention(office, intervention), given)


def _send(session: Session, office: Office, step: str, ref: MatterRef, given: dict[str, Any]) -> None:
    """Gather the fields from the options, and take the step."""
    from adapters.cli.values import pairs

    on_behalf_of = given.pop("on_behalf_of")
    said: dict[str, Any] = pairs(given.pop("fields"), "--field")
    said.update({name: value for name, value in given.items() if value})
    send(session, office, step, ref, said, on_behalf_of)

"""Figures, one at a time: entered by one person, confirmed, queried or commented on by another."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from adapters.cli.manners import Verb
from adapters.cli.session import Session
from adapters.cli.values import NUMBER
from adapters.cli.verbs import taking

if TYPE_CHECKING:
    from engine.commands import FigureFields
    from events.text import Text

_REF = click.argument(
    "figure", metavar="FIGURE", help="INDICATOR/SERVICE/PERIOD, for example CH04/childrens/2026-Q2."
)


def _parts(function: Any) -> Any:
    """The options by which a figure is given."""
    for option in (
        click.argument("number", required=False, type=NUMBER, metavar="[VALUE]", help="The figure."),
        click.option("--value", type=NUMBER, help="The figure, where it begins with a minus."),
        click.option("--numerator", type=NUMBER, help="The upper part of a fraction."),
        click.option("--denominator", type=NUMBER, help="The lower part of a fraction."),
        click.option(
            "--declared-status",
            "--status",
            "declared_status",
            metavar="STATUS",
            help="The status an officer declares.",
        ),
        click.option("--reported-as", metavar="WORD", help="What it is reported as, for example risk."),
        click.option(
            "--provisional", is_flag=True, help="It is expected to change, and counts until it is made final."
        ),
    ):
        function = option(function)
    return function


@taking("enter")
@_REF
@_parts
def enter(session: Session, figure: str, **parts: Any) -> None:
    """Enter a figure: a value, or numerator and denominator, or a declared status."""
    hint = f"goldenthread figure confirm {figure} --as SOMEBODY-ELSE"
    _take(session, figure, "enter", given=parts, hint=hint)


@taking("confirm")
@_REF
def confirm(session: Session, figure: str) -> None:
    """Confirm a figure that somebody else entered; it is judged at once."""
    _take(session, figure, "confirm", hint=f"goldenthread explain {figure}")


@taking("comment")
@_REF
@click.argument("comment")
@click.option("--action", metavar="WORDS", help="What is being done, where the figure is off target.")
def comment(session: Session, figure: str, comment: str, action: str | None) -> None:
    """Say something about a figure, and where it is off target what is being done."""
    _take(session, figure, "comment", words={"comment": comment, **({"action": action} if action else {})})


@taking("answer")
@_REF
@click.argument("answer", help="What there is to say to it.")
def answer(session: Session, figure: str, answer: str) -> None:
    """Answer the question with which a figure was sent back; then it is entered again, the same or another."""
    hint = f"goldenthread figure enter {figure} VALUE"
    _take(session, figure, "answer", words={"comment": answer}, hint=hint)


@taking("restate")
@_REF
@_parts
@click.option("--reason", required=True, metavar="WORDS", help="Why it is corrected.")
def restate(session: Session, figure: str, reason: str, **parts: Any) -> None:
    """Put a corrected figure forward; the old one stays in force until another person approves it."""
    hint = f"goldenthread figure approve-restatement {figure} --as SOMEBODY-ELSE"
    _take(session, figure, "restate", given=parts, words={"reason": reason}, hint=hint)


@taking("approve-restatement")
@_REF
def approve_restatement(session: Session, figure: str) -> None:
    """Approve a corrected figure; its period and those after it are judged again."""
    _take(session, figure, "approve_restatement")


def _giving_reason(name: str, help_: str, why: str, *, step: str = "") -> Verb:
    """The command of a step of which nothing is said but why."""
    taken = step or name.replace("-", "_")

    def command(session: Session, figure: str, reason: str) -> None:
        _take(session, figure, taken, words={"reason": reason})

    command.__doc__ = help_
    reason = click.option("--reason", required=True, metavar="WORDS", help=why)
    return taking(name)(_REF(reason(command)))


query = _giving_reason("query", "Send a figure back with a question.", "What is the matter with it.")
none = _giving_reason(
    "none",
    "Say that there is no figure for a period. That is not zero.",
    "Why there is none.",
    step="declare_none",
)
withdraw_restatement = _giving_reason(
    "withdraw-restatement",
    "Take a restatement back that one has put forward; the figure stays as it was, and another may be put forward.",
    "Why it is taken back.",
)
decline_restatement = _giving_reason(
    "decline-restatement",
    "Turn a corrected figure down that somebody else has put forward; the figure stays as it was.",
    "Why it is not approved.",
)


@taking("final")
@_REF
@_parts
@click.option("--reason", metavar="WORDS", help="Why it is final, or why it has changed.")
def final(session: Session, figure: str, reason: str | None, **parts: Any) -> None:
    """Make a provisional figure final, as it is or with the number given; another person approves it."""
    hint = f"goldenthread figure approve-restatement {figure} --as SOMEBODY-ELSE"
    if parts.pop("provisional"):
        raise click.UsageError("A figure that is made final is not provisional; leave --provisional out.")
    given = any(value is not None for value in parts.values())
    said = reason or ("The final figure." if given else "The provisional figure is final.")
    _take(
        session,
        figure,
        "restate",
        given={**parts, "provisional": False} if given else None,
        words={"reason": said},
        as_it_is=not given,
        hint=hint,
    )


def _take(
    session: Session,
    figure: str,
    step: str,
    *,
    given: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
    as_it_is: bool = False,
    hint: str = "",
) -> None:
    """Take one step of a submission; `as_it_is` gives the provisional figure again."""
    from adapters.cli import references
    from adapters.cli.second_look import warn_of
    from engine.commands import Step, TakeSteps
    from engine.deciders.subjects import SUBMISSION

    parts = _figure(given) if given is not None else None
    office = session.writing()
    ref = references.figure(office, figure)
    if as_it_is:
        from engine.queries.figures.provisional import figure_to_finish

        parts = figure_to_finish(office.engine, ref)
    texts: dict[str, Text] = {name: office.text(said) for name, said in (words or {}).items()}
    request = TakeSteps(
        steps=(
            Step(
                workflow=SUBMISSION,
                indicator=ref.indicator,
                service=ref.service,
                subject=ref.period,
                step=step,
                fields={name: text.ref for name, text in texts.items()},
                figure=parts,
            ),
        )
    )
    session.write(office, request, texts=list(texts.values()), hint=hint)
    if parts is not None:
        warn_of(session, office, ref, parts)


def _figure(given: Mapping[str, Any]) -> FigureFields:
    from engine.commands import FigureFields

    number: Decimal | None = given["number"]
    if number is not None and given["value"] is not None:
        raise click.UsageError("The value is given twice: once by itself and once with --value.")
    return FigureFields(
        value=number if number is not None else given["value"],
        numerator=given["numerator"],
        denominator=given["denominator"],
        declared_status=given["declared_status"],
        reported_as=given["reported_as"],
        provisional=given["provisional"],
    )

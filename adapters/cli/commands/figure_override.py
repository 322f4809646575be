"""A status that an officer sets in place of the computed one, and taking it back."""

from __future__ import annotations

import click

from adapters.cli.session import Session
from adapters.cli.verbs import write

_REF = click.argument(
    "figure", metavar="FIGURE", help="INDICATOR/SERVICE/PERIOD, for example CH04/childrens/2026-Q2."
)


@write("override")
@_REF
@click.argument("status", help="The status that is to count, for example amber.")
@click.option("--reason", required=True, metavar="WORDS", help="Why.")
def override(session: Session, figure: str, status: str, reason: str) -> None:
    """Set a status in place of the computed one, where the pack lets you. It lapses when the figure is restated."""
    from adapters.cli import references
    from engine.commands import OverrideStatus

    office = session.writing()
    ref, text = references.figure(office, figure), office.text(reason)
    request = OverrideStatus(
        indicator=ref.indicator, service=ref.service, period=ref.period, status=status, reason=text.ref
    )
    session.write(office, request, texts=(text,), hint=f"goldenthread explain {figure}")


@write("end-override")
@_REF
@click.option("--reason", required=True, metavar="WORDS", help="Why.")
def end_override(session: Session, figure: str, reason: str) -> None:
    """Take a status that was set in place of the computed one back."""
    from adapters.cli import references
    from engine.commands import EndOverride

    office = session.writing()
    ref, text = references.figure(office, figure), office.text(reason)
    request = EndOverride(indicator=ref.indicator, service=ref.service, period=ref.period, reason=text.ref)
    session.write(office, request, texts=(text,), hint=f"goldenthread explain {figure}")

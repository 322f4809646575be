"""The demonstration: a book with years of figures in it, to look around in."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.cli.session import Session
from adapters.cli.verbs import plain


@plain("demo")
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path), help="Where; goldenthread-demo by default."
)
def demo(session: Session, folder: Path | None) -> None:
    """Make a book to play with, years of a council's figures in it."""
    where = folder or session.manners.project / "goldenthread-demo"
    session.root.demo(where, session.aside)
    session.say(f"The demonstration stands in {where}.")
    session.aside(f"Next: goldenthread -C {where} dashboard")

"""The demonstration: a book with years of figures in it, to look around in."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from adapters.cli.session import Session
from adapters.cli.verbs import plain

LOOK = (
    ("dashboard",),
    ("intervention", "list", "--all"),
    ("explain", "AE4/RPA/2017-12"),
    ("report", "blind-spots", "--least", "36"),
    ("audit", "verify"),
    ("audit", "replay"),
)
"""What the demonstration shows of its book at the end."""
FURTHER = (
    "explain AE4/RPA#2                  an intervention that climbed to Cabinet",
    "dashboard --as-of 2018-06-30       as it was known then",
    "task list                          what waits for whom",
    "calendar next                      what falls due",
    "log trace 700                      what led to a fact, and what followed",
    "--help                             everything else",
)


@plain("demo")
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path), help="Where; goldenthread-demo by default."
)
@click.option("--force", is_flag=True, help="Make it anew although somebody went on with it.")
def demo(session: Session, folder: Path | None, force: bool) -> int | None:
    """Make a book to play with, years of a council's figures in it."""
    where = folder or session.manners.project / "goldenthread-demo"
    from adapters.cli.app import run

    session.root.demo(where, session.say, force=force)
    for words in LOOK:
        session.say()
        session.say(f"$ goldenthread -C {quote(str(where))} {' '.join(words)}")
        code = run(session.root, ["-C", str(where), *words])
        if code:
            return code
    session.say()
    session.say(f"The demonstration stands in {where}, its clock where the story ended. To look further:")
    for line in FURTHER:
        session.say(f"  goldenthread -C {quote(str(where))} {line}")
    return None

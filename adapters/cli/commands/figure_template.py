"""The file to fill in for a period: every figure that is wanted, with what helps to give it."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from adapters.cli.session import Session
from adapters.cli.verbs import plain

FORCE = click.option("--force", is_flag=True, help="Replace a file that stands there.")


@plain("template")
@click.option(
    "--period", required=True, metavar="PERIOD", help="The period that is returned, for example 2026-Q2."
)
@click.option("--service", metavar="SERVICE", help="Only figures of this service.")
@click.option(
    "-o",
    "--output-file",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write it; to the standard output by default.",
)
@FORCE
def template(session: Session, period: str, service: str | None, out: Path | None, force: bool) -> None:
    """Write the CSV file to fill in for a period. Headings that begin with # are of comments; the import ignores them."""
    from adapters.cli.files import write_file
    from engine.importing.template import template_of

    office = session.reading()
    found = template_of(office, period, service)
    if out is not None:
        write_file(out, found.text.encode("utf-8-sig"), force=force)
    if session.json:
        from adapters.cli.tables import as_json

        session.say(as_json("template", figures=found.figures, period=period))
    elif out is None:
        session.say(found.text.rstrip("\r\n"))
    else:
        count = len(found.figures)
        session.say(f"Wrote {out}: {count} figure{'' if count == 1 else 's'} to fill in.")
        session.aside(f"Next: goldenthread figure import {quote(str(out))}")

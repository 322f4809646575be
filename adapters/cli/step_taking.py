"""Taking one step of a matter from the command line: fields by name, people's own words kept apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from adapters.cli.session import Session

if TYPE_CHECKING:
    from engine.office import Office
    from engine.queries.references import MatterRef


def send(
    session: Session,
    office: Office,
    step: str,
    ref: MatterRef,
    said: Mapping[str, Any],
    on_behalf_of: str | None = None,
) -> None:
    """Take the step; its fields are read as the governing definition types them."""
    send_all(session, office, step, [ref], said, on_behalf_of)


def send_all(
    session: Session,
    office: Office,
    step: str,
    refs: Sequence[MatterRef],
    said: Mapping[str, Any],
    on_behalf_of: str | None = None,
) -> None:
    """Take the same step of several matters: of all, or of none."""
    from adapters.cli.step_fields import read_fields
    from engine.commands import Step, TakeSteps

    read = [read_fields(office, step, ref, said) for ref in refs]
    taken = (
        Step(
            workflow=ref.workflow,
            indicator=ref.indicator,
            service=ref.service,
            subject=ref.ordinal,
            step=step,
            fields=fields,
            on_behalf_of=on_behalf_of,
        )
        for ref, (fields, _) in zip(refs, read, strict=True)
    )
    texts = [text for _, written in read for text in written]
    session.write(office, TakeSteps(steps=tuple(taken)), texts=texts)


def options(words: Sequence[str]) -> dict[str, str]:
    """``--review-on 2011-12-01 --reason=…`` as fields. Raises a usage error for a word that belongs to none."""
    found: dict[str, str] = {}
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if not word.startswith("--") or len(word) < 3:
            raise click.UsageError(f"'{word}' belongs to no field; write --FIELD VALUE, and VALUE in quotes.")
        name, equals, value = word[2:].partition("=")
        if not equals:
            if not waiting:
                raise click.UsageError(f"'{word}' has no value.")
            value = waiting.pop(0)
        field = name.replace("-", "_")
        if field in found:
            raise click.UsageError(f"'--{name}' is given twice.")
        found[field] = value
    return found

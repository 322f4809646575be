"""What the figures of a return have in common: an indicator's is looked up once a command, and so is a period's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from engine.commands import Step
from engine.context import Context
from engine.deciders.retired import refuse_retired
from engine.figures import check_ended, lag_of
from engine.packs.pack import Pack
from events import stream as streams
from events.errors import Invalid
from events.kinds.register import IndicatorAdded
from events.nearest import did_you_mean
from events.period import SPELLINGS, Period, kind_words, parse_period
from workflows.definition import Definition
from workflows.duration import Duration

if TYPE_CHECKING:
    from engine.deciders.alike import Alike

Kind = tuple[str, str, str]
"""A step's name, and the digests of the pack and of the definition that it is taken under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One period, as the steps of all figures find it whose indicators are returned as often and as late."""

    period: Period
    name: str
    """The period as it is written."""
    pack: Pack | None
    """The pack in force at its end."""
    definition: Definition | None
    """That pack's workflow of a figure."""
    ended: bool
    """Something can be said about the period under that pack."""
    alike: dict[Kind, Alike] = field(default_factory=dict)
    """What the answers to its plain steps rest on."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An indicator that takes figures, as every step of a return finds it."""

    added: IndicatorAdded
    services: frozenset[str]
    lag: Duration | None
    """Its reporting lag."""
    pages: dict[str, Page]
    """Period, as steps write it → its page."""


def place_in_return(context: Context, step: Step) -> tuple[Entry, Page] | None:
    """The indicator and the period that a figure is of; or collect why it can be none, for each figure again."""
    entry = context.entries.get(step.indicator) or _entry(context, step.indicator)
    if entry is None:
        return None
    if step.service not in entry.services:
        refuse_service(context, step, entry.added)
        return None
    page = entry.pages.get(step.subject) or _page(context, step, entry)
    return None if page is None else (entry, page)


def refuse_service(context: Context, step: Step, added: IndicatorAdded) -> None:
    """Collect that a service does not return an indicator."""
    context.refuse(
        "GT-REGISTER-008",
        f"{step.indicator} is not returned by '{step.service}'.{did_you_mean(step.service, added.services)}",
        f"Its services are: {', '.join(added.services)}.",
    )


def _entry(context: Context, code: str) -> Entry | None:
    """Looks an indicator up; one that is retired is refused for each figure, so it is not kept."""
    register = context.work.indicator(code)
    added = register.added
    if added is None:
        context.problems.append(context.shelf.unknown_indicator(code))
        return None
    pages = context.pages.setdefault((added.frequency, added.lag), {})
    found = Entry(added=added, services=frozenset(added.services), lag=lag_of(added), pages=pages)
    refuse_retired(context, code)
    if register.retired_on is None:
        context.entries[code] = found
    return found


def _page(context: Context, step: Step, entry: Entry) -> Page | None:
    added = entry.added
    try:
        period = parse_period(step.subject)
    except Invalid as invalid:
        context.problems.extend(invalid.problems)
        return None
    if period.kind != added.frequency:
        context.refuse(
            "GT-FIGURE-003",
            f"{period} is a {kind_words(period.kind)}, but {step.indicator} is returned every "
            f"{kind_words(added.frequency)}.",
            SPELLINGS,
        )
        return None
    pack = context.shelf.for_period(context.work.framework(), period)
    found = entry.pages[step.subject] = Page(
        period=period,
        name=str(period),
        pack=pack,
        definition=None if pack is None else pack.workflows.get(streams.SUBMISSION),
        ended=pack is not None and not check_ended(period, pack, context.today, added),
    )
    return found

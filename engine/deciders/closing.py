"""Closing a period: everything that its pack asks for is there, or it is named with a reason; then the report is frozen."""

from __future__ import annotations

from engine.closing.missing import AWAITED, EXCUSED, NEVER_BEGUN, RESTATED, UNCONFIRMED, Missing, missing
from engine.closing.report import digest_of, report_lines
from engine.commands import ClosePeriod
from engine.context import Context
from engine.packs.closing import PeriodClose
from engine.packs.pack import Pack
from engine.queries.reader import Reader
from engine.surroundings import Surroundings
from engine.views import STATUSES
from events import stream as streams
from events.errors import Invalid
from events.kinds.periods import PeriodClosed
from events.period import Period, parse_period

MOST_SAID = 200
"""So many reasons are given at once; 'period show' lists all."""


def close_period(context: Context, request: ClosePeriod) -> None:
    """Freeze a period's report; answers every reason why not, what is missing among them."""
    found = _closable(context, request)
    context.settle()
    assert found is not None  # otherwise a reason was collected
    period, pack, section = found
    _may(context, request, pack, section)
    context.work.rest_on_the_whole_log()
    reader = Reader.at_desk(context.work, context.shelf)
    lines = report_lines(reader.of_period(STATUSES, period))
    lacking = missing(reader, pack, section, period, context.today)
    if not lines and not lacking:
        context.refuse(
            "GT-PERIOD-425",
            f"Nothing is reported for {period}: no series has a status for it, and none owes a figure.",
            "'goldenthread indicator list' shows for which kinds of period there are figures.",
        )
    _complete(context, request, section, lacking)
    context.settle()
    names = tuple(each.name for each in lacking)
    context.work.record(
        streams.PERIODS,
        PeriodClosed(
            period=str(period),
            pack=pack.digest,
            report=digest_of(period, lines, names),
            series=len(lines),
            missing=names,
            because=request.because if names else None,
            on_behalf_of=request.on_behalf_of,
            acting_for=request.acting_for,
        ),
    )


def _closable(context: Context, request: ClosePeriod) -> tuple[Period, Pack, PeriodClose] | None:
    """The period with the pack that governs it; collects why it cannot be closed at all."""
    try:
        period = parse_period(request.period)
    except Invalid as invalid:
        context.problems.extend(invalid.problems)
        return None
    closed = context.work.periods().closed.get(str(period))
    if closed is not None:
        context.refuse(
            "GT-PERIOD-420",
            f"{period} was closed on {closed.on.day} {closed.on:%B %Y}, and its report stands as it was frozen.",
            f"'goldenthread period report {period}' shows it, and what has changed since.",
        )
    pack = context.shelf.for_period(context.work.framework(), period)
    section = pack.period_close if pack is not None else None
    if pack is None or section is None:
        why = (
            f"no pack is in force for {period}"
            if pack is None
            else f"the pack {pack.name} {pack.version} closes none"
        )
        context.refuse(
            "GT-PERIOD-421",
            f"{period} cannot be closed: {why}.",
            "A version of the pack may say how, under 'period_close'.",
        )
        return None
    last = period.last_day(pack.organisation.calendar.year_starts)
    if context.today <= last:
        context.refuse(
            "GT-PERIOD-422",
            f"{period} runs until {last.day} {last:%B %Y}.",
            "Close it when it is over.",
        )
    return period, pack, section


def _may(context: Context, request: ClosePeriod, pack: Pack, section: PeriodClose) -> None:
    on, actor = context.effective_on, context.command.actor
    facts = Surroundings(context.work, context.shelf, pack, ("", ""), on, today=context.today)
    by, bodies = request.acting_for or actor, pack.organisation.bodies
    mine = [
        name
        for name in section.closes
        if (
            request.on_behalf_of == name and facts.acts_for_body(by, name, on)
            if name in bodies
            else request.on_behalf_of is None and facts.holds(by, name, on)
        )
    ]
    if not mine:
        whom = " or ".join(pack.organisation.label(name) for name in section.closes)
        able = [person for name in section.closes for person in facts.who_may(name)]
        through = f" A body says so with --on-behalf-of {next(iter(bodies))}." if bodies else ""
        through = through if any(name in bodies for name in section.closes) else ""
        context.refuse(
            "GT-PERIOD-423",
            f"A period is closed by {whom}; {by} does not act as such on {on.isoformat()}.",
            f"Ask: {', '.join(dict.fromkeys(able)) or 'nobody at present: assign the role to somebody'}.{through}",
        )
    elif request.acting_for is not None and not facts.delegated(actor, by, on, mine[0]):
        context.refuse(
            "GT-PERIOD-424",
            f"What {by} does as {pack.organisation.label(mine[0])} is not delegated to {actor} on {on.isoformat()}.",
            f"Ask {by} or a governance lead for the delegation: goldenthread delegate add.",
        )


def _complete(context: Context, request: ClosePeriod, section: PeriodClose, lacking: list[Missing]) -> None:
    if not lacking:
        return
    if not request.with_missing:
        for each in lacking[:MOST_SAID]:
            _refuse_missing(context, each, section)
        return
    if not section.with_missing:
        context.refuse(
            "GT-PERIOD-430",
            "The pack lets no period be closed while something is missing.",
            f"'goldenthread period show {request.period}' shows what is missing and who owes it.",
        )
    elif request.because is None:
        context.refuse(
            "GT-PERIOD-431",
            f"{request.period} would be closed with {len(lacking)} missing, and nothing says why.",
            "Say why with --because.",
        )


def _refuse_missing(context: Context, each: Missing, section: PeriodClose) -> None:
    otherwise = (
        " Or close it with what is missing named: --with-missing --because …" if section.with_missing else ""
    )
    ref = f"{each.about}/{each.subject}"
    if each.why == AWAITED:
        code, said = "GT-PERIOD-426", f"{ref}: {each.sentence}"
        fix = f"Enter it with 'goldenthread figure enter {ref} …', or say why there is none: goldenthread figure none."
    elif each.why == UNCONFIRMED:
        code, said = "GT-PERIOD-427", f"{ref}: {each.sentence}"
        fix = f"Let it be confirmed: goldenthread figure confirm {ref}."
    elif each.why == RESTATED:
        code, said = "GT-PERIOD-427", f"{ref}: {each.sentence}"
        fix = (
            f"Let it be confirmed: goldenthread figure approve-restatement {ref}. Or let whoever put it forward take it "
            f"back: goldenthread figure withdraw-restatement {ref} --reason …"
        )
    elif each.why == NEVER_BEGUN:
        code, said = "GT-PERIOD-428", f"{each.about} has no '{each.requirement}': {each.sentence}"
        fix = f"Begin one: goldenthread matter begin {each.requirement} {each.about} …"
    elif each.why == EXCUSED:
        code = "GT-PERIOD-530"
        said = (
            f"{each.about} has no '{each.requirement}' that was given; {_named(each)} was ended without it."
        )
        fix = (
            f"'goldenthread explain {each.requirement}/{_named(each)}' gives the reason. To have it after all: "
            f"goldenthread matter begin {each.requirement} {each.about} …"
        )
    else:
        code = "GT-PERIOD-429"
        said = (
            f"{each.about[:1].upper()}{each.about[1:]}#{each.subject} ({each.requirement}): {each.sentence}"
        )
        fix = f"'goldenthread matter show {each.requirement}/{_named(each)}' says what is owed, and by whom."
    context.refuse(code, said, fix + otherwise)


def _named(each: Missing) -> str:
    """A matter as commands take it."""
    return f"{each.indicator or streams.NONE}/{each.service or streams.NONE}#{each.subject}"

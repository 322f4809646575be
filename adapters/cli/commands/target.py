"""Targets of indicators: set from a period on, as a profile, or along a trajectory; never overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from adapters.cli.session import Session
from adapters.cli.values import NUMBER, TOLERANCE, Tolerance, pairs
from adapters.cli.verbs import listing, write

if TYPE_CHECKING:
    from engine.commands import SetTarget, SetTargets
    from engine.office import Office
    from engine.queries.register import TargetLine
    from events.kinds.register import IndicatorAdded
    from events.text import Text

_INDICATOR = click.argument("indicator", help="INDICATOR, or INDICATOR/SERVICE for one service only.")
_WHY = click.option("--reason", metavar="WORDS", help="Why; needed where judged periods are judged again.")


def _terms(function: Any) -> Any:
    """What goes with every target of a profile."""
    for option in (
        click.option("--floor", type=NUMBER, help="The absolute floor (a ceiling where lower is better)."),
        click.option(
            "--tolerance",
            type=TOLERANCE,
            metavar="NUMBER[%]",
            help="This indicator's own tolerance: 5% is of the target, 5 is in its unit. It stays with later targets "
            "until another is given; 'none' drops it.",
        ),
        _WHY,
    ):
        function = option(function)
    return function


@write("set")
@_INDICATOR
@click.argument("period", help="The first period it applies to, for example 2026-Q1.")
@click.option("--value", type=NUMBER, help="The target.")
@click.option("--low", type=NUMBER, help="The lower edge, where a band is wanted.")
@click.option("--high", type=NUMBER, help="The higher edge, where a band is wanted.")
@click.option(
    "--hardest-of",
    "bases",
    multiple=True,
    metavar="NAME=NUMBER",
    help="In place of --value: the hardest of several is the target, for example benchmark=72; repeat it for each.",
)
@_terms
def set_target(
    session: Session,
    indicator: str,
    period: str,
    value: Decimal | None,
    low: Decimal | None,
    high: Decimal | None,
    bases: Sequence[str],
    floor: Decimal | None,
    tolerance: Tolerance | None,
    reason: str | None,
) -> None:
    """Set a target from a period on, until another is set. With --reason judged periods are judged again by it."""
    office = session.writing()
    words = [office.text(reason)] if reason else []
    numbers = {"value": value, "low": low, "high": high, "floor": floor}
    named = {name: _number(text) for name, text in pairs(bases, "--hardest-of").items()}
    request = _target(indicator, period, numbers, tolerance, words, named)
    _write(session, office, request, [request], words)


@write("profile")
@_INDICATOR
@click.argument(
    "targets",
    nargs=-1,
    metavar="PERIOD=NUMBER …",
    help="A target for each period, for example 2026-Q1=20 2026-Q2=45.",
)
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    help="A CSV file in their place, with the columns period and value, and if need be low, high and floor.",
)
@_terms
def profile(
    session: Session,
    indicator: str,
    targets: Sequence[str],
    file: Path | None,
    floor: Decimal | None,
    tolerance: Tolerance | None,
    reason: str | None,
) -> None:
    """Set a profile: a target for each of several periods, all at once. The last one holds on until another is set."""
    from adapters.cli.profiles import profile_file

    if bool(targets) == (file is not None):
        raise click.UsageError("Give the targets either as PERIOD=NUMBER or in a file with --file.")
    rows: list[tuple[str, dict[str, Decimal | None]]] = (
        profile_file(file)
        if file is not None
        else [(period, {"value": _number(text)}) for period, text in pairs(targets, "TARGETS").items()]
    )
    _set_all(session, session.writing(), indicator, rows, floor, tolerance, reason)


@write("trajectory")
@_INDICATOR
@click.option(
    "--from", "start", required=True, metavar="PERIOD=NUMBER", help="Where it begins, for example 2026-Q1=60."
)
@click.option(
    "--to", "end", required=True, metavar="PERIOD=NUMBER", help="Where it leads, for example 2028-Q4=80."
)
@_terms
def trajectory(
    session: Session,
    indicator: str,
    start: str,
    end: str,
    floor: Decimal | None,
    tolerance: Tolerance | None,
    reason: str | None,
) -> None:
    """Set a straight way from one target to another: a target for each period, rounded to the indicator's decimals."""
    from engine.trajectory import trajectory as straight

    office = session.writing()
    added = _added(office, indicator)
    between = straight(_point(start, "--from"), _point(end, "--to"), added.decimals)
    rows: list[tuple[str, dict[str, Decimal | None]]] = [
        (str(period), {"value": value}) for period, value in between
    ]
    _set_all(session, office, indicator, rows, floor, tolerance, reason)


@listing("history")
@click.argument("indicator", help="Its code.")
def history(session: Session, indicator: str) -> None:
    """Every target an indicator was ever given, by whom and why, and the one in force today, or as of a day."""
    from adapters.cli.tables import Column, show_list
    from engine.queries.names import Names
    from engine.queries.register import targets

    office = session.reading()
    lines = targets(
        office.engine,
        indicator,
        names=Names.of(office),
        day=session.day(office),
        at=session.position(office),
    )
    columns = [
        Column("from", lambda t: t.from_period),
        Column("service", lambda t: t.service or "all"),
        Column("target", lambda t: t.shown, right=True),
        Column("chosen from", _bases, wraps=True),
        Column("floor", lambda t: t.floor, right=True),
        Column("tolerance", lambda t: t.tolerance_shown, right=True),
        Column("set by", lambda t: t.set_by),
        Column("on", lambda t: t.set_on),
        Column("event", lambda t: t.position, right=True),
        Column("now" if session.manners.as_of is None else "then", lambda t: t.in_force),
        Column("reason", lambda t: t.reason),
    ]
    if session.manners.output != "table" or any(line.outcome_known for line in lines):
        columns.insert(-1, Column("after the outcome of", _known))
    if session.manners.output != "table" or any(line.after_closing for line in lines):
        columns.insert(-1, Column("recorded", lambda t: t.after_closing, wraps=True))
    show_list(session, "targets", lines, columns, empty=f"{indicator} has no target yet.")


def _bases(line: TargetLine) -> str:
    """What a target was chosen from, the hardest first."""
    others = [name for name in line.bases if name != line.basis]
    return ", ".join(f"{name} {line.bases[name]}" for name in (line.basis, *others)) if line.basis else ""


def _known(line: TargetLine) -> str:
    """The last periods whose outcome was known already, by service."""
    return ", ".join(f"{service} {period}" for service, period in line.outcome_known.items())


def _set_all(
    session: Session,
    office: Office,
    indicator: str,
    rows: Iterable[tuple[str, dict[str, Decimal | None]]],
    floor: Decimal | None,
    tolerance: Tolerance | None,
    reason: str | None,
) -> None:
    """Show the targets, then set them."""
    from engine.commands import SetTargets
    from events.number import plain

    words = [office.text(reason)] if reason else []
    targets = tuple(
        _target(indicator, period, {"floor": floor, **numbers}, tolerance, words, {})
        for period, numbers in rows
    )
    for each in targets:
        edges = [number for number in (each.value, each.low, each.high) if number is not None]
        session.aside(f"  {each.from_period}  {' to '.join(plain(number) for number in edges)}")
    code, _, _ = indicator.partition("/")
    _write(session, office, SetTargets(indicator=code, targets=targets), targets, words)


def _write(
    session: Session,
    office: Office,
    request: SetTarget | SetTargets,
    targets: Sequence[SetTarget],
    words: Sequence[Text],
) -> None:
    """Set them; say which tolerance stays, and what was set and is never looked at."""
    from engine.queries.reader import Reader
    from engine.queries.tolerance_kept import tolerance_kept
    from engine.queries.work_list.unasked import unasked

    kept = tolerance_kept(Reader(office.engine), targets)
    session.write(office, request, texts=words)
    for sentence in kept:
        session.aside(sentence)
    for problem in unasked(Reader(office.engine), targets):
        session.aside(f"Warning: {problem.sentence} {problem.fix} [{problem.code}]")


def _target(
    indicator: str,
    period: str,
    numbers: dict[str, Decimal | None],
    tolerance: Tolerance | None,
    words: Sequence[Text],
    bases: dict[str, Decimal],
) -> SetTarget:
    from engine.commands import SetTarget

    code, _, service = indicator.partition("/")
    return SetTarget(
        indicator=code,
        from_period=period,
        service=service,
        value=numbers.get("value"),
        low=numbers.get("low"),
        high=numbers.get("high"),
        floor=numbers.get("floor"),
        tolerance=tolerance[0] if tolerance else None,
        tolerance_in=tolerance[1] if tolerance else "",
        bases=bases,
        reason=words[0].ref if words else None,
    )


def _number(text: str) -> Decimal:
    number: Decimal = NUMBER.convert(text, None, None)
    return number


def _point(text: str, option: str) -> tuple[Any, Decimal]:
    """``2026-Q1=60`` as a period and a number."""
    from events.period import parse_period

    ((period, number),) = pairs([text], option).items()
    return parse_period(period), _number(number)


def _added(office: Office, indicator: str) -> IndicatorAdded:
    from engine.queries.register import indicator_added

    return indicator_added(office.engine, indicator.partition("/")[0])

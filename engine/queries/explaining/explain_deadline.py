"""Why a deadline is on its day: the rule in words, what it counts from, reminders, extensions, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from engine.handle import Engine
from engine.queries.explaining.explanation import ExplainedLine, Explanation, source_lines
from engine.queries.figures.figure_facts import figure_facts
from engine.queries.matters.matter_moves import own_facts
from engine.queries.matters.state_labels import deadline_label
from engine.queries.matters.submission_times import window_of
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.references import FigureRef, MatterRef
from engine.queries.shown import day_shown, joined, position_shown
from events.errors import NotFound, Problem
from events.fact import Fact
from events.instant import EARLIEST
from events.kinds.workflow import DeadlineExtended, DeadlinePassed, DeadlineSet, ReminderSent, StepTaken
from events.nearest import did_you_mean
from events.schema import Event
from workflows.definition import Deadline, Definition
from workflows.instance import Instance
from workflows.organisation import Organisation
from workflows.window import window_reminders


def explain_deadline(
    engine: Engine,
    ref: MatterRef | FigureRef,
    today: date,
    deadline: str | None = None,
    *,
    names: Names,
    at: int | None = None,
) -> Explanation:
    """Explain one deadline, or all that run or have gone by. Raises NotFound GT-DATE-101 for one that is not set."""
    reader = Reader(engine, at)
    if isinstance(ref, FigureRef):
        return _of_figure(reader, ref)
    instance = reader.work.matters(ref.workflow, ref.indicator, ref.service).instances[ref.ordinal]
    pack, definition = reader.shelf.for_instance(reader.framework, instance)
    facts = own_facts(reader, ref)
    latest = _latest_settings(facts)
    if deadline is not None and deadline not in latest:
        raise NotFound(
            Problem(
                code="GT-DATE-101",
                sentence=f"{ref} has no deadline '{deadline}'.{did_you_mean(deadline, latest)}",
                fix=f"Those set so far: {', '.join(latest) or 'none'}.",
            )
        )
    asked = [deadline] if deadline is not None else [name for name in latest if _matters(instance, name)]
    lines: list[ExplainedLine] = []
    for name in asked:
        lines += _lines(reader, definition, pack.organisation, instance, latest[name], facts, names)
        lines += source_lines(pack, "intervention", "report_back") if name == "report_back" else []
    if not lines:
        lines = [ExplainedLine(kind="deadline", what="No deadline runs.")]
    return Explanation(ref=str(ref), heading=f"Deadlines of {ref}, {ref.about}", lines=tuple(lines))


def what_follows(
    definition: Definition, deadline: Deadline, organisation: Organisation, body: str | None
) -> str:
    """What happens when a deadline goes by, in words."""
    ladder = organisation.ladder
    if deadline.on_pass.kind == "propose" and ladder is not None:
        rung = ladder.above(body)
        if rung is None:
            return f"When it goes by it stays on the agenda of {body or 'the body'}: there is no rung above."
        if ladder.mode == "automatic":
            return f"When it goes by the matter moves to {rung} by itself."
        return f"When it goes by {rung} is proposed, and {body} decides."
    if deadline.on_pass.kind == "take":
        return f"When it has come, this follows by itself: {definition.step(deadline.on_pass.to).label}."
    who = body if deadline.on_pass.to == "body" else organisation.label(deadline.on_pass.to)
    return f"When it goes by it becomes a task of {who or 'the body'}."


def _lines(
    reader: Reader,
    definition: Definition,
    organisation: Organisation,
    instance: Instance,
    setting: tuple[Fact[Event], DeadlineSet],
    facts: list[Fact[Event]],
    names: Names,
) -> Iterator[ExplainedLine]:
    fact, each = setting
    label = deadline_label(definition, each.name, instance.body or "")
    state = (
        "runs" if each.name in instance.open else "has gone by" if each.name in instance.passed else "is over"
    )
    yield ExplainedLine(
        kind="deadline",
        what=f"{label}: by {day_shown(each.last_day)}, that day included; it {state}.",
        rule=each.rule,
        where=position_shown(fact.position),
        events=(fact.position,),
    )
    yield ExplainedLine(
        kind="deadline",
        what=f"Counted from {day_shown(each.counted_from)}, that day excluded.",
        where=each.calendar,
    )
    if each.original is not None and each.original != each.last_day:
        yield ExplainedLine(kind="deadline", what=f"The first date was {day_shown(each.original)}.")
    yield from _extensions(facts, each.name, names)
    yield from _reminders(reader, organisation, each, facts)
    yield from _passed(facts, each)
    if each.name in instance.open:
        yield ExplainedLine(
            kind="deadline",
            what=what_follows(definition, definition.deadline(each.name), organisation, instance.body),
        )


def _extensions(facts: list[Fact[Event]], name: str, names: Names) -> Iterator[ExplainedLine]:
    for fact in facts:
        event = fact.event
        if isinstance(event, DeadlineExtended) and any(each.name == name for each in event.move.sets):
            until = next(each.last_day for each in event.move.sets if each.name == name)
            reason = event.fields.get("reason")
            said = f": “{names.text(reason)}”" if isinstance(reason, str) else "."
            yield ExplainedLine(
                kind="deadline",
                what=f"Extended to {day_shown(until)}, agreed by {names.person(fact.actor)}{said}",
                where=position_shown(fact.position),
                events=(fact.position,),
            )


def _reminders(
    reader: Reader, organisation: Organisation, each: DeadlineSet, facts: list[Fact[Event]]
) -> Iterator[ExplainedLine]:
    sent = {
        fact.event.reminder: fact.position
        for fact in facts
        if isinstance(fact.event, ReminderSent) and (fact.event.name, fact.event.n) == (each.name, each.n)
    }
    for reminder in each.remind:
        day = reader.calendar.local_date(reminder.at)
        done = sent.get(reminder.n)
        yield ExplainedLine(
            kind="deadline",
            what=f"Reminder to {_labels(organisation, reminder.to)} on {day_shown(day)}, {reminder.words}"
            + (", sent." if done else "."),
            where=position_shown(done) if done else "",
            events=(done,) if done else (),
        )


def _labels(organisation: Organisation, to: Iterable[str]) -> str:
    return joined((organisation.label(name) for name in to), "and")


def _passed(facts: list[Fact[Event]], each: DeadlineSet) -> Iterator[ExplainedLine]:
    for fact in facts:
        event = fact.event
        if isinstance(event, DeadlinePassed) and (event.name, event.n) == (each.name, each.n):
            yield ExplainedLine(
                kind="deadline",
                what=event.words,
                where=position_shown(fact.position),
                events=(fact.position,),
            )


def _latest_settings(facts: list[Fact[Event]]) -> dict[str, tuple[Fact[Event], DeadlineSet]]:
    found: dict[str, tuple[Fact[Event], DeadlineSet]] = {}
    for fact in facts:
        event = fact.event
        sets = event.move.sets if isinstance(event, StepTaken) else ()
        sets = event.sets if isinstance(event, DeadlinePassed) else sets
        found.update((each.name, (fact, each)) for each in sets)
    return found


def _matters(instance: Instance, name: str) -> bool:
    return name in instance.open or name in instance.passed


def _of_figure(reader: Reader, ref: FigureRef) -> Explanation:
    own = figure_facts(reader, ref)
    found = window_of(own)
    lines = [
        ExplainedLine(kind="deadline", what="The pack sets no window for figures.", where=own.pack_words)
    ]
    if found is not None and own.pack is not None:
        window, times = found
        lines = [
            ExplainedLine(
                kind="deadline",
                what=f"Figures of {ref.period} are asked for on {day_shown(times.opens_on)} and are in time until "
                f"{day_shown(times.last_day)}, that day included.",
                rule=times.rule,
                where=own.pack_words,
            ),
            *source_lines(own.pack, "workflows", "submission"),
            ExplainedLine(
                kind="deadline",
                what=f"{joined((step.replace('_', ' ') for step in window.covers), 'and').capitalize()} after it is "
                "marked late and counts all the same.",
            ),
        ]
        for reminder in window_reminders(window, times, reader.calendar, EARLIEST):
            day = reader.calendar.local_date(reminder.at)
            what = f"Reminder to {_labels(own.pack.organisation, reminder.to)} on {day_shown(day)}, {reminder.words}."
            lines.append(ExplainedLine(kind="deadline", what=what))
    return Explanation(ref=str(ref), heading=f"When {ref} is due", lines=tuple(lines))

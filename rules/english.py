"""Rules in English, for people who check that a pack says what its source says."""

from __future__ import annotations

from collections.abc import Sequence

from events.number import plain
from rules.ir import Band, Compare, Edge, IndicatorField, RuleSet, Status, Then, Trigger
from rules.kinds.kind import either
from rules.reading.breaks import ACROSS, COMPARED
from rules.reading.comparison import ROUNDINGS, WAYS
from rules.reading.covering import UNITS
from rules.reading.statuses import CAUSES

_SPELLED = {"at_least": "at least ", "above": "above ", "at_most": "at most ", "below": "below "}


def english(rules: RuleSet) -> tuple[str, ...]:
    """Every rule of a pack as a sentence, in the order of the pack."""
    return (
        *(english_status(rules, status) for status in rules.statuses),
        english_source(rules),
        *(english_band(rules, band) for band in rules.bands),
        *english_breaks(rules),
        *(english_field(field) for field in rules.indicator_fields),
        *(english_trigger(rules, trigger) for trigger in rules.triggers),
    )


def english_status(rules: RuleSet, status: Status) -> str:
    """A word of the scale, and where it stands."""
    points = f", and scores {plain(status.points)}" if status.points is not None else ""
    if not status.judged:
        used = (
            f", used where {either(CAUSES[cause] for cause in status.stands_for)}"
            if status.stands_for
            else ""
        )
        asked = [each.when.english(rules) for each in rules.unrated_when if each.status == status.id]
        used += f", used where {asked[0]}" if asked else ""
        why = f": {status.reason.rstrip('.')}" if status.reason else ""
        return f"{status.label} is not a judgement{used}{points}{why}."
    ordered = [each for each in rules.statuses if each.judged]
    place = ordered.index(status)
    if len(ordered) == 1:
        return f"{status.label} is the only status{points}."
    if place in (0, len(ordered) - 1):
        return f"{status.label} is the {'best' if place else 'worst'} status{points}."
    return f"{status.label} is better than {rules.word(ordered[place - 1].id)}{points}."


def english_source(rules: RuleSet) -> str:
    """Where statuses come from, and how values are compared."""
    if rules.status_from == "declared":
        return "The status is declared by an officer; a figure without one is not rated."
    said = _compared(rules.compare) if rules.compare is not None else "Nothing is compared."
    if rules.override_by:
        said += f" The {rules.override_by.replace('_', ' ')} may set another status, with a reason; both are kept."
    return said


def english_breaks(rules: RuleSet) -> tuple[str, ...]:
    """What a new version of an indicator does to what looks back, where the pack says."""
    if rules.across_breaks == COMPARED:
        return ()
    return (f"Where a new version of an indicator is not comparable, {ACROSS[rules.across_breaks]}.",)


def _compared(compare: Compare) -> str:
    said = f"What is compared is {WAYS[compare.use]}; "
    if compare.use == "value":
        said += f"{compare.better} is better"
    else:
        said += "better than the target counts as positive, whichever way is better"
    if compare.round_to is not None:
        how = ROUNDINGS[compare.rounding]
        return f"{said}; it is rounded to the nearest {plain(compare.round_to)} before banding ({how})."
    return f"{said}; nothing is rounded."


def english_band(rules: RuleSet, band: Band) -> str:
    """A band: the status and what gives it."""
    unit = UNITS.get(rules.compare.use, "") if rules.compare is not None else ""
    ends = [
        *_end(band.lower, ("at_least", "above"), unit),
        *_end(band.upper, ("at_most", "below"), unit),
        *([f"the floor is {band.floor}"] if band.floor else []),
    ]
    said = " and ".join(ends) if ends else "everything else" if band.when is None else "any value"
    only = f", where {band.when.english(rules)}" if band.when is not None else ""
    return f"{rules.by_id[band.status].label}: {said}{only}."


def _end(edge: Edge | None, words: tuple[str, str], unit: str) -> list[str]:
    if edge is None:
        return []
    word = _SPELLED[words[0] if edge.inclusive else words[1]]
    if edge.tolerance:
        return [f"{word}{'minus ' if edge.tolerance < 0 else ''}the indicator's tolerance"]
    return [f"{word}{plain(edge.at)}{unit}"]


def english_field(field: IndicatorField) -> str:
    """What is recorded of every indicator."""
    said = f"Of every indicator it is recorded: {field.label}"
    if field.options:
        said += f" ({either(field.options)})"
    if field.source:
        said += f", taken from the {field.source.replace('_', ' ')}"
    return f"{said}; {field.override_by} may set it otherwise." if field.override_by else f"{said}."


def english_trigger(rules: RuleSet, trigger: Trigger) -> str:
    """When something follows, only if what, and what."""
    said = f"{trigger.label[:1].upper()}{trigger.label[1:]}: when {trigger.when.english(rules)}"
    if trigger.only_if is not None:
        said += f', and only if {trigger.only_if.test.english(rules)} (else it is recorded: "{trigger.only_if.otherwise}")'
    said += f", {english_then(trigger.then)}{_life(rules, trigger)}"
    return said + (" (switched off)." if not trigger.enabled else ".")


def _life(rules: RuleSet, trigger: Trigger) -> str:
    """How often, until when, and what keeps it quiet."""
    said = []
    if trigger.fires == "once":
        cleared = trigger.clears_when.english(rules) if trigger.clears_when else "that no longer holds"
        said.append(f"once, until {cleared}")
    elif trigger.clears_when is not None:
        said.append(f"it has cleared when {trigger.clears_when.english(rules)}")
    if trigger.hold:
        more = f"{trigger.hold} more period{'' if trigger.hold == 1 else 's'}"
        said.append(f"it is held for {more}, and what is back before it has cleared is the same firing")
    if trigger.gaps == "look_through":
        said.append("periods without a judgement are left out")
    elif trigger.gaps_as:
        said.append(f"periods without a judgement count as {rules.word(trigger.gaps_as)}")
    if trigger.group_by:
        said.append(f"people are told once for each {trigger.group_by}")
    if trigger.suppressed_by:
        labels = [each.label for each in rules.triggers if each.id in trigger.suppressed_by]
        said.append(f"only recorded while {either(map(repr, labels))} stands")
    return "".join(f"; {each}" for each in said)


def english_then(then: Then) -> str:
    """What follows."""
    said = []
    if then.refer_to:
        said.append(f"it is referred to {then.refer_to}")
    if then.start:
        said.append(f"{_article(then.start)} is proposed")
    if then.require:
        said.append(
            f"{_article(then.require)} is required" + (f" within {then.within}" if then.within else "")
        )
    if then.notify:
        said.append(f"{_listed(then.notify)} {'are' if len(then.notify) > 1 else 'is'} told")
    if then.record:
        said.append(f'it is recorded: "{then.record}"')
    return _listed(said)


def _article(word: str) -> str:
    spoken = word.replace("_", " ")
    return spoken if word == "commentary" else f"{'an' if spoken[0] in 'aeiou' else 'a'} {spoken}"


def _listed(words: Sequence[str]) -> str:
    spoken = [word.replace("_", " ") if word.islower() else word for word in words]
    return spoken[0] if len(spoken) == 1 else f"{', '.join(spoken[:-1])} and {spoken[-1]}"

"""Every key that a workflow and the organisational half of a pack may have, and what stands under it.

The readers accept exactly these, and the reference is made of them, so that it cannot say what is not so.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Key(msgspec.Struct, frozen=True):
    """What stands under a key."""

    words: str
    required: bool = False


Keys = Mapping[str, Key]

_SOURCE: Keys = {
    "clause": Key("the clause of the source that says it; it covers the whole block"),
    "assumption": Key("the assumption that the block rests on, by id"),
}

WORKFLOW: Keys = {
    "workflow": Key("its name", True),
    "version": Key("1, 2, 3 …; packs use it as library/name@1", True),
    "title": Key("what people call it"),
    "source": Key("the document and clause it was written from"),
    "parameters": Key(
        "what a pack may give under `with`: name and default, or the word required; used as ${name}"
    ),
    "start": Key("the built-in step propose: who may take it, and with what"),
    "states": Key("where a matter can stand, by name", True),
    "steps": Key("what can be done, a list", True),
    "goes_to": Key(
        "which body a matter goes to, by the answer to a field of the start: {field: {answer: body}}"
    ),
    "deadlines": Key("the clocks that run, by name"),
    "window": Key("until when a submission is in time; a workflow with a window begins by itself"),
    "about": Key(
        "what a matter is about: series (an indicator of a service) unless said otherwise, indicator, service, or council"
    ),
    "collects": Key(
        "the workflow about services whose matters of the same period it brings together, and none_in: the end states in "
        "which one has brought nothing"
    ),
    "several": Key("yes where more than one may be open about the same thing; one at a time where left out"),
}
COLLECTS: Keys = {
    "workflow": Key("a workflow of the pack about a service, which takes a period to begin", True),
    "none_in": Key("its end states in which there is nothing to collect, for example not_received"),
}
STATE: Keys = {
    "label": Key("what people read; {body} is the body that the matter is with"),
    "initial": Key("yes for the one state it begins in"),
    "final": Key("yes where nothing more can be done"),
    "no_deadline": Key("why nothing is ever due here"),
    "rests": Key("yes where nobody owes anything for now: such a matter is on no work list"),
}
START: Keys = {
    "by": Key("roles, bodies, or system; anybody where left out"),
    "needs": Key("fields that must be given: name and type; refer_to: body names the body it goes to"),
    "may": Key("fields that may be given"),
    "effect": Key("what it means beyond itself"),
}
STEP: Keys = {
    "do": Key("its name", True),
    "from": Key(
        "the state or states in which it can be taken; nothing, where a matter can begin with it as well as with propose",
        True,
    ),
    "to": Key("the state it leads to, or same", True),
    "by": Key(
        "roles and bodies that may take it; body is the one that the matter is with, asked who owes the item it names, governance_lead who keeps the register, system the product",
        True,
    ),
    "label": Key("what people read"),
    "needs": Key("fields that must be given: name and type"),
    "may": Key("fields that may be given"),
    "not_same_person_as": Key("earlier steps of the same round; whoever took one may not take this"),
    "same_person_as": Key(
        "earlier steps of the same round; only whoever took one of them may take this, or stands in for them"
    ),
    "only_when": Key("conditions: a guard, and else with the sentence said where it does not hold"),
    "effect": Key("what it means beyond its move"),
    "restarts": Key("the deadline whose clock it starts anew; its first date stays visible"),
    "extends": Key("the deadline it moves to the day in its field until; its first date stays visible"),
    "upon": Key("what makes the product take the step by itself: withdrawn, cleared or worsened"),
    "words": Key("how many words its texts may have together: one side of A4, for one"),
    "quorum": Key(
        "how many people must take it, 2 or more, or everyone who holds a role of it there; each takes it once, and it moves "
        "with the last; one where a parameter leaves it to one person"
    ),
    "answers": Key(
        "questions by name; each must be answered yes, no or not_applicable, with what that rests on in name_because"
    ),
    "gives": Key("fields that it fills in by itself: name and value"),
    "names_outstanding": Key(
        "the field in which it must be said that some of what the workflow collects is not there, where that is so; or yes, "
        "where that is recorded and nobody has to say it; the services are recorded either way, as outstanding"
    ),
    "in_person": Key("yes where nobody may take it for somebody else, by whatever delegation"),
    "ends_round": Key("yes where those who acted before it are not barred by that from what comes after"),
}
CONDITION: Keys = {
    "guard": Key("the name of a guard", True),
    "else": Key(
        "the sentence said where it does not hold; {status}, {body} and {period} are filled in", True
    ),
}
FIELD_CONDITION: Keys = {
    "field": Key("a field of the matter, as it was last given", True),
    "is": Key("the answer, or answers, with which the condition holds", True),
    "else": CONDITION["else"],
}
DEADLINE: Keys = {
    "in": Key("the states in which it runs: set on entering them, cleared on leaving", True),
    "on_pass": Key("what follows when it goes by", True),
    "label": Key("what is due, as people read it"),
    "within": Key("a length of time, category, each_rung, or a field with a length of time"),
    "until": Key(
        "next_meeting (a month where none is entered), a field with a day, or each_item: a clock for each thing owed, "
        "until its own day, beside a deadline of the state; {item} in the label is its name"
    ),
    "after": Key("the one step that sets it"),
    "replaces": Key("deadlines that it takes the place of"),
    "met_by": Key("steps that end it although its state goes on"),
    "roll": Key("none, next working day, or previous working day"),
    "remind": Key("reminders, a list"),
}
REMINDER: Keys = {
    "to": Key("roles and bodies; asked is whoever still owes an item", True),
    "before": Key("how long before the last permitted day"),
    "after": Key("how long after it"),
}
ON_PASS: Keys = {
    "propose": Key(
        "next_rung: the rung above is proposed to the body, or climbed to where the ladder is automatic"
    ),
    "task": Key("the role or body whose task it is"),
    "take": Key("a step by system, which the product then takes by itself"),
}
WINDOW: Keys = {
    "opens_on": Key("data_requests: the first one after the period ends", True),
    "within": Key("how long it stays open", True),
    "covers": Key("steps that are marked late when taken after it", True),
    "comment_required": Key("never, or {status: red}: statuses for which a comment is owed"),
    "ask": Key("roles that get a notice on the day that figures are asked for, once for a period"),
    "action_required": Key("yes where such a comment says what is being done, too"),
    "remind": Key("reminders, a list"),
}
CALENDAR: Keys = {
    "time_zone": Key("Europe/London unless said otherwise"),
    "bank_holidays": Key("England, Scotland, Wales or Northern Ireland"),
    "year_starts": Key("the day on which years start, 1 April unless said otherwise"),
    "day_ends": Key("midnight, or office close as HH:MM"),
    "data_requests": Key(
        "days on which figures are asked for, or such days by kind of period; else the day after it"
    ),
    **_SOURCE,
}
BODY: Keys = {
    "label": Key("its full name", True),
    "chair": Key("the role that chairs it and may act for it, as its clerk may"),
    "meets": Key("how often, in words"),
    "at_meetings": Key(
        "yes where it decides at its meetings only: a decision's day is then one that is entered"
    ),
    **_SOURCE,
}
INTERVENTION: Keys = {
    "answers": Key("the steps by which a body may answer; all where left out"),
    "report_back": Key("report-back categories, by name"),
    "menu": Key("the menu, by printed number"),
    "ladder": Key("the bodies that a matter climbs to"),
    **_SOURCE,
}
CATEGORY: Keys = {
    "within": Key("how soon the service reports back", True),
    "menu": Key("its printed number in the menu"),
    "label": Key("what people read"),
}
MENU_ITEM: Keys = {
    "name": Key("its printed name", True),
    "asks": Key("the role or body that is asked"),
    "moves_to": Key("the rung that choosing it moves the matter to, there and then"),
    "purpose": Key("what it can be for; one is said when it is chosen"),
    "provider": Key("who can provide it; one is said when it is chosen"),
    "records": Key("fields in words that must be given when it is chosen"),
    "delivers": Key("what comes of it"),
    "begins": Key("a workflow of the pack: choosing the item begins a matter of it, about the same series"),
    "done_at": Key("the state of that matter in which the item is done; its end where left out"),
}
LADDER: Keys = {
    "rungs": Key("bodies, lowest first", True),
    "mode": Key("propose: a person decides; automatic: it climbs by itself"),
    "each_rung": Key("how long each rung has to answer, a month unless said otherwise"),
    **_SOURCE,
}

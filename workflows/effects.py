"""What a step means beyond its move. The list is closed: definitions choose from it, rules listen to it."""

from __future__ import annotations

import msgspec


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """An effect: what it means, and the fields a step must need to have it."""

    words: str
    needs: dict[str, str] = msgspec.field(default_factory=dict)
    begun_with: dict[str, str] = msgspec.field(default_factory=dict)
    """Fields that the start must need."""


ITEM_DONE = "item_done"

EFFECTS: dict[str, Effect] = {
    "figure_entered": Effect(
        words="A figure is entered; it counts for nothing until another person confirms it.",
        needs={"figure": "figure"},
    ),
    "figure_queried": Effect(
        words="The figure is sent back with a question; the next entry begins anew.", needs={"reason": "text"}
    ),
    "figure_confirmed": Effect(
        words="The figure that waits is in force: the rules judge it, and what follows from its status follows."
    ),
    "comment_added": Effect(words="Something is said about the figure.", needs={"comment": "text"}),
    "query_answered": Effect(
        words="The question with which the figure was sent back is answered; it is entered again all the same.",
        needs={"comment": "text"},
    ),
    "no_figure": Effect(
        words="There is no figure for the period, for a stated reason: not zero, not a nil return.",
        needs={"reason": "text"},
    ),
    "restatement_proposed": Effect(
        words="A corrected figure waits for another person; the old one stays in force until then.",
        needs={"figure": "figure", "reason": "text"},
    ),
    "restatement_withdrawn": Effect(
        words="Whoever put the corrected figure forward takes it back: it waits no longer, and the old one stays in force.",
        needs={"reason": "text"},
    ),
    "restatement_declined": Effect(
        words="Another person declines the corrected figure: it waits no longer, and the old one stays in force.",
        needs={"reason": "text"},
    ),
    "intervention_proposed": Effect(
        words="A body is asked to decide what is to be done.", needs={"refer_to": "body"}
    ),
    "intervention_agreed": Effect(
        words="The body has answered with a report-back category, alone or with items of the menu."
    ),
    "report_received": Effect(words="The service has reported back."),
    "moved_to_rung": Effect(words="The matter is with another rung of the ladder.", needs={"rung": "rung"}),
    "waived": Effect(
        words="The body accepts that the indicator has not recovered, until the state changes.",
        needs={"reason": "text"},
    ),
    "item_owed": Effect(
        words="Something within the matter is owed by somebody until a day; the day given first stays visible.",
        needs={"item": "name", "until": "date"},
    ),
    ITEM_DONE: Effect(
        words="Something that was owed within the matter is done.", needs={"item": "owed_item"}
    ),
    "indicator_added": Effect(
        words="The KPI that was proposed enters the register, as the matter describes it.",
        begun_with={
            "why": "text",
            "title": "title",
            "better": "higher | lower | in_band | none",
            "frequency": "month | quarter | half | year",
            "measured_in": "name",
            "services": "names",
            "first_period": "period",
        },
    ),
    "indicator_amended": Effect(
        words="A new version of the KPI is in the register, from the period that the amendment says; whether figures "
        "can be compared across it is shown with every series.",
        begun_with={"why": "text"},
    ),
    "indicator_retired": Effect(
        words="The KPI is retired: its history stays, it takes no more figures and none is awaited.",
        begun_with={"why": "text"},
    ),
    "target_changed": Effect(
        words="The target that was proposed is set in the register, from its period on; where outcomes were known "
        "already it is marked as set after them, and they are judged again.",
        begun_with={"from_period": "period", "why": "text"},
    ),
    "deadline_extended": Effect(
        words="A later day is agreed; the original stays visible.", needs={"until": "date"}
    ),
}
"""Effect → what it means. A step without one is recorded under its own name and nothing listens to it."""

"""Every sentence with which bad rules are refused: code → (what is the matter, what to do about it)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Message(NamedTuple):
    """A sentence and a fix, with ``{named}`` gaps."""

    sentence: str
    fix: str = ""


MESSAGES: Mapping[str, Message] = {
    # shape
    "GT-RULE-001": Message("{where} must be {wanted}, not {found}.", "{example}"),
    "GT-RULE-002": Message("{where} has no key '{key}'.", "{hint}"),
    "GT-RULE-003": Message("{where} needs '{key}'.", "{example}"),
    "GT-RULE-004": Message(
        "'{text}' is not a number.", "Write digits and at most one decimal point, for example 57.1."
    ),
    "GT-RULE-005": Message("'{text}' is not a whole number from {least} to {most}."),
    "GT-RULE-006": Message("'{text}' is neither yes nor no.", "Write yes or no."),
    "GT-RULE-007": Message("'{text}' is not {what}.", "{hint}"),
    "GT-RULE-008": Message(
        "'{text}' cannot be a name.",
        "Use small letters, digits and underscores, beginning with a letter, for example turned_red.",
    ),
    "GT-RULE-009": Message(
        "'{text}' is not a length of time.",
        "Write a number and a unit, for example 10 working days or 2 months.",
    ),
    # statuses
    "GT-RULE-010": Message("The pack names no statuses.", "List them under 'statuses', worst first."),
    "GT-RULE-011": Message(
        "No status of the pack is a judgement: every one says 'judged: no'.",
        "Give at least one status that rates a figure.",
    ),
    "GT-RULE-012": Message(
        "'{status}' has rank {rank}, but a worse status before it has rank {before}.",
        "List statuses worst first, with ranks that rise; or leave the ranks out.",
    ),
    "GT-RULE-013": Message(
        "'{status}' is not judged, but gives no reason.",
        'Say why such figures are not rated: reason: "Not all indicators have targets".',
    ),
    "GT-RULE-014": Message(
        "'{status}' and '{other}' both stand for {cause}.", "Let only one of them stand for it."
    ),
    "GT-RULE-015": Message(
        "'{status}' is a judgement and has a '{key}'.",
        "Only statuses with 'judged: no' do; take it away or say 'judged: no'.",
    ),
    "GT-RULE-016": Message("'{status}' is not a judgement, so no band can give it.", "Use one of: {known}."),
    # where statuses come from, and how values are compared
    "GT-RULE-020": Message(
        "The pack does not say where statuses come from.",
        "Say 'status_from: bands' and give bands, or 'status_from: {{declared: required}}'.",
    ),
    "GT-RULE-021": Message(
        "Statuses are to come from bands, but the pack has none.",
        "Give 'bands', or say 'status_from: {{declared: required}}'.",
    ),
    "GT-RULE-022": Message(
        "The bands are still to be agreed, so no status can be computed from them.",
        "Say 'status_from: {{declared: required}}' until they are agreed; no rating is invented.",
    ),
    "GT-RULE-023": Message(
        "Statuses are declared, so these bands would never be used.",
        "Take the bands away, or say 'status_from: bands'.",
    ),
    "GT-RULE-024": Message(
        "The pack has bands but does not say what they compare.",
        "Say for example 'compare_by: percent_from_target'.",
    ),
    "GT-RULE-025": Message(
        "'rounding' is given, but not to what.",
        "Add 'round_to', for example round_to: 0.1, or take 'rounding' away.",
    ),
    "GT-RULE-026": Message("'{key}: {text}' is not above zero.", "Give a number above zero."),
    "GT-RULE-027": Message("'better: {text}' does not go with '{use}'.", "{hint}"),
    # bands
    "GT-RULE-030": Message("No band covers {values}{world}.", "Let a band reach them{grid}."),
    "GT-RULE-031": Message(
        "No value can reach this band: the bands before it take all of its values.",
        "Move it up, or take it away.",
    ),
    "GT-RULE-032": Message("No value can reach this band: {why}.", "{fix}"),
    "GT-RULE-033": Message(
        "A better figure would get a worse status: '{status}' for {better}, but '{than}' for {worse}{world}.",
        "Order the bands so that better figures never fall to a worse status.",
    ),
    "GT-RULE-034": Message(
        "This band says '{first}' and '{second}', which are both a {end} end.", "Keep one of them."
    ),
    "GT-RULE-035": Message(
        "The list of bands is empty.", "Give at least one band, or say 'bands: to_be_agreed'."
    ),
    "GT-RULE-036": Message(
        "A figure that misses the floor would get a better status than one that meets it: at {values} '{missed}' against '{met}'.",
        "Give the worse status to the band with 'floor: missed'.",
    ),
    "GT-RULE-037": Message("There are more than {most} bands.", "A scale that people can read has fewer."),
    # fields of an indicator
    "GT-RULE-040": Message(
        "'{field}' is a choice, but lists no options.", "Give them: options: [high, low]."
    ),
    "GT-RULE-041": Message(
        "'{field}' is of type {type}, so it has no options.", "Say 'type: choice', or take the options away."
    ),
    "GT-RULE-042": Message("'{text}' can never be the answer to '{field}'.", "{hint}"),
    # triggers
    "GT-RULE-050": Message(
        "A condition asks one question, but this one has {count}: {keys}.",
        "Join several with 'all: […]' or 'any: […]'.",
    ),
    "GT-RULE-051": Message("'{kind}' is no kind of condition.", "{hint}"),
    "GT-RULE-052": Message("'{key}' is empty, so it can decide nothing.", "List at least one condition."),
    "GT-RULE-053": Message(
        "Nothing can turn from '{status}' to '{status}'.", "Take '{status}' out of 'from' or out of 'to'."
    ),
    "GT-RULE-054": Message(
        "'{status}' is not a judgement, and nothing turns from or to a state that is not one.",
        "Use one of: {known}.",
    ),
    "GT-RULE-055": Message(
        "'consecutive' needs exactly one of 'at_least', 'exactly' and 'reaching'.",
        "For example {{consecutive: {{status: red, at_least: 3}}}}.",
    ),
    "GT-RULE-056": Message(
        "Nothing follows from trigger '{trigger}'.",
        "Say what does under 'then': start, refer_to, require, notify or record.",
    ),
    "GT-RULE-057": Message(
        "'only_if' does not say what is recorded where it does not hold.",
        'Add for example otherwise: "Red reported, not a local priority: no corporate action".',
    ),
    "GT-RULE-058": Message("Conditions stand more than {most} deep.", "Split the trigger into several."),
    "GT-RULE-059": Message(
        "'within' is given, but nothing is required.", "Add 'require', or take 'within' away."
    ),
    # conditions that look back, and where conditions may stand
    "GT-RULE-080": Message("'n: {n}' is more than 'of: {of}'.", "Count no more periods than there are."),
    "GT-RULE-081": Message(
        "'consecutive' needs exactly one of 'status' and 'direction'.",
        "For example {{consecutive: {{direction: worse, at_least: 3}}}}.",
    ),
    "GT-RULE-082": Message(
        "'stable_within' is given, but no direction is asked for.",
        "Say 'direction' in place of 'status', or take 'stable_within' away.",
    ),
    "GT-RULE-083": Message(
        "{where} asks about the status of the period, which is not known before it is decided.",
        "Ask about the figure or the register instead: direction, field, reported_as, no_data or overdue.",
    ),
    "GT-RULE-084": Message(
        "A better figure could get a worse status: '{status}' where {english}, else '{other}' for {values}{world}.",
        "Give the better status to the band whose condition holds for better figures.",
    ),
    "GT-RULE-085": Message(
        "Whether {english} can go either way as a figure gets better, so a better figure could get a worse status.",
        "In a band ask for better, or for better or the same; or for worse, or for worse or the same.",
    ),
    "GT-RULE-086": Message(
        "More than {most} bands have conditions of their own, too many to prove that nothing falls through.",
        "Take some conditions away, or join bands.",
    ),
    # the life of a trigger
    "GT-RULE-087": Message(
        "'{text}' is not a number of periods.",
        "Write a number from 1 to {most} and the word, for example 2 periods.",
    ),
    "GT-RULE-088": Message(
        "'gaps' is given, but nothing that trigger '{trigger}' asks looks back.", "Take 'gaps' away."
    ),
    "GT-RULE-089": Message(
        "'{status}' is not a judgement, so a gap cannot count as it.", "Use one of: {known}."
    ),
    "GT-RULE-090": Message(
        "Trigger '{trigger}' is said to suppress itself.", "Take it out of 'suppressed_by'."
    ),
    "GT-RULE-091": Message(
        "These triggers suppress each other in a circle: {circle}.",
        "Take one of them out of a 'suppressed_by'.",
    ),
    "GT-RULE-092": Message(
        "'group_by' is given, but trigger '{trigger}' tells nobody.", "Add 'notify', or take 'group_by' away."
    ),
    "GT-RULE-093": Message(
        "Trigger '{trigger}' is told by body, but refers to none.",
        "Add 'refer_to', or group by service or indicator.",
    ),
    "GT-RULE-094": Message(
        "'override_by' is given, but statuses are declared anyway.", "Take 'override_by' away."
    ),
    "GT-RULE-095": Message(
        "'gaps: {text}' is no way to take gaps.", "Write break, look_through or {{count_as: STATUS}}."
    ),
    "GT-RULE-099": Message(
        "More than {most} things are wrong with these rules; the rest was not looked at.",
        "Mend these first, and check again.",
    ),
    # histories
    "GT-RULE-070": Message("'{text}' is no status of this pack.", "{hint}"),
}
"""Every message of the rules, for refusing and for the error catalogue."""

AT_KEY: frozenset[str] = frozenset(
    f"GT-RULE-{number:03d}"
    for number in (
        2,
        3,
        8,
        10,
        11,
        13,
        14,
        15,
        23,
        25,
        30,
        34,
        35,
        37,
        40,
        41,
        50,
        51,
        52,
        55,
        56,
        57,
        59,
        81,
        82,
        88,
        90,
        91,
        92,
        93,
        94,
    )
)
"""The messages that are about the key at the end of their path, and not about its value."""

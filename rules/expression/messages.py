"""Every sentence with which a bad expression is refused: code → (what is the matter, what to do about it)."""

from __future__ import annotations

from collections.abc import Mapping

from rules.messages import Message

MESSAGES: Mapping[str, Message] = {
    # size
    "GT-EXPR-001": Message(
        "The expression has {count} characters; {most} are the most.", "Split the trigger into several."
    ),
    "GT-EXPR-002": Message(
        "The expression has more than {most} parts.",
        "Split the trigger into several, or use the kinds of condition.",
    ),
    "GT-EXPR-003": Message(
        "Brackets and choices stand more than {most} deep here.", "Write it flatter, or split the trigger."
    ),
    "GT-EXPR-004": Message("An expression is one line, and this one goes on.", "Write it on one line."),
    "GT-EXPR-009": Message(
        "The expressions of this pack have more than {most} parts together.",
        "Use the kinds of condition wherever there is one.",
    ),
    # signs
    "GT-EXPR-005": Message("'{found}' means nothing in an expression.", "{hint}"),
    "GT-EXPR-006": Message("The quote opened here is never closed.", "Close it with the same quote."),
    "GT-EXPR-007": Message("'{found}' is not a number.", "{hint}"),
    "GT-EXPR-008": Message(
        "'{found}' is no escape.",
        "Inside a text, a backslash stands only before a quote or another backslash.",
    ),
    # grammar
    "GT-EXPR-010": Message("A value should stand here, but {found}.", "{hint}"),
    "GT-EXPR-011": Message("'{found}' stands where the expression should go on or end.", "{hint}"),
    "GT-EXPR-012": Message("The bracket opened here is never closed.", "Close it with '{close}'."),
    "GT-EXPR-013": Message(
        "Comparisons cannot be chained.", "Make two of them: {left} {first} {middle} && {middle} {second} …"
    ),
    "GT-EXPR-014": Message("'?' has no ':'.", "Write: test ? this : that."),
    "GT-EXPR-015": Message("Only numbers and texts that are written out stand in a list.", "{hint}"),
    # names
    "GT-EXPR-020": Message("'{name}' is not a name that an expression knows.", "{hint}"),
    "GT-EXPR-021": Message("'{name}' is not a function that an expression knows.", "{hint}"),
    "GT-EXPR-022": Message("'{name}' takes {wanted}, and this has {count}.", "{example}"),
    "GT-EXPR-023": Message("'has' asks whether there is anything under a name.", "For example has(target)."),
    "GT-EXPR-024": Message("'{name}' names something already.", "Call the period otherwise, for example p."),
    # types
    "GT-EXPR-030": Message("'{op}' wants {wanted}, and {what} is {found}.", "{hint}"),
    "GT-EXPR-031": Message(
        "{left} is {one} and {right} is {other}: they are never equal.",
        "Compare like with like; a text stands in quotes, a number does not.",
    ),
    "GT-EXPR-032": Message(
        "Texts have no order, so '{op}' cannot compare them.",
        'Name them instead: status in ["red", "amber"].',
    ),
    "GT-EXPR-033": Message("'{text}' can never be {name}.", "{hint}"),
    "GT-EXPR-034": Message(
        "'{text}' is not a judgement: where a period has none, {name} is unknown.",
        "Ask !has({name}), or use the status as a condition of its own: {{status: {text}}}.",
    ),
    "GT-EXPR-035": Message(
        "A condition answers yes or no, and this is {found}.", "Compare it with something."
    ),
    "GT-EXPR-036": Message(
        "Nothing in this expression depends on a figure, so its answer is always the same.",
        "Name something: value, target, status …",
    ),
    "GT-EXPR-037": Message(
        "Nothing can be divided by zero: this is unknown, always.", "Take the division away."
    ),
    # windows
    "GT-EXPR-040": Message(
        "'earlier' looks back a number of periods that is written out, from 1 to {most}.",
        "For example earlier(3).",
    ),
    "GT-EXPR-041": Message(
        "'earlier(…)' is only good for a question asked of each period.",
        'For example earlier(3).all(p, p.status == "red"), or exists in place of all.',
    ),
    "GT-EXPR-042": Message(
        "A window of periods stands inside another.", "Ask two questions and join them with && or ||."
    ),
    "GT-EXPR-043": Message(
        "'round' wants a number of decimals that is written out, from 0 to {most}.",
        "For example round(value, 1).",
    ),
}
"""Every message about expressions, for refusing and for the error catalogue."""

"""What the life of a trigger and the conditions that look back are refused for: code, rules, path and sentence."""

from __future__ import annotations

from tests.unit.rules.given import SCALE

FIELDS = "status_from: {declared: required}\nindicator_fields: {local: {type: yes_no}, size: {type: choice, options: [big, small]}}\n"
T = SCALE + FIELDS + "triggers: {t: %s}\n"
LIVES = SCALE + FIELDS + "triggers: {%s}\n"
WHEN = T % "{when: %s, then: {record: noted}}"
BANDS = SCALE + "compare_by: percent_from_target\nbands: %s\n"
STATUS = "statuses: %s\nstatus_from: {declared: required}\n"
SOURCE = SCALE + "status_from: %s\n"
ODD = T.replace("green: {}}", "green: {}, odd: {judged: no, reason: Odd}}")
SEVEN = ", ".join(
    f"{{status: amber, when: {{direction: {{is: better, stable_within: {n}}}}}}}" for n in range(1, 8)
)

REFUSED: list[tuple[str, str, tuple[str | int, ...], str]] = [
    (
        "GT-RULE-080",
        WHEN % "{out_of: {status: red, n: 4, of: 3}}",
        ("triggers", "t", "when", "out_of", "n"),
        "'n: 4' is more than 'of: 3'. Count no more periods than there are.",
    ),
    (
        "GT-RULE-081",
        WHEN % "{consecutive: {status: red, direction: worse, at_least: 3}}",
        ("triggers", "t", "when", "consecutive"),
        "'consecutive' needs exactly one of 'status' and 'direction'. For example {consecutive: {direction: worse, at_least: 3}}.",
    ),
    (
        "GT-RULE-082",
        WHEN % "{consecutive: {status: red, at_least: 3, stable_within: 1}}",
        ("triggers", "t", "when", "consecutive", "stable_within"),
        "'stable_within' is given, but no direction is asked for. Say 'direction' in place of 'status', or take 'stable_within' away.",
    ),
    (
        "GT-RULE-083",
        BANDS
        % "[{status: green, at_least: 0}, {status: amber, when: {turned: {from: green, to: amber}}}, {status: red}]",
        ("bands", 1, "when"),
        "The condition of a band asks about the status of the period, which is not known before it is decided. Ask about the figure or the register instead: direction, field, reported_as, no_data or overdue.",
    ),
    (
        "GT-RULE-083",
        STATUS % "{red: {}, green: {}, odd: {judged: no, reason: Odd, when: {status: red}}}",
        ("statuses", "odd", "when"),
        "The condition of 'odd' asks about the status of the period, which is not known before it is decided. Ask about the figure or the register instead: direction, field, reported_as, no_data or overdue.",
    ),
    (
        "GT-RULE-084",
        BANDS % "[{status: red, when: {direction: better}}, {status: amber}]",
        ("bands", 0),
        "A better figure could get a worse status: 'red' where the figure is better than that of the period before, else 'amber' for any value. Give the better status to the band whose condition holds for better figures.",
    ),
    (
        "GT-RULE-085",
        BANDS % "[{status: amber, when: {direction: same}}, {status: red}]",
        ("bands", 0, "when"),
        "Whether the figure is the same as that of the period before can go either way as a figure gets better, so a better figure could get a worse status. In a band ask for better, or for better or the same; or for worse, or for worse or the same.",
    ),
    (
        "GT-RULE-086",
        BANDS % f"[{SEVEN}, {{status: red}}]",
        ("bands",),
        "More than 6 bands have conditions of their own, too many to prove that nothing falls through. Take some conditions away, or join bands.",
    ),
    (
        "GT-RULE-087",
        T % "{when: {status: red}, hold: two, then: {record: noted}}",
        ("triggers", "t", "hold"),
        "'two' is not a number of periods. Write a number from 1 to 24 and the word, for example 2 periods.",
    ),
    (
        "GT-RULE-088",
        T % "{when: {status: red}, gaps: look_through, then: {record: noted}}",
        ("triggers", "t", "gaps"),
        "'gaps' is given, but nothing that trigger 't' asks looks back. Take 'gaps' away.",
    ),
    (
        "GT-RULE-089",
        ODD % "{when: {turned: {from: amber, to: red}}, gaps: {count_as: odd}, then: {record: noted}}",
        ("triggers", "t", "gaps", "count_as"),
        "'odd' is not a judgement, so a gap cannot count as it. Use one of: red, amber, green.",
    ),
    (
        "GT-RULE-090",
        T % "{when: {status: red}, suppressed_by: [t], then: {record: noted}}",
        ("triggers", "t", "suppressed_by"),
        "Trigger 't' is said to suppress itself. Take it out of 'suppressed_by'.",
    ),
    (
        "GT-RULE-091",
        LIVES
        % "a: {when: {status: red}, suppressed_by: [b], then: {record: noted}}, b: {when: {status: red}, suppressed_by: [a], then: {record: noted}}",
        ("triggers", "a", "suppressed_by"),
        "These triggers suppress each other in a circle: a → b → a. Take one of them out of a 'suppressed_by'.",
    ),
    (
        "GT-RULE-092",
        T % "{when: {status: red}, group_by: service, then: {record: noted}}",
        ("triggers", "t", "group_by"),
        "'group_by' is given, but trigger 't' tells nobody. Add 'notify', or take 'group_by' away.",
    ),
    (
        "GT-RULE-093",
        T % "{when: {status: red}, group_by: body, then: {notify: CMT}}",
        ("triggers", "t", "group_by"),
        "Trigger 't' is told by body, but refers to none. Add 'refer_to', or group by service or indicator.",
    ),
    (
        "GT-RULE-094",
        SOURCE % "{declared: required, override_by: chief_officer}",
        ("status_from", "override_by"),
        "'override_by' is given, but statuses are declared anyway. Take 'override_by' away.",
    ),
    (
        "GT-RULE-095",
        T % "{when: {turned: {from: amber, to: red}}, gaps: skip, then: {record: noted}}",
        ("triggers", "t", "gaps"),
        "'gaps: skip' is no way to take gaps. Write break, look_through or {count_as: STATUS}.",
    ),
    (
        "GT-RULE-007",
        T % "{when: {status: red}, suppressed_by: [tt], then: {record: noted}}",
        ("triggers", "t", "suppressed_by"),
        "'tt' is not a trigger of this pack. Did you mean 't'?",
    ),
]

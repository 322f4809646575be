"""Bad rules are refused with a sentence, a fix and a place; each message is provoked once."""

from __future__ import annotations

import pytest

from rules.messages import MESSAGES
from tests.unit.rules import refused_lives
from tests.unit.rules.given import RAG, SCALE, problems, read

T = (
    SCALE
    + "status_from: {declared: required}\nindicator_fields: {local: {type: yes_no}, size: {type: choice, options: [big, small]}}\ntriggers: {t: %s}\n"
)
WHEN = T % "{when: %s, then: {record: noted}}"
THEN = T % "{when: {status: red}, then: %s}"
BANDS = SCALE + "compare_by: percent_from_target\nbands: %s\n"
DEEP = "{not: " * 11 + "{status: red}" + "}" * 11

REFUSED: list[tuple[str, str, tuple[str | int, ...], str]] = [
    # code, rules, path, what is said
    (
        "GT-RULE-001",
        "statuses: red\nstatus_from: declared",
        ("statuses",),
        "'statuses' must be a block of keys, not 'red'.",
    ),
    ("GT-RULE-001", BANDS % "{status: red}", ("bands",), "'bands' must be a list, not a block of keys."),
    (
        "GT-RULE-001",
        THEN % "{record: [a]}",
        ("triggers", "t", "then", "record"),
        "'record' must be text, not a list.",
    ),
    (
        "GT-RULE-001",
        WHEN % "{status: []}",
        ("triggers", "t", "when", "status"),
        "'status' must be a word or a list of words, not an empty list.",
    ),
    (
        "GT-RULE-002",
        THEN % "{refer: CPEG, record: x}",
        ("triggers", "t", "then", "refer"),
        "'then' has no key 'refer'. Did you mean 'refer_to'?",
    ),
    (
        "GT-RULE-003",
        WHEN % "{turned: {to: red}}",
        ("triggers", "t", "when", "turned"),
        "'turned' needs 'from'.",
    ),
    (
        "GT-RULE-003",
        WHEN % "{field: local}",
        ("triggers", "t", "when"),
        "A 'field' condition needs 'is'. For example is: \"yes\".",
    ),
    (
        "GT-RULE-004",
        BANDS % "[{status: green, at_least: ten}, {status: red}]",
        ("bands", 0, "at_least"),
        "'ten' is not a number. Write digits and at most one decimal point, for example 57.1.",
    ),
    (
        "GT-RULE-005",
        WHEN % "{consecutive: {status: red, at_least: 1}}",
        ("triggers", "t", "when", "consecutive", "at_least"),
        "'1' is not a whole number from 2 to 60.",
    ),
    (
        "GT-RULE-006",
        T % "{when: {status: red}, then: {record: x}, enabled: maybe}",
        ("triggers", "t", "enabled"),
        "'maybe' is neither yes nor no. Write yes or no.",
    ),
    (
        "GT-RULE-007",
        THEN % "{refer_to: CPGE}",
        ("triggers", "t", "then", "refer_to"),
        "'CPGE' is not a body of this pack. Did you mean 'CPEG'?",
    ),
    (
        "GT-RULE-007",
        THEN % "{notify: [CMT, sevice_manager]}",
        ("triggers", "t", "then", "notify", 1),
        "'sevice_manager' is not a body or role of this pack. Did you mean 'service_manager'?",
    ),
    (
        "GT-RULE-007",
        THEN % "{start: interventoin}",
        ("triggers", "t", "then", "start"),
        "'interventoin' is not a workflow of this pack. Did you mean 'intervention'?",
    ),
    (
        "GT-RULE-007",
        WHEN % "{status: [red, Ambre]}",
        ("triggers", "t", "when", "status", 1),
        "'Ambre' is not a status of this pack. Did you mean 'amber'?",
    ),
    (
        "GT-RULE-007",
        SCALE + "status_from: {declared: maybe}",
        ("status_from", "declared"),
        "'maybe' is not a word for 'declared'. Known here: required.",
    ),
    (
        "GT-RULE-008",
        "statuses: {Red: {}, green: {}}\nstatus_from: declared",
        ("statuses", "Red"),
        "'Red' cannot be a name. Use small letters, digits and underscores, beginning with a letter, for example turned_red.",
    ),
    (
        "GT-RULE-009",
        THEN % "{require: action, within: soon}",
        ("triggers", "t", "then", "within"),
        "'soon' is not a length of time. Write a number and a unit, for example 10 working days or 2 months.",
    ),
    (
        "GT-RULE-010",
        "status_from: declared",
        ("statuses",),
        "The pack names no statuses. List them under 'statuses', worst first.",
    ),
    (
        "GT-RULE-011",
        "statuses: {no_data: {}}\nstatus_from: declared",
        ("statuses",),
        "No status of the pack is a judgement: every one says 'judged: no'. Give at least one status that rates a figure.",
    ),
    (
        "GT-RULE-012",
        "statuses: {red: {rank: 2}, green: {rank: 1}}\nstatus_from: declared",
        ("statuses", "green", "rank"),
        "'green' has rank 1, but a worse status before it has rank 2. List statuses worst first, with ranks that rise; or leave the ranks out.",
    ),
    (
        "GT-RULE-013",
        "statuses: {red: {}, baseline: {judged: no}}\nstatus_from: declared",
        ("statuses", "baseline"),
        "'baseline' is not judged, but gives no reason. Say why such figures are not rated: reason: \"Not all indicators have targets\".",
    ),
    (
        "GT-RULE-014",
        "statuses: {red: {}, no_data: {}, late: {judged: no, stands_for: [no_data]}}\nstatus_from: declared",
        ("statuses", "late"),
        "'late' and 'no_data' both stand for no_data. Let only one of them stand for it.",
    ),
    (
        "GT-RULE-015",
        "statuses: {red: {reason: It is bad}}\nstatus_from: declared",
        ("statuses", "red", "reason"),
        "'red' is a judgement and has a 'reason'. Only statuses with 'judged: no' do; take it away or say 'judged: no'.",
    ),
    (
        "GT-RULE-016",
        (BANDS % "[{status: no_data}]").replace("red: {}", "no_data: {}, red: {}"),
        ("bands", 0, "status"),
        "'no_data' is not a judgement, so no band can give it. Use one of: red, amber, green.",
    ),
    (
        "GT-RULE-020",
        SCALE,
        (),
        "The pack does not say where statuses come from. Say 'status_from: bands' and give bands, or 'status_from: {declared: required}'.",
    ),
    (
        "GT-RULE-021",
        SCALE + "status_from: bands",
        ("status_from",),
        "Statuses are to come from bands, but the pack has none. Give 'bands', or say 'status_from: {declared: required}'.",
    ),
    (
        "GT-RULE-022",
        SCALE + "status_from: bands\nbands: to_be_agreed",
        ("status_from",),
        "The bands are still to be agreed, so no status can be computed from them. Say 'status_from: {declared: required}' until they are agreed; no rating is invented.",
    ),
    (
        "GT-RULE-022",
        SCALE + "bands: to_be_agreed",
        ("bands",),
        "The bands are still to be agreed, so no status can be computed from them. Say 'status_from: {declared: required}' until they are agreed; no rating is invented.",
    ),
    (
        "GT-RULE-023",
        RAG + "status_from: declared",
        ("bands",),
        "Statuses are declared, so these bands would never be used. Take the bands away, or say 'status_from: bands'.",
    ),
    (
        "GT-RULE-024",
        SCALE + "bands: [{status: red}]",
        ("bands",),
        "The pack has bands but does not say what they compare. Say for example 'compare_by: percent_from_target'.",
    ),
    (
        "GT-RULE-025",
        RAG.replace("percent_from_target", "{use: difference, rounding: half_to_even}"),
        ("compare_by", "rounding"),
        "'rounding' is given, but not to what. Add 'round_to', for example round_to: 0.1, or take 'rounding' away.",
    ),
    (
        "GT-RULE-026",
        RAG.replace("percent_from_target", "{use: difference, round_to: 0}"),
        ("compare_by", "round_to"),
        "'round_to: 0' is not above zero. Give a number above zero.",
    ),
    (
        "GT-RULE-027",
        RAG.replace("percent_from_target", "{use: value, better: positive}"),
        ("compare_by", "better"),
        "'better: positive' does not go with 'value'. Write higher or lower.",
    ),
    (
        "GT-RULE-030",
        BANDS % "[{status: green, above: 0}, {status: red, below: 0}]",
        ("bands",),
        "No band covers the value 0 %. Let a band reach them, or say 'round_to' if the source rounds first.",
    ),
    (
        "GT-RULE-031",
        BANDS % "[{status: red}, {status: green}]",
        ("bands", 1),
        "No value can reach this band: the bands before it take all of its values. Move it up, or take it away.",
    ),
    (
        "GT-RULE-032",
        BANDS % "[{status: green, from: 5, to: 1}, {status: red}]",
        ("bands", 0),
        "No value can reach this band: it ends below where it begins. Swap its ends.",
    ),
    (
        "GT-RULE-033",
        BANDS % "[{status: red, at_least: 0}, {status: green}]",
        ("bands", 0),
        "A better figure would get a worse status: 'red' for the value 0 %, but 'green' for values below 0 %. Order the bands so that better figures never fall to a worse status.",
    ),
    (
        "GT-RULE-034",
        BANDS % "[{status: green, at_least: 0, above: 1}, {status: red}]",
        ("bands", 0, "above"),
        "This band says 'at_least' and 'above', which are both a lower end. Keep one of them.",
    ),
    (
        "GT-RULE-035",
        BANDS % "[]",
        ("bands",),
        "The list of bands is empty. Give at least one band, or say 'bands: to_be_agreed'.",
    ),
    (
        "GT-RULE-036",
        BANDS % "[{status: green, floor: missed}, {status: red}]",
        ("bands", 0),
        "A figure that misses the floor would get a better status than one that meets it: at any value 'green' against 'red'. Give the worse status to the band with 'floor: missed'.",
    ),
    (
        "GT-RULE-040",
        SCALE + "status_from: declared\nindicator_fields: {size: {type: choice}}",
        ("indicator_fields", "size"),
        "'size' is a choice, but lists no options. Give them: options: [high, low].",
    ),
    (
        "GT-RULE-041",
        SCALE + "status_from: declared\nindicator_fields: {size: {type: yes_no, options: [a]}}",
        ("indicator_fields", "size", "options"),
        "'size' is of type yes_no, so it has no options. Say 'type: choice', or take the options away.",
    ),
    (
        "GT-RULE-042",
        WHEN % "{field: size, is: bigg}",
        ("triggers", "t", "when", "is"),
        "'bigg' can never be the answer to 'size'. Did you mean 'big'?",
    ),
    (
        "GT-RULE-050",
        WHEN % "{status: red, reported_as: risk}",
        ("triggers", "t", "when"),
        "A condition asks one question, but this one has 2: 'status', 'reported_as'. Join several with 'all: […]' or 'any: […]'.",
    ),
    (
        "GT-RULE-050",
        WHEN % "{}",
        ("triggers", "t", "when"),
        "A condition asks one question, but this one has none: no kind. Join several with 'all: […]' or 'any: […]'.",
    ),
    (
        "GT-RULE-051",
        WHEN % "{statis: red}",
        ("triggers", "t", "when", "statis"),
        "'statis' is no kind of condition. Did you mean 'status'?",
    ),
    (
        "GT-RULE-051",
        WHEN % "{status: red, is: 'yes'}",
        ("triggers", "t", "when", "is"),
        "'is' is no kind of condition. Known here: all, any, consecutive, direction, expression, field, first_status, no_data, not, out_of, overdue, reported_as, status, turned.",
    ),
    (
        "GT-RULE-052",
        WHEN % "{all: []}",
        ("triggers", "t", "when", "all"),
        "'all' is empty, so it can decide nothing. List at least one condition.",
    ),
    (
        "GT-RULE-053",
        WHEN % "{turned: {from: [amber, red], to: red}}",
        ("triggers", "t", "when", "turned"),
        "Nothing can turn from 'red' to 'red'. Take 'red' out of 'from' or out of 'to'.",
    ),
    (
        "GT-RULE-054",
        (WHEN % "{turned: {from: no_data, to: red}}").replace("red: {}", "no_data: {}, red: {}"),
        ("triggers", "t", "when", "turned", "from"),
        "'no_data' is not a judgement, and nothing turns from or to a state that is not one. Use one of: red, amber, green.",
    ),
    (
        "GT-RULE-055",
        WHEN % "{consecutive: {status: red}}",
        ("triggers", "t", "when", "consecutive"),
        "'consecutive' needs exactly one of 'at_least', 'exactly' and 'reaching'. For example {consecutive: {status: red, at_least: 3}}.",
    ),
    (
        "GT-RULE-056",
        THEN % "{}",
        ("triggers", "t", "then"),
        "Nothing follows from trigger 't'. Say what does under 'then': start, refer_to, require, notify or record.",
    ),
    (
        "GT-RULE-057",
        T % "{when: {status: red}, only_if: {field: local, is: 'yes'}, then: {record: x}}",
        ("triggers", "t", "only_if"),
        "'only_if' does not say what is recorded where it does not hold. Add for example otherwise: \"Red reported, not a local priority: no corporate action\".",
    ),
    (
        "GT-RULE-058",
        WHEN % DEEP,
        ("triggers", "t", "when", *["not"] * 10),
        "Conditions stand more than 10 deep. Split the trigger into several.",
    ),
    (
        "GT-RULE-059",
        THEN % "{record: x, within: 2 months}",
        ("triggers", "t", "then", "within"),
        "'within' is given, but nothing is required. Add 'require', or take 'within' away.",
    ),
    *refused_lives.REFUSED,
]


@pytest.mark.parametrize(("code", "text", "path", "says"), REFUSED, ids=[each[0] for each in REFUSED])
def test_it_is_refused(code: str, text: str, path: tuple[str | int, ...], says: str) -> None:
    assert [(each.code, each.path, str(each)) for each in problems(text)] == [(code, path, says)]


def test_every_message_is_provoked() -> None:
    elsewhere = {
        "GT-RULE-037",
        "GT-RULE-070",
        "GT-RULE-099",
    }  # by histories, and by very many bands or problems
    assert {each[0] for each in REFUSED} | elsewhere == set(MESSAGES)


def test_all_problems_are_found_at_once() -> None:
    found = problems(
        "statuses: {red: {colr: red}}\nbands: [{status: gren}]\ntriggers: {t: {when: {status: blu}}}\n"
    )
    assert [(each.code, each.at_key) for each in found] == [
        ("GT-RULE-002", True),
        ("GT-RULE-007", False),
        ("GT-RULE-024", False),
        ("GT-RULE-003", True),
        ("GT-RULE-007", False),
    ]


def test_keys_of_the_other_half_are_left_alone() -> None:
    compiled, found = read(RAG + "workflows: {whatever: 1}\nladder: x\n")
    assert compiled is not None
    assert found == ()

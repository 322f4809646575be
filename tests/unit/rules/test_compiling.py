"""What a checked pack is, in bytes and in English, and that every kind of condition is registered and explained."""

from __future__ import annotations

import importlib
import json
import pkgutil

import pytest

import rules.kinds as kinds
from events.kinds.statuses import StatusAssessed
from rules.compile import KEYS
from rules.english import english, english_trigger
from rules.ir import Condition
from rules.kinds import REGISTRY
from rules.kinds.joined import Joined
from rules.reading.sheet import Key
from rules.schema import blocks, causes, conditions, json_schema
from rules.standing import Standing
from tests.unit.rules.given import DECLARED, RAG, facts, problems, rules, trigger
from tests.unit.rules.scales import CAMBRIDGESHIRE, KENT, MAIDSTONE, READING

HAMPSHIRE = """
statuses: {red: {label: Red}, amber: {label: Amber}, green: {label: Green}}
status_from: {declared: required, assumption: H3}
indicator_fields:
  important_locally: {type: yes_no, from: corporate_improvement_plan, override_by: CPEG, assumption: H4}
triggers:
  concern:
    when: {any: [{status: red}, {reported_as: area_for_improvement}, {reported_as: risk}]}
    only_if: {field: important_locally, is: "yes", otherwise: "Red reported, not a local priority: no corporate action"}
    fires: once
    then: {refer_to: CPEG, start: intervention}
    clause: "4.5, 4.15"
"""


# bytes ----------------------------------------------------------------------------------------------------


def test_the_same_rules_have_the_same_bytes_however_they_are_spelled() -> None:
    other = "bands:\n  - {at_least: '0.0', status: green}\n  - {status: amber, from: -10.00}\n  - {status: red}\ncompare_by: {use: percent_from_target}\nstatuses: {red: {}, amber: {label: Amber}, green: {}}\nstatus_from: bands\n"
    assert rules(RAG).canonical() == rules(other).canonical()
    assert rules(RAG).digest == rules(other).digest


def test_other_rules_have_another_digest() -> None:
    assert rules(RAG).digest != rules(RAG.replace("at_least: -10", "above: -10")).digest


def test_the_canonical_form_is_sorted_json_with_numbers_as_text() -> None:
    tree = json.loads(rules(RAG).canonical())
    assert list(tree) == sorted(tree)
    assert tree["bands"][1]["lower"] == {"at": "-10", "inclusive": True, "tolerance": 0}


@pytest.mark.parametrize(
    ("condition", "lookback"),
    [
        ("{status: red}", 1),
        ("{consecutive: {status: red, at_least: 4}}", 3),
        ("{consecutive: {status: red, reaching: 4}}", 4),
        ("{any: [{status: red}, {not: {consecutive: {status: red, exactly: 6}}}]}", 6),
    ],
)
def test_rules_say_how_far_back_they_look(condition: str, lookback: int) -> None:
    assert trigger(f"when: {condition}").lookback == lookback


def test_a_judgement_keeps_as_many_statuses_as_the_next_one_looks_back() -> None:
    last = facts(trigger("when: {consecutive: {status: red, at_least: 3}}"), "red amber green red")[-1][-1]
    assert isinstance(last, StatusAssessed)
    assert [each.period for each in last.recent] == ["2001-03", "2001-04"]


def test_words_for_concerns_can_be_listed_and_are_then_checked() -> None:
    assert rules(DECLARED + "reported_as: [risk]\n").reported_as == ("risk",)
    text = DECLARED + "reported_as: [risk]\ntriggers: {t: {when: {reported_as: rsik}, then: {record: x}}}\n"
    assert [problem.sentence for problem in problems(text)] == [
        "'rsik' is not a word of the pack's 'reported_as'."
    ]


# English --------------------------------------------------------------------------------------------------


def test_hampshire_reads_aloud() -> None:
    assert english(rules(HAMPSHIRE)) == (
        "Red is the worst status.",
        "Amber is better than red.",
        "Green is the best status.",
        "The status is declared by an officer; a figure without one is not rated.",
        "Of every indicator it is recorded: important locally (yes or no), taken from the corporate improvement plan; CPEG may set it otherwise.",
        "Concern: when the status is red, or it is reported as area for improvement, or it is reported as risk, "
        "and only if 'important locally' is yes (else it is recorded: \"Red reported, not a local priority: no corporate action\"), "
        "it is referred to CPEG and an intervention is proposed; once, until that no longer holds.",
    )


def test_bands_read_aloud() -> None:
    assert english(rules(MAIDSTONE))[4:] == (
        "What is compared is how far the value is from its target, as a percentage of the target; better than the target "
        "counts as positive, whichever way is better; it is rounded to the nearest 0.1 before banding (a half goes away from zero, as a spreadsheet does).",
        "Summit: at least 0 %.",
        "Firstbase: at least -9.9 % and at most -0.1 %.",
        "Basecamp: at most -10 %.",
    )
    assert english(rules(KENT))[-2:] == ("Amber: the floor is met.", "Red: everything else.")
    assert (
        "What is compared is the value itself, without a target; higher is better; nothing is rounded."
        in english(rules(READING))
    )
    assert "No data is not a judgement, used where there is no figure, and scores -0.25." in english(
        rules(MAIDSTONE)
    )
    assert "Baseline is not a judgement: The first year is the baseline." in english(rules(CAMBRIDGESHIRE))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "when: {turned: {from: [amber, green], to: red}}, then: {notify: [CMT, chief_officer]}",
            "T: when the status turned from amber or green to red, CMT and chief officer are told.",
        ),
        (
            "when: {all: [{consecutive: {status: red, reaching: 3}}, {any: [{status: red}, {reported_as: risk}]}]}, fires: once, "
            "clears_when: {status: green}, enabled: no, then: {require: action, within: 2 months, record: Third red}",
            "T: when the status has been red for 3 periods running, counted once as the number is reached, and (the status is red, or "
            'it is reported as risk), an action is required within 2 months and it is recorded: "Third red"; once, until the status is green (switched off).',
        ),
        (
            "when: {not: {status: green}}",
            'T: when it is not so that the status is green, it is recorded: "noted".',
        ),
    ],
)
def test_triggers_read_aloud(written: str, said: str) -> None:
    pack = trigger(written)
    assert english_trigger(pack, pack.triggers[0]) == said


# the registry ---------------------------------------------------------------------------------------------


def test_every_kind_in_the_folder_is_registered_and_explained() -> None:
    nodes = set()
    for module in pkgutil.iter_modules(kinds.__path__):
        found = vars(importlib.import_module(f"rules.kinds.{module.name}")).values()
        nodes |= {each for each in found if isinstance(each, type) and issubclass(each, Condition)}
    assert {kind.node for kind in REGISTRY.values()} == nodes - {Condition, Joined}
    for name, kind in REGISTRY.items():
        assert kind.node.__struct_config__.tag == name
        assert kind.about.endswith(".")
        assert next(iter(kind.keys)) == name
        assert all(key.about.endswith(".") for key in {**kind.keys, **kind.inner}.values())


def test_a_kind_that_leaves_an_answer_out_is_no_condition() -> None:
    class Silent(Condition, frozen=True, tag="silent"):
        def holds(self, standing: Standing) -> bool:
            return True

    with pytest.raises(TypeError, match="'because', 'english'"):
        Silent()  # type: ignore[abstract]  # what is shown


@pytest.mark.parametrize("name", REGISTRY)
def test_every_example_can_be_used_as_it_stands(name: str) -> None:
    example = REGISTRY[name].example.replace("important_locally", "local")
    assert trigger(example if example.startswith("when") else f"when: {{status: red}}, {example}")


def test_every_block_of_the_reference_is_explained() -> None:
    pages = (*blocks(), *conditions())
    assert {page.name for page in pages} > KEYS - {"reported_as"}
    for page in pages:
        assert page.about.endswith(".")
        assert all(isinstance(key, Key) and key.about.endswith(".") for key in page.keys.values())
    assert "no_data" in causes()


def test_the_schema_for_editors_knows_every_key() -> None:
    schema = json_schema()
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert set(properties) == KEYS
    condition = schema["$defs"]
    assert isinstance(condition, dict)
    assert set(REGISTRY) <= set(condition["condition"]["properties"])
    assert json.loads(json.dumps(schema)) == schema

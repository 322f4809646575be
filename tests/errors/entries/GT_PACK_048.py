"""A decision that only a person may begin, and a trigger that requires it."""

from adapters.yaml import YamlDocuments
from engine.packs.crossing import check_across
from rules.compile import compile_rules
from rules.names import Names
from workflows.compile import compile_definition
from workflows.organisation import compile_organisation

SAYS = "Trigger 'red' requires 'decision', which is begun by people only."
FIX = "Leave 'by' out of its 'start', or write by: system there."

RULES = """
statuses: {red: {label: Red}, green: {label: Green}}
status_from: {declared: required}
triggers: {red: {when: {status: red}, then: {require: decision}}}
"""
DECISION = """
workflow: decision
version: 1
start: {by: director, may: {trigger: name, period: period}}
states:
  needed: {label: Needed, initial: yes, no_deadline: it waits}
  made: {label: Made, final: yes}
steps:
  - {do: decide, from: needed, to: made, by: director, needs: {decision: text}}
"""


def provoke():
    read = YamlDocuments().read
    rules, _ = compile_rules(read(RULES, "pack.yaml").tree, Names())
    organisation, _ = compile_organisation(read("roles: [director]", "pack.yaml").tree)
    definition, _ = compile_definition(
        read(DECISION, "decision.yaml").tree, parameters={}, organisation=organisation
    )
    return check_across(rules, ["submission", "decision"], {"decision": definition}, {})

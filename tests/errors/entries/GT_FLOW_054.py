"""A ladder that is to climb by itself, and a workflow in which the system may not move anything."""

from adapters.yaml import YamlDocuments
from workflows.compile import compile_definition
from workflows.organisation import compile_organisation

SAYS = "The ladder climbs by itself, but in 'asked' the system may not move to a rung."
FIX = "Add a step by system that needs {rung: rung}."

PACK = "bodies: {A: {label: A}, B: {label: B}}\nintervention: {ladder: {rungs: [A, B], mode: automatic}}\n"
PLAN = """
workflow: plan
version: 1
start: {needs: {refer_to: body}}
states:
  asked: {label: Asked for, initial: yes}
  done: {label: Done, final: yes}
steps:
  - {do: finish, from: asked, to: done, by: body}
deadlines:
  answer: {in: asked, within: 1 month, on_pass: {propose: next_rung}}
"""


def provoke():
    organisation, _ = compile_organisation(YamlDocuments().read(PACK, "pack.yaml").tree)
    return compile_definition(
        YamlDocuments().read(PLAN, "plan.yaml").tree, parameters={}, organisation=organisation
    )[1]

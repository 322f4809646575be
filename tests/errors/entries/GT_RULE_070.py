"""A history in a pack's own tests with a word that is no status."""

from adapters.yaml import YamlDocuments
from rules.compile import compile_rules
from rules.history import judge_history
from rules.names import Names

SAYS = "'purple' is no status of this pack."
FIX = "Known here: ., amber, red."


def provoke():
    text = "statuses: {red: {}, amber: {}}\nstatus_from: {declared: required}\n"
    rules, _ = compile_rules(YamlDocuments().read(text, "pack.yaml").tree, Names())
    judge_history(rules, ["red", "purple"], {})

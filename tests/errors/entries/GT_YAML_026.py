"""A block or list of more entries than any framework has."""

from adapters.yaml import YamlDocuments

SAYS = "One block or list holds more than 1,000 entries."
FIX = "Split it."


def provoke():
    YamlDocuments().read("".join(f"- {n}\n" for n in range(1_001)), "pack.yaml")

"""A document of more than a megabyte."""

from adapters.yaml import YamlDocuments

SAYS = "The file is larger than 1 MB."
FIX = "A pack is a few hundred lines; keep figures and documents elsewhere."


def provoke():
    YamlDocuments().read("a: b\n" * 250_000, "pack.yaml")

"""A document with a line that nobody could read."""

from adapters.yaml import YamlDocuments

SAYS = "The file has more than 20,000 lines, or a line of more than 5,000 characters."
FIX = "Break long lines; split a long file."


def provoke():
    YamlDocuments().read("title: " + "x" * 5_000, "pack.yaml")

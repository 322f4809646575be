"""A document of more values than any framework has."""

from adapters.yaml import YamlDocuments

SAYS = "The file holds more than 10,000 values."
FIX = "Split it."


def provoke():
    YamlDocuments().read("".join(f"k{n}: [{'v, ' * 20}]\n" for n in range(500)), "pack.yaml")

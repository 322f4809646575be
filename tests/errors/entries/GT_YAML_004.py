"""A character that no text holds: here the bell, as it comes along when a text is copied from a terminal."""

from adapters.yaml import YamlDocuments

SAYS = "The file holds a character that no text may hold (U+0007)."
FIX = "Save it again as plain text in UTF-8."


def provoke():
    YamlDocuments().read("title: Driving\x07 Success\n", "pack.yaml")

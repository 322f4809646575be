"""A comment with an escape sequence in it, which a terminal would obey."""

from tests.errors.council import a_council
from tests.office import office_of

SAYS = "The words given hold a character that cannot be shown (U+001B)."
FIX = "Type them again as plain text in UTF-8."


def provoke():
    office = office_of(a_council())
    office.text("innocent \x1b]0;words")

"""A name typed in another encoding than UTF-8, whose bytes no book can hold as text."""

from tests.errors.console import council_folder, goldenthread

SAYS = "The argument 's·' holds bytes that are not UTF-8, where a dot stands."
FIX = "Type it again as plain text in UTF-8."


def provoke() -> object:
    with council_folder():
        return goldenthread(["service", "add", "s\udcff", "--as", "Ada Lead"])[1]

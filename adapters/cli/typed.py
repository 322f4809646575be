"""What was typed is looked at before any command runs: all of it must be text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from events.errors import Invalid

TYPED = "goldenthread.typed"
"""Where a context keeps the arguments as they were typed."""
_NO_TEXT = re.compile("[\ud800-\udfff]")
"""As what Python hands on the bytes of an argument that are not UTF-8; no book can hold them."""


def check_text(arguments: Iterable[str]) -> None:
    """Raises Invalid for an argument or an option with bytes that are no text."""
    for argument in arguments:
        if _NO_TEXT.search(argument):
            raise Invalid.of(
                "GT-USE-120",
                f"The argument '{_NO_TEXT.sub('·', argument)}' holds bytes that are not UTF-8, where a dot stands.",
                "Type it again as plain text in UTF-8.",
            )

"""Which characters the bytes of a file stand for: UTF-8 as it should be, or Windows-1252 as Excel's plain 'CSV' has it."""

from __future__ import annotations

import codecs
import re

from events.errors import Invalid, Place, Problem

SAVE = "In Excel choose 'Save as' and the type 'CSV UTF-8 (Comma delimited)'."
_BLOCK = 1 << 20
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_UTF8_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")


def encoding_of(content: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    """The name of the encoding, and what a reader should know about it. Raises Invalid where there is none."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _invalid("GT-IMPORT-002", f"The file {file} is a workbook, not CSV.", file)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content:
        raise _invalid("GT-IMPORT-003", f"The file {file} is UTF-16 text, or no text at all.", file)
    odd = _first_not_utf8(content)
    if odd is None:
        return "utf-8-sig", ()
    undefined = _UNDEFINED.search(content)
    if undefined or _UTF8_PAIR.search(content):
        at = undefined.start() if undefined else odd
        raise Invalid(_neither(content, at, file))
    return "cp1252", ("The file is Windows-1252 text, Excel's plain 'CSV', and was read as such.",)


def _first_not_utf8(content: bytes) -> int | None:
    """Where the first byte stands that is not UTF-8, looking at a block at a time."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(content), _BLOCK):
        held = len(decoder.getstate()[0])
        try:
            decoder.decode(content[start : start + _BLOCK], final=start + _BLOCK >= len(content))
        except UnicodeDecodeError as trouble:
            return start - held + trouble.start
    return None


def _neither(content: bytes, at: int, file: str) -> Problem:
    before = content[:at]
    start = before.rfind(b"\n") + 1
    end = content.find(b"\n", at)
    line = content[start : end if end >= 0 else len(content)].decode("cp1252", errors="replace")
    return Problem(
        code="GT-IMPORT-001",
        sentence="The file is neither UTF-8 nor Windows-1252 text, or some of both.",
        fix=SAVE,
        place=Place(
            file=file, line=before.count(b"\n") + 1, column=at - start + 1, excerpt=line.rstrip("\r")[:2_000]
        ),
    )


def _invalid(code: str, sentence: str, file: str) -> Invalid:
    return Invalid(Problem(code=code, sentence=sentence, fix=SAVE, place=Place(file=file, line=1, column=1)))

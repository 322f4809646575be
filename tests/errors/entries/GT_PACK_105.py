"""Bytes in a book that should be a pack and are not."""

from engine.packs.load import pack_from_canonical

SAYS = "The bytes kept as a pack cannot be read as one: JSON is malformed: invalid character (byte 4)."
FIX = "Run 'goldenthread audit verify'; a newer goldenthread may have written this book."


def provoke():
    pack_from_canonical(b"not a pack")

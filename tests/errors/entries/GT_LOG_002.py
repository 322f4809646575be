"""A body that is not what its type says."""

from events.codec import decode

SAYS = "Event 7 (meeting.added, schema 1) cannot be read: Object missing required field `stream`."
FIX = "Run 'goldenthread audit verify'; a newer goldenthread may have written this book."


def provoke():
    decode(7, "meeting.added", 1, b"{}")

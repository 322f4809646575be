"""The base of everything that can be asked."""

from __future__ import annotations

import msgspec


class Request(msgspec.Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The base of everything that can be asked."""

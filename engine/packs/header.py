"""The head of `pack.yaml`: what the pack is called, since when it is in force, its assumptions, and which workflows it uses."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from engine.packs.adoption import Adoption, read_adoption
from engine.packs.closing import PeriodClose, read_period_close
from engine.packs.data_quality import ALL_ON, DataQuality, read_data_quality
from engine.packs.pack import Assumption
from engine.packs.scalars import read_day
from workflows.node import Node

KEYS = (
    "pack",
    "title",
    "version",
    "source",
    "effective",
    "assumptions",
    "workflows",
    "data_quality",
    "period_close",
    "adoption",
)
"""The top-level keys that belong to neither half."""

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}")


class WorkflowUse(msgspec.Struct, frozen=True, kw_only=True):
    """One line under `workflows`: the definition taken in and the parameters it is given."""

    use: str
    parameters: dict[str, object]


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of the head."""

    name: str
    title: str
    version: str
    source: str
    effective_from: date
    assumptions: dict[str, Assumption]
    uses: dict[str, WorkflowUse]
    data_quality: DataQuality = ALL_ON
    period_close: PeriodClose | None = None
    adoption: Adoption | None = None


def read_header(top: Node) -> Header:
    """Read the head of a pack; problems are collected by the node."""
    found = top.entries()
    for key in ("pack", "title", "version", "source", "effective"):
        if key not in found:
            top.problem("GT-PACK-010", f"The pack does not say '{key}'.", _EXAMPLES[key])
    name = found["pack"].text() if "pack" in found else ""
    if name and not _NAME.fullmatch(name):
        found["pack"].problem(
            "GT-PACK-011",
            f"'{name}' cannot name a pack.",
            "Use small letters, digits and hyphens, for example our-council-2026.",
        )
    return Header(
        name=name,
        title=found["title"].text() if "title" in found else "",
        version=found["version"].text() if "version" in found else "",
        source=found["source"].text() if "source" in found else "",
        effective_from=_effective(found["effective"]) if "effective" in found else date.min,
        assumptions=_assumptions(found["assumptions"]) if "assumptions" in found else {},
        uses=_uses(found["workflows"]) if "workflows" in found else {},
        data_quality=read_data_quality(found["data_quality"]) if "data_quality" in found else ALL_ON,
        period_close=read_period_close(found["period_close"]) if "period_close" in found else None,
        adoption=read_adoption(found["adoption"]) if "adoption" in found else None,
    )


_EXAMPLES = {
    "pack": "Write for example 'pack: our-council-2026', the name of its folder.",
    "title": "Write the title of the framework as it is printed.",
    "version": "Write for example 'version: \"2008.11\"'; each change of the pack gets a new one.",
    "source": "Name the document it is written from.",
    "effective": "Write for example 'effective: {from: 2008-12-01, clause: \"6.4\"}'.",
}


def _effective(node: Node) -> date:
    if not isinstance(node.value, str):
        keys = node.keys(required=("from",), optional=("clause", "assumption"))
        if "from" not in keys:
            return date.min
        node = keys["from"]
    return read_day(node)


def _assumptions(node: Node) -> dict[str, Assumption]:
    read = {}
    for name, below in node.entries().items():
        keys = below.keys(required=("issue", "reading"), optional=("quote", "alternative"))
        texts = {key: value.text() for key, value in keys.items()}
        read[name] = msgspec.convert({"issue": "", "reading": "", **texts, "id": name}, Assumption)
    return read


def _uses(node: Node) -> dict[str, WorkflowUse]:
    uses = {}
    for name, below in node.entries().items():
        keys = below.keys(required=("use",), optional=("with", "clause", "assumption"))
        given = keys["with"].entries() if "with" in keys else {}
        uses[name] = WorkflowUse(
            use=keys["use"].text() if "use" in keys else "",
            parameters={key: value.value for key, value in given.items()},
        )
    return uses

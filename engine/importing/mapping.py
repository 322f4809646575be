"""A mapping file: how the words of somebody else's spreadsheet become ours, told once and kept with every import."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as Names

import msgspec

from engine.importing.periods import Spelled, spelled
from engine.ports import Documents
from engine.problems import placed
from events.errors import Invalid
from workflows.node import Node

KEYS = ("indicator", "service", "period")
"""What names a figure."""
NUMBERS = ("value", "numerator", "denominator")
WORDS = ("declared_status", "reported_as", "provisional")
COMMENT = "comment"
"""What is said about a figure, beside it."""
COLUMNS = (*KEYS, *NUMBERS, *WORDS, COMMENT)
"""Every column of ours."""
IGNORE = "ignore"
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_UNITS = ("fraction", "percent")


class Mapping(msgspec.Struct, frozen=True, kw_only=True):
    """What a mapping file says; the empty one says nothing."""

    digest: str | None = None
    """SHA-256 of the file, in hex."""
    content: bytes = b""
    header: int | None = None
    """The line that names the columns."""
    separator: str | None = None
    comma: bool | None = None
    """Whether a comma separates the decimals."""
    fraction: bool | None = None
    """Whether percentages stand as fractions of one."""
    columns: Names[str, str] = msgspec.field(default_factory=dict)
    """Foreign heading, small letters → our column, or `IGNORE`."""
    fractions: Names[str, bool] = msgspec.field(default_factory=dict)
    """Foreign heading → whether its percentages are fractions, where that differs from column to column."""
    indicators: Names[str, str] = msgspec.field(default_factory=dict)
    services: Names[str, str] = msgspec.field(default_factory=dict)
    statuses: Names[str, str] = msgspec.field(default_factory=dict)
    fixed: Names[str, str] = msgspec.field(default_factory=dict)
    """Our column → what it is in the whole file."""
    year: int | None = None
    """The year that is meant where a heading says Q1 alone."""
    no_figure: Names[str, str] = msgspec.field(default_factory=dict)
    """Word, small letters → why there is no figure."""
    skip_rows: frozenset[str] = frozenset()
    """Rows whose first cell says one of these words are passed over; small letters."""


NO_MAPPING = Mapping()


def read_mapping(content: bytes, file: str, documents: Documents) -> Mapping:
    """Read a mapping file. Raises Invalid with every problem, each at its line and column."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid.of(
            "GT-IMPORT-045", f"The mapping file {file} is not UTF-8 text.", "Save it as UTF-8."
        ) from None
    document = documents.read(text, file)
    top = Node(getattr(document, "tree"), (), [])  # noqa: B009  # a document has a tree, whatever its type
    found = _read(top)
    if top.problems:
        raise Invalid(*placed(top.problems, document))
    return msgspec.structs.replace(found, digest=hashlib.sha256(content).hexdigest(), content=content)


_TOP = (
    "header", "separator", "decimal", "percentages", "columns", "indicators", "services", "statuses", "fixed",
    "no_figure", "skip_rows",
)  # fmt: skip


def _read(top: Node) -> Mapping:
    keys = top.keys(optional=_TOP)
    columns, fractions = _columns(keys.get("columns"))
    fixed, year = _fixed(keys.get("fixed"), columns)
    return Mapping(
        header=keys["header"].whole_number() if "header" in keys else None,
        separator=SEPARATORS.get(_choice(keys.get("separator"), tuple(SEPARATORS), "separator")),
        comma={"comma": True, "point": False}.get(
            _choice(keys.get("decimal"), ("comma", "point"), "decimal mark")
        ),
        fraction=_unit(keys.get("percentages")),
        columns=columns,
        fractions=fractions,
        indicators=_codes(keys.get("indicators")),
        services=_codes(keys.get("services")),
        statuses=_codes(keys.get("statuses"), fold=True),
        fixed=fixed,
        year=year,
        no_figure=_codes(keys.get("no_figure"), fold=True),
        skip_rows=frozenset(word.casefold() for word in keys["skip_rows"].names())
        if "skip_rows" in keys
        else frozenset(),
    )


def _choice(node: Node | None, known: tuple[str, ...], what: str) -> str:
    return node.choice(known, what, "GT-IMPORT-046") if node is not None else ""


def _unit(node: Node | None) -> bool | None:
    return {"fraction": True, "percent": False}.get(_choice(node, _UNITS, "way to write percentages"))


def _columns(node: Node | None) -> tuple[dict[str, str], dict[str, bool]]:
    """Heading → our column, or a column and how its percentages are written."""
    columns: dict[str, str] = {}
    fractions: dict[str, bool] = {}
    for heading, each in (node.entries() if node is not None else {}).items():
        key = folded(heading)
        if isinstance(each.value, str):
            columns[key] = each.choice((*COLUMNS, IGNORE), "column", "GT-IMPORT-046")
            continue
        about = each.keys(required=("is",), optional=("percentages",))
        if "is" in about:
            columns[key] = about["is"].choice((*COLUMNS, IGNORE), "column", "GT-IMPORT-046")
        unit = _unit(about.get("percentages"))
        if unit is not None:
            fractions[key] = unit
    return columns, fractions


def _fixed(node: Node | None, columns: dict[str, str]) -> tuple[dict[str, str], int | None]:
    """What the whole file is about."""
    about = node.keys(optional=(*KEYS, "reported_as", "year")) if node is not None else {}
    fixed = {name: each.text() for name, each in about.items() if name != "year"}
    for name in fixed:
        if name in columns.values():
            about[name].problem(
                "GT-IMPORT-047",
                f"'{name}' is fixed for the whole file, and a column is said to hold it.",
                "Keep one of the two.",
                at_key=True,
            )
    if "period" in fixed and not _is_period(spelled(fixed["period"])):
        about["period"].problem(
            "GT-IMPORT-048", f"'{fixed['period']}' is not a period.", "Write for example 2026-Q1 or 2026/27."
        )
    if "year" not in about:
        return fixed, None
    said = spelled(about["year"].text()).period
    if said is None or said.kind != "year":
        about["year"].problem("GT-IMPORT-048", "The year is not one.", "Write for example 2026/27.")
        return fixed, None
    return fixed, said.year


def _is_period(said: Spelled) -> bool:
    return said.period is not None or said.last_day is not None


def _codes(node: Node | None, *, fold: bool = False) -> dict[str, str]:
    found = node.entries() if node is not None else {}
    return {(folded(name) if fold else name.strip()): each.text() for name, each in found.items()}


def folded(heading: str) -> str:
    """A heading as headings are compared: capitals, line breaks and the number of spaces aside."""
    return " ".join(heading.casefold().split())

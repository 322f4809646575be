"""What people write to name a figure or an intervention, read for the commands that write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from events.errors import Invalid

if TYPE_CHECKING:
    from engine.office import Office
    from engine.queries.references import FigureRef, MatterRef


def figure(office: Office, text: str) -> FigureRef:
    """A figure, as INDICATOR/SERVICE/PERIOD. Raises Invalid for anything else."""
    from engine.queries.references import FigureRef, parse_reference

    found = parse_reference(office.engine, text)
    if not isinstance(found, FigureRef):
        raise Invalid.of(
            "GT-USE-021",
            f"'{text}' does not name a figure.",
            "Write INDICATOR/SERVICE/PERIOD, for example CH04/childrens/2026-Q2.",
        )
    return found


def intervention(office: Office, text: str) -> MatterRef:
    """An intervention, as series and ordinal or by its number; a series alone means its last one. Raises NotFound."""
    from engine.queries.references import find_intervention

    return find_intervention(office.engine, text)


def series(text: str) -> tuple[str, str]:
    """A series, as INDICATOR/SERVICE. Raises Invalid for anything else."""
    indicator, slash, service = text.strip().partition("/")
    if not (indicator and slash and service) or "/" in service or "#" in service:
        raise Invalid.of(
            "GT-USE-022",
            f"'{text}' does not name a series.",
            "Write INDICATOR/SERVICE, for example CH04/childrens.",
        )
    return indicator, service

"""Names that somebody filters by: those nobody knows are told, with the nearest one, instead of finding nothing."""

from __future__ import annotations

from engine.queries.reader import Reader
from events.errors import NotFound, Problem
from events.nearest import did_you_mean


def check_known(
    reader: Reader, *, body: str | None = None, indicator: str | None = None, service: str | None = None
) -> None:
    """Whether a body of an adopted pack, an indicator and a service are so called. Raises NotFound for all that are not."""
    problems = []
    if body is not None:
        problems += _body(reader, body)
    if indicator is not None and reader.work.indicator(indicator).added is None:
        problems.append(reader.shelf.unknown_indicator(indicator))
    if service is not None:
        problems += _service(reader, service)
    if problems:
        raise NotFound(*problems)


def _body(reader: Reader, body: str) -> list[Problem]:
    packs = [reader.shelf.pack(adopted.digest) for adopted in reader.framework.adopted]
    bodies = sorted(frozenset[str]().union(*(pack.organisation.bodies for pack in packs)))
    if body in bodies:
        return []
    return [
        Problem(
            code="GT-REGISTER-016",
            sentence=f"The pack has no body '{body}'.{did_you_mean(body, bodies)}",
            fix=f"Its bodies are: {', '.join(bodies) or 'none'}.",
        )
    ]


def _service(reader: Reader, service: str) -> list[Problem]:
    known = reader.work.services().labels
    if service in known:
        return []
    return [
        Problem(
            code="GT-REGISTER-018",
            sentence=f"There is no service '{service}'.{did_you_mean(service, known)}",
            fix="'goldenthread service list' shows them.",
        )
    ]

"""The homes that the campaigns of this folder run in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaigns.homes import HOMES, Home


@pytest.fixture(params=HOMES)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    """A place for one book, in each database in turn."""
    place = HOMES[request.param](tmp_path)
    yield place
    place.cleanup()

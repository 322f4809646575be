"""The homes that the campaigns of this folder run in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaigns.homes import HOMES, Home
from tests.campaigns.telling import TOLD, Tell
from tests.room import on_a_disk

tmp_path = pytest.fixture(on_a_disk, name="tmp_path")
"""Writers get into each other's way as they do on a disk: in memory a build that is broken may go unnoticed."""


@pytest.fixture(params=HOMES)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    """A place for one book, in each database in turn."""
    place = HOMES[request.param](tmp_path)
    yield place
    place.cleanup()


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """Tell what was found: at once where output is shown, and at the end of the run."""

    def told(words: str) -> None:
        request.node.user_properties.append((TOLD, words))
        print(words, flush=True)

    return told

"""A council with the example pack adopted; every test that has one runs on every database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from adapters.holidays import UkHolidays
from adapters.yaml.reader import YamlDocuments
from engine.packs.load import load_pack
from engine.packs.pack import Pack
from engine.testing.council import Council
from tests.campaigns.homes import HOMES, Home
from tests.campaigns.packs import automatic as climbing
from tests.campaigns.packs import varied as varied  # for the tests of this folder

from .founding import Books, once
from .hampshire_county import County, founded
from .homes import KEPT_HOMES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=HOMES)
def database(request: pytest.FixtureRequest) -> str:
    """Every database that a book can be kept in."""
    return str(request.param)


@pytest.fixture
def folders(tmp_path: Path) -> Callable[[], Path]:
    """Another empty folder for a book."""
    numbers = count(1)

    def another() -> Path:
        folder = tmp_path / f"home{next(numbers)}"
        folder.mkdir()
        return folder

    return another


@pytest.fixture
def home(database: str, folders: Callable[[], Path]) -> Home:
    """A place for one book."""
    return HOMES[database](folders())


@pytest.fixture
def stores(database: str, folders: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Councils keep their books on the database of this test."""
    books = Books(database, lambda: KEPT_HOMES[database](folders()))
    monkeypatch.setattr(Council, "new_store", staticmethod(books))
    yield
    books.close()


@pytest.fixture(scope="session")
def pack_of() -> Callable[[Path], Pack]:
    """Load a pack's folder, each once."""
    loaded: dict[Path, Pack] = {}

    def load(folder: Path) -> Pack:
        if folder not in loaded:
            loaded[folder] = load_pack(folder, ROOT / "packs" / "library", YamlDocuments())
        return loaded[folder]

    return load


@pytest.fixture
def example(pack_of: Callable[[Path], Pack], stores: None) -> Pack:
    """The pack of the demonstration: bands, amber to red, a ladder of three rungs."""
    return pack_of(ROOT / "examples" / "hospital-waiting" / "example-council")


@pytest.fixture
def hampshire(pack_of: Callable[[Path], Pack], stores: None) -> Pack:
    """Hampshire 2008: statuses declared by officers."""
    return pack_of(ROOT / "packs" / "hampshire-2008")


@pytest.fixture
def county(hampshire: Pack) -> County:
    """Hampshire with its people, and a red that CPEG has to answer."""
    return founded(hampshire)


@pytest.fixture
def cambridgeshire(pack_of: Callable[[Path], Pack], stores: None) -> Pack:
    """Cambridgeshire 2022: KPIs with a lifecycle."""
    return pack_of(ROOT / "packs" / "cambridgeshire-2022")


@pytest.fixture
def automatic(example: Pack) -> Pack:
    """The pack of the demonstration, but its ladder climbs by itself."""
    return climbing(example)


START = date(2017, 7, 10)


def hire_everybody(council: Council) -> None:
    """A service with one indicator; an analyst (p3), a data manager (p4), a service manager (p5), a clerk of CPEG (p6)."""
    council.service("acute")
    council.indicator("AE4", "acute", target="95")
    for name, role, scope in (
        ("Priya Analyst", "data_enterer", None),
        ("Tom Manager", "data_manager", None),
        ("Moira Service", "service_manager", None),
        ("Ada Clerk", "clerk", "CPEG"),
    ):
        council.hire(name, role, scope=scope)


@once
def july(pack: Pack) -> Council:
    """A council on 10 July 2017."""
    council = Council(pack, START, holidays=UkHolidays())
    hire_everybody(council)
    return council


@pytest.fixture
def council(example: Pack) -> Council:
    """A council on 10 July 2017."""
    return july(example)

"""A council that is copied is the council that was founded: every table, and whatever happens to it next."""

from __future__ import annotations

from typing import Any

from adapters.sql import SqlStore
from adapters.sql.schema import LOG
from engine.audit.verify import verify
from engine.packs.pack import Pack
from engine.testing.council import Council

from .conftest import july
from .founding import Books
from .hampshire_county import County, founded

FOUNDED = founded.__wrapped__


def everything(council: Council) -> dict[str, list[Any]]:
    """Every row of every table of its book, and what the copy of a book cannot say."""
    store = council.store
    assert isinstance(store, SqlStore)
    tables = [*LOG.tables, *(name for table in store._views.kept.values() for name in _names(table))]
    with store._database.reading as cursor:
        held = {
            name: sorted(map(tuple, cursor.execute(f"SELECT * FROM {name}").fetchall()), key=repr)
            for name in tables
        }
    return held | {"now": [council.clock.now()], "pack": [council.pack.digest]}


def _names(table: Any) -> list[str]:
    return [each.name for each in table.shape.tables]


def lived_on(county: County) -> dict[str, list[Any]]:
    """What the book holds after some more of its life, deadlines, notices and free text among it."""
    county.about("officer", "action_plan", ("CH04", "childrens", ""), "propose", reason="item 5 of the menu")
    county.council.live_until(county.council.clock.now().date().replace(year=2027, month=3, day=1))
    return everything(county.council)


def test_a_copy_holds_what_the_founding_wrote_and_goes_on_alike(hampshire: Pack) -> None:
    first, copied, anew = founded(hampshire), founded(hampshire), FOUNDED(hampshire)
    assert copied.council is not first.council
    assert everything(first.council) == everything(copied.council) == everything(anew.council)
    assert everything(copied.council)["outbox"] != []
    assert lived_on(copied) == lived_on(first) == lived_on(anew)
    assert verify(copied.council.store).faults == []


def test_what_happens_to_one_council_never_shows_in_the_next(hampshire: Pack) -> None:
    before = everything(founded(hampshire).council)
    lived = founded(hampshire)
    lived.who["guest"] = lived.council.hire("A guest")
    lived_on(lived)
    books = Council.new_store
    assert isinstance(books, Books)
    books.close()
    again = founded(hampshire)
    assert everything(again.council) == before
    assert "guest" not in again.who


def test_an_emptied_home_is_a_new_one(example: Pack) -> None:
    def fresh() -> dict[str, list[Any]]:
        return everything(july.__wrapped__(example))

    books = Council.new_store
    assert isinstance(books, Books)
    new = fresh()
    books.close()
    july(example)
    books.close()
    assert fresh() == new

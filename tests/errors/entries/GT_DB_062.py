"""A copy that the disk did not keep as it was written."""

from pathlib import Path

from adapters.sql.backup import check_copy
from tests.errors.books import NAME, a_book, a_unit

SAYS = "The copy for monday.goldenthread did not turn out sound (it is not the book that was copied): it was thrown away."
FIX = (
    "Run 'goldenthread audit verify' on the book and look to the health of the disk, then do the same again."
)


def provoke():
    with a_book() as store:
        store.commit(a_unit())
        head = store.head()
        store.close()
        Path("part").write_bytes(Path(NAME).read_bytes())
        check_copy(Path("part"), Path("monday.goldenthread"), type(head)(2, head.recorded_at))

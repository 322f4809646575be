"""Moving a book to PostgreSQL that stands there already."""

from adapters.clock import SystemClock
from goldenthread.custody import ProjectCustody
from goldenthread.places import SchemaPlace
from tests.contract.custody import quiet

SAYS = "The book stands in PostgreSQL already, at postgresql://app@db.example/figures, schema kent."
FIX = "To have it elsewhere, write a backup with 'goldenthread db backup', and restore that there."


def provoke():
    place = SchemaPlace("postgresql://app@db.example/figures", "kent")
    ProjectCustody(place, SchemaPlace, SystemClock()).move(place.url, "kent-2", dry_run=False, watch=quiet)

"""A round of statements, without the day by which they are to be signed."""

from adapters.yaml import YamlDocuments
from engine.matters.rounds import plan_round
from engine.packs.load import load_pack
from engine.queries.reader import Reader
from tests.errors.council import a_council
from tests.errors.provoke import LIBRARY

SAYS = "A round of 'assurance' needs due_on."
FIX = "'goldenthread matter begin assurance --every-service' takes it as --due-on …."


def provoke():
    pack = load_pack(LIBRARY.parent / "kent-scs", LIBRARY, YamlDocuments())
    plan_round(Reader(a_council().engine), pack.workflows["assurance"], "assurance", {"period": "2011"})

"""Two questions are open about one service, and an answer that does not say to which."""

from datetime import date

from adapters.yaml import YamlDocuments
from engine.packs.load import load_pack
from engine.testing.council import Council
from tests.errors.provoke import LIBRARY

SAYS = "2 matters of 'challenge' about fostering are open: challenge/-/fostering#1, challenge/-/fostering#2."
FIX = "Say which one is meant, for example challenge/-/fostering#2."
FOSTERING = ("", "fostering", "")


def provoke():
    council = Council(load_pack(LIBRARY.parent / "kent-scs", LIBRARY, YamlDocuments()), date(2011, 10, 3))
    council.service("fostering")
    council.hire("Clerk", "clerk", scope="PAT")
    council.hire("Fay Foster", "head_of_service", scope="fostering")
    for question in ("Why so late?", "Why so many?"):
        given = {"answer_by": "2011-10-31"}
        council.step("p3", "challenge", FOSTERING, "propose", given, words={"question": question}, body="PAT")
    council.step("p4", "challenge", FOSTERING, "answer", words={"answer": "Two posts are vacant"})

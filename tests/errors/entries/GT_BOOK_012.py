"""A book opened under a clock set by hand, used under the machine's: said beside the answer, which is given all the same."""

from engine.commands import OpenBook
from engine.simulation import out_of_its_time
from tests.errors.council import LEAD, an_office, example

SAYS = "This book was opened under a clock set by hand, and is used under the machine's clock now."
FIX = "To stay in its time, set 'clock' in goldenthread.toml or GOLDENTHREAD_CLOCK again."


def provoke():
    office = an_office()
    names = office.text("Ada Lead"), office.text("Ben Second")
    opened = OpenBook(
        book="kent",
        council="Kent",
        proposer_name=names[0].ref,
        approver_name=names[1].ref,
        pack=example().digest,
        simulated=True,
    )
    office.ask(opened, actor=LEAD, texts=names, blobs={example().digest: example().canonical()})
    return [out_of_its_time(office)]

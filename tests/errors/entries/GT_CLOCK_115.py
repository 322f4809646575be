"""The thread that keeps a worker's time has died."""

from goldenthread.__main__ import Program
from tests.errors.console import council_folder, goldenthread

SAYS = "The worker's heart has failed: the thread that keeps its time has died. Nothing that was recorded is lost."
FIX = "Start it again; systemd does so by itself with Restart=on-failure."


class WithADeadHeart(Program):
    def keep_beating(self, beat, *, every, patience, told):
        return "thread", True


def provoke():
    with council_folder():
        return goldenthread(["--clock", "system", "worker"], WithADeadHeart())[1]

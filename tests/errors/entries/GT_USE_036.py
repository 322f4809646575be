"""A demonstration that somebody went on with, made again: its record is longer than the story that made it."""

from pathlib import Path

from engine.views import VIEWS
from goldenthread.demo import run
from goldenthread.settings import read_settings
from tests.errors.books import a_folder, a_part, a_unit

SAYS = "The demonstration in demo is not as it was left: its record goes on to event 1, and the story ended with event 0."
FIX = (
    "Make another one in a folder of its own, 'goldenthread demo FOLDER', or make this one anew with --force."
)


def provoke():
    with a_folder():
        folder = Path("demo")
        run.prepare(folder)
        store = read_settings(folder, {}).place(folder).create(VIEWS)
        store.set_meta(run.ENDED, "0")
        store.commit(a_unit(a_part()))
        store.close()
        run.prepare(folder)

"""A file that somebody hands over without reading it from a disk, and that is too large."""

from adapters.spreadsheets.csv import read_csv

SAYS = "The file has more than 50,000,000 bytes."
FIX = "Split it into several files."


def provoke():
    read_csv(bytes(50_000_001), "return.csv")

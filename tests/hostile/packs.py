"""Packs made to hurt: large, deep, or wrong in thousands of places. Each is the example pack with one part replaced."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from adapters.cli.problems import render_problems
from adapters.yaml import YamlDocuments
from engine.packs.check import check_pack
from engine.packs.folder import PackFolder
from events.errors import Problem
from tests.errors.provoke import EXAMPLE, LIBRARY, overlaid

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def check(parts: str | bytes) -> tuple[Problem, ...]:
    """The problems of the example with these parts; bytes are the whole file. What was found is shown as well."""
    example = (EXAMPLE / "pack.yaml").read_text("utf-8")
    content = parts if isinstance(parts, bytes) else overlaid(example, parts).encode("utf-8", "surrogatepass")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "example")
        root.mkdir()
        (root / "pack.yaml").write_bytes(content)
        problems = check_pack(PackFolder(root, LIBRARY, YamlDocuments())).problems
    render_problems(problems, most=50)
    return problems


def words(count: int) -> Iterator[str]:
    """Words as unlike each other as names of one pack are."""
    for number in range(count):
        first, rest = divmod(number, 26)
        yield f"{LETTERS[rest]}{LETTERS[first % 26]}{LETTERS[first // 26 % 26]}_measure"


def triggers(when: str, count: int = 1) -> str:
    """So many triggers with this condition."""
    return "triggers:\n" + "".join(
        f"  t{number}: {{then: {{record: noted}}, when: {when}}}\n" for number in range(count)
    )


def nested(key: str, depth: int) -> str:
    """One condition inside another."""
    opened, closed = ("{not: ", "}") if key == "not" else (f"{{{key}: [", "]}")
    return opened * depth + "{status: purple}" + closed * depth


SCALE = "statuses:\n" + "".join(f"  {word}: {{}}\n" for word in words(900))
MISSPELT = [f"{word[:-1]}" for word in words(900)]
LONG = "x" * 900
PARTS = {
    "a thousand statuses and as many misspellings": SCALE
    + triggers("{status: [" + ",\n    ".join(MISSPELT) + "]}"),
    "a trigger for each misspelling": SCALE
    + "triggers:\n"
    + "".join(
        f"  t{n}: {{then: {{record: a}}, when: {{status: {word}}}}}\n" for n, word in enumerate(MISSPELT)
    ),
    "words of a thousand letters": "statuses:\n"
    + "".join(f"  {'ab' * 450}{word}: {{}}\n" for word in words(300))
    + triggers("{status: " + "ba" * 450 + "}", 100),
    "a thousand unknown parts": "".join(f"{word}: x\n" for word in words(980)),
    "unknown parts of a thousand letters": "".join(f"{'trigger' * 120}{word}: x\n" for word in words(500)),
    "a thousand bands over each other": "bands:\n"
    + "".join(f"  - {{status: green, at_least: {9_000 - n}}}\n" for n in range(900)),
    "a thousand bands with gaps": "bands:\n"
    + "".join(f"  - {{status: green, from: {2 * n}, to: {2 * n + 1}}}\n" for n in range(900)),
    "bands of many digits": "bands:\n"
    + "".join(f"  - {{status: green, at_least: 0.{n:09d}1}}\n" for n in range(900)),
    "a number of four thousand digits": f"bands: [{{status: green, at_least: {'9' * 4_000}}}, {{status: red}}]\n",
    "a number that is none": "bands: [{status: green, at_least: NaN}, {status: amber, at_least: -Infinity}]\n",
    "numbers with exponents": "bands: [{status: green, at_least: 1e999999999}, {status: red, below: 1e-99999999}]\n",
    "numbers with underscores": "bands: [{status: green, at_least: 1_000}, {status: red}]\n",
    "digits of other scripts": "bands: [{status: green, at_least: ١٢٣e5}, {status: red}]\n",
    "conditions nested in not": triggers(nested("not", 24)),
    "conditions nested in any": triggers(nested("any", 12)),
    "any of a thousand": triggers("{any: [" + ",\n    ".join(["{status: purple}"] * 900) + "]}"),
    "a chain of suppressing": "triggers:\n"
    + "".join(
        f"  t{n}: {{then: {{record: a}}, when: {{status: red}}, suppressed_by: [t{(n + 1) % 600}]}}\n"
        for n in range(600)
    ),
    "expressions of a thousand characters": triggers(
        f"{{expression: 'value < 1{' || value < 2' * 66}'}}", 300
    ),
    "bad expressions of a thousand characters": triggers(
        f"{{expression: 'valuu < 1{' || valuu < 2' * 66}'}}", 300
    ),
    "an expression of brackets": triggers(f"{{expression: '{'(' * 990}'}}"),
    "an expression of minus signs": triggers(f"{{expression: 'value < {'-' * 900}1'}}"),
    "an expression of exclamation marks": triggers(f"{{expression: '{'!' * 900}has(value)'}}"),
    "an expression of choices": triggers(f"{{expression: '{'value < 1 ? ' * 80}true'}}"),
    "an expression of ten thousand characters": triggers(
        "{expression: '" + "value < 1 ||\n      " * 1_000 + "true'}"
    ),
    "windows of windows": triggers("{expression: '" + "earlier(60).all(p, " * 20 + "true" + ")" * 20 + "'}"),
    "assumptions nobody rests on, and others": "assumptions:\n"
    + "".join(f"  {word}: {{quote: a, issue: b, reading: c}}\n" for word in words(900)),
    "a thousand bodies": "bodies:\n"
    + "".join(f"  {word}: {{label: x, chair: {word}x}}\n" for word in words(900)),
    "a thousand roles": "roles: [" + ",\n  ".join(words(900)) + "]\n",
    "a workflow from elsewhere": "workflows:\n  submission: {use: library/../../../../etc/passwd@1}\n",
    "a workflow by address": "workflows:\n  submission: {use: 'https://example.org/submission@1'}\n",
    "a workflow of a long name": f"workflows:\n  submission: {{use: library/{LONG}@1}}\n",
    "a name that clears the screen": 'statuses: {"\\e[2J\\e]0;red\\a": {}, green: {}}\n',
    "a name that turns the line round": "statuses: {\u202ered: {}, green: {}}\n",
    "a name of another script": "statuses: {гreen: {}, red: {}}\n",
    "half a character": 'title: "\\ud800"\n',
    "control characters": "title: a\x01b\n",
    "an end of the file in the middle": "title: a\x1ab\n",
}
BYTES = {
    "bytes that are no text": b"pack: example\ntitle: \xff\xfe\x80\n",
    "text in UTF-16": "pack: example\n".encode("utf-16"),
    "a character cut in half": b"pack: example\ntitle: \xe2\x82\n",
    "a zip file": b"PK\x03\x04" + b"\x00" * 400,
    "a portable document": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>\nendobj\n",
    "a program": b"\x7fELF\x02\x01\x01" + b"\x00" * 400,
    "a megabyte of nothing": b"\x00" * 1_000_000,
    "fifty megabytes": b"a: b\n" * 10_000_000,
    "an empty file": b"",
}
HOSTILE = {name: partial(check, given) for name, given in {**PARTS, **BYTES}.items()}

"""Texts made to hurt are refused with a sentence, and cheaply: none may take much time or memory."""

import resource
import subprocess
import sys

import pytest

from adapters.yaml import YamlDocuments
from adapters.yaml.reader import MOST_BYTES
from events.errors import Invalid

MEGABYTE = 1_000_000

HOSTILE = {
    "a thousand laughs": "a: &a [x]\n"
    + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 1000)),
    "deep inline": "[" * MEGABYTE,
    "deep inline, short lines": ("[" * 70 + "\n") * 10_000,
    "deep by list marks": "- " * 2000,
    "deep by indentation": "\n".join(" " * n + "a:" for n in range(1400)),
    "deep by keys": "? " * 2000,
    "more than a megabyte": "a: b\n" * (MEGABYTE // 4),
    "too many keys": "".join(f"k{n}: v\n" for n in range(19_000)),
    "too many entries": "[" + "a,\n" * 19_000 + "]",
    "one endless line": "a: " + "x y " * (MEGABYTE // 5),
    "nothing but lines": "\n" * (MEGABYTE - 1),
    "a quote never closed": 'a: "' + "x\n" * 19_000,
    "a number too long to be one": "%YAML " + "9" * 4900 + ".1\n---\na: b\n",
    "a character beyond Unicode": 'a: "\\U00110000"\n',
    "half a character": 'a: "\\ud800"\n',
    "a Python object": "!!python/object/apply:os.system [id]\n",
    "a merge": "a: {b: c}\nd:\n  <<: {e: f}\n",
    "many duplicate keys": "a: b\n" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_refused_with_sentences(name):
    with pytest.raises(Invalid) as refused:
        YamlDocuments().read(HOSTILE[name], "pack.yaml")
    assert 1 <= len(refused.value.problems) <= 50
    assert all(problem.sentence.endswith(".") for problem in refused.value.problems)


def test_a_file_of_exactly_one_megabyte_is_not_too_large():
    text = ("# " + "x" * 97 + "\n") * (MOST_BYTES // 100 - 1)
    text += "a: b" + " " * (MOST_BYTES - len(text) - 5) + "\n"
    assert len(text) == MOST_BYTES
    assert YamlDocuments().read(text, "pack.yaml").tree == {"a": "b"}


def test_all_hostile_texts_together_are_refused_within_a_quarter_gigabyte():
    """Run in a process of its own, which the kernel stops when it asks for more."""

    def narrow():
        resource.setrlimit(resource.RLIMIT_AS, (256 * MEGABYTE, 256 * MEGABYTE))
        resource.setrlimit(resource.RLIMIT_CPU, (3 * len(HOSTILE), 3 * len(HOSTILE)))

    program = (
        "import runpy, sys\n"
        "from adapters.yaml import YamlDocuments\n"
        "from events.errors import Invalid\n"
        f"hostile = runpy.run_path({__file__!r})['HOSTILE']\n"
        "for text in hostile.values():\n"
        "    try:\n"
        "        YamlDocuments().read(text, 'x')\n"
        "        sys.exit('not refused')\n"
        "    except Invalid:\n"
        "        pass\n"
    )
    done = subprocess.run([sys.executable, "-c", program], preexec_fn=narrow, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

"""Documents that were read are not read again in the same process: hundreds of tests begin with the same packs.

What a reader answers follows from the text and the file's name alone. Every reading is handed a tree of its own, so
that whoever changes it changes nothing for the next; a text that is refused is read each time.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from adapters.yaml.marks import MarkedDocument
from adapters.yaml.reader import YamlDocuments

_read = YamlDocuments.read


@lru_cache(maxsize=200)
def _known(text: str, file: str) -> MarkedDocument:
    return _read(YamlDocuments(), text, file)


def read_once(reader: YamlDocuments, text: str, file: str) -> MarkedDocument:
    """As `YamlDocuments.read`."""
    known = _known(text, file)
    return MarkedDocument(_copied(known.tree), known._lines, known._keys, known._values)


def _copied(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _copied(value) for key, value in tree.items()}
    return [_copied(value) for value in tree] if isinstance(tree, list) else tree

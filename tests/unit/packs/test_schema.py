"""The schema for editors knows every key that the shipped packs use, and no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from adapters.yaml import YamlDocuments
from engine.packs.load import load_pack
from engine.packs.schema import pack_schema
from events.errors import Invalid
from goldenthread.resources import examples_folder, packs_folder

FOLDERS = [packs_folder() / "hampshire-2008", examples_folder() / "hospital-waiting" / "example-council"]


def unknown(schema: dict[str, Any], tree: Any, path: str = "") -> list[str]:
    """Keys that the schema does not allow, where it says which it allows."""
    if "$ref" in schema:
        schema = pack_schema()["$defs"]["condition"]  # type: ignore[index]  # the only definition there is
    if "anyOf" in schema:
        tries = [unknown(each, tree, path) for each in schema["anyOf"] if _fits(each, tree)]
        return min(tries, key=len, default=[f"{path}: fits nothing"])
    if isinstance(tree, list):
        return [found for item in tree for found in unknown(schema.get("items", {}), item, f"{path}[]")]
    if not isinstance(tree, dict):
        return []
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    found = []
    for key, value in tree.items():
        if key in known:
            found += unknown(known[key], value, f"{path}.{key}")
        elif others is False:
            found.append(f"{path}.{key}")
        elif isinstance(others, dict):
            found += unknown(others, value, f"{path}.{key}")
    return found


def _fits(schema: dict[str, Any], tree: Any) -> bool:
    if isinstance(tree, dict):
        return schema.get("type") == "object"
    return schema.get("type") == "array" if isinstance(tree, list) else "enum" in schema or "const" in schema


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_key_of_a_shipped_pack_is_in_the_schema(folder: Path) -> None:
    tree = YamlDocuments().read((folder / "pack.yaml").read_text("utf-8"), "pack.yaml").tree
    assert unknown(pack_schema(), tree) == []


@pytest.mark.parametrize("where", ["calendar", "bodies", "triggers", "intervention"])
def test_a_key_that_the_schema_does_not_know_is_refused_by_the_loader_too(where: str, tmp_path: Path) -> None:
    source = FOLDERS[1]
    text = (source / "pack.yaml").read_text("utf-8")
    at = {
        "calendar": "calendar:\n",
        "bodies": "  CPEG:\n",
        "triggers": "  turned_red:\n",
        "intervention": "intervention:\n",
    }
    indent = "    " if where in ("bodies", "triggers") else "  "
    folder = tmp_path / "example-council"
    folder.mkdir()
    for name in ("tests.yaml", "README.md"):
        (folder / name).write_text((source / name).read_text("utf-8"), "utf-8")
    broken = text.replace(at[where], f"{at[where]}{indent}colur: mauve\n", 1)
    assert broken != text
    (folder / "pack.yaml").write_text(broken, "utf-8")
    tree = YamlDocuments().read(broken, "pack.yaml").tree
    assert [found.rpartition(".")[2] for found in unknown(pack_schema(), tree)] == ["colur"]
    with pytest.raises(Invalid, match="colur"):
        load_pack(folder, packs_folder() / "library", YamlDocuments())

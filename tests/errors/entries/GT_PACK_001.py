"""A folder that is not a pack."""

from pathlib import Path

from adapters.yaml import YamlDocuments
from engine.packs.folder import PackFolder

SAYS = "There is no pack in packs/nothing: it holds no file pack.yaml."
FIX = "'goldenthread pack list' shows the packs at hand."


def provoke():
    PackFolder(Path("packs/nothing"), Path("packs/library"), YamlDocuments()).pack()

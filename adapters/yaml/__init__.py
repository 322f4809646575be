"""YAML text becomes a tree of dicts, lists and text, strictly, and remembers where everything stood."""

from adapters.yaml.reader import YamlDocuments

__all__ = ["YamlDocuments"]

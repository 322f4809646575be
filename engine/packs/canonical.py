"""The canonical form of a pack, and the way back: sorted JSON that holds everything a book must be able to restore."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin

import msgspec

from engine.packs.adoption import Adoption
from engine.packs.closing import PeriodClose
from engine.packs.data_quality import ALL_ON, DataQuality
from engine.packs.pack import Assumption, Pack, Source
from events.errors import Broken, Problem
from rules.ir import Condition, RuleSet
from rules.kinds import REGISTRY
from workflows import definition as definitions
from workflows.organisation import Organisation

FORMAT = 1
"""The version of the form; older ones stay readable for ever."""


class Form(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What stands in the canonical form, its parts in the forms that rules and workflows give themselves."""

    format: int
    name: str
    title: str
    version: str
    effective_from: date
    source: str
    organisation: Organisation
    rules: msgspec.Raw
    workflows: dict[str, msgspec.Raw]
    assumptions: dict[str, Assumption]
    sources: tuple[Source, ...]
    data_quality: DataQuality = ALL_ON
    """Left out where all checks are on as usual, so that packs without the section keep their digests."""
    period_close: PeriodClose | None = None
    adoption: Adoption | None = None


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Form)


def sealed(
    *,
    name: str,
    title: str,
    version: str,
    effective_from: date,
    source: str,
    organisation: Organisation,
    rules: RuleSet,
    workflows: Mapping[str, definitions.Definition],
    assumptions: Mapping[str, Assumption],
    sources: tuple[Source, ...],
    data_quality: DataQuality = ALL_ON,
    period_close: PeriodClose | None = None,
    adoption: Adoption | None = None,
) -> Pack:
    """Join the halves into a pack and write its canonical form."""
    form = Form(
        format=FORMAT,
        name=name,
        title=title,
        version=version,
        effective_from=effective_from,
        source=source,
        organisation=organisation,
        rules=msgspec.Raw(rules.canonical()),
        workflows={key: msgspec.Raw(definitions.canonical(each)) for key, each in workflows.items()},
        assumptions=dict(assumptions),
        sources=sources,
        data_quality=data_quality,
        period_close=period_close,
        adoption=adoption,
    )
    return pack_from_canonical(_encoder.encode(form))


def pack_from_canonical(content: bytes) -> Pack:
    """The pack of a canonical form, as a book kept it. Raises Broken for bytes that are no pack."""
    try:
        form = _decoder.decode(content)
        if form.format != FORMAT:
            raise ValueError(f"format {form.format} is newer than {FORMAT}")
        return Pack(
            name=form.name,
            title=form.title,
            version=form.version,
            effective_from=form.effective_from,
            source=form.source,
            organisation=form.organisation,
            rules=_rules(msgspec.json.decode(form.rules)),
            workflows={key: definitions.restore(bytes(raw)) for key, raw in form.workflows.items()},
            assumptions=form.assumptions,
            sources=form.sources,
            data_quality=form.data_quality,
            period_close=form.period_close,
            adoption=form.adoption,
            digest=hashlib.sha256(content).hexdigest(),
            content=content,
        )
    except (msgspec.MsgspecError, ValueError, KeyError, TypeError) as trouble:
        raise Broken(
            Problem(
                code="GT-PACK-105",
                sentence=f"The bytes kept as a pack cannot be read as one: {str(trouble)[:120]}.",
                fix="Run 'goldenthread audit verify'; a newer goldenthread may have written this book.",
            )
        ) from trouble


_NODES = {kind.node.__struct_config__.tag: kind.node for kind in REGISTRY.values()}


def _rules(tree: object) -> RuleSet:
    return cast("RuleSet", _built(RuleSet, tree))


def _built(type_: Any, tree: Any) -> Any:
    """Build a value of the rules' types from plain JSON; conditions are told apart by their kind."""
    if tree is None:
        return None
    if get_origin(type_) in (Union, UnionType):
        inner = [each for each in get_args(type_) if each is not type(None)]
        return _built(inner[0], tree) if len(inner) == 1 else msgspec.convert(tree, type_, strict=False)
    if get_origin(type_) is tuple:
        return tuple(_built(get_args(type_)[0], each) for each in tree)
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        node = _NODES[tree["kind"]] if issubclass(type_, Condition) else type_
        known = {each.encode_name: each for each in msgspec.structs.fields(node)}
        return node(
            **{known[key].name: _built(known[key].type, value) for key, value in tree.items() if key in known}
        )
    return msgspec.convert(tree, type_)

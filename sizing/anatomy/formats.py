"""How many bytes is a tensor in a format? A rule for all matrices with exceptions by part, or llama.cpp's recipes.

Parts are those of ``entries.FormatPart``; the exceptions are what published checkpoints state in their
``quantization_config`` (``ignore``, ``modules_to_not_convert``), and stand with their sources in the catalog.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from typing import Final, Protocol, get_args

from sizing.anatomy.blocks.tensor import Tensor
from sizing.anatomy.dialect.synonyms import TYPES
from sizing.anatomy.likened import likened
from sizing.anatomy.own import Own, OwnFormat
from sizing.anatomy.recipes import NEED_IMATRIX, RECIPES, LayerClass, gguf_type, recipe_classes, traits_of, type_bytes
from sizing.anatomy.shape import LayerKind, Shape
from sizing.anatomy.shaped import ShapedEntry
from sizing.anatomy.tensors import embedding, first, head, layer_tensors, loaded, numbered, per_layer_embedding, tensors
from sizing.errors import SizingError
from sizing.facts.entries.architecture import Architecture
from sizing.facts.entries.formats import Format, FormatPart, Mixed, Scales, Variant

Bytes = Callable[[Tensor], int]

# Repackagers' recipes with embedding and output in Q8_0, by their names (bartowski's model cards).
_WIDE_ENDS: Final[Mapping[str, str]] = {
    "Q2_K_L": "Q2_K", "Q3_K_XL": "Q3_K_L", "Q4_K_L": "Q4_K_M", "Q5_K_L": "Q5_K_M", "Q6_K_L": "Q6_K",
}  # fmt: skip
# AWQ-g64 and GPTQ-3bit: groups or bits other than the entry's; GPTQ-channel: a scale for each output channel.
_GROUPED: Final = re.compile(r"(.+)-(?:g([0-9]{2,4})|channel)", re.I)
_BITS: Final = re.compile(r"(awq|gptq)-(?:int)?([2-8])(?:bit)?", re.I)
# EXL2-4.0bpw, and mradermacher's prefix for a file made with an importance matrix.
_BPW: Final = re.compile(r"(.+)-(\d+(?:\.\d+)?)bpw", re.I)
_IMATRIX: Final = re.compile(r"i1-(.+)", re.I)


class Formats(Protocol):
    """What names of formats are looked up in: a catalog."""

    @property
    def models(self) -> Mapping[str, ShapedEntry]:
        """Models by id, whose entries may cite published files."""

    @property
    def formats(self) -> Mapping[str, Format]:
        """Formats by id."""

    def format(self, name: str) -> Format:
        """A format by id. Raises SizingError for an unknown one."""


def format_of(catalog: Formats, model: ShapedEntry, name: str) -> Format:
    """The format that a name means for a model, matched without case. Raises SizingError for an unknown one.

    An entry of ``formats.yaml``; ``EXL2-4.0bpw``, so many bits per weight of such an entry; ``AWQ-g64``,
    ``GPTQ-channel`` and ``GPTQ-3bit``, other groups or bits; ``i1-Q4_0``, a recipe with an importance matrix; a
    published file that the model's entry cites; or a publisher's mix whose size is assumed by its kin's (``likened``).
    """
    for own, file in model.files.items():
        if own.lower() == name.lower():
            rule = _recipe(catalog, file.like)
            return _variant(rule, id=own, name=own, sources=(file.source,), file_bytes=file.bytes)
    if recipe := _WIDE_ENDS.get(name.upper()):
        rule = catalog.format(recipe)
        wide = name.upper()
        return _variant(rule, id=wide, name=wide, ends="Q8_0", experts=model.gguf_experts)
    if found := _BPW.fullmatch(name):
        rule = catalog.format(found[1])
        return _with_bpw(rule, float(found[2]))
    if (found := _GROUPED.fullmatch(name)) and name.lower() not in map(str.lower, catalog.formats):
        return _with_groups(format_of(catalog, model, found[1]), int(found[2]) if found[2] else None)
    if (found := _BITS.fullmatch(name)) and name.lower() not in map(str.lower, catalog.formats):
        return _with_bits(catalog.format(found[1]), int(found[2]))
    if found := _IMATRIX.fullmatch(name):
        rule = _recipe(catalog, found[1])
        name = f"{rule.name} (imatrix)"
        return _variant(rule, id=f"i1-{rule.id}", name=name, imatrix=True, experts=model.gguf_experts)
    try:
        fmt = catalog.format(name)
    except SizingError:
        if (alike := _likened(catalog, model, name)) is None:
            raise
        return alike
    if fmt.bpw is not None:
        low, high = fmt.bpw
        raise SizingError(f"{fmt.id} needs its bits per weight, {low:g} to {high:g}; give {fmt.id}-4.0bpw")
    return _published(fmt, model)


def _likened(catalog: Formats, model: ShapedEntry, name: str) -> Format | None:
    """A publisher's own mix by its kin's; None for what is no name of one."""

    def size(one: ShapedEntry, recipe: str) -> int:
        assert one.shape is not None
        return file_bytes(_published(catalog.format(recipe), one), one.shape)

    found = likened(catalog.models.values(), model, name, size)
    if found is None:
        return None
    own, total = name.upper(), round(found.ratio * size(model, found.recipe))
    rule = _published(catalog.format(found.recipe), model)
    return _variant(rule, id=own, name=own, sources=(), file_bytes=total, assumed=found.in_words(own))


def own_format(catalog: Formats, own: OwnFormat) -> Format:
    """A file's own mix as a format: read by whoever reads the first format of the catalog that it is like."""
    rule = next(catalog.formats[name] for name in own.like if name in catalog.formats)
    return _variant(rule, id=own.name, name=own.name, own=own.bytes, checkpoints=())


def _published(fmt: Format, model: ShapedEntry) -> Format:
    """The format as this model's own checkpoint has it, where the catalog knows one."""
    if model.gguf_experts and fmt.id in RECIPES:
        return _variant(fmt, experts=model.gguf_experts, loss=fmt.loss)
    own = tuple(c for c in fmt.checkpoints if model.id in c.models)
    if not own or not isinstance(model.architecture, Architecture):
        return fmt
    types = (TYPES.get(model.architecture.model_type, model.architecture.model_type),)
    own = tuple(replace(c, model_types=types, models=()) for c in own)
    return _variant(fmt, checkpoints=own, loss=fmt.loss)


def _recipe(catalog: Formats, name: str) -> Format:
    rule = catalog.format(name)
    if rule.id not in RECIPES:
        raise SizingError(f"{rule.id} is no recipe of llama-quantize; give one such as Q4_K_M")
    return rule


def _with_bpw(rule: Format, bits: float) -> Variant:
    if rule.bpw is None:
        raise SizingError(f"{rule.id} has no choice of bits per weight; give {rule.id}")
    low, high = rule.bpw
    if not low <= bits <= high:
        raise SizingError(f"{rule.id} has {low:g} to {high:g} bits per weight, not {bits:g}")
    name = f"{rule.id}-{bits:.2f}".rstrip("0").removesuffix(".")
    name += "bpw" if "." in name.rpartition("-")[2] else ".0bpw"
    return _variant(rule, id=name, name=name, precision=f"{round(bits)}-bit", bits_per_weight=bits)


def _with_groups(rule: Format, group: int | None) -> Variant:
    """Other groups of columns that share a scale; None for whole rows."""
    if rule.scales is None or rule.scales.group is None or not 16 <= (group or 16) <= 1024:
        raise SizingError(f"{rule.id} has no groups of {group}; give {rule.id}")
    name = f"{rule.id}-g{group}" if group else f"{rule.id}-channel"

    def regrouped(scales: Scales) -> Scales:
        return replace(scales, group=group, per=None if group else "channel")

    mixed = tuple(replace(m, scales=regrouped(m.scales)) if m.scales else m for m in rule.mixed)
    return _variant(rule, id=name, name=name, scales=regrouped(rule.scales), mixed=mixed)


def _with_bits(rule: Format, bits: int) -> Variant:
    assert rule.scales is not None
    name, scales = f"{rule.id}-{bits}bit", replace(rule.scales, zero_bits=bits if rule.scales.zero_bits else 0)
    return _variant(rule, id=name, name=name, precision=f"{bits}-bit", bits_per_weight=float(bits), scales=scales)


def _variant(rule: Format, **changes: object) -> Variant:
    """A format that follows ``rule``, whose measured losses are not its own."""
    facts = {one.name: getattr(rule, one.name) for one in fields(rule)}
    return Variant(**{**facts, "loss": (), "bpw": None, "rule": _rule(rule), **changes})


def tensor_bytes(fmt: Format, s: Shape, gguf: bool, *, mtp: bool = False, imatrix: bool | None = None) -> Bytes:
    """The bytes of a tensor of ``s`` in ``fmt``; ``gguf`` where a GGUF file holds it. Raises SizingError.

    ``mtp`` where the file holds the multi-token-prediction layers, which change the count of layers that a recipe
    goes by. ``imatrix`` asserts or denies an importance matrix; left out, it is as the format says or needs.
    """
    if isinstance(fmt, Variant) and fmt.own is not None:
        return _own_bytes(fmt.own)
    if _by_recipe(fmt, gguf):
        if imatrix is None:
            imatrix = _rule(fmt) in NEED_IMATRIX or (isinstance(fmt, Variant) and fmt.imatrix)
        size = _gguf_bytes(s, _rule(fmt), imatrix, mtp)
        if isinstance(fmt, Variant):
            size = _kept(size, fmt)
    else:
        size = _uniform_bytes(fmt, s, gguf)
    if gguf and s.head == "pooled":
        size = _unpooled(size)
    if isinstance(fmt, Variant) and fmt.file_bytes is not None:
        return _scaled(size, stored(fmt, s, gguf, mtp), fmt, fmt.file_bytes)
    return size


def layer_classes(fmt: Format, s: Shape, gguf: bool) -> tuple[LayerClass, ...]:
    """For each layer what the format asks of its number: layers of one kind and class take the same bytes."""
    if isinstance(fmt, Variant) and fmt.own is not None:
        layers: list[dict[str, int]] = [{} for _ in s.layers]
        for (role, layer), size in fmt.own.items():
            if layer is not None and layer < len(layers):
                layers[layer][role] = size
        return tuple(tuple(sorted(one.items())) for one in layers)
    return recipe_classes(traits_of(s)) if _by_recipe(fmt, gguf) else ((),) * len(s.layers)


def _own_bytes(own: Own) -> Bytes:
    def size(tensor: Tensor) -> int:
        try:
            return own[tensor.role, tensor.layer]
        except KeyError:
            raise SizingError(f"the file holds no {tensor.role} of layer {tensor.layer}") from None

    return size


def _rule(fmt: Format) -> str:
    """The id of the entry whose rule it follows."""
    return fmt.rule if isinstance(fmt, Variant) else fmt.id


def _by_recipe(fmt: Format, gguf: bool) -> bool:
    return gguf and (fmt.kind == "gguf" or _rule(fmt) in RECIPES)


def file_bytes(fmt: Format, s: Shape, gguf: bool = True, *, mtp: bool = False, imatrix: bool | None = None) -> int:
    """Bytes of all tensors of a file, with or without its multi-token-prediction layers. Raises SizingError."""
    return _file_bytes(fmt, s, gguf, mtp, imatrix)


@lru_cache(maxsize=16384)
def _file_bytes(fmt: Format, s: Shape, gguf: bool, mtp: bool, imatrix: bool | None) -> int:
    size = tensor_bytes(fmt, s, gguf, mtp=mtp, imatrix=imatrix)
    if mtp:
        return sum(map(size, tensors(s)))
    return sum(times * sum(map(size, alike)) for alike, times in _alike(s, layer_classes(fmt, s, gguf)))


@lru_cache(maxsize=2048)
def _alike(s: Shape, classes: tuple[LayerClass, ...]) -> tuple[tuple[tuple[Tensor, ...], int], ...]:
    """A file's tensors without its MTP layers: those of layers that take the same bytes once, and how often they do."""
    layers: dict[tuple[LayerKind, LayerClass], list[int]] = {}
    for i, one in enumerate(zip(s.layers, classes, strict=True)):
        layers.setdefault(one, []).append(i)
    once = (embedding(s), *first(s), *per_layer_embedding(s), *head(s))
    return (once, 1), *(
        (tuple(numbered(layer_tensors(s, kind), own[0])), len(own)) for (kind, _), own in layers.items()
    )


def _unpooled(size: Bytes) -> Bytes:
    """The same without a pooler, which llama.cpp's converter leaves out: it pools by itself."""

    def unpooled(tensor: Tensor) -> int:
        return 0 if tensor.role.startswith("cls") else size(tensor)

    return unpooled


def _kept(size: Bytes, fmt: Variant) -> Bytes:
    """A recipe's bytes, but for the parts that a repackager keeps in a type of their own."""

    def kept(tensor: Tensor) -> int:
        if fmt.experts and tensor.part == "expert":
            return type_bytes(fmt.experts, tensor.elements)
        if fmt.ends and tensor.role in ("token_embd", "output"):
            return type_bytes(fmt.ends, tensor.elements)
        return size(tensor)

    return kept


def _gguf_bytes(s: Shape, recipe: str, imatrix: bool, mtp: bool) -> Bytes:
    traits = traits_of(s, imatrix=imatrix, mtp=mtp)

    def size(tensor: Tensor) -> int:
        return type_bytes(gguf_type(tensor, recipe, traits), tensor.elements)

    return size


def stored(fmt: Format, s: Shape, gguf: bool, mtp: bool = False) -> Iterator[tuple[Tensor, int]]:
    """A file's tensors but for its MTP layers, each with how many take the same bytes; one by one where those layers
    change what a recipe gives the others."""
    if mtp:
        return ((tensor, 1) for tensor, _ in loaded(s))
    return ((tensor, times) for own, times in _alike(s, layer_classes(fmt, s, gguf)) for tensor in own)


def _scaled(size: Bytes, stored: Iterable[tuple[Tensor, int]], fmt: Format, total: int) -> Bytes:
    """A recipe's bytes, those of quantized tensors scaled so that the file has ``total``."""
    plain = [(times * size(t), times * t.elements) for t, times in stored]
    kept = sum(b for b, elements in plain if b >= 2 * elements)
    quantized = sum(b for b, elements in plain if b < 2 * elements)
    factor = (total - kept) / quantized if quantized else 0.0
    if not 0.5 < factor < 2:
        raise SizingError(f"{fmt.id}: {total:,} bytes are not like its recipe's {kept + quantized:,}; check the entry")

    def scaled(tensor: Tensor) -> int:
        own = size(tensor)
        return own if own >= 2 * tensor.elements else round(own * factor)

    return scaled


# --- outside GGUF ---------------------------------------------------------------------------------------------------


_UNQUANTIZED: Final = re.compile(r"ssm_conv1d|shortconv\.conv|(output_)?hc_|\w+_ape|indexer\.proj|per_layer_model_proj")


def part_of(tensor: Tensor, linear: frozenset[int]) -> FormatPart | None:
    """The part of a model that a matrix belongs to; None for what no format quantizes.

    That is vectors, convolutions, what mixes residual streams, the weights of an indexer's heads, and what an MTP layer
    has beyond a layer's blocks.
    """
    role = tensor.role
    if len(tensor.shape) < 2 or tensor.part in ("norm", "bias", "mtp") or _UNQUANTIZED.match(role):
        return None
    if tensor.part == "attention":
        if role.startswith("indexer."):
            return "indexer"
        return "linear_attention" if tensor.layer in linear or role.startswith("ssm_") else "attention"
    if tensor.part == "ffn" and tensor.role.endswith("_shexp"):
        return "shared_experts"
    return {"expert": "experts", "ffn": "ffn", "embedding": "embedding", "output": "output", "router": "router"}.get(
        tensor.part
    )  # type: ignore[return-value]


@lru_cache(maxsize=1024)
def _linear_layers(s: Shape) -> frozenset[int]:
    """Layers whose mixer keeps a state in place of keys."""
    return frozenset(i for i, kind in enumerate(s.layers) if kind.mixer == kind.recurrent)


def _uniform_bytes(fmt: Format, s: Shape, gguf: bool) -> Bytes:
    """One number type for all matrices but those that the format, or the model's published checkpoint, keeps."""
    if fmt.bpw is not None:
        raise SizingError(f"{fmt.id} needs its bits per weight; give {fmt.id}-4.0bpw")
    linear = _linear_layers(s)
    rules = _rules(fmt, s.model_type)

    def size(tensor: Tensor) -> int:
        part = part_of(tensor, linear)
        if tensor.mtp and "mtp" not in rules:
            part = None
        rule = (rules.get(tensor.role) or rules.get(part)) if part else None
        if rule is None or not _divides(rule.scales, tensor):
            # A router's correction bias is published in FP32, and GGUF has every vector so.
            wide = tensor.buffer or (gguf and (len(tensor.shape) < 2 or part == "router"))
            return tensor.elements * (4 if wide else 2)
        return math.ceil(tensor.elements * rule.bits / 8) + _scale_bytes(rule.scales, tensor)

    return size


def _rules(fmt: Format, model_type: str) -> dict[str, Mixed]:
    """How each part, or a tensor by its own role, is stored; what is missing stays in 16 bits."""
    published = [c for c in fmt.checkpoints if model_type in c.model_types]
    everything: tuple[FormatPart, ...] = get_args(FormatPart)
    kept = {part for keeps in (fmt.keeps, *(c.keeps for c in published)) for part in keeps}
    own = Mixed(parts=everything, bits=fmt.bits, scales=fmt.scales)
    found: dict[str, Mixed] = {part: own for part in everything if part not in kept}
    found |= {role: own for c in published for role in c.quantizes}
    for mixed in (*fmt.mixed, *(m for c in published for m in c.mixed)):
        found |= dict.fromkeys(mixed.parts, mixed)
    return {part: rule for part, rule in found.items() if rule.bits < 16}


def _divides(scales: Scales | None, tensor: Tensor) -> bool:
    """Whether a row is whole groups; quantizers leave a matrix alone whose rows are not."""
    return scales is None or scales.group is None or tensor.shape[1] % scales.group == 0


def _scale_bytes(scales: Scales | None, tensor: Tensor) -> int:
    if scales is None:
        return 0
    rows, columns = tensor.shape
    if scales.block:
        high, wide = scales.block
        count = -(-rows // high) * -(-columns // wide)
    elif scales.group:
        count = rows * (columns // scales.group)
    else:
        count = rows if scales.per == "channel" else 1
    bits = count * (scales.bits + scales.zero_bits) + count / scales.scales_group * scales.scales_bits
    return tensor.count * math.ceil((bits + columns * scales.column_bits + scales.tensor_bits) / 8)

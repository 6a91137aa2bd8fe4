"""What may a runtime load beside the text model? Its towers and its multi-token-prediction layers, in bytes.

llama.cpp has towers in a file of their own (``--mmproj``), published in F16 as a rule: matrices in 16 bits, vectors in
32 (llama.cpp conversion/base.py). Others load them with the checkpoint, where quantizers leave them in 16 bits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sizing.anatomy.caches import mtp_parts
from sizing.anatomy.formats import tensor_bytes
from sizing.anatomy.shape import Shape
from sizing.anatomy.shaped import ShapedEntry
from sizing.anatomy.tensors import mtp_layers
from sizing.anatomy.towers import Tower
from sizing.engine.beside import Part
from sizing.facts.entries.formats import Format
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.units import known

# Whose converters leave what makes tokens of patches in 32 bits (llama.cpp conversion/gemma.py, smolvlm.py).
_WIDE_PATCHES: Final = frozenset({"gemma3", "idefics3", "shieldgemma2", "smolvlm"})
# The file of towers that is taken where several are published.
_MMPROJ: Final = ("F16", "BF16", "Q8_0", "F32")


def parts_of(model: ShapedEntry, fmt: Format, cache_format: str, runtime: Runtime) -> Iterator[Part]:
    """What there is beside a model's text, as a runtime holds it. Raises SizingError for what it does not know."""
    if model.apart:
        yield Part("others", model.apart, None, None, (), unasked=False)
    if has_towers(model):
        names, size = tower_names(model), tower_bytes(model, runtime)
        yield Part("towers", names, model.towers_parameters, size, (), runtime.towers)
    if model.shape is None or not model.shape.mtp:
        return
    size = mtp_bytes(model.shape, fmt, runtime.files == "gguf")
    cache = mtp_parts(model.shape, cache_format, runtime.cache)
    yield Part("mtp", ("mtp",), mtp_parameters(model.shape), size, cache, unasked=False)


def has_towers(model: ShapedEntry) -> bool:
    """Whether something sees or hears, as far as is known."""
    return model.towers is not None and bool(model.seeing or not model.apart)


def mtp_parameters(shape: Shape) -> int:
    """How many parameters the layers have that draft."""
    return sum(tensor.elements for own in mtp_layers(shape) for tensor in own if not tensor.buffer)


def mtp_bytes(shape: Shape, fmt: Format, gguf: bool) -> int:
    """What they take in a format."""
    size = tensor_bytes(fmt, shape, gguf, mtp=True)
    return sum(size(tensor) for own in mtp_layers(shape) for tensor in own)


def file_bytes(tower: Tower, wide: Sequence[str] = ()) -> int:
    """Bytes of a tower's tensors in llama.cpp's file in F16: vectors, and what has a ``wide`` role, have 32 bits."""
    sizes = ((tensor, 4 if len(tensor.shape) == 1 or tensor.role in wide else 2) for tensor in tower.tensors)
    return sum(tensor.elements * size for tensor, size in sizes)


def tower_names(model: ShapedEntry) -> tuple[str, ...]:
    """Vision and audio, and the types of those that are not known."""
    found = [one.kind if isinstance(one, Tower) else f"{one.kind} ({one.model_type})" for one in model.seeing]
    return tuple(found) or model.senses


def tower_bytes(model: ShapedEntry, runtime: Runtime) -> int | None:
    """A published file's, else as the tensors give them, else two for each parameter; None where nobody knows."""
    assert model.towers is not None
    gguf = runtime.files == "gguf"
    if gguf and (published := next((model.towers.mmproj[t] for t in _MMPROJ if t in model.towers.mmproj), None)):
        return published
    towers = [one for one in model.seeing if isinstance(one, Tower)]
    if towers and len(towers) == len(model.seeing):
        wide = ("patch_embd",) if model.towers.config.get("model_type") in _WIDE_PATCHES else ()
        return sum(file_bytes(tower, wide) if gguf else 2 * tower.parameters for tower in towers)
    count = known(model.towers.parameters)
    return None if count is None else 2 * count

"""A GGUF file of which a key or a tensor is lost or altered makes no other model: it is sized as before, or refused.

What a header alone says is all that decides nothing of a tensor: how many experts a token uses, and what a window is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sizing import Catalog, SizingError
from sizing.anatomy.caches import cache_parts
from sizing.anatomy.tensors import parameters
from sizing.files.gguf import Header
from sizing.files.told import of_gguf
from sizing.model import Model
from tests.sampled import sample

FAMILIES: dict[str, Any] = json.loads(Path(__file__).with_name("gguf_families.json").read_text(encoding="utf-8"))
F16 = 1  # ggml's number
ALONE = ("expert_used_count", "attention.sliding_window", "attention.sliding_window_pattern")
# What llama.cpp reads a file without, as ours: a head that is the embedding, biases, one norm of two (Falcon), a gate.
MAY_LACK = ("output.weight", ".bias", "attn_norm_2.weight", "_gate.weight", "_norm.weight")


def header(name: str) -> Header:
    found = FAMILIES[name]
    shapes = {tensor: tuple(shape) for tensor, shape in found["tensors"].items()}
    return Header(found["architecture"], None, None, found["keys"], shapes, dict.fromkeys(shapes, F16))


def holding(file: Header, tensors: Mapping[str, tuple[int, ...]]) -> Header:
    return replace(file, tensors=tensors, types=dict.fromkeys(tensors, F16))


def read(file: Header) -> Model | None:
    """What is made of a file; None where it is refused, or read_model would say that it is none."""
    try:
        return of_gguf(file, "x.gguf")
    except SizingError as error:
        told = str(error)
    except (ArithmeticError, LookupError, ValueError):
        return None
    assert "\n" not in told
    assert len(told) < 400
    return None


def size(catalog: Catalog, model: Model) -> tuple[object, ...]:
    assert model.shape is not None
    rule = catalog.runtime("llama.cpp").cache
    return parameters(model.shape), cache_parts(model.shape, "f16", rule), model.shape.blocks.encoder


def told(model: Model, whole: Model) -> bool:
    return set(model.remarks) > set(whole.remarks)


def altered(value: Any) -> Iterator[Any]:
    """A key's value, wrong in several ways."""
    if isinstance(value, list):
        yield from (value[::-1], [value[0]] * len(value), value[:-1])
    elif type(value) is int:
        yield from (0, value // 2, value + 1, 2 * value)


def wrong(file: Header) -> Iterator[tuple[str, Header]]:
    """A file with each key lost, and altered."""
    for key, value in file.keys.items():
        rest = {other: own for other, own in file.keys.items() if other != key}
        if key not in ALONE:
            yield f"without {key}", replace(file, keys=rest)
            yield from ((f"{key} {own}"[:80], replace(file, keys={**rest, key: own})) for own in altered(value))


@pytest.mark.parametrize("name", sample(sorted(FAMILIES), 12, "keys that are lost or altered"))
def test_a_key_that_is_lost_or_altered_makes_no_other_model(catalog: Catalog, name: str) -> None:
    whole = read(header(name))
    assert whole is not None
    for what, file in wrong(header(name)):
        found = read(file)
        assert found is None or told(found, whole) or size(catalog, found) == size(catalog, whole), what


@pytest.mark.parametrize("name", sample(sorted(FAMILIES), 12, "tensors that are lost or altered"))
def test_a_tensor_that_is_lost_or_of_another_size_is_missed(name: str) -> None:
    whole = header(name)
    for tensor, shape in whole.tensors.items():
        if tensor.startswith(("rope_", "token_types")):  # of which llama.cpp takes any number of rows
            continue
        rest = {other: own for other, own in whole.tensors.items() if other != tensor}
        doubled, before = read(holding(whole, {**rest, tensor: (*shape[:-1], 2 * shape[-1])})), read(whole)
        assert doubled is None or (before and told(doubled, before)), tensor
        assert read(holding(whole, rest)) is None or tensor.endswith(MAY_LACK), tensor


def test_a_lost_tensor_is_named() -> None:
    file = header("granitemoe")
    rest = {name: shape for name, shape in file.tensors.items() if name != "blk.1.attn_k.weight"}
    with pytest.raises(SizingError, match=r"its tensors hold|it holds no attn_k of layer 1"):
        of_gguf(holding(file, rest), "x.gguf")


def test_a_tensor_that_no_key_asks_for_is_named() -> None:
    file = header("hy_v3")
    more = {**file.tensors, "blk.1.indexer.attn_k.weight": (file.tensors["token_embd.weight"][0], 8)}
    with pytest.raises(SizingError, match=r"blk\.1\.indexer\.attn_k\.weight is no part of a hy_v3 of that shape"):
        of_gguf(holding(file, more), "x.gguf")


@pytest.mark.parametrize("tokens", [-1, 1])
def test_an_embedding_of_other_rows_than_the_vocabulary_has_tokens_is_told(tokens: int) -> None:
    file = header("gemma")
    rows = file.tensors["token_embd.weight"][1]
    assert of_gguf(replace(file, vocabulary=rows), "x.gguf").remarks == ()
    (told,) = of_gguf(replace(file, vocabulary=rows + tokens), "x.gguf").remarks
    assert told.startswith(
        f"its embedding has {rows:,} rows for {rows + tokens:,} tokens; llama.cpp refuses such a file"
    )


def test_a_model_that_slides_says_how_far() -> None:
    file = header("gemma3n")
    keys = {key: value for key, value in file.keys.items() if key != "attention.sliding_window"}
    with pytest.raises(SizingError, match=r"no key 'attention\.sliding_window'"):
        of_gguf(replace(file, keys=keys), "x.gguf")


def test_gemma_2_of_the_time_before_files_said_so_slides_as_llama_cpp_knows() -> None:
    keys = {"block_count": 2, "embedding_length": 64, "feed_forward_length": 128, "attention.head_count": 4,
            "attention.head_count_kv": 2, "attention.key_length": 16}  # fmt: skip
    shapes: dict[str, tuple[int, ...]] = {"token_embd.weight": (64, 500), "output_norm.weight": (64,)}
    for i in range(2):
        wide = {"attn_q": (64, 64), "attn_k": (64, 32), "attn_v": (64, 32), "attn_output": (64, 64),
                "ffn_gate": (64, 128), "ffn_up": (64, 128), "ffn_down": (128, 64)}  # fmt: skip
        norms = ("attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm")
        shapes |= {f"blk.{i}.{part}.weight": shape for part, shape in {**wide, **dict.fromkeys(norms, (64,))}.items()}
    found = of_gguf(Header("gemma2", None, None, keys, shapes, dict.fromkeys(shapes, F16)), "x.gguf")
    assert found.shape is not None
    assert [kind.window for kind in found.shape.layers] == [4096, 0]
    assert parameters(found.shape).total == sum(map(math.prod, shapes.values()))

"""Headers that llama.cpp's own converter writes give back the catalog's models.

gguf_headers.json holds the keys of one GGUF file for each architecture, as convert_hf_to_gguf.py (llama.cpp 0c1e570)
wrote them from the models' config.json with tools/record; the tensors are this program's own.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sizing import Catalog
from sizing.anatomy.caches import cache_parts
from sizing.anatomy.dialect import shape_of
from sizing.anatomy.shape import Shape
from sizing.anatomy.tensors import parameters, tensors
from sizing.facts.entries.architecture import WORDS, Architecture
from sizing.facts.validation import checked
from sizing.files.gguf import Header, config_of

HEADERS: dict[str, Any] = json.loads(Path(__file__).with_name("gguf_headers.json").read_text(encoding="utf-8"))


def shapes(a: Shape) -> dict[str, tuple[int, ...]]:
    """A file's tensors by name, columns first."""
    found = {}
    for tensor in tensors(a):
        role = tensor.role.removesuffix(".bias")
        name = role if tensor.layer is None else f"blk.{tensor.layer}.{role}"
        suffix = "bias" if tensor.role.endswith(".bias") or tensor.role == "exp_probs_b" else "weight"
        found[f"{name}.{suffix}"] = (*reversed(tensor.shape), *([tensor.count] if tensor.count > 1 else []))
    return found


def read(model: str, a: Shape) -> Shape:
    """What the header says, read with the tensors of ``a``."""
    header = Header(HEADERS[model]["architecture"], None, None, HEADERS[model]["keys"], shapes(a))
    words = config_of(header)
    return shape_of(checked(Architecture, {k: v for k, v in words.items() if k in WORDS}))


@pytest.mark.parametrize("model", HEADERS)
def test_a_converters_header_gives_the_catalogs_model(catalog: Catalog, model: str) -> None:
    a = catalog.model(model).shape
    assert a is not None
    found, rule = read(model, a), catalog.runtime("llama.cpp").cache
    assert found.model_type == HEADERS[model]["model_type"]
    assert parameters(found) == parameters(a)
    assert cache_parts(found, "f16", rule) == cache_parts(a, "f16", rule)

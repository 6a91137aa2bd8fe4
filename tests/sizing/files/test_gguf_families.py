"""What llama.cpp's converter writes of each family is read again: the same parameters, and the file's own bytes.

gguf_families.json holds keys and tensors as convert_hf_to_gguf.py (llama.cpp 0c1e570) wrote them from small models that
transformers 5.23 built, and what that counts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sizing.anatomy.dialect import shape_of
from sizing.anatomy.own import own_bytes
from sizing.anatomy.shape import Shape
from sizing.anatomy.tensors import parameters
from sizing.facts.entries.architecture import WORDS, Architecture
from sizing.facts.validation import checked
from sizing.files.gguf import Header, config_of

FAMILIES: dict[str, Any] = json.loads(Path(__file__).with_name("gguf_families.json").read_text(encoding="utf-8"))
F16 = 1  # ggml's number


def header(name: str) -> Header:
    found = FAMILIES[name]
    shapes = {tensor: tuple(shape) for tensor, shape in found["tensors"].items()}
    return Header(found["architecture"], None, None, found["keys"], shapes, dict.fromkeys(shapes, F16))


def read(header: Header) -> Shape:
    words = config_of(header)
    return shape_of(checked(Architecture, {key: value for key, value in words.items() if key in WORDS}))


@pytest.mark.parametrize("name", FAMILIES)
def test_a_converted_model_has_the_parameters_that_transformers_counts(name: str) -> None:
    # XLM-RoBERTa's file lacks two rows of positions, and is read as BERT.
    assert parameters(read(header(name))).total == pytest.approx(FAMILIES[name]["parameters"], rel=0.0001)


@pytest.mark.parametrize("name", FAMILIES)
def test_its_tensors_take_what_the_file_says(name: str) -> None:
    file = header(name)
    own = own_bytes(read(file), file.bytes)
    assert sum(own.values()) == sum(file.bytes.values())


# What src/models of llama.cpp 0c1e570 builds of an architecture whose tensors are another's, as keys; norms are two a
# layer and one behind the last, queries and keys normed where it says so.
ALIKE: dict[str, tuple[dict[str, int], bool, bool]] = {
    "paddleocr": ({"attention.key_length": 128}, False, False),
    "hunyuan_vl": ({"attention.key_length": 128}, True, False),
    "maincoder": ({"attention.key_length": 128}, True, False),
    "pangu-embedded": ({"attention.key_length": 128}, False, True),
}


@pytest.mark.parametrize("name", ALIKE)
def test_an_architecture_of_anothers_tensors_is_read_as_that(name: str) -> None:
    own, normed, biased = ALIKE[name]
    keys = {
        "block_count": 2, "embedding_length": 1024, "feed_forward_length": 3072, "attention.head_count": 16,
        "attention.head_count_kv": 2, **own,
    }  # fmt: skip
    shapes: dict[str, tuple[int, ...]] = {"token_embd.weight": (1024, 5000), "output.weight": (1024, 5000)}
    shapes["output_norm.weight"] = (1024,)
    for i in range(2):
        layer = {
            "attn_q.weight": (1024, 2048), "attn_k.weight": (1024, 256), "attn_v.weight": (1024, 256),
            "attn_output.weight": (2048, 1024), "attn_norm.weight": (1024,), "ffn_norm.weight": (1024,),
            "ffn_gate.weight": (1024, 3072), "ffn_up.weight": (1024, 3072), "ffn_down.weight": (3072, 1024),
        }  # fmt: skip
        layer |= {"attn_q_norm.weight": (128,), "attn_k_norm.weight": (128,)} if normed else {}
        if biased:
            layer |= {"attn_q.bias": (2048,), "attn_k.bias": (256,), "attn_v.bias": (256,), "attn_output.bias": (1024,)}
        shapes |= {f"blk.{i}.{tensor}": shape for tensor, shape in layer.items()}
    file = Header(name, None, None, keys, shapes, dict.fromkeys(shapes, F16))
    assert parameters(read(file)).total == file.elements


def test_an_embedder_of_gemmas_blocks_keeps_no_cache() -> None:
    found = FAMILIES["gemma"]
    shapes = {name: tuple(shape) for name, shape in found["tensors"].items()}
    assert read(Header("gemma-embedding", None, None, found["keys"], shapes, dict.fromkeys(shapes, F16))).blocks.encoder


def test_a_file_of_the_time_before_latents_were_kept_is_read_too() -> None:
    # DeepSeek V2 Lite of 2024: one attn_kv_b for keys and values, and the heads' own lengths.
    keys = {
        "block_count": 27, "embedding_length": 2048, "feed_forward_length": 10944, "attention.head_count": 16,
        "attention.head_count_kv": 16, "attention.kv_lora_rank": 512, "attention.key_length": 192,
        "attention.value_length": 128, "rope.dimension_count": 64, "expert_count": 64, "expert_used_count": 6,
        "expert_shared_count": 2, "expert_feed_forward_length": 1408, "leading_dense_block_count": 1,
    }  # fmt: skip
    tensors = {"token_embd.weight": (2048, 102400), "output.weight": (2048, 102400)}
    tensors |= {f"blk.{i}.attn_output.weight": (2048, 2048) for i in range(27)}
    assert parameters(read(Header("deepseek2", None, None, keys, tensors))).total == 15_706_484_224

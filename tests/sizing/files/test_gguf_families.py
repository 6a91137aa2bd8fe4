"""What llama.cpp's converter writes of each family is read again: the same parameters, and the file's own bytes.

gguf_families.json holds keys and tensors as convert_hf_to_gguf.py (llama.cpp 0c1e570) wrote them from small models that
transformers 5.23 built, and what that counts.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from gguf.constants import MODEL_ARCH_NAMES

from sizing.anatomy.dialect import shape_of
from sizing.anatomy.own import own_bytes
from sizing.anatomy.shape import Shape
from sizing.anatomy.tensors import parameters
from sizing.errors import SizingError
from sizing.facts.entries.architecture import WORDS, Architecture
from sizing.facts.validation import checked
from sizing.files.gguf import UNREAD, Header, config_of, is_read
from sizing.files.kinds import foreign_gguf
from sizing.files.told import of_gguf

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
    keys = {**found["keys"], "attention.sliding_window": 512}
    assert read(Header("gemma-embedding", None, None, keys, shapes, dict.fromkeys(shapes, F16))).blocks.encoder


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


def stacked(layers: int, layer: dict[str, tuple[int, ...]], **beside: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    """The tensors of so many equal layers, and those beside them."""
    named = {f"{name}.weight": shape for name, shape in beside.items()}
    return named | {f"blk.{i}.{name}": shape for i in range(layers) for name, shape in layer.items()}


def both(name: str, size: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (size,), f"{name}.bias": (size,)}


# As src/models of llama.cpp 0c1e570 loads them, and what is published of each: its parameters.
HIDDEN, WIDTH = 768, 3072
BERT: dict[str, tuple[int, ...]] = {
    "attn_qkv.weight": (HIDDEN, 3 * HIDDEN), "attn_qkv.bias": (3 * HIDDEN,), "attn_output.weight": (HIDDEN, HIDDEN),
    "attn_output.bias": (HIDDEN,), **both("attn_output_norm", HIDDEN), **both("layer_output_norm", HIDDEN),
    "ffn_down.weight": (WIDTH, HIDDEN), "ffn_down.bias": (HIDDEN,),
}  # fmt: skip
BERT_KEYS = {
    "block_count": 12, "embedding_length": HIDDEN, "feed_forward_length": WIDTH, "attention.head_count": 12,
    "attention.head_count_kv": 12,
}  # fmt: skip


def test_jina_embeddings_v2_is_read() -> None:
    layer = {**BERT, "ffn_up.weight": (HIDDEN, 2 * WIDTH)}  # gate and projection in one
    shapes = stacked(12, layer, token_embd=(HIDDEN, 30528), token_types=(HIDDEN, 2))
    shapes |= both("token_embd_norm", HIDDEN)
    found = read(file := Header("jina-bert-v2", None, None, BERT_KEYS, shapes, dict.fromkeys(shapes, F16)))
    assert parameters(found).total - (HIDDEN + 1) * HIDDEN == file.elements == 136_777_728  # but for the pooler
    assert found.blocks.encoder


def test_nomic_embed_v2_is_a_mixture_in_every_other_layer() -> None:
    shapes = stacked(12, BERT, token_embd=(HIDDEN, 250048), token_types=(HIDDEN, 1)) | both("token_embd_norm", HIDDEN)
    for i in range(12):
        if i % 2:
            del shapes[f"blk.{i}.ffn_down.weight"], shapes[f"blk.{i}.ffn_down.bias"]
            shapes |= {
                f"blk.{i}.ffn_up_exps.weight": (HIDDEN, WIDTH, 8), f"blk.{i}.ffn_down_exps.weight": (WIDTH, HIDDEN, 8),
                f"blk.{i}.ffn_gate_inp.weight": (HIDDEN, 8),
            }  # fmt: skip
        else:
            shapes |= {f"blk.{i}.ffn_up.weight": (HIDDEN, WIDTH), f"blk.{i}.ffn_up.bias": (WIDTH,)}
    keys = {**BERT_KEYS, "expert_count": 8, "expert_used_count": 2, "moe_every_n_layers": 2}
    found = read(file := Header("nomic-bert-moe", None, None, keys, shapes, dict.fromkeys(shapes, F16)))
    # The converter leaves out what each mixture adds to its answer, as wide as the stream.
    assert parameters(found).total - 6 * HIDDEN == file.elements == 475_288_320


def test_rwkv_6_is_read() -> None:
    hidden, width, lerp, decay = 2048, 7168, 32, 64
    square = {f"time_mix_{part}.weight": (hidden, hidden) for part in ("key", "value", "receptance", "gate", "output")}
    layer = {
        **square, **both("attn_norm", hidden), **both("attn_norm_2", hidden), **both("time_mix_ln", hidden),
        "time_mix_w1.weight": (hidden, 5 * lerp), "time_mix_w2.weight": (lerp, hidden, 5),
        "time_mix_lerp_x.weight": (hidden, 1, 1), "time_mix_lerp_fused.weight": (hidden, 1, 1, 5),
        "time_mix_first.weight": (64, 32), "time_mix_decay.weight": (hidden,),
        "time_mix_decay_w1.weight": (hidden, decay), "time_mix_decay_w2.weight": (decay, hidden),
        "channel_mix_lerp_k.weight": (hidden, 1, 1), "channel_mix_lerp_r.weight": (hidden, 1, 1),
        "channel_mix_key.weight": (hidden, width), "channel_mix_value.weight": (width, hidden),
        "channel_mix_receptance.weight": (hidden, hidden),
    }  # fmt: skip
    shapes = stacked(24, layer, token_embd=(hidden, 65536), output=(hidden, 65536))
    shapes |= both("output_norm", hidden) | both("token_embd_norm", hidden)
    keys = {
        "block_count": 24, "embedding_length": hidden, "feed_forward_length": width, "wkv.head_size": 64,
        "time_mix_extra_dim": lerp, "time_decay_extra_dim": decay, "attention.head_count": 0,
    }  # fmt: skip
    found = read(file := Header("rwkv6", None, None, keys, shapes, dict.fromkeys(shapes, F16)))
    assert parameters(found).total == file.elements == 1_599_873_024  # Finch 1.6B
    assert {kind.mixer for kind in found.layers} == {"rwkv6"}


def test_rwkv_7_is_read_though_its_first_layer_holds_what_it_does_not_use() -> None:
    hidden, ranks = 2048, {"w": 96, "a": 96, "v": 64, "g": 256}
    square = {f"time_mix_{part}.weight": (hidden, hidden) for part in ("key", "value", "receptance", "output")}
    layer = {
        **square, **both("attn_norm", hidden), **both("attn_norm_2", hidden), **both("time_mix_ln", hidden),
        **{f"time_mix_{part}0.weight": (hidden,) for part in "wav"},
        **{f"time_mix_{part}1.weight": (hidden, rank) for part, rank in ranks.items()},
        **{f"time_mix_{part}2.weight": (rank, hidden) for part, rank in ranks.items()},
        **{f"time_mix_{part}.weight": (hidden,) for part in ("k_k", "k_a", "r_k")},
        "time_mix_lerp_fused.weight": (hidden, 1, 1, 6), "channel_mix_lerp_k.weight": (hidden, 1, 1),
        "channel_mix_key.weight": (hidden, 4 * hidden), "channel_mix_value.weight": (4 * hidden, hidden),
    }  # fmt: skip
    shapes = stacked(24, layer, token_embd=(hidden, 65536), output=(hidden, 65536))
    shapes |= both("output_norm", hidden) | both("token_embd_norm", hidden)
    keys = {
        "block_count": 24, "embedding_length": hidden, "feed_forward_length": 4 * hidden, "wkv.head_size": 64,
        "attention.decay_lora_rank": 96, "attention.iclr_lora_rank": 96, "attention.gate_lora_rank": 256,
        "attention.value_residual_mix_lora_rank": 64, "attention.head_count": 0,
    }  # fmt: skip
    found = read(file := Header("rwkv7", None, None, keys, shapes, dict.fromkeys(shapes, F16)))
    assert parameters(found).total == 1_527_404_544
    assert file.elements == 1_527_404_544 + hidden + 2 * 64 * hidden


@pytest.mark.parametrize("name", ["dream", "llada"])
def test_what_writes_by_denoising_keeps_no_cache(name: str) -> None:
    keys = {**BERT_KEYS, "attention.head_count_kv": 4}
    assert read(Header(name, None, None, keys, {"token_embd.weight": (HIDDEN, 5000)})).blocks.encoder


def test_a_key_that_is_lost_is_told_by_the_tensor_that_it_sizes() -> None:
    # Without it, every query head would have a key head of its own; all tensors together hardly tell it.
    found = FAMILIES["hy_v3"]
    keys = {key: value for key, value in found["keys"].items() if key != "attention.head_count_kv"}
    shapes = {name: tuple(shape) for name, shape in found["tensors"].items()}
    file = Header("hy_v3", None, None, keys, shapes, dict.fromkeys(shapes, F16))
    with pytest.raises(
        SizingError, match=r"blk\.0\.attn_k\.weight holds .* numbers, and that of a hy_v3 of that shape"
    ):
        of_gguf(file, "x.gguf")


def weights(**shapes: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": shape for name, shape in shapes.items()}


def biased(**shapes: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    return {**weights(**shapes), **{f"{name}.bias": (shape[-1],) for name, shape in shapes.items()}}


def model_of(name: str, keys: dict[str, Any], tensors: dict[str, tuple[int, ...]]) -> Shape:
    """What a file is read as, whose tensors are all those of it."""
    found = of_gguf(Header(name, None, None, keys, tensors, dict.fromkeys(tensors, F16)), f"{name}.gguf").shape
    assert found is not None
    assert parameters(found).total == sum(map(math.prod, tensors.values()))
    return found


def test_smallthinker_sees_all_in_every_fourth_layer_from_the_first_on() -> None:
    layer = weights(
        attn_norm=(2560,), attn_q=(2560, 3584), attn_k=(2560, 512), attn_v=(2560, 512), attn_output=(3584, 2560),
        ffn_norm=(2560,), ffn_gate_inp=(2560, 64), ffn_gate_exps=(2560, 768, 64), ffn_up_exps=(2560, 768, 64),
        ffn_down_exps=(768, 2560, 64),
    )  # fmt: skip
    keys = {
        "block_count": 52, "embedding_length": 2560, "feed_forward_length": 768, "attention.head_count": 28,
        "attention.head_count_kv": 4, "attention.key_length": 128, "expert_count": 64, "expert_used_count": 6,
        "expert_feed_forward_length": 768, "attention.sliding_window": 4096,
    }  # fmt: skip
    tensors = stacked(52, layer, token_embd=(2560, 151936), output=(2560, 151936), output_norm=(2560,))
    found = model_of("smallthinker", keys, tensors)
    assert parameters(found).total == pytest.approx(21.5e9, rel=0.01)  # SmallThinker 21B-A3B
    assert [kind.window for kind in found.layers[:6]] == [0, 4096, 4096, 4096, 0, 4096]


def test_grok_2_has_a_dense_block_beside_its_experts_and_grok_1_none() -> None:
    layer = weights(
        attn_norm=(8192,), attn_q=(8192, 8192), attn_k=(8192, 1024), attn_v=(8192, 1024), attn_output=(8192, 8192),
        attn_output_norm=(8192,), ffn_norm=(8192,), ffn_gate_inp=(8192, 8), ffn_gate_exps=(8192, 16384, 8),
        ffn_up_exps=(8192, 16384, 8), ffn_down_exps=(16384, 8192, 8), layer_output_norm=(8192,),
    )  # fmt: skip
    beside = weights(ffn_gate=(8192, 32768), ffn_up=(8192, 32768), ffn_down=(32768, 8192))
    keys = {
        "block_count": 64, "embedding_length": 8192, "feed_forward_length": 32768, "attention.head_count": 64,
        "attention.head_count_kv": 8, "expert_count": 8, "expert_used_count": 2, "expert_feed_forward_length": 16384,
    }  # fmt: skip
    ends = {"token_embd": (8192, 131072), "output": (8192, 131072), "output_norm": (8192,)}
    both = parameters(model_of("grok", keys, stacked(64, {**layer, **beside}, **ends))).total
    assert both == pytest.approx(270e9, rel=0.01)
    assert both - parameters(model_of("grok", keys, stacked(64, layer, **ends))).total == 64 * 3 * 8192 * 32768


def test_minimax_01_keeps_a_state_where_a_layer_has_a_gate() -> None:
    moe = weights(
        attn_norm=(6144,), attn_output=(8192, 6144), ffn_norm=(6144,), ffn_gate_inp=(6144, 32),
        ffn_gate_exps=(6144, 9216, 32), ffn_up_exps=(6144, 9216, 32), ffn_down_exps=(9216, 6144, 32),
    )  # fmt: skip
    linear = {**moe, **weights(attn_norm_2=(8192,), attn_qkv=(6144, 24576), attn_gate=(6144, 8192))}
    full = {**moe, **weights(attn_q=(6144, 8192), attn_k=(6144, 1024), attn_v=(6144, 1024))}
    tensors = weights(token_embd=(6144, 200064), output=(6144, 200064), output_norm=(6144,))
    for i in range(80):
        tensors |= {f"blk.{i}.{name}": shape for name, shape in (full if i % 8 == 7 else linear).items()}
    keys = {
        "block_count": 80, "embedding_length": 6144, "feed_forward_length": 9216, "attention.head_count": 64,
        "attention.head_count_kv": 8, "attention.key_length": 128, "attention.value_length": 128, "expert_count": 32,
        "expert_used_count": 2,
    }  # fmt: skip
    found = model_of("minimax-01", keys, tensors)
    assert parameters(found).total == pytest.approx(456e9, rel=0.01)
    assert [i for i, kind in enumerate(found.layers) if kind.mixer == "attention"] == list(range(7, 80, 8))


def test_openelms_layers_grow() -> None:
    queries, keys_ = [12] * 5 + [16] * 7 + [20] * 4, [3] * 5 + [4] * 7 + [5] * 4
    widths = [768, 1024, 1280, 1536, 1792, 2048, 2560, 2816, 3072, 3328, 3584, 3840, 4352, 4608, 4864, 5120]
    tensors = weights(token_embd=(1280, 32000), output_norm=(1280,))
    for i, (q, k, width) in enumerate(zip(queries, keys_, widths, strict=True)):
        layer = weights(
            attn_norm=(1280,), attn_qkv=(1280, 64 * (q + 2 * k)), attn_q_norm=(64,), attn_k_norm=(64,),
            attn_output=(64 * q, 1280), ffn_norm=(1280,), ffn_gate=(1280, width), ffn_up=(1280, width),
            ffn_down=(width, 1280),
        )  # fmt: skip
        tensors |= {f"blk.{i}.{name}": shape for name, shape in layer.items()}
    keys = {
        "block_count": 16, "embedding_length": 1280, "feed_forward_length": widths, "attention.head_count": queries,
        "attention.head_count_kv": keys_, "attention.key_length": 64,
    }  # fmt: skip
    found = model_of("openelm", keys, tensors)
    assert parameters(found).total == 271_527_168  # OpenELM 270M
    assert [kind.kv_heads for kind in found.layers] == keys_


def test_plm_shares_a_latent_that_is_stored_whole() -> None:
    layer = weights(
        attn_norm=(2048,), attn_q=(2048, 3072), attn_kv_a_mqa=(2048, 576), attn_kv_a_norm=(512,),
        attn_kv_b=(512, 4096), attn_output=(2048, 2048), ffn_norm=(2048,), ffn_up=(2048, 8192), ffn_down=(8192, 2048),
    )  # fmt: skip
    keys = {
        "block_count": 32, "embedding_length": 2048, "feed_forward_length": 8192, "attention.head_count": 16,
        "attention.head_count_kv": 16, "attention.kv_lora_rank": 512, "attention.key_length": 192,
        "attention.value_length": 128, "rope.dimension_count": 64,
    }  # fmt: skip
    tensors = stacked(32, layer, token_embd=(2048, 151936), output_norm=(2048,))
    assert parameters(model_of("plm", keys, tensors)).total == pytest.approx(1.83e9, rel=0.01)


def test_jais_and_codeshell_are_gpts_with_a_gate_or_few_key_heads() -> None:
    jais = {**both("attn_norm", 5120), **both("ffn_norm", 5120), **biased(
        attn_qkv=(5120, 15360), attn_output=(5120, 5120), ffn_gate=(5120, 13653), ffn_up=(5120, 13653),
        ffn_down=(13653, 5120),
    )}  # fmt: skip
    keys = {
        "block_count": 40, "embedding_length": 5120, "feed_forward_length": 13653, "attention.head_count": 40,
        "attention.head_count_kv": 40,
    }  # fmt: skip
    tensors = stacked(40, jais, token_embd=(5120, 84992), output=(5120, 84992)) | both("output_norm", 5120)
    assert parameters(model_of("jais", keys, tensors)).total == pytest.approx(13e9, rel=0.05)
    shell = {**both("attn_norm", 4096), **both("ffn_norm", 4096), **biased(
        attn_q=(4096, 4096), attn_k=(4096, 1024), attn_v=(4096, 1024), attn_output=(4096, 4096), ffn_up=(4096, 16384),
        ffn_down=(16384, 4096),
    )}  # fmt: skip
    keys = {
        "block_count": 42, "embedding_length": 4096, "feed_forward_length": 16384, "attention.head_count": 32,
        "attention.head_count_kv": 8,
    }  # fmt: skip
    tensors = stacked(42, shell, token_embd=(4096, 70144), output=(4096, 70144)) | both("output_norm", 4096)
    found = model_of("codeshell", keys, tensors)
    assert parameters(found).total == 7_975_358_464
    assert {kind.kv_heads for kind in found.layers} == {8}


def test_neobert_is_an_encoder_with_gates() -> None:
    layer = weights(
        attn_norm=(768,), attn_qkv=(768, 2304), attn_output=(768, 768), ffn_norm=(768,), ffn_up=(768, 4096),
        ffn_down=(2048, 768),
    )  # fmt: skip
    keys = {
        "block_count": 28, "embedding_length": 768, "feed_forward_length": 2048, "attention.head_count": 12,
        "attention.head_count_kv": 12,
    }  # fmt: skip
    tensors = {**stacked(28, layer, token_embd=(768, 30522)), "enc.output_norm.weight": (768,)}
    found = model_of("neo-bert", keys, tensors)
    assert parameters(found).total == pytest.approx(222e6, rel=0.01)
    assert found.blocks.encoder


def test_plamo_3_fuses_what_others_split_and_norms_both_ends() -> None:
    layer = weights(
        attn_norm=(2048,), attn_qkv=(2048, 3072), attn_q_norm=(128,), attn_k_norm=(128,), attn_output=(2048, 2048),
        post_attention_norm=(2048,), ffn_norm=(2048,), post_ffw_norm=(2048,), ffn_up=(2048, 16384),
        ffn_down=(8192, 2048),
    )  # fmt: skip
    keys = {
        "block_count": 24, "embedding_length": 2048, "feed_forward_length": 8192, "attention.head_count": 16,
        "attention.head_count_kv": 4, "attention.key_length": 128, "attention.sliding_window": 2048,
    }  # fmt: skip
    found = model_of("plamo3", keys, stacked(24, layer, token_embd=(2048, 100000), output_norm=(2048,)))
    assert [i for i, kind in enumerate(found.layers) if not kind.window] == [7, 15, 23]


@pytest.mark.parametrize("name", sorted(UNREAD))
def test_an_architecture_that_is_not_read_is_named_with_what_is_not_known_of_it(name: str) -> None:
    with pytest.raises(SizingError, match=f"^GGUF architecture '{name}' is not read here: .{{10,90}}$"):
        of_gguf(Header(name, None, None, {"block_count": 2}, {"token_embd.weight": (64, 500)}), "x.gguf")


def test_whatever_llama_cpp_names_is_read_or_named() -> None:
    # gguf's own table, which is older than the llama.cpp whose names stand here too.
    left = {name for name in MODEL_ARCH_NAMES.values() if name not in UNREAD and not is_read(name)}
    assert {name for name in left if foreign_gguf({"general.architecture": name}, 1) is None} == set()

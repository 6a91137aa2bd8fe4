"""Statements about single blocks, each worked out once more by hand from the numbers of the model's config.json."""

from __future__ import annotations

import pytest

from sizing import Catalog
from sizing.anatomy.blocks.tensor import Tensor
from sizing.anatomy.caches import cache_parts
from sizing.anatomy.shape import Shape
from sizing.anatomy.sized import sized
from sizing.anatomy.tensors import layer_tensors, parameters, tensors


def shape(catalog: Catalog, name: str) -> Shape:
    found = catalog.model(name).shape
    assert found is not None
    return found


def layer(a: Shape, number: int) -> dict[str, Tensor]:
    return {t.role: t for t in layer_tensors(a, a.layers[number])}


def cached(catalog: Catalog, a: Shape, number: int) -> float:
    """Bytes that a layer keeps for a token in 16 bits."""
    return cache_parts(a, "f16", catalog.runtime("llama.cpp").cache)[number].bytes_per_token


def test_gemma_4s_global_layers_have_heads_twice_as_wide_and_fewer_keys(catalog: Catalog) -> None:
    a = shape(catalog, "gemma-4-31b")
    sliding, full = layer(a, 0), layer(a, 5)
    assert sliding["attn_q"].shape == (32 * 256, 5376)
    assert full["attn_q"].shape == (32 * 512, 5376)
    assert (sliding["attn_k"].shape, full["attn_k"].shape) == ((16 * 256, 5376), (4 * 512, 5376))


def test_gemma_4s_global_layers_take_keys_for_values_but_cache_both(catalog: Catalog) -> None:
    a = shape(catalog, "gemma-4-31b")
    assert "attn_v" in layer(a, 0)
    assert "attn_v" not in layer(a, 5)
    assert (cached(catalog, a, 0), cached(catalog, a, 5)) == (2 * 16 * (256 + 256), 2 * 4 * (512 + 512))


def test_gemma_4s_last_layers_make_no_keys_and_cache_nothing(catalog: Catalog) -> None:
    a = shape(catalog, "gemma-4-e2b")
    own, shared = layer(a, 14), layer(a, 15)
    assert "attn_k" in own
    assert not {"attn_k", "attn_v", "attn_k_norm"} & set(shared)
    assert [cached(catalog, a, i) > 0 for i in (14, 15, 34)] == [True, False, False]
    assert shared["ffn_up"].shape == (2 * 6144, 1536)  # use_double_wide_mlp


@pytest.mark.parametrize("runtime", ["llama.cpp", "vllm"])
def test_every_runtime_shares_gemma_4s_keys(catalog: Catalog, runtime: str) -> None:
    parts = cache_parts(shape(catalog, "gemma-4-e4b"), "f16", catalog.runtime(runtime).cache)
    assert sum(part.bytes(131072) > 0 for part in parts) == 42 - 18


def test_gemma_4s_experts_stand_beside_a_dense_block(catalog: Catalog) -> None:
    a = shape(catalog, "gemma-4-26b-a4b")
    found = layer(a, 0)
    assert found["ffn_up"].shape == (2112, 2816)
    assert (found["ffn_gate_up_exps"].count, found["ffn_gate_up_exps"].shape) == (128, (2 * 704, 2816))
    assert found["layer_output_scale"].buffer


def test_a_token_reads_one_row_of_a_second_embedding(catalog: Catalog) -> None:
    a = shape(catalog, "gemma-4-e2b")
    second = 262144 * 35 * 256
    assert parameters(a).total - parameters(a).active == second
    found = sized(a, catalog.formats["BF16"], "f16", catalog.runtime("llama.cpp").cache, True)
    assert found.lookups == 2 * second
    assert found.weights >= 2 * parameters(a).total


def test_lagunas_sliding_layers_have_more_heads_and_each_head_a_gate(catalog: Catalog) -> None:
    a = shape(catalog, "laguna-s-2.1")
    full, sliding = layer(a, 0), layer(a, 1)
    assert (full["attn_q"].shape[0], sliding["attn_q"].shape[0]) == (48 * 128, 72 * 128)
    assert (full["attn_gate"].shape, sliding["attn_gate"].shape) == ((48, 3072), (72, 3072))
    assert [kind.window for kind in a.layers[:5]] == [0, 512, 512, 512, 0]


def test_mimo_v2s_values_are_narrower_than_its_keys(catalog: Catalog) -> None:
    a = shape(catalog, "mimo-v2-flash")
    full, sliding = layer(a, 0), layer(a, 1)
    assert (full["attn_k"].shape[0], full["attn_v"].shape[0]) == (4 * 192, 4 * 128)
    assert (sliding["attn_k"].shape[0], sliding["attn_v"].shape[0]) == (8 * 192, 8 * 128)
    assert full["attn_output"].shape == (4096, 64 * 128)
    assert ("attn_sinks" in full, "attn_sinks" in sliding) == (False, True)
    assert cached(catalog, a, 0) == 2 * 4 * (192 + 128)


def test_minimax_m3s_layers_with_experts_have_an_indexer_that_caches_too(catalog: Catalog) -> None:
    a = shape(catalog, "minimax-m3")
    assert ["indexer.q_proj" in layer(a, i) for i in (2, 3, 59)] == [False, True, True]
    assert cached(catalog, a, 2) == 2 * 4 * 2 * 128
    assert cached(catalog, a, 3) == 2 * (4 * 2 * 128 + 2 * 128)  # llama.cpp allots the indexer values as well
    assert layer(a, 2)["ffn_up"].shape == (12288, 6144)


def test_nemotron_supers_blocks_are_each_of_their_own(catalog: Catalog) -> None:
    a = shape(catalog, "llama-3.3-nemotron-super-49b")
    kinds = a.layers
    assert sum(kind.mixer == "attention" for kind in kinds) == 49
    bare = next(i for i, kind in enumerate(kinds) if kind.mixer == "none")
    assert not [role for role in layer(a, bare) if role.startswith("attn")]
    assert cached(catalog, a, bare) == 0
    assert kinds[0].width == 14336  # ffn_mult 2.625: 2 * 2.625 * 8192 / 3


def test_phi_2s_blocks_run_side_by_side_with_biases_and_no_gate(catalog: Catalog) -> None:
    found = layer(shape(catalog, "phi-2"), 0)
    assert "ffn_norm" not in found
    assert "ffn_gate" not in found
    assert {"attn_norm.bias", "attn_q.bias", "attn_output.bias", "ffn_up.bias", "ffn_down.bias"} <= set(found)
    assert any(t.role == "output.bias" for t in tensors(shape(catalog, "phi-2")))


def test_command_r_plus_has_norms_over_all_heads(catalog: Catalog) -> None:
    found = layer(shape(catalog, "command-r-plus-08-2024"), 0)
    assert (found["attn_q_norm"].elements, found["attn_k_norm"].elements) == (96 * 128, 8 * 128)


def test_north_mini_codes_windows_begin_behind_its_dense_layer(catalog: Catalog) -> None:
    kinds = shape(catalog, "north-mini-code-1.0").layers
    assert [kind.window == 0 for kind in kinds[:6]] == [True, False, False, False, True, False]
    assert sum(kind.window == 0 for kind in kinds) == 13
    assert kinds[0].width == 3072

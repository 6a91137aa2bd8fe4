"""A model is its tensors: counts are sums, done here once more by hand."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from sizing import Catalog, SizingError
from sizing.anatomy.blocks.tensor import Tensor
from sizing.anatomy.dialect import shape_of
from sizing.anatomy.shape import Shape
from sizing.anatomy.tensors import parameters, read_elements, tensors
from sizing.facts.entries.architecture import Architecture
from sizing.facts.validation import checked


def shape(catalog: Catalog, name: str) -> Shape:
    found = catalog.model(name).shape
    assert found is not None
    return found


def elements(listed: Iterable[Tensor], *roles: str) -> int:
    return sum(t.elements for t in listed if t.role in roles)


# The smallest llama: everything fits in a hand calculation.
WORDS = {
    "model_type": "llama", "vocab_size": 100, "hidden_size": 8, "intermediate_size": 20, "num_hidden_layers": 2,
    "num_attention_heads": 4, "num_key_value_heads": 2, "tie_word_embeddings": False,
}  # fmt: skip


def tiny(**changed: object) -> Shape:
    return shape_of(checked(Architecture, {**WORDS, **changed}))


TINY = tiny()


def test_a_tiny_llama_by_hand() -> None:
    attention = 8 * 8 + 8 * 4 + 8 * 4 + 8 * 8  # q, k, v, o with heads of 2
    layer = attention + 3 * 8 * 20 + 2 * 8
    assert parameters(TINY).total == 2 * 100 * 8 + 2 * layer + 8
    assert parameters(TINY).active == 100 * 8 + 2 * layer + 8


def test_a_tied_head_counts_once_and_is_read_for_each_token() -> None:
    tied = tiny(tie_word_embeddings=True)
    assert parameters(TINY).total - parameters(tied).total == 100 * 8
    assert parameters(tied).active == parameters(tied).total
    assert not [t for t in tensors(tied) if t.role == "output"]


def test_without_key_value_heads_every_head_has_its_own() -> None:
    full = shape_of(checked(Architecture, {k: v for k, v in WORDS.items() if k != "num_key_value_heads"}))
    assert elements(tensors(full), "attn_k") == elements(tensors(full), "attn_q")


def test_multi_query_attention_has_one_key_head() -> None:
    assert elements(tensors(tiny(num_key_value_heads=1)), "attn_k", "attn_v") == 2 * 2 * (8 * 2)


def test_a_head_may_be_wider_than_hidden_size_over_heads() -> None:
    wide = tiny(head_dim=5)
    assert elements(tensors(wide), "attn_q") == 2 * 8 * (4 * 5)
    assert elements(tensors(wide), "attn_output") == 2 * 8 * (4 * 5)


def test_llamas_attention_bias_covers_four_projections_and_qwen2s_three() -> None:
    llama, qwen = tiny(attention_bias=True), tiny(model_type="qwen2")
    assert parameters(llama).total - parameters(TINY).total == 2 * (8 + 4 + 4 + 8)
    assert parameters(qwen).total - parameters(TINY).total == 2 * (8 + 4 + 4)


def test_mixtral_has_eight_feed_forward_blocks_and_reads_two(catalog: Catalog) -> None:
    a = shape(catalog, "mixtral-8x7b")
    expert = 3 * 4096 * 14336
    shared = 2 * 4096 * 4096 + 2 * 4096 * 1024 + 2 * 4096 + 8 * 4096  # q, o; k, v; norms; router
    assert parameters(a).total == 2 * 32000 * 4096 + 32 * (shared + 8 * expert) + 4096
    assert parameters(a).active == 32000 * 4096 + 32 * (shared + 2 * expert) + 4096


def test_an_expert_tensor_is_one_tensor_with_a_count(catalog: Catalog) -> None:
    a = shape(catalog, "mixtral-8x7b")
    gates = [t for t in tensors(a) if t.role == "ffn_gate_exps"]
    assert len(gates) == 32
    assert {(t.count, t.shape) for t in gates} == {(8, (14336, 4096))}
    assert read_elements(gates[0], a) == 2 * 14336 * 4096


def test_deepseek_v3_by_hand(catalog: Catalog) -> None:
    a = shape(catalog, "deepseek-v3")
    hidden, heads = 7168, 128
    attention = (
        hidden * 1536 + 1536 + 1536 * heads * (128 + 64)  # queries through their latent
        + hidden * (512 + 64) + 512 + 512 * heads * (128 + 128)  # keys and values through theirs
        + heads * 128 * hidden
    )  # fmt: skip
    norms, expert = 2 * hidden, 3 * hidden * 2048
    dense = 3 * (attention + norms + 3 * hidden * 18432)
    total = 2 * 129280 * hidden + hidden + dense + 58 * (attention + norms + 256 * hidden + (256 + 1) * expert)
    active = 129280 * hidden + hidden + dense + 58 * (attention + norms + 256 * hidden + (8 + 1) * expert)
    assert (parameters(a).total, parameters(a).active) == (total, active)


def test_the_first_layers_of_deepseek_v3_have_no_experts(catalog: Catalog) -> None:
    with_experts = {t.layer for t in tensors(shape(catalog, "deepseek-v3")) if t.part == "expert" and not t.mtp}
    assert with_experts == set(range(3, 61))


def test_buffers_and_mtp_layers_are_listed_but_are_no_parameters(catalog: Catalog) -> None:
    a = shape(catalog, "glm-4.5-air")
    assert any(t.buffer for t in tensors(a))
    assert {t.layer for t in tensors(a) if t.mtp} == {46}
    assert parameters(a).total == sum(t.elements for t in tensors(a) if not t.buffer and not t.mtp)


def test_only_the_larger_glm_has_norms_on_queries_and_keys(catalog: Catalog) -> None:
    # https://github.com/THUDM/slime/blob/624b824a898ab0ec1fcb4d373004c7f3852bf515/scripts/models/glm4.5-355B-A32B.sh
    for name, norms in (("glm-4.5", 2 * 128 * 93), ("glm-4.5-air", 0)):  # 92 layers and the MTP layer
        assert elements(tensors(shape(catalog, name)), "attn_q_norm", "attn_k_norm") == norms


def test_every_layer_has_the_mixers_and_the_feed_forward_of_its_kind_once(catalog: Catalog) -> None:
    ends = ("attn_output", "attn_output_b", "cross_attn_output", "ssm_out", "shortconv.out_proj")  # a mixer's last
    for model in catalog.models.values():
        if model.shape is None:
            continue
        kinds = model.shape.layers
        main = [t for t in tensors(model.shape) if not t.mtp]
        mixers = [i for i, kind in enumerate(kinds) for mixer in (kind.mixer, kind.beside) if mixer != "none"]
        assert sorted(t.layer for t in main if t.role in ends and t.layer is not None) == mixers, model.id
        count = {"none": 0, "dense": 1, "experts": 1, "dense_and_experts": 2, "dense_beside_experts": 2}
        fed = [i for i, kind in enumerate(kinds) for _ in range(count[kind.feed_forward])]
        down = ("ffn_down", "ffn_down_exps")
        assert sorted(t.layer for t in main if t.role in down and t.layer is not None) == fed, model.id
        assert len({(t.role, t.layer) for t in main}) == len(main), model.id


def layer(a: Shape, number: int) -> int:
    """Parameters of one layer."""
    return sum(t.elements for t in tensors(a) if t.layer == number and not t.buffer)


def test_a_layer_of_nemotron_3_nano_is_a_mixer_or_experts_alone(catalog: Catalog) -> None:
    a = shape(catalog, "nemotron-3-nano-30b-a3b")  # MEMEM*…
    hidden, inner, convolved = 2688, 64 * 64, 64 * 64 + 2 * 8 * 128
    mamba = (
        hidden * (inner + convolved + 64) + convolved * (4 + 1)  # one projection in; a convolution with its bias
        + 3 * 64 + inner + inner * hidden  # steps, decays, skips by head; the norm; one projection out
    )  # fmt: skip
    experts = (128 + 2) * 2 * hidden * 1856 + 128 * hidden  # up and down, no gate; a shared one of twice the width
    attention = 2 * hidden * 32 * 128 + 2 * hidden * 2 * 128
    assert [layer(a, i) for i in (0, 1, 5)] == [hidden + mamba, hidden + experts, hidden + attention]


def test_experts_of_nemotron_3_super_see_a_narrower_space(catalog: Catalog) -> None:
    a = shape(catalog, "nemotron-3-super-120b-a12b")
    assert {t.shape for t in tensors(a) if t.role == "ffn_up_exps"} == {(2688, 1024)}
    main = [t for t in tensors(a) if not t.mtp]
    assert elements(main, "ffn_latent_down") == elements(main, "ffn_latent_up") == 40 * 4096 * 1024
    assert elements(main, "ffn_up_shexp") == 40 * 4096 * 5376  # not the shared one


def test_an_mtp_layer_of_nemotron_3_has_attention_and_experts(catalog: Catalog) -> None:
    mtp = {t.role for t in tensors(shape(catalog, "nemotron-3-super-120b-a12b")) if t.mtp}
    assert {"attn_q", "ffn_up_exps", "nextn.eh_proj"} <= mtp
    assert not mtp & {"ssm_in", "nextn.embed_tokens"}


def test_falcon_h1_has_attention_and_mamba_side_by_side(catalog: Catalog) -> None:
    a = shape(catalog, "falcon-h1-0.5b")
    hidden, convolved = 1024, 1536 + 2 * 128
    attention = 2 * hidden * 8 * 64 + 2 * hidden * 2 * 64
    mamba = hidden * (1536 + convolved + 24) + convolved * 5 + 3 * 24 + 1536 * hidden
    assert layer(a, 0) == 2 * hidden + attention + mamba + 3 * hidden * 2048


def test_a_dense_granite_4_has_the_width_of_its_shared_mlp(catalog: Catalog) -> None:
    a = shape(catalog, "granite-4.0-micro")
    assert elements(tensors(a), "ffn_down") == 40 * 2560 * 8192
    assert parameters(a).total == parameters(shape(catalog, "granite-4.1-3b")).total


def test_jamba_has_attention_in_every_eighth_layer_and_experts_in_every_second(catalog: Catalog) -> None:
    a = shape(catalog, "jamba-v0.1")
    assert {t.layer for t in tensors(a) if t.role == "attn_q"} == {4, 12, 20, 28}
    assert {t.layer for t in tensors(a) if t.count > 1} == set(range(1, 32, 2))
    inner = 2 * 4096
    scanned = inner * (256 + 2 * 16) + (256 + 1) * inner + 256 + 2 * 16 + 16 * inner + inner
    mamba = 4096 * 2 * inner + 5 * inner + scanned + inner * 4096
    assert layer(a, 0) == 2 * 4096 + mamba + 3 * 4096 * 14336


def test_one_expert_is_a_dense_model() -> None:
    jamba = {"model_type": "jamba", "expert_layer_period": 2, "expert_layer_offset": 1, "attn_layer_period": 1}
    assert not [t for t in tensors(tiny(**jamba, num_experts=1, num_experts_per_tok=1)) if t.count > 1]


def test_lfm2s_width_is_two_thirds_of_what_its_config_says_rounded_up(catalog: Catalog) -> None:
    a = shape(catalog, "lfm2-350m")
    assert elements(tensors(a), "ffn_down") == 16 * 1024 * 4608  # 6,656 × 2 / 3 = 4,437, up to a multiple of 256
    assert elements(tensors(shape(catalog, "lfm2-2.6b")), "ffn_down") == 30 * 2048 * 10752  # as it is
    assert layer(a, 0) == 2 * 1024 + 4 * 1024**2 + 3 * 1024 + 3 * 1024 * 4608  # in, out; three taps a channel


def test_kimi_linear_by_hand(catalog: Catalog) -> None:
    a = shape(catalog, "kimi-linear-48b-a3b")
    hidden, inner = 2304, 32 * 128
    kda = (
        4 * hidden * inner + 3 * 4 * inner  # q, k, v, o and their short convolutions
        + 2 * (hidden * 128 + 128 * inner)  # the decays and the output gate, each through a head's width
        + hidden * 32 + 32 + inner + 128  # beta; decays and steps; the norm
    )  # fmt: skip
    mla = hidden * 32 * 192 + hidden * 576 + 512 + 512 * 32 * 256 + 32 * 128 * hidden
    experts = (256 + 1) * 3 * hidden * 1024 + 256 * hidden
    assert layer(a, 0) == 2 * hidden + kda + 3 * hidden * 9216
    assert layer(a, 3) == 2 * hidden + mla + experts
    assert sum(t.role == "attn_kv_a_mqa" for t in tensors(a)) == 7


def test_kimi_k3_chooses_among_earlier_layers_and_gates_its_attention(catalog: Catalog) -> None:
    listed = tensors(shape(catalog, "kimi-k3"))
    assert elements(listed, "attn_res_norm", "attn_res_score", "ffn_res_norm", "ffn_res_score") == 93 * 4 * 7168
    assert elements(listed, "attn_gate") == 24 * 7168 * 96 * 128
    assert elements(listed, "ssm_g") == 69 * 7168 * 96 * 128
    assert {t.shape for t in listed if t.role == "ffn_gate_exps"} == {(3072, 3584)}


def test_deepseek_v4_flash_by_hand(catalog: Catalog) -> None:
    a = shape(catalog, "deepseek-v4-flash")
    hidden, head, queries = 4096, 512, 64 * 512
    attention = (
        hidden * 1024 + 1024 + 1024 * queries  # queries through their latent
        + hidden * head + head  # one key, which is its own value
        + queries * 1024 + 8 * 1024 * hidden + 64  # the output in eight groups of rank 1,024; the sinks
    )  # fmt: skip
    streams = 2 * (24 * 4 * hidden + 24 + 3)  # around attention and experts
    experts = (256 + 1) * 3 * hidden * 2048 + 256 * hidden
    plain = 2 * hidden + attention + streams + experts
    far = 2 * hidden * head + 128 * head + head
    near = 2 * hidden * 2 * head + 4 * 2 * head + head  # entries overlap: twice as wide
    indexer = 1024 * 64 * 128 + hidden * 64 + 2 * hidden * 2 * 128 + 4 * 2 * 128 + 128
    assert [layer(a, i) for i in (0, 3, 2)] == [plain, plain + far, plain + near + indexer]


def test_a_hash_layer_of_deepseek_v4_looks_its_experts_up(catalog: Catalog) -> None:
    a = shape(catalog, "deepseek-v4-flash")
    tables = [t for t in tensors(a) if t.role == "ffn_gate_tid2eid"]
    assert [(t.layer, t.shape, t.buffer) for t in tables] == [(i, (129280, 6), True) for i in range(3)]
    assert read_elements(tables[0], a) == 6
    assert {t.layer for t in tensors(a) if t.role == "exp_probs_b" and not t.mtp} == set(range(3, 43))


def test_an_unknown_model_type_is_one_clear_error() -> None:
    with pytest.raises(SizingError, match=r"model_type 'lama' is not known; known are .*llama"):
        parameters(tiny(model_type="lama"))

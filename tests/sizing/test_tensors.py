"""A model is its tensors: counts are sums, done here once more by hand."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from sizing import Catalog, SizingError
from sizing.blocks.tensor import Tensor
from sizing.entries import Architecture
from sizing.tensors import parameters, read_elements, tensors


def architecture(catalog: Catalog, name: str) -> Architecture:
    found = catalog.model(name).architecture
    assert isinstance(found, Architecture)
    return found


def elements(listed: Iterable[Tensor], *roles: str) -> int:
    return sum(t.elements for t in listed if t.role in roles)


# The smallest llama: everything fits in a hand calculation.
TINY = Architecture(
    model_type="llama", vocab_size=100, hidden_size=8, intermediate_size=20, num_hidden_layers=2,
    num_attention_heads=4, num_key_value_heads=2, tie_word_embeddings=False,
)  # fmt: skip


def tiny(**changed: object) -> Architecture:
    return Architecture.model_validate({**TINY.model_dump(exclude_none=True), **changed})


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
    full = Architecture.model_validate({k: v for k, v in TINY.model_dump().items() if k != "num_key_value_heads"})
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
    a = architecture(catalog, "mixtral-8x7b")
    expert = 3 * 4096 * 14336
    shared = 2 * 4096 * 4096 + 2 * 4096 * 1024 + 2 * 4096 + 8 * 4096  # q, o; k, v; norms; router
    assert parameters(a).total == 2 * 32000 * 4096 + 32 * (shared + 8 * expert) + 4096
    assert parameters(a).active == 32000 * 4096 + 32 * (shared + 2 * expert) + 4096


def test_an_expert_tensor_is_one_tensor_with_a_count(catalog: Catalog) -> None:
    a = architecture(catalog, "mixtral-8x7b")
    gates = [t for t in tensors(a) if t.role == "ffn_gate_exps"]
    assert len(gates) == 32
    assert {(t.count, t.shape) for t in gates} == {(8, (14336, 4096))}
    assert read_elements(gates[0], a) == 2 * 14336 * 4096


def test_deepseek_v3_by_hand(catalog: Catalog) -> None:
    a = architecture(catalog, "deepseek-v3")
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
    with_experts = {t.layer for t in tensors(architecture(catalog, "deepseek-v3")) if t.part == "expert" and not t.mtp}
    assert with_experts == set(range(3, 61))


def test_buffers_and_mtp_layers_are_listed_but_are_no_parameters(catalog: Catalog) -> None:
    a = architecture(catalog, "glm-4.5-air")
    assert any(t.buffer for t in tensors(a))
    assert {t.layer for t in tensors(a) if t.mtp} == {46}
    assert parameters(a).total == sum(t.elements for t in tensors(a) if not t.buffer and not t.mtp)


def test_only_the_larger_glm_has_norms_on_queries_and_keys(catalog: Catalog) -> None:
    # https://github.com/THUDM/slime/blob/624b824a898ab0ec1fcb4d373004c7f3852bf515/scripts/models/glm4.5-355B-A32B.sh
    for name, norms in (("glm-4.5", 2 * 128 * 93), ("glm-4.5-air", 0)):  # 92 layers and the MTP layer
        assert elements(tensors(architecture(catalog, name)), "attn_q_norm", "attn_k_norm") == norms


def test_every_layer_has_its_attention_and_its_feed_forward_once(catalog: Catalog) -> None:
    for model in catalog.models.values():
        if not isinstance(model.architecture, Architecture):
            continue
        main = [t for t in tensors(model.architecture) if not t.mtp]
        layers = list(range(model.architecture.num_hidden_layers))
        outputs = ("attn_output", "ssm_out")  # a linear layer's is called so
        assert sorted(t.layer for t in main if t.role in outputs and t.layer is not None) == layers
        down = ("ffn_down", "ffn_down_exps")
        assert sorted(t.layer for t in main if t.role in down and t.layer is not None) == layers
        assert len({(t.role, t.layer) for t in main}) == len(main), model.id


def test_an_unknown_model_type_is_one_clear_error() -> None:
    with pytest.raises(SizingError, match=r"model_type 'lama' is not known; known are .*llama"):
        parameters(tiny(model_type="lama"))

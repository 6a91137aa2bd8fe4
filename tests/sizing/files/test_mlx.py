"""An MLX checkpoint whose modules have bits of their own weighs what its config.json says, module by module."""

from __future__ import annotations

from typing import Any

from sizing import Catalog, plan
from sizing.files.told import of_config
from sizing.model import Model

QWEN: dict[str, Any] = {
    "model_type": "qwen3_moe", "vocab_size": 151936, "hidden_size": 2048, "intermediate_size": 6144,
    "moe_intermediate_size": 768, "num_hidden_layers": 4, "num_attention_heads": 32, "num_key_value_heads": 4,
    "head_dim": 128, "num_experts": 8, "num_experts_per_tok": 2, "decoder_sparse_step": 1, "mlp_only_layers": [],
    "norm_topk_prob": True, "tie_word_embeddings": False, "torch_dtype": "bfloat16",
}  # fmt: skip
FOUR = {"group_size": 64, "bits": 4}


def read(**own: Any) -> Model:
    return of_config({**QWEN, "quantization": {**FOUR, **own}}, "mixed")


def weights(model: Model) -> int:
    return plan(model, None, context=512).memory.weights


def test_a_module_with_more_bits_takes_as_many_more(catalog: Catalog) -> None:
    six = {"group_size": 64, "bits": 6}
    plain, one = (weights(read(**{"model.layers.0.mlp.gate": FOUR, module: way})) for module, way in (
        ("model.layers.1.self_attn.v_proj", FOUR), ("model.layers.1.self_attn.v_proj", six),
    ))  # fmt: skip
    assert one - plain == 2 * 2048 * 512 // 8


def test_experts_embedding_and_head_are_modules_too() -> None:
    eight = {"group_size": 64, "bits": 8}
    plain = weights(read(**{"lm_head": FOUR, "model.embed_tokens": FOUR}))
    ends = weights(read(**{"lm_head": eight, "model.embed_tokens": eight}))
    assert ends - plain == 2 * 4 * 2048 * 151936 // 8
    experts = weights(read(**{"lm_head": FOUR, "model.layers.2.mlp.switch_mlp.down_proj": eight}))
    assert experts - plain == 8 * 4 * 768 * 2048 // 8


def test_a_finer_group_has_more_scales_and_false_is_sixteen_bits() -> None:
    plain = weights(read(lm_head=FOUR))
    assert weights(read(lm_head={"group_size": 32, "bits": 4})) - plain == 2048 * 151936 // 64 * 4
    assert weights(read(**{"lm_head": False, "model.embed_tokens": FOUR})) - plain == 2048 * 151936 * (16 - 4.5) / 8


def test_what_is_not_understood_is_not_guessed() -> None:
    for own in ({"model.layers.0.self_attn.w_pack": {"group_size": 64, "bits": 6}}, {"lm_head": {"bits": "six"}}):
        model = read(**own)
        assert (model.own, model.unread) == (None, "MLX with bits of their own for some layers")

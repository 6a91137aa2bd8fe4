"""Config.json's words, in every dialect, mean one shape; what they leave out is what transformers fills in."""

from __future__ import annotations

from typing import Any

import pytest

from sizing import Catalog
from sizing.anatomy.architectures import TABLE
from sizing.anatomy.dialect import WordError, defaults, known_types, shape_of
from sizing.anatomy.dialect.canonical import canonical
from sizing.anatomy.dialect.harmless import is_harmless
from sizing.anatomy.dialect.synonyms import CANONICAL, TYPES
from sizing.anatomy.shape import Shape
from sizing.anatomy.sized import sized
from sizing.facts.entries.architecture import WORDS, Architecture
from sizing.facts.plain import to_plain
from sizing.facts.validation import checked

LLAMA: dict[str, Any] = {
    "model_type": "llama", "vocab_size": 1000, "hidden_size": 256, "intermediate_size": 512, "num_hidden_layers": 4,
    "num_attention_heads": 8, "num_key_value_heads": 2, "tie_word_embeddings": False,
}  # fmt: skip
REQUIRED = {"model_type", "vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads"}


def shape(**words: Any) -> Shape:
    """The shape that a config.json of these words means."""
    said = canonical({**LLAMA, **words})
    return shape_of(checked(Architecture, {word: value for word, value in said.items() if word in WORDS}))


def test_a_word_that_says_what_transformers_fills_in_may_be_left_out(catalog: Catalog) -> None:
    dropped = 0
    for model in catalog.models.values():
        if isinstance(model.architecture, str):
            continue
        filled = defaults.unsaid(model.architecture.model_type)
        said = to_plain(model.architecture)
        for word, value in said.items():
            if word in REQUIRED or filled.get(CANONICAL.get(word, word)) != value:
                continue
            rest = {other: said[other] for other in said if other != word}
            assert shape_of(checked(Architecture, rest)) == model.shape, (model.id, word)
            dropped += 1
    assert dropped > 500


def test_null_says_that_there_is_none_and_is_not_left_out() -> None:
    assert {kind.window for kind in shape(model_type="mistral").layers} == {4096}
    nothings: tuple[object, ...] = (None, 0, "", [])
    for none in nothings:
        assert {kind.window for kind in shape(model_type="mistral", sliding_window=none).layers} == {0}
    mistral = {**LLAMA, "model_type": "mistral"}
    assert {kind.window for kind in shape_of(checked(Architecture, {**mistral, "sliding_window": None})).layers} == {0}
    assert {kind.window for kind in shape_of(checked(Architecture, mistral)).layers} == {4096}


def test_heads_follow_from_one_another_where_transformers_derives_them() -> None:
    assert shape(num_key_value_heads=None).layers[0].kv_heads == 8
    assert shape().layers[0].head_dim == 256 // 8
    assert shape(model_type="qwen3").layers[0].head_dim == 128  # which its class declares


def test_synonyms_are_one_word_and_must_not_contradict_each_other() -> None:
    mixtral = {"model_type": "mixtral", "num_experts_per_tok": 2}
    assert shape(**mixtral, num_local_experts=8) == shape(**mixtral, n_routed_experts=8)
    assert shape(**mixtral, num_local_experts=8, num_experts=0) == shape(**mixtral, num_local_experts=8)
    with pytest.raises(WordError, match="num_local_experts: 8, and num_experts 4"):
        shape(**mixtral, num_local_experts=8, num_experts=4)


def test_one_number_for_each_layer_is_one_number() -> None:
    assert shape(intermediate_size=[512] * 4) == shape()
    with pytest.raises(WordError, match="intermediate_size: layers of different sizes"):
        shape(intermediate_size=[512, 512, 512, 1024])


def test_windows_begin_where_transformers_lets_them() -> None:
    qwen = {"model_type": "qwen2", "sliding_window": 512}
    assert {kind.window for kind in shape(**qwen).layers} == {0}  # use_sliding_window is false unless it is said
    windows = shape(**qwen, use_sliding_window=True, max_window_layers=3).layers
    assert [kind.window for kind in windows] == [0, 0, 0, 512]
    gemma = {"model_type": "gemma3_text", "sliding_window": 512, "num_hidden_layers": 6}
    assert [kind.window for kind in shape(**gemma).layers] == [512] * 5 + [0]


def test_no_model_looks_up_more_tables_of_tokens_than_any_has() -> None:
    own = {"model_type": "qwen4_exp_text", "ple_layer_ids": [1, 3], "heads_per_ngram": 10**6, "ngram_size": 3}
    with pytest.raises(WordError, match=r"heads_per_ngram: 4,000,000 tables are more than any model has; check it"):
        shape(**own)


def test_single_layers_may_be_otherwise() -> None:
    own = shape(num_hidden_layers=2, per_layer_config={"01": {"head_dim": 64, "num_key_value_heads": 4}})
    assert [(kind.head_dim, kind.kv_heads) for kind in own.layers] == [(32, 2), (64, 4)]
    with pytest.raises(WordError, match="per_layer_config: num_experts: not known, and may matter"):
        shape(per_layer_config={"1": {"num_experts": 4}})


def test_gemma_4_saved_again_is_gemma_4() -> None:
    gemma: dict[str, Any] = {
        "model_type": "gemma4_text", "num_hidden_layers": 6, "sliding_window": 512, "attention_k_eq_v": True,
        "hidden_size_per_layer_input": None,
    }  # fmt: skip
    published = shape(**gemma, global_head_dim=64, num_global_key_value_heads=1)
    assert shape(**gemma, per_layer_config={"5": {"head_dim": 64, "num_key_value_heads": 1}}) == published


def test_deepseek_v4_says_its_layers_in_two_ways() -> None:
    v4: dict[str, Any] = {"model_type": "deepseek_v4", "num_key_value_heads": 1, "index_topk": 16, "num_experts": 8}
    kinds = ["sliding_attention", "compressed_sparse_attention", "heavily_compressed_attention", "sliding_attention"]
    rates = {"compressed_sparse_attention": 4, "heavily_compressed_attention": 128}
    fed = ["hash_moe", "moe", "moe", "moe"]
    saved = shape(**v4, layer_types=kinds, compress_rates=rates, mlp_layer_types=fed)
    assert saved == shape(**v4, compress_ratios=[0, 4, 128, 0], num_hash_layers=1)
    assert [kind.ratio for kind in shape(**v4).layers] == [128, 128, 128, 4]


def test_nemotrons_layers_have_three_spellings() -> None:
    nemotron: dict[str, Any] = {"model_type": "nemotron_h", "num_hidden_layers": None, "n_routed_experts": 4}
    letters = shape(**nemotron, hybrid_override_pattern="ME*-")
    assert letters == shape(**nemotron, layers_block_type=["mamba", "moe", "attention", "mlp"])
    assert letters == shape(**nemotron, layers_block_type=["linear_attention", "moe", "full_attention", "mlp"])


def test_a_type_without_a_class_must_say_what_it_has(catalog: Catalog) -> None:
    words = catalog.model("kimi-k2").architecture
    assert isinstance(words, Architecture)
    said = to_plain(words)
    del said["q_lora_rank"]
    with pytest.raises(WordError, match=r"q_lora_rank: missing, and a kimi_k2 needs it; give a whole config\.json"):
        shape_of(checked(Architecture, said))


def test_every_type_is_a_row_or_another_name_of_one() -> None:
    assert set(TYPES.values()) <= set(TABLE)
    assert not set(TYPES) & set(TABLE)
    assert known_types() == sorted({*TYPES, *TABLE})


def test_no_word_is_both_translated_and_harmless() -> None:
    assert not [word for word in (*WORDS - {"model_type"}, *CANONICAL) if is_harmless(word) and word in WORDS]


def test_the_table_is_what_transformers_says() -> None:
    pytest.importorskip("transformers")
    from tools.defaults import FILE, generated, written

    assert FILE.read_text(encoding="utf-8") == written(generated()), "run python -m tools.defaults"


def test_experts_that_stand_in_layers_alone_which_predict_several_tokens_are_sized(catalog: Catalog) -> None:
    known = catalog.model("nemotron-3-super-120b-a12b")
    assert isinstance(known.architecture, Architecture)
    words = to_plain(known.architecture)
    words["hybrid_override_pattern"] = words["hybrid_override_pattern"].replace("E", "-")
    own = shape_of(checked(Architecture, words))
    assert any("experts" in kind.feed_forward for kind in own.mtp)
    assert not any("experts" in kind.feed_forward for kind in own.layers)
    read = sized(own, catalog.formats["BF16"], "f16", catalog.runtime("llama.cpp").cache, gguf=True)
    assert (read.experts, read.routed_flops) == (0, 0.0)

"""Every family has as many parameters, and as much of a cache, as transformers has of configurations of our own making.

``python -m tools.record.families`` recorded what transformers counts: of each class's defaults, of each word changed
alone, of several at once, and of all defaults said as ``save_pretrained`` says them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from sizing import Catalog, SizingError, plan, read_model
from sizing.anatomy.caches import elements_per_token
from sizing.anatomy.dialect import shape_of
from sizing.anatomy.dialect.defaults import version
from sizing.anatomy.shape import Shape
from sizing.anatomy.tensors import parameters, unsaved
from sizing.facts.entries.architecture import WORDS, Architecture
from sizing.facts.validation import checked
from sizing.files.config_json import described

RECORDED: Final[dict[str, Any]] = json.loads(Path(__file__).with_name("families.json").read_text(encoding="utf-8"))
FAMILIES: Final = sorted(set(RECORDED) - {"transformers"})

# What is refused by name, for no published model says it.
REFUSED: Final = (
    "add_cross_attention", "attention_bias", "classifier_bias", "decoder_bias", "expansion_ratio", "gating", "head_dim",
    "is_moe",
    "layer_norm_elementwise_affine", "mamba_proj_bias", "moe_layer_end_index", "no_bias", "norm_after",
    "projectors_bias", "task_type_vocab_size", "tie_word_embeddings", "unpadded_vocab_size", "use_bias", "use_task_id",
)  # fmt: skip


def shaped(config: dict[str, Any]) -> Shape:
    """The shape of a config.json's text model."""
    words = described(config).words
    return shape_of(checked(Architecture, {word: said for word, said in words.items() if word in WORDS}))


def sized(family: str) -> list[tuple[dict[str, Any], Shape]]:
    """The recorded cases of a family that are not refused; refusals are one line, and name what they refuse."""
    found = []
    for case in RECORDED[family]:
        try:
            found.append((case, shaped(case["config"])))
        except SizingError as error:
            told = str(error)
            assert "\n" not in told
            assert any(word in told for word in REFUSED), told
    return found


def test_the_record_is_of_the_transformers_whose_defaults_are_known() -> None:
    assert RECORDED["transformers"] == version()
    assert len(FAMILIES) > 140


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_the_parameters_that_transformers_counts(family: str) -> None:
    cases = sized(family)
    assert len(cases) >= min(2, len(RECORDED[family]))
    wrong = {json.dumps(case["config"]): parameters(s).total + unsaved(s) - case["parameters"] for case, s in cases}
    assert {config: off for config, off in wrong.items() if off} == {}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_caches_the_numbers_that_transformers_caches(family: str) -> None:
    for case, s in sized(family):
        if "cache" in case and not s.blocks.encoder and s.blocks.attention != "compressed":  # entries, not tokens
            assert sum(elements_per_token(s, kind) for kind in s.layers) == case["cache"], case["config"]


BERT: Final = {
    "model_type": "bert", "architectures": ["BertModel"], "vocab_size": 30522, "hidden_size": 768,
    "num_hidden_layers": 12, "num_attention_heads": 12, "intermediate_size": 3072, "max_position_embeddings": 512,
    "type_vocab_size": 2,
}  # fmt: skip


QWEN: Final = {
    "model_type": "qwen3", "vocab_size": 151665, "hidden_size": 4096, "intermediate_size": 12288,
    "num_hidden_layers": 36, "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128,
    "tie_word_embeddings": False,
}  # fmt: skip


def test_an_encoder_keeps_no_cache_and_decodes_nothing(catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "config.json"
    file.write_text(json.dumps(BERT), encoding="utf-8")
    p = plan(read_model(file, catalog=catalog), catalog.machine("rtx-4090"), format="F16", context=512)
    assert (p.fits, p.memory.cache) == (True, 0)
    assert p.decode is p.decode_empty is p.throughput is p.prefill is None  # nothing like it was measured


def test_an_encoder_computes_a_text_at_once_and_scores_no_token(catalog: Catalog) -> None:
    """A micro-batch is as long as the longest text; a vocabulary of 250,002 would take 7.6 GiB of scores for it."""
    model, machine = catalog.model("bge-m3"), catalog.machine("rtx-3090")
    p = plan(model, machine, format="F16", context=8192)
    assert (p.settings["micro_batch"], p.memory.buffers < 2**30) == (8192, True)
    with pytest.raises(SizingError, match="micro-batch of 512"):
        plan(model, machine, format="F16", context=8192, micro_batch=512)


def test_the_class_that_config_json_names_decides_a_decoders_head() -> None:
    answers, base, ranking = (
        shaped({**QWEN, "architectures": [name], "id2label": {"0": "LABEL_0"}})
        for name in ("Qwen3ForCausalLM", "Qwen3Model", "Qwen3ForSequenceClassification")
    )
    assert [s.answers for s in (answers, base, ranking)] == [True, False, False]
    assert parameters(answers).total - parameters(base).total == 151665 * 4096
    assert parameters(ranking).total - parameters(base).total == 4096
    with pytest.raises(SizingError, match="Qwen3ForTokenClassification"):
        shaped({**QWEN, "architectures": ["Qwen3ForTokenClassification"]})


def test_mamba_is_read_in_its_authors_words_and_in_transformers_which_reads_its_own_alone() -> None:
    """state-spaces/mamba-2.8b: 2,768,345,600 as Hugging Face counts; a leftover d_inner of 1,536 decides nothing."""
    theirs = {
        "d_model": 2560,
        "d_inner": 5120,
        "d_state": 16,
        "d_conv": 4,
        "dt_rank": 160,
        "n_layer": 64,
        "bias": False,
    }
    padded = {"vocab_size": 50277, "pad_vocab_size_multiple": 8, "conv_bias": True}
    own = {"hidden_size": 2560, "state_size": 16, "conv_kernel": 4, "time_step_rank": 160, "num_hidden_layers": 64}
    for words in ({**theirs, **padded}, {**own, "vocab_size": 50280, "d_inner": 1536, "dt_rank": 160}):
        assert parameters(shaped({"model_type": "mamba", "expand": 2, **words})).total == 2_768_345_600


def test_a_decoder_that_is_not_causal_embeds() -> None:
    assert not shaped({**QWEN, "architectures": ["Qwen3ForCausalLM"], "is_causal": False}).answers


def test_a_decoder_that_reads_from_both_sides_keeps_no_cache(catalog: Catalog) -> None:
    """EmbeddingGemma's config.json says true; Gemma 4's says vision, and it answers."""
    assert plan(catalog.model("embeddinggemma-300m"), None, context=2048).memory.cache == 0
    words = {"model_type": "gemma4_text", "use_bidirectional_attention": "vision"}
    assert shaped({**words, "vocab_size": 262144, "hidden_size": 1536, "num_hidden_layers": 35}).answers


def test_the_class_that_config_json_names_decides_an_encoders_head() -> None:
    plain, masked, ranking = (
        parameters(shaped({**BERT, "architectures": [name], "num_labels": 1})).total
        for name in ("BertModel", "BertForMaskedLM", "BertForSequenceClassification")
    )
    assert masked - plain == 2 * 768 + 30522  # a norm and a bias for each token, and a dense layer in a pooler's place
    assert ranking - plain == 768 + 1


@pytest.mark.parametrize(
    "otherwise",
    [
        {"position_embedding_type": "alibi"},
        {"auto_map": {"AutoModel": "jinaai/jina-bert-implementation--modeling_bert.JinaBertModel"}},
        {"is_decoder": True},
        {"add_cross_attention": True},
        {"architectures": ["BertForQuestionAnswering"]},
    ],
)
def test_an_encoder_that_is_built_otherwise_is_refused_by_name(otherwise: dict[str, Any]) -> None:
    with pytest.raises(SizingError, match=next(iter(otherwise))):
        shaped({**BERT, **otherwise})


@pytest.mark.parametrize(
    "config",
    [
        {"model_type": "t5", "vocab_size": 32128, "d_model": 512, "num_layers": 6},
        {"model_type": "bart", "vocab_size": 50265, "d_model": 1024},
        {
            "model_type": "vision-encoder-decoder", "is_encoder_decoder": True, "encoder": {"model_type": "vit"},
            "decoder": {"model_type": "gpt2", "vocab_size": 50257, "n_embd": 768},
        },
    ],
)  # fmt: skip
def test_what_reads_with_an_encoder_and_answers_with_a_decoder_is_refused_in_a_line(config: dict[str, Any]) -> None:
    with pytest.raises(SizingError, match="an encoder reads and a decoder answers"):
        shaped(config)


# Counts that others tell of models that transformers has no class for, read 2026-11-26.
TOLD: Final = {
    # The converter of BlinkDL's rwkv7-g1j-1.5b checkpoint expects so many numbers.
    "RWKV-7 G1 1.5B": (
        1_527_404_544,
        {
            "model_type": "rwkv7", "hidden_size": 2048, "num_hidden_layers": 24, "vocab_size": 65536, "head_dim": 64,
            "decay_low_rank_dim": 96, "a_low_rank_dim": 96, "v_low_rank_dim": 64, "gate_low_rank_dim": 256,
        },
    ),
    # As MLC LLM's presets have it (mlc-ai/mlc-llm python/mlc_llm/model/model_preset.py); its 6.24 billion.
    "ChatGLM3 6B": (
        6_243_584_000,
        {
            "model_type": "chatglm", "add_bias_linear": False, "add_qkv_bias": True, "ffn_hidden_size": 13696,
            "hidden_size": 4096, "kv_channels": 128, "multi_query_attention": True, "multi_query_group_num": 2,
            "num_attention_heads": 32, "num_layers": 28, "padded_vocab_size": 65024, "post_layer_norm": True,
            "rmsnorm": True, "seq_length": 8192, "tie_word_embeddings": False,
        },
    ),
    # The same presets' "qwen", Qwen 1.8B.
    "Qwen 1.8B": (
        1_836_828_672,
        {
            "model_type": "qwen", "hidden_size": 2048, "intermediate_size": 11008, "kv_channels": 128, "no_bias": True,
            "num_attention_heads": 16, "num_hidden_layers": 24, "vocab_size": 151936, "tie_word_embeddings": False,
        },
    ),
    # jina-embeddings-v2-base-en, by its card 137 million; its code: jinaai/jina-bert-implementation.
    "Jina embeddings v2": (
        137_400_384,
        {
            "model_type": "bert", "architectures": ["JinaBertForMaskedLM"], "position_embedding_type": "alibi",
            "auto_map": {"AutoModel": "jinaai/jina-bert-implementation--modeling_bert.JinaBertModel"},
            "feed_forward_type": "geglu", "hidden_size": 768, "intermediate_size": 3072, "num_attention_heads": 12,
            "num_hidden_layers": 12, "type_vocab_size": 2, "vocab_size": 30528, "max_position_embeddings": 8192,
        },
    ),
    # gte-multilingual-base, 305 million; published before transformers called the type gte.
    "GTE multilingual": (
        305_368_320,
        {
            "model_type": "new", "architectures": ["NewModel"], "position_embedding_type": "rope", "hidden_size": 768,
            "intermediate_size": 3072, "num_attention_heads": 12, "num_hidden_layers": 12, "type_vocab_size": 1,
            "vocab_size": 250048, "pack_qkv": True, "layer_norm_type": "layer_norm",
        },
    ),
    # nomic-embed-text-v2-moe, 475 million of which 305 are used.
    "Nomic embed v2": (
        475_292_928,
        {
            "model_type": "nomic_bert", "architectures": ["NomicBertModel"], "mlp_fc1_bias": True, "mlp_fc2_bias": True,
            "moe_every_n_layers": 2, "moe_top_k": 2, "num_experts": 8, "n_embd": 768, "n_head": 12, "n_inner": 3072,
            "n_layer": 12, "qkv_proj_bias": True, "type_vocab_size": 1, "vocab_size": 250048, "num_shared_experts": 0,
        },
    ),
    # RWKV's v6-Finch-1B6; the tensors that llama.cpp's src/models/rwkv6.cpp loads.
    "RWKV-6 Finch 1.6B": (
        1_599_873_024,
        {
            "model_type": "rwkv6", "attention_hidden_size": 2048, "head_size": 64, "hidden_size": 2048,
            "intermediate_size": None, "num_attention_heads": 64, "num_hidden_layers": 24, "vocab_size": 65536,
            "tie_word_embeddings": False,
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_a_family_without_a_class_has_the_parameters_that_others_tell(name: str) -> None:
    count, config = TOLD[name]
    assert parameters(shaped(config)).total == count


def test_ling_2_is_told_from_the_first_by_its_class() -> None:
    """inclusionAI publishes Ling 2.0 under the first one's model_type (its model cards, read 2026-11-26)."""
    config = {
        "model_type": "bailing_moe", "hidden_size": 2048, "intermediate_size": 5120, "moe_intermediate_size": 512,
        "num_hidden_layers": 20, "num_attention_heads": 16, "num_key_value_heads": 4, "head_dim": 128,
        "num_experts": 256, "num_experts_per_tok": 8, "num_shared_experts": 1, "first_k_dense_replace": 1,
        "vocab_size": 157184, "tie_word_embeddings": False, "use_bias": False, "use_qkv_bias": False,
    }  # fmt: skip
    first, second = shaped(config), shaped({**config, "architectures": ["BailingMoeV2ForCausalLM"]})
    assert parameters(second).total - parameters(first).total == 20 * 2 * 128  # norms on queries and keys
    assert round(parameters(second).total / 1e9) == 16

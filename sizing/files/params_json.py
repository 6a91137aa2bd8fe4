"""What does a params.json say, in config.json's words? The one of Mistral's own checkpoints, and of Meta's.

Mistral's words are read as vLLM reads them (vllm/transformers_utils/configs/mistral.py), Meta's as its own code does
(llama/model.py): the width of a feed-forward block is two thirds of four streams, rounded up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sizing.errors import SizingError

Config = Mapping[str, Any]

_WORDS: Final[Mapping[str, str]] = {
    "dim": "hidden_size",
    "hidden_dim": "intermediate_size",
    "n_layers": "num_hidden_layers",
    "n_heads": "num_attention_heads",
    "n_kv_heads": "num_key_value_heads",
    "tied_embeddings": "tie_word_embeddings",
    "max_seq_len": "max_position_embeddings",
}
_OF_EXPERTS: Final[Mapping[str, str]] = {
    "route_every_n": "moe_layer_freq",
    "num_experts": "n_routed_experts",
    "expert_hidden_dim": "moe_intermediate_size",
    "num_shared_experts": "n_shared_experts",
    "num_expert_groups": "n_group",
    "num_expert_groups_per_tok": "topk_group",
}
# Rotations, scales, and how it was run: no sizes.
_HARMLESS: Final = (
    "causal", "ffn_dim_multiplier", "hidden_act", "llama_4_scaling", "max_batch_size", "multiple_of", "norm_eps",
    "use_scaled_rope", "yarn",
)  # fmt: skip
_SEES: Final = ("vision_encoder", "multimodal")
_LEAST: Final = 4096  # of a stream: Meta's smaller models with scaled rotations may tie their embeddings


def in_usual_words(config: Config) -> Config:
    """A config.json as it is; what a params.json says, in its words. Raises SizingError for what cannot be told."""
    if config.get("model_type", "transformer") != "transformer" or any(
        key not in config for key in ("dim", "n_layers", "n_heads")
    ):
        return config
    words = {_WORDS.get(key, key): value for key, value in config.items() if key not in (*_HARMLESS, *_SEES, "moe")}
    stored = words.pop("quantization", None)
    if isinstance(stored, Mapping):
        eight = stored.get("qformat_weight") == "fp8_e4m3"
        words["quantization_config"] = {"quant_method": "fp8"} if eight else stored
    if "hidden_dim" in config:
        text = {**words, **_mistral(config)}
    else:
        text = {**words, "model_type": "llama", "intermediate_size": _width(config)}
    sees = next((config[key] for key in _SEES if isinstance(config.get(key), Mapping)), None)
    if sees is None:
        return text
    if "whisper_model_args" in sees:
        raise SizingError("a params.json of a model that hears; give the config.json of the same model")
    merged = sees.get("mm_projector_id") == "patch_merge"
    return {
        "model_type": "mistral3" if merged else "llava",
        "tie_word_embeddings": text.get("tie_word_embeddings", False),
        "text_config": text,
        "vision_config": {"model_type": "pixtral", **sees},
        **{key: sees[key] for key in ("spatial_merge_size",) if key in sees},
    }


def _mistral(config: Config) -> dict[str, Any]:
    """Which type it is, its windows and its experts. Raises SizingError."""
    window, layers = config.get("sliding_window"), config["n_layers"]
    found: dict[str, Any] = {"model_type": "mistral", "sliding_window": window}  # none where none is said
    if isinstance(window, list) and window and isinstance(layers, int):
        found["layer_types"] = [
            "sliding_attention" if window[i % len(window)] else "full_attention" for i in range(min(layers, 1000))
        ]
        found["sliding_window"] = next((one for one in window if one), None)
    experts = config.get("moe")
    if not isinstance(experts, Mapping):
        if config.get("kv_lora_rank"):
            raise SizingError("a params.json of latent attention without experts; give the config.json of the model")
        return found
    if not experts.get("num_shared_experts"):
        used = {key: experts.get(key) for key in ("num_experts", "num_experts_per_tok")}
        return {**found, **used, "model_type": "mixtral"}
    own = {_OF_EXPERTS.get(key, key): value for key, value in experts.items() if key not in _OF_RUNS}
    return {**found, **own, "model_type": "deepseek_v3"}


# How experts are dealt and scored.
_OF_RUNS: Final = (
    "expert_parallel", "expert_model_parallel", "routed_scale", "renorm_strategy", "use_load_balancing_bias"
)  # fmt: skip


def _width(config: Config) -> int:
    """The feed-forward width of Meta's own code. Raises SizingError for what it does not say."""
    stream, multiple, factor = config["dim"], config.get("multiple_of"), config.get("ffn_dim_multiplier")
    if "moe_args" in config:
        raise SizingError("a params.json of a model with experts; give the config.json of the same model")
    if not isinstance(stream, int) or not isinstance(multiple, int) or multiple < 1:
        raise SizingError("a params.json without multiple_of; give the config.json of the same model")
    if config.get("vocab_size") in (None, -1):
        raise SizingError("vocab_size is not said, its tokenizer tells it; write it there (32000 in Llama 1 and 2)")
    if config.get("use_scaled_rope") and stream < _LEAST:
        raise SizingError("whether its embeddings are tied is not said; give the config.json of the same model")
    wide = 2 * (4 * stream) // 3
    wide = int(factor * wide) if isinstance(factor, int | float) else wide
    return -(-wide // multiple) * multiple

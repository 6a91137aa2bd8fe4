"""Which model does a file describe? A Hugging Face ``config.json``, a GGUF file's header, or a catalog entry."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from sizing.architectures import TABLE
from sizing.entries import Architecture
from sizing.model import Model
from sizing.reading import SizingError
from sizing.units import UNDISCLOSED
from sizing.words import canonical

# config.json's key for each of GGUF's (names from llama.cpp's gguf-py/gguf/constants.py).
_GGUF_KEYS: Final[Mapping[str, str]] = {
    "embedding_length": "hidden_size",
    "feed_forward_length": "intermediate_size",
    "attention.head_count": "num_attention_heads",
    "attention.head_count_kv": "num_key_value_heads",
    "attention.key_length": "head_dim",
    "attention.sliding_window": "sliding_window",
    "expert_used_count": "num_experts_per_tok",
    "expert_shared_count": "n_shared_experts",
    "expert_feed_forward_length": "moe_intermediate_size",
    "leading_dense_block_count": "first_k_dense_replace",
    "nextn_predict_layers": "num_nextn_predict_layers",
    "attention.q_lora_rank": "q_lora_rank",
    "attention.kv_lora_rank": "kv_lora_rank",
    "rope.dimension_count": "qk_rope_head_dim",
}
# llama.cpp reads several of transformers' model types as one architecture; their tensors have the same shapes.
_GGUF_TYPES: Final = {"llama": "llama", "qwen2": "qwen2", "deepseek2": "deepseek_v3", "glm4moe": "glm4_moe"}


# Keys of a config.json that decide neither tensors nor cache: tokens, rotations, activations, routing, sampling,
# training, how the file was made, and the parts of a model that see or hear.
_HARMLESS: Final = re.compile(
    r"""_.* | architectures | auto_map | .*_token(_id|_index|s_per_image)? | .*placeholder.* | (eoi|boi)_.*
      | .*dtype | rope_.* | partial_rotary_factor | (original_)?max_position_embeddings | initial_context_length
      | (rms|layer)_norm_.* | norm_eps | .*softcap.* | query_pre_attn_scalar | .*_multiplier | logits_scaling
      | .*_limit | hidden_act | hidden_activation | output_gate_type | .*dropout.* | .*initializer.* | use_cache
      | cache_implementation | norm_topk_prob | scor(ing|e)_func(tion)? | routed_scaling_factor | topk_.* | n_group
      | .*aux_loss.* | seq_aux | (moe_)?router_.* | ep_size | pretraining_tp | .*_config | max_window_layers
      | use_sliding_window | sliding_window_size | attention_sink_size | prefill_chunk_size | experts_per_token
      | .*beam.* | length_penalty | repetition_penalty | typical_p | temperature | top_[kp] | num_return.*
      | max_length | return_dict | id2label | label2id | ignore_index | (image|vision|video|audio|mm)_.*
      | use_unified_vision_chunk | index_share_.* | index_skip_.* | indexer_rope_.*
      | mtp_num_hidden_layers | num_mtp_modules | add_swa_attention_sink_bias | attention_value_scale | rotary_dim
      | transformers_version | model_type | name_or_path | attn_output_gate | qk_head_dim | no_rope_.*
      | use_gemma_norm | use_routing_bias | swiglu_alpha | layernorm_epsilon | layer_norm_eps(ilon)? | gating_types
      | moe_routed_scaling_factor | use_moe_router_bias | layer_rope_theta | qk_scale_factor | post_norm_eps
      | use_bidirectional_attention | projector_.* | out_hidden_size | swa_rope_.* | .*_pdrop | activation_.*
      | beta_(fast|slow) | prefix_dense_sliding_window_pattern | expert_selection_fn | logit_scale
      | shared_expert_combination_strategy | route_scale | mup_enabled | load_balance_coeff | score_func
      | qk_norm_type | moe_layer_end_index | attn_temperature_.* | mtp_.*(pattern|_type) | (mamba_)?chunk_size
      | expand | (mamba|mlp)_hidden_act | time_step_.* | hc_eps | hc_sinkhorn_iters | compress_rope_theta
      | activation_.* | block_(dim|norm_eps|.*init_scale) | conv_dim.* | num_heads | theta | n_ctx
      | position_embedding_type | normalization_function | num_logits_to_keep | model_max_length | .*_multipliers
      | mlp_expansion_factor""",
    re.X,
)
# Keys that matter where they are true.
_BIASES: Final = frozenset({"mlp_bias", "conv_bias", "mamba_proj_bias", "projectors_bias"})


def read_model(path: str | Path, model_type: str | None = None) -> Model:
    """A model from a file; ``model_type`` asserts that it is built like another.

    Raises SizingError, in one line, for what cannot be read, or is not known and may matter.
    """
    file = Path(path)
    try:
        with file.open("rb") as opened:
            magic = opened.read(4)
    except OSError as error:
        raise SizingError(f"{file}: {error.strerror or error}") from None
    if magic == b"GGUF":
        return _from_gguf(file)
    if file.suffix in (".yaml", ".yml"):
        return _from_entry(file)
    return _from_config(file, model_type)


def _from_config(file: Path, kinship: str | None) -> Model:
    try:
        config = json.loads(file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise SizingError(f"{file}: not JSON ({error}); give a config.json, a GGUF file or a catalog id") from None
    if not isinstance(config, dict) or not isinstance(config.get("model_type"), str):
        raise SizingError(f"{file}: no model_type; give a Hugging Face config.json")
    # A model that also sees or hears keeps its text model's keys apart.
    config = {**config, **config["text_config"]} if isinstance(config.get("text_config"), dict) else config
    if kinship is not None:
        config["model_type"] = kinship
    try:
        config = canonical(config)
    except SizingError as error:
        raise SizingError(f"{file}: {error}") from None
    keys = {k: v for k, v in config.items() if k in Architecture.model_fields and v is not None}
    strange = [k for k, v in config.items() if k not in keys and _matters(k, v)]
    if strange and config["model_type"] in TABLE:
        raise SizingError(f"{file}: {', '.join(strange)}: not known, and may matter to the size; nothing is guessed")
    if config.get("use_sliding_window") is False:
        keys.pop("sliding_window", None)
    name = file.resolve().parent.name if file.stem == "config" else file.stem
    native = str(config.get("torch_dtype") or config.get("dtype") or UNDISCLOSED)
    return _model(file, name, keys, native, config.get("max_position_embeddings"))


def _matters(key: str, value: Any) -> bool:
    """Whether a key that is not known may matter to the size: what is false, empty or one layer in one does not."""
    if key in _BIASES:
        return bool(value)
    return bool(value) and value != 1 and not _HARMLESS.fullmatch(key)


def _from_gguf(file: Path) -> Model:
    """The header alone: keys and the names of tensors; no weight is read."""
    from gguf import GGUFReader

    try:
        reader = GGUFReader(str(file))
    except (ValueError, IndexError, OSError, UnicodeDecodeError) as error:
        raise SizingError(f"{file}: not a whole GGUF file ({error})") from None
    fields = {key: field.contents() for key, field in reader.fields.items()}
    kind = str(fields.get("general.architecture"))
    if kind not in _GGUF_TYPES:
        raise SizingError(f"{file}: GGUF architecture {kind!r} is not known; known are {', '.join(_GGUF_TYPES)}")
    own = {key.removeprefix(f"{kind}."): value for key, value in fields.items() if key.startswith(f"{kind}.")}
    shapes = {tensor.name: tuple(map(int, tensor.shape)) for tensor in reader.tensors}
    keys = _gguf_shape(own, shapes)
    keys["model_type"] = "mixtral" if kind == "llama" and own.get("expert_count") else _GGUF_TYPES[kind]
    return _model(file, str(fields.get("general.name") or file.stem), keys, UNDISCLOSED, own.get("context_length"))


def _gguf_shape(own: Mapping[str, Any], tensors: Mapping[str, tuple[int, ...]]) -> dict[str, Any]:
    """config.json's keys from GGUF's. Tensor shapes are (columns, rows)."""
    keys = {config: _one(own[key]) for key, config in _GGUF_KEYS.items() if own.get(key)}
    mtp = int(keys.get("num_nextn_predict_layers", 0))
    keys["num_hidden_layers"] = int(own.get("block_count", 0)) - mtp
    keys["vocab_size"] = tensors.get("token_embd.weight", (0, 0))[-1]
    keys["tie_word_embeddings"] = "output.weight" not in tensors
    keys["attention_bias"] = any(name.endswith(("attn_q.bias", "attn_qkv.bias")) for name in tensors)
    keys["use_qk_norm"] = any(name.endswith("attn_q_norm.weight") for name in tensors)
    if own.get("expert_count"):
        keys["n_routed_experts"] = int(own["expert_count"])
    if "kv_lora_rank" in keys:
        # The heads share one latent here, and the lengths without "_mla" are the latent's.
        keys["num_key_value_heads"] = keys["num_attention_heads"]
        keys["v_head_dim"] = int(own.get("attention.value_length_mla", 0))
        keys["qk_nope_head_dim"] = int(own.get("attention.key_length_mla", 0)) - keys["qk_rope_head_dim"]
        keys.pop("head_dim", None)
    else:
        keys.pop("qk_rope_head_dim", None)
    if "moe_intermediate_size" in keys:
        # llama.cpp counts first_k_dense_replace's layers with their own width.
        keys.setdefault("intermediate_size", keys["moe_intermediate_size"])
    return keys


def _one(value: Any) -> int:
    """A number that may be given for each layer; a model whose layers differ is not known yet."""
    if isinstance(value, list):
        if len(set(value)) > 1:
            raise SizingError(f"layers of different widths ({sorted(set(value))}) are not known yet")
        value = value[0]
    return int(value)


def _from_entry(file: Path) -> Model:
    """The single model of a catalog family file."""
    from sizing.loading import read_family

    models = read_family(file)
    if len(models) != 1:
        raise SizingError(f"{file}: holds {len(models)} models; give one of the ids {', '.join(models)}")
    return next(iter(models.values()))


def _model(file: Path, name: str, keys: dict[str, Any], native: str, context: Any) -> Model:
    kind = keys["model_type"]
    if kind not in TABLE:
        raise SizingError(f"{file}: model_type {kind!r} is not known; known are {', '.join(sorted(TABLE))}")
    try:
        return Model(
            id=name,
            family=kind,
            vendor=UNDISCLOSED,
            name=name,
            license=UNDISCLOSED,
            native=native,
            released=UNDISCLOSED,
            context=UNDISCLOSED if context is None else context,
            stated_parameters=UNDISCLOSED,
            architecture=Architecture.model_validate(keys),
        )
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise SizingError(f"{file}: {key + ': ' if key else ''}{first['msg']}") from None

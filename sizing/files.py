"""Which model does a file describe? A Hugging Face ``config.json``, a GGUF file's header, or a catalog entry."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from sizing import header
from sizing.architectures import TABLE
from sizing.entries import Architecture
from sizing.model import Model
from sizing.reading import SizingError
from sizing.units import UNDISCLOSED
from sizing.words import canonical

# Keys of a config.json that decide neither tensors nor cache: tokens, rotations, activations, routing, sampling,
# training, how the file was made, and the parts of a model that see or hear.
_HARMLESS: Final = re.compile(
    r"""_.* | architectures | auto_map | .*_token(_id|_index|s_per_image)? | .*placeholder.* | (eoi|boi)_.*
      | .*dtype | (compress_)?rope_.* | partial_rotary_factor | (original_)?max_position_embeddings
      | initial_context_length | (rms|layer)_norm_.* | norm_eps | .*softcap.* | query_pre_attn_scalar | .*_multiplier
      | logits_scaling | .*_limit | hidden_act | hidden_activation | output_gate_type | .*dropout.* | .*initializer.*
      | use_cache | cache_implementation | norm_topk_prob | scor(ing|e)_func(tion)? | routed_scaling_factor
      | topk_.* | n_group
      | .*aux_loss.* | seq_aux | (moe_)?router_.* | ep_size | pretraining_tp | .*_config | max_window_layers
      | use_sliding_window | sliding_window_size | attention_sink_size | prefill_chunk_size | experts_per_token
      | .*beam.* | length_penalty | repetition_penalty | typical_p | temperature | top_[kp] | num_return.*
      | max_length | return_dict | id2label | label2id | ignore_index | (image|vision|video|audio|mm)_.*
      | use_unified_vision_chunk | process_image_mode | num_reward_heads
      | index_share_.* | index_skip_.* | indexer_rope_.*
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
    own = {key.removeprefix(f"{kind}."): value for key, value in fields.items() if key.startswith(f"{kind}.")}
    model_type = header.model_type(kind, own)
    if model_type is None:
        raise SizingError(f"{file}: GGUF architecture {kind!r} is not known; known are {', '.join(header.TYPES)}")
    try:
        keys = header.shape(own, {tensor.name: tuple(map(int, tensor.shape)) for tensor in reader.tensors})
    except SizingError as error:
        raise SizingError(f"{file}: {error}") from None
    name = str(fields.get("general.name") or file.stem)
    return _model(file, name, {**keys, "model_type": model_type}, UNDISCLOSED, own.get("context_length"))


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

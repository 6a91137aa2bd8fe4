"""Which model does a file describe? A Hugging Face ``config.json`` or checkpoint, a GGUF header, a catalog entry."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from sizing.anatomy.architectures import TABLE
from sizing.anatomy.formats import file_bytes, format_of
from sizing.anatomy.tensors import tensors
from sizing.catalog import catalog_of
from sizing.errors import SizingError
from sizing.facts.entries.architecture import Architecture
from sizing.facts.entries.models import ModelEntry
from sizing.facts.units import UNDISCLOSED
from sizing.files.config_json import canonical
from sizing.files.gguf import config_of, read_header
from sizing.files.safetensors import INDEX, held, number_type
from sizing.model import Model

# Keys of a config.json that decide tensors or cache.
_SHAPE: Final = frozenset(one.name for one in fields(Architecture))
# Keys that decide neither tensors nor cache: tokens, rotations, activations, routing, sampling,
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
      | expand | (mamba|mlp)_hidden_act | time_step_.* | hc_eps | hc_sinkhorn_iters | compress_rope_.*
      | activation_.* | block_(dim|norm_eps|.*init_scale) | conv_dim.* | num_heads | theta | n_ctx
      | position_embedding_type | normalization_function | num_logits_to_keep | model_max_length | .*_multipliers
      | mlp_expansion_factor | process_image_mode | merged_hidden_size""",
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
    if file.name.endswith((".safetensors", INDEX)):
        return _from_checkpoint(file)
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
    keys = {k: v for k, v in config.items() if k in _SHAPE and v is not None}
    strange = [k for k, v in config.items() if k not in keys and _matters(k, v)]
    if strange and config["model_type"] in TABLE:
        raise SizingError(f"{file}: {', '.join(strange)}: not known, and may matter to the size; nothing is guessed")
    if missing := _missing(config):
        raise SizingError(f"{file}: a {config['model_type']} needs {missing}; give a whole config.json")
    if config.get("use_sliding_window") is False:
        keys.pop("sliding_window", None)
    name = file.resolve().parent.name if file.stem == "config" else file.stem
    native = number_type({**_beside(file), **config}) or UNDISCLOSED
    return _model(file, name, keys, native, config.get("max_position_embeddings"))


# Where a config.json may say how many experts there are, or that there are none, or which layers have them.
_EXPERTS: Final = (
    "num_local_experts", "n_routed_experts", "num_experts", "moe_num_experts", "hybrid_override_pattern",
    "shared_intermediate_size",
)  # fmt: skip


def _matters(key: str, value: Any) -> bool:
    """Whether a key that is not known may matter to the size: what is false, empty or one layer in one does not."""
    if key in _BIASES:
        return bool(value)
    return bool(value) and value != 1 and not _HARMLESS.fullmatch(key)


def _missing(config: Mapping[str, Any]) -> str | None:
    """What a model of this type cannot be without, and a part of its config.json lacks."""
    kind = TABLE.get(config["model_type"])
    if kind is None:
        return None
    if kind.experts != "none" and not kind.beside_dense and not any(key in config for key in _EXPERTS):
        return "its number of experts, such as n_routed_experts"
    return "kv_lora_rank" if kind.attention == "mla" and not config.get("kv_lora_rank") else None


def _beside(file: Path) -> dict[str, Any]:
    """What hf_quant_config.json says, in the words that config.json uses for it."""
    other = file.with_name("hf_quant_config.json")
    try:
        found = json.loads(other.read_text(encoding="utf-8"))
        return {"quantization_config": {"quant_method": "modelopt", **found["quantization"]}}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _from_checkpoint(file: Path) -> Model:
    """A safetensors file, or the index of several, described by the config.json beside it, and as large as that says.

    Raises SizingError where its bytes are not those of the format that config.json names.
    """
    config = file.with_name("config.json")
    if not config.exists():
        raise SizingError(f"{file}: no config.json beside it")
    model, found = _from_config(config, None), held(file)
    if model.native == UNDISCLOSED or re.search(r"-\d{5}-of-\d{5}\.", file.name):
        return model  # nothing to compare with, or one part of several
    try:
        fmt = format_of(catalog_of(model), model, model.native)
    except SizingError:
        return model  # in a format that the catalog does not have
    assert isinstance(model.architecture, Architecture)
    sizes = [file_bytes(fmt, model.architecture, False, mtp=mtp) for mtp in (False, True)]
    most = 1.5 if found.towers else 1.02
    if not any(0.98 * size <= found.bytes <= most * size for size in sizes):
        raise SizingError(
            f"{file}: {found.bytes:,} bytes, and config.json describes {sizes[0]:,} in {fmt.id}; "
            "some parts are stored in a way that is not known yet"
        )
    return model


def _from_gguf(file: Path) -> Model:
    """The header alone: keys, and the names and shapes of tensors; no weight is read."""
    header = read_header(file)
    try:
        words = config_of(header)
    except (KeyError, SizingError) as error:
        raise SizingError(f"{file}: {error if isinstance(error, SizingError) else f'no key {error}'}") from None
    native = header.recipe or UNDISCLOSED
    model = _model(file, str(header.name or file.stem), words, native, header.keys.get("context_length"))
    _agrees(file, model, header.elements)
    return model


def _agrees(file: Path, model: Model, elements: int) -> None:
    """Raise SizingError unless the file's tensors are those of the model that was read from it, with MTP or without."""
    assert isinstance(model.architecture, Architecture)
    every = tensors(model.architecture)
    expected = [sum(t.elements for t in every if mtp or not t.mtp) for mtp in (False, True)]
    if not any(abs(elements - n) <= 0.001 * n for n in expected):
        raise SizingError(
            f"{file}: its tensors hold {elements:,} numbers, and a {model.family} of that shape {expected[0]:,}; "
            "it is built in a way that is not known yet"
        )


def _from_entry(file: Path) -> Model:
    """The single model of a catalog family file."""
    from sizing.facts.loading import read_family

    models = read_family(file)
    if len(models) != 1:
        raise SizingError(f"{file}: holds {len(models)} models; give one of the ids {', '.join(models)}")
    return Model.of(next(iter(models.values())))


def _model(file: Path, name: str, keys: dict[str, Any], native: str, context: Any) -> Model:
    kind = keys["model_type"]
    if kind not in TABLE:
        raise SizingError(f"{file}: model_type {kind!r} is not known; known are {', '.join(sorted(TABLE))}")
    from sizing.facts.validation import checked  # which is slow to import, and only files need it

    name = " ".join(name.split()) or kind
    try:
        architecture = checked(Architecture, keys)
        facts = {
            "id": name,
            "family": kind,
            "vendor": UNDISCLOSED,
            "name": name,
            "license": UNDISCLOSED,
            "native": native,
            "released": UNDISCLOSED,
            "context": UNDISCLOSED if context is None else context,
            "parameters": UNDISCLOSED,
            "architecture": architecture,
        }
        return Model.of(checked(ModelEntry, facts))
    except SizingError as error:
        raise SizingError(f"{file}: {error}") from None

"""What does a GGUF file's header say in the words of config.json? Its keys and its tensors' names and shapes.

Keys are those of llama.cpp's gguf-py/gguf/constants.py, written by its converter (conversion/*.py at 0c1e570). What no
key says is read off the tensors; and what is read must come to the tensors' own count, so that nothing is misread.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sizing.architectures import TABLE
from sizing.reading import SizingError

Words = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Header:
    """A file's architecture, its keys without the architecture's name before them, and its tensors' shapes by name.

    Shapes are (columns, rows, …), as GGUF has them.
    """

    architecture: str
    name: str | None
    file_type: int | None  # llama.cpp's number of the recipe that most tensors follow
    keys: Mapping[str, Any]
    tensors: Mapping[str, tuple[int, ...]]

    def has(self, *endings: str) -> bool:
        """Whether a tensor's name ends so."""
        return any(name.endswith(endings) for name in self.tensors)

    @property
    def recipe(self) -> str | None:
        """The recipe's name, such as Q4_K_M."""
        from gguf import LlamaFileType

        names = {int(kind): kind.name for kind in LlamaFileType}
        return re.sub("^(MOSTLY|ALL)_", "", names.get(self.file_type or 0, "")) or None

    @property
    def elements(self) -> int:
        """Numbers in all tensors but the rotations' factors, which no checkpoint holds."""
        return sum(math.prod(shape) for name, shape in self.tensors.items() if not name.startswith("rope_"))


def read_header(file: Path) -> Header:
    """The header of a GGUF file, and of the parts that it was split into. Raises SizingError for a file cut short."""
    fields, tensors = _one(file)
    parts = int(fields.get("split.count") or 1)
    for other in _others(file, parts):
        tensors |= _one(other)[1]
    kind = str(fields.get("general.architecture"))
    own = {key.removeprefix(f"{kind}."): value for key, value in fields.items() if key.startswith(f"{kind}.")}
    return Header(kind, fields.get("general.name"), fields.get("general.file_type"), own, tensors)


def _one(file: Path) -> tuple[Words, dict[str, tuple[int, ...]]]:
    from gguf import GGUFReader

    try:
        reader = GGUFReader(str(file))
    except (ValueError, IndexError, OSError, UnicodeDecodeError) as error:
        raise SizingError(f"{file}: not a whole GGUF file ({error})") from None
    # A vocabulary is long, and decides nothing but its length, which the embedding has too.
    fields = {key: field.contents() for key, field in reader.fields.items() if not key.startswith("tokenizer.")}
    return fields, {tensor.name: tuple(map(int, tensor.shape)) for tensor in reader.tensors}


def _others(file: Path, parts: int) -> list[Path]:
    """The other parts of a file that was split, which lie beside it: x-00002-of-00003.gguf."""
    if parts == 1:
        return []
    named = re.fullmatch(r"(.+)-\d{5}-of-(\d{5})\.gguf", file.name)
    paths = [file.with_name(f"{named[1]}-{i:05}-of-{named[2]}.gguf") for i in range(1, parts + 1)] if named else []
    missing = [path.name for path in paths if not path.exists()]
    if not paths or missing:
        raise SizingError(f"{file}: one of {parts} parts; put the others beside it: {', '.join(missing[:3])}")
    return [path for path in paths if path.name != file.name]


def config_of(header: Header) -> Words:
    """config.json's keys. Raises SizingError for an architecture that is not known."""
    model_type = _model_type(header)
    words = {word: header.keys[key] for key, word in _KEYS.items() if header.keys.get(key)}
    mtp = int(words.get("num_nextn_predict_layers", 0))
    words["num_hidden_layers"] = int(header.keys.get("block_count", 0)) - mtp
    words["model_type"] = model_type
    words["vocab_size"] = header.tensors.get("token_embd.weight", (0, 0))[-1]
    words["tie_word_embeddings"] = "output.weight" not in header.tensors
    words["attention_bias"] = header.has("attn_q.bias", "attn_qkv.bias")
    words["attention_out_bias"] = header.has("attn_output.bias")
    words["use_qk_norm"] = header.has("attn_q_norm.weight")
    words |= _windows(header)
    for rule in (_latent, _experts, _delta_net, *_OWN.get(model_type, ())):
        words |= rule(header, words)
    return {key: _scalar(key, value) for key, value in words.items() if value is not None}


# config.json's key for each of GGUF's that means the same.
_KEYS: Final[Mapping[str, str]] = {
    "embedding_length": "hidden_size",
    "feed_forward_length": "intermediate_size",
    "attention.head_count": "num_attention_heads",
    "attention.head_count_kv": "num_key_value_heads",
    "attention.key_length": "head_dim",
    "attention.q_lora_rank": "q_lora_rank",
    "attention.kv_lora_rank": "kv_lora_rank",
    "attention.indexer.head_count": "index_n_heads",
    "attention.indexer.key_length": "index_head_dim",
    "attention.indexer.top_k": "index_topk",
    "expert_count": "n_routed_experts",
    "expert_used_count": "num_experts_per_tok",
    "expert_shared_count": "n_shared_experts",
    "expert_feed_forward_length": "moe_intermediate_size",
    "expert_shared_feed_forward_length": "shared_expert_intermediate_size",
    "leading_dense_block_count": "first_k_dense_replace",
    "interleave_moe_layer_step": "interleave_moe_layer_step",
    "nextn_predict_layers": "num_nextn_predict_layers",
    "full_attention_interval": "full_attention_interval",
}

# llama.cpp reads several of transformers' model types as one architecture; where their tensors differ, the file tells.
_TYPES: Final[Mapping[str, str | Callable[[Header], str]]] = {
    "cohere2": "cohere2",
    "deepseek2": lambda h: "deepseek_v3" if h.has("exp_probs_b.bias") else "deepseek_v2",
    "deepseek32": "deepseek_v32",
    "ernie4_5": "ernie4_5",
    "ernie4_5-moe": "ernie4_5_moe",
    "exaone4": "exaone4",
    "gemma2": "gemma2",
    "gemma3": "gemma3_text",
    "glm-dsa": "glm_moe_dsa",
    "glm4": "glm4",
    "glm4moe": "glm4_moe",
    "gpt-oss": "gpt_oss",
    "granite": "granite",
    "hunyuan-dense": "hunyuan_v1_dense",
    "llama": lambda h: "mixtral" if h.keys.get("expert_count") else "llama",
    "llama4": "llama4_text",
    "minimax-m2": "minimax_m2",
    "olmo2": lambda h: "olmo3" if h.keys.get("attention.sliding_window") else "olmo2",
    "phi3": "phi3",
    "qwen2": "qwen2",
    "qwen3": "qwen3",
    "qwen35": "qwen3_5_text",
    "qwen35moe": "qwen3_5_moe_text",
    "qwen3moe": "qwen3_moe",
    "qwen3next": "qwen3_next",
    "qwen3vl": "qwen3_vl_text",
    "qwen3vlmoe": "qwen3_vl_moe_text",
    "seed_oss": "seed_oss",
    "smollm3": "smollm3",
}


def _model_type(header: Header) -> str:
    found = _TYPES.get(header.architecture)
    name = found(header) if callable(found) else found
    if name is None or name not in TABLE:
        known = ", ".join(sorted(_TYPES))
        raise SizingError(f"GGUF architecture {header.architecture!r} is not known; known are {known}")
    return name


def _windows(header: Header) -> Words:
    """Which layers slide: a flag for each, or every so many one that does not; else as the model type does."""
    window, pattern = header.keys.get("attention.sliding_window"), header.keys.get("attention.sliding_window_pattern")
    if not window:
        return {}
    if isinstance(pattern, Sequence):
        kinds = ["sliding_attention" if flag else "full_attention" for flag in pattern]
        return {"sliding_window": window, "layer_types": kinds}
    return {"sliding_window": window, "sliding_window_pattern": pattern}


def _latent(header: Header, words: Words) -> Words:
    """MLA: the heads share one latent in GGUF, and the lengths without "_mla" are the latent's."""
    if "kv_lora_rank" not in words:
        return {}
    rope = int(header.keys.get("rope.dimension_count", 0))
    return {
        "num_key_value_heads": words["num_attention_heads"],
        "head_dim": None,
        "qk_rope_head_dim": rope,
        "qk_nope_head_dim": int(header.keys.get("attention.key_length_mla", 0)) - rope,
        "v_head_dim": header.keys.get("attention.value_length_mla"),
        "indexer_types": _indexers(header),
    }


def _indexers(header: Header) -> list[str] | None:
    flags = header.keys.get("attention.indexer.types")
    return ["full" if flag else "shared" for flag in flags] if isinstance(flags, Sequence) else None


def _experts(header: Header, words: Words) -> Words:
    """A width that only the experts have stands for both."""
    width = words.get("moe_intermediate_size")
    return {"intermediate_size": words.get("intermediate_size", width)} if width else {}


def _delta_net(header: Header, words: Words) -> Words:
    """Qwen's delta nets, in the words of state spaces."""
    if "full_attention_interval" not in words:
        return {}
    values, inner = int(header.keys["ssm.time_step_rank"]), int(header.keys["ssm.inner_size"])
    return {
        "linear_num_key_heads": header.keys["ssm.group_count"],
        "linear_key_head_dim": header.keys["ssm.state_size"],
        "linear_num_value_heads": values,
        "linear_value_head_dim": inner // values,
        "linear_conv_kernel_dim": header.keys["ssm.conv_kernel"],
    }


def _llama4(header: Header, words: Words) -> Words:
    """The plain layers' width stands beside the experts'; llama.cpp has chunks of 8,192 tokens where no key says it."""
    return {
        "attention_chunk_size": words.get("sliding_window") or 8192,
        "sliding_window": None,
        "intermediate_size_mlp": words.get("intermediate_size"),
        "intermediate_size": words.get("moe_intermediate_size"),
    }


# What single model types say in a way of their own.
_OWN: Final[Mapping[str, Sequence[Callable[[Header, Words], Words]]]] = {"llama4_text": (_llama4,)}

_LISTS: Final = ("layer_types", "indexer_types")


def _scalar(key: str, value: Any) -> Any:
    """A number that may be given for each layer; layers that differ are known only where a rule above takes them."""
    if not isinstance(value, list) or key in _LISTS:
        return value
    if len(set(value)) > 1:
        raise SizingError(f"{key}: layers of different sizes ({sorted(set(value))}) are not known yet")
    return value[0]

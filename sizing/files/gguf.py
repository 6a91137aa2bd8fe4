"""What does a GGUF file's header say in the words of config.json? Its keys and its tensors' names and shapes.

Keys are those of llama.cpp's gguf-py/gguf/constants.py, written by its converter (conversion/*.py at 0c1e570). What no
key says is read off the tensors; and what is read must come to the tensors' own count, so that nothing is misread.
"""

from __future__ import annotations

import difflib
import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sizing.anatomy.architectures import TABLE
from sizing.anatomy.dialect.defaults import unsaid
from sizing.errors import SizingError
from sizing.facts.entries.architecture import WORDS
from sizing.files.ggml import FILE_TYPES, TENSOR_TYPES
from sizing.files.gguf_header import RawHeader, read_raw
from sizing.files.gguf_rules import GENERAL, OWN, Words
from sizing.files.kinds import foreign_gguf


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
    types: Mapping[str, int] = field(default_factory=dict)  # ggml's numbers of the tensors' types, by name
    remark: str | None = None
    vocabulary: int = 0  # tokens; 0 where it has none

    def has(self, *endings: str) -> bool:
        """Whether a tensor's name ends so."""
        return any(name.endswith(endings) for name in self.tensors)

    @property
    def recipe(self) -> str | None:
        """The recipe's name, such as Q4_K_M; None where the file says none, or one that is not known."""
        return None if self.file_type is None else FILE_TYPES.get(self.file_type)

    @property
    def bytes(self) -> dict[str, int]:
        """What each tensor takes. Raises SizingError for a type that ggml does not have."""
        return {name: _size(name, shape, self.types[name]) for name, shape in self.tensors.items()}

    @property
    def commonest(self) -> str:
        """The type that most bytes are of. Raises SizingError for a type that ggml does not have."""
        found: Counter[int] = Counter()
        for name, size in self.bytes.items():
            found[self.types[name]] += size
        return TENSOR_TYPES[found.most_common(1)[0][0]][0] if found else "F16"

    @property
    def elements(self) -> int:
        """Numbers in all tensors but the rotations' factors, which no checkpoint holds."""
        return sum(math.prod(shape) for name, shape in self.tensors.items() if not name.startswith("rope_"))


def _size(name: str, shape: tuple[int, ...], kind: int) -> int:
    if kind not in TENSOR_TYPES:
        raise SizingError(f"{name} is of ggml's type {kind}, which is not known here; is llama.cpp newer?")
    _, block, size = TENSOR_TYPES[kind]
    return math.prod(shape) // block * size


def read_header(file: Path) -> Header:
    """The header of a GGUF file, and of the parts that it was split into. Raises SizingError for a file cut short."""
    raw = read_raw(file)
    try:
        if (first := first_of(raw, file.name, lambda name: file.with_name(name).exists())) is not None:
            return read_header(file.with_name(first))
        others = others_of(raw, file.name, lambda name: file.with_name(name).exists())
        return header_of(raw, [read_raw(file.with_name(name)) for name in others])
    except PartError as error:
        raise SizingError(f"{file}: {error}") from None


class PartError(SizingError):
    """What is no model, or no whole one; the name of its file is still to be told."""


def header_of(raw: RawHeader, others: Sequence[RawHeader]) -> Header:
    """What a file and its ``others`` say together. Raises PartError for what is no model."""
    fields = raw.keys
    if what := foreign_gguf(fields, len(raw.tensors) + len(others)):
        raise PartError(what)
    stored, short = dict(raw.tensors), raw.missing
    for its in others:
        stored |= its.tensors
        short += its.missing
    kind = str(fields.get("general.architecture"))
    own = {key.removeprefix(f"{kind}."): value for key, value in fields.items() if key.startswith(f"{kind}.")}
    shapes = {name: tensor.shape for name, tensor in stored.items()}
    types = {name: tensor.type for name, tensor in stored.items()}
    remark = f"{short:,} bytes of its tensors are missing: the file is cut short, and is sized as if it were whole"
    return Header(
        architecture=kind,
        name=fields.get("general.name"),
        file_type=fields.get("general.file_type"),
        keys=own,
        tensors=shapes,
        types=types,
        remark=remark if short else None,
        vocabulary=raw.vocabulary,
    )


_PART: Final = re.compile(r"(.+)-\d{5}-of-(\d{5})\.gguf")


def _parts(raw: RawHeader) -> int:
    return int(raw.keys.get("split.count") or 1)


def first_of(raw: RawHeader, file: str, exists: Callable[[str], bool]) -> str | None:
    """The first of the parts that a file is a later one of; None where it is no later one. Raises PartError."""
    if int(raw.keys.get("split.no") or 0) <= 0:
        return None
    named = _PART.fullmatch(file)
    first = f"{named[1]}-00001-of-{named[2]}.gguf" if named else file
    if first == file or not exists(first):
        raise PartError(f"a later one of {_parts(raw)} parts; give the first, with the others beside it")
    return first


def others_of(raw: RawHeader, file: str, exists: Callable[[str], bool]) -> list[str]:
    """The other parts of a file that was split, which lie beside it: x-00002-of-00003.gguf. Raises PartError."""
    parts = _parts(raw)
    if parts == 1:
        return []
    if what := foreign_gguf(raw.keys, len(raw.tensors) + 1):
        raise PartError(what)
    named = _PART.fullmatch(file)
    names = [f"{named[1]}-{i:05}-of-{named[2]}.gguf" for i in range(1, parts + 1)] if named else []
    missing = [name for name in names if not exists(name)]
    if not names or missing:
        raise PartError(f"one of {parts} parts; put the others beside it: {', '.join(missing[:3])}")
    return [name for name in names if name != file]


def config_of(header: Header, kinship: str | None = None) -> Words:
    """config.json's keys; ``kinship`` asserts a model_type. Raises SizingError for an unknown architecture."""
    model_type = _model_type(header) if kinship is None else kinship
    words = {word: header.keys[key] for key, word in _KEYS.items() if header.keys.get(key)}
    mtp = int(words.get("num_nextn_predict_layers", 0))
    words["num_hidden_layers"] = int(header.keys.get("block_count", 0)) - mtp
    words["model_type"] = model_type
    words["vocab_size"] = header.tensors.get("token_embd.weight", (0, 0))[-1]
    words["tie_word_embeddings"] = "output.weight" not in header.tensors
    words["attention_bias"] = header.has("attn_q.bias", "attn_qkv.bias")
    words["attention_out_bias"] = header.has("attn_output.bias")
    words["use_qk_norm"] = header.has("attn_q_norm.weight")
    words["lm_head_bias"] = "output.bias" in header.tensors
    words["use_bidirectional_attention"] = header.architecture in _BOTH_WAYS or None
    words |= _windows(header)
    for rule in (*GENERAL, *OWN.get(model_type, ())):
        words |= rule(header.keys, header.tensors, words)
    return _nothing_else(model_type) | {key: _scalar(key, value) for key, value in words.items() if value is not None}


def _nothing_else(model_type: str) -> Words:
    """What no key says is not there, whatever transformers fills in; but every so many layers one may still differ."""
    figures = (word for word, value in unsaid(model_type).items() if type(value) is int)
    return dict.fromkeys((word for word in figures if word not in _PERIODS and word in WORDS), 0)


_PERIODS: Final = ("sliding_window_pattern", "full_attention_interval")


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
    "attention.indexer.kpool": "index_kpool",
    "hyper_connection.count": "hc_mult",
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
    "afmoe": "afmoe",
    "apertus": "apertus",
    "baichuan": "llama",
    "bailingmoe": "bailing_moe",
    "bailingmoe2": "bailing_moe_v2",
    "bailingmoe3": "bailing_hybrid",
    "bert": "bert",
    "bitnet": "bitnet",
    "bloom": "bloom",
    "dbrx": "dbrx",
    "dots3note": "dots3_note_text",
    "dream": "qwen2",
    "eurobert": "eurobert",
    "exaone": "llama",
    "falcon": "falcon",
    "gemma": "gemma",
    "glm5-next": "glm5_next_text",
    "gemma3n": "gemma3n_text",
    "gpt2": "gpt2",
    "gptneox": "gpt_neox",
    "granitemoe": "granitemoe",
    "hy_v3": "hy_v3",
    "hy_v4": "hy_v4",
    "internlm2": "llama",
    "jais2": "jais2",
    "jina-bert-v2": "jina_bert",
    "jina-bert-v3": "jina_embeddings_v3",
    "kimi-k3": "kimi_k3",
    "llada": "llama",
    "llada-moe": "qwen3_moe",
    "llama-embed": "llama",
    "mamba": "mamba",
    "mamba2": "mamba2",
    "mellum": "mellum",
    "minicpm": "minicpm",
    "minicpm3": "minicpm3",
    "mpt": "mpt",
    "nemotron": "nemotron",
    "modern-bert": "modernbert",
    "nomic-bert": "nomic_bert",
    "nomic-bert-moe": "nomic_bert_moe",
    "olmo": "olmo",
    "olmoe": "olmoe",
    "orion": "orion",
    "qwen": "qwen",
    "qwen2moe": "qwen2_moe",
    "qwen2vl": "qwen2",
    "rnd1": "qwen3_moe",
    "rwkv6": "rwkv6",
    "rwkv7": "rwkv7",
    "stablelm": "stablelm",
    "starcoder": "gpt_bigcode",
    "starcoder2": "starcoder2",
    "xverse": "llama",
    "arcee": "arcee",
    "codeshell": "codeshell",
    "grok": lambda h: "grok_beside" if h.has("ffn_up.weight") else "grok",
    "jais": "jais",
    "maple": "mellum",
    "minimax-01": "minimax",
    "neo-bert": "neobert",
    "openelm": "openelm",
    "plamo3": "plamo3",
    "plm": "plm",
    "refact": "llama",
    "smallthinker": "smallthinker",
    "chatglm": lambda h: "chatglm" if h.has("attn_qkv.weight") else "glm",
    "cohere2": "cohere2",
    "cohere2moe": "cohere2_moe",
    "command-r": "cohere",
    "deci": "nemotron-nas",
    "deepseek": "deepseek",
    "deepseek2": lambda h: "deepseek_v3" if h.has("exp_probs_b.bias") else "deepseek_v2",
    "deepseek2-ocr": "deepseek",
    "deepseek32": "deepseek_v32",
    "deepseek4": "deepseek_v4",
    "dots1": "dots1",
    "ernie4_5": "ernie4_5",
    "ernie4_5-moe": "ernie4_5_moe",
    "exaone-moe": "exaone_moe",
    "exaone4": "exaone4",
    "falcon-h1": "falcon_h1",
    "gemma-embedding": "gemma3_text",
    "gemma2": "gemma2",
    "gemma3": "gemma3_text",
    "gemma4": "gemma4_text",
    "glm-dsa": "glm_moe_dsa",
    "glm4": "glm4",
    "glm4moe": "glm4_moe",
    "gpt-oss": "gpt_oss",
    "granite": "granite",
    "granite_swa": lambda h: "granitemoe_swa" if h.keys.get("expert_count") else "granite_swa",
    "granitehybrid": "granitemoehybrid",
    "hunyuan-dense": "hunyuan_v1_dense",
    "hunyuan-moe": "hunyuan_v1_moe",
    "hunyuan_vl": "hunyuan_v1_dense",
    "jamba": "jamba",
    "kimi-linear": "kimi_linear",
    "laguna": "laguna",
    "lfm2": "lfm2",
    "lfm2moe": "lfm2_moe",
    "llama": lambda h: "mixtral" if h.keys.get("expert_count") else "llama",
    "llama4": "llama4_text",
    "maincoder": "qwen3",
    "mimo2": "mimo_v2_flash",
    "minimax-m2": "minimax_m2",
    "minimax-m3": "minimax_m3",
    "mistral3": "ministral3",
    "mistral4": "mistral4",
    "muse-glimmer": "muse_glimmer_text",
    "nemotron_h": "nemotron_h",
    "nemotron_h_moe": "nemotron_h",
    "olmo2": lambda h: "olmo3" if h.keys.get("attention.sliding_window") else "olmo2",
    "paddleocr": "ernie4_5",
    "pangu-embedded": "llama",
    "phi2": "phi",
    "phi3": "phi3",
    "phimoe": "phimoe",
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
    "step35": "step3p5",
}


# What llama.cpp reads too (src/llama-arch.cpp at 0c1e570), and what of it is not known here.
UNREAD: Final[Mapping[str, str]] = {
    "arctic": "a dense block beside experts that have a norm of their own",
    "arwkv7": "RWKV-7's mixers beside a transformer's feed-forward blocks",
    "chameleon": "norms with a scale for each head, and images as tokens",
    "cogvlm": "a second set of blocks for the tokens of images",
    "gptj": "llama.cpp names it and does not run it",
    "graniteswitch": "adapters that tokens switch to",
    "grovemoe": "experts in groups that share a smaller one",
    "hrm_text": "two stacks of layers that run in cycles",
    "nanbeige": "layers that run several times over",
    "plamo": "one norm before both blocks, and keys that heads share in turn",
    "plamo2": "a mixer between the two generations of Mamba",
    "qwen4exp": "embeddings of the last few tokens, as llama.cpp stores them",
    "rwkv6qwen2": "RWKV-6's mixers beside a transformer's feed-forward blocks",
    "spark2_5": "heads of another number in each layer, with gates",
    "talkie": "blocks without norms",
}


# Read from both sides, though built as others that are not: embeddings, and models that write by denoising.
_BOTH_WAYS: Final = ("dream", "gemma-embedding", "llada", "llada-moe", "llama-embed", "rnd1")


def is_read(architecture: str) -> bool:
    """Whether files of a GGUF architecture are read."""
    return architecture in _TYPES


def may_hold(architecture: str, model_type: str) -> bool:
    """Whether a file of a GGUF architecture may hold a model of a type, as far as its name alone tells."""
    found = _TYPES.get(architecture)
    return found == model_type if isinstance(found, str) else model_type not in _TYPES.values()


def _model_type(header: Header) -> str:
    found = _TYPES.get(header.architecture)
    name = found(header) if callable(found) else found
    if what := UNREAD.get(header.architecture):
        raise SizingError(f"GGUF architecture {header.architecture!r} is not read here: {what}")
    if name is None or name not in TABLE:
        close = difflib.get_close_matches(header.architecture, _TYPES, n=3, cutoff=0.5)
        near = f" (near {', '.join(close)})" if close else ""
        raise SizingError(
            f"GGUF architecture {header.architecture[:60]!r} is not known{near}; if it is built like one that is, "
            "say so: --as MODEL_TYPE, such as --as llama"
        )
    return name


# The architectures that have a window in every file, and those of which llama.cpp knows it without one.
_SLIDING: Final = (
    "cohere2", "cohere2moe", "deepseek4", "dots3note", "exaone-moe", "gemma-embedding", "gemma3n", "gemma4", "gpt-oss",
    "granite_swa", "maple", "mimo2", "muse-glimmer", "spark2_5", "step35",
)  # fmt: skip
_WINDOWS: Final[Mapping[str, int]] = {"gemma2": 4096}
# One of so many layers sees all where a file does not say which (load_swa_pattern in llama.cpp's src/models).
_EVERY: Final[Mapping[str, int]] = {"mellum": 4, "plamo3": 8, "smallthinker": 4}


def _windows(header: Header) -> Words:
    """Which layers slide: a flag for each, or every so many one that does not; else as the model type does."""
    kind, keys = header.architecture, header.keys
    window = keys.get("attention.sliding_window", _WINDOWS.get(kind))
    pattern = keys.get("attention.sliding_window_pattern", _EVERY.get(kind))
    if not window and kind in _SLIDING:
        raise KeyError("attention.sliding_window")
    if not window or (kind == "exaone4" and pattern is None and keys.get("block_count") != _EXAONE_SLIDES):
        return {}
    if isinstance(pattern, Sequence):
        kinds = ["sliding_attention" if flag else "full_attention" for flag in pattern]
        return {"sliding_window": window, "layer_types": kinds}
    return {"sliding_window": window, "sliding_window_pattern": pattern}


_EXAONE_SLIDES: Final = 64  # layers: of EXAONE 4.0's two sizes, the larger one


_LISTS: Final = (
    "layer_types", "indexer_types", "num_attention_heads_per_layer", "compress_ratios", "block_configs",
)  # fmt: skip


def _scalar(key: str, value: Any) -> Any:
    """A number that may be given for each layer; layers that differ are known only where a rule above takes them."""
    if not isinstance(value, list) or key in _LISTS:
        return value
    if len(set(value)) > 1:
        raise SizingError(f"{key}: layers of different sizes ({sorted(set(value))}) are not known yet")
    return value[0]

"""Which file of a folder describes its model? A folder as Hugging Face lays it out, or one with GGUF files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from sizing.errors import SizingError
from sizing.facts.content import opened, read
from sizing.files.gguf_header import MAGIC
from sizing.files.safetensors import INDEXES

_MOST: Final = 5  # files that a refusal names
_FIRST: Final = re.compile(r"(?:.+-)?00001-of-\d{5}\.gguf", re.I)
_PART: Final = re.compile(r".+-\d{5}-of-\d{5}\.\w+")
# Files that describe a model, or tell what else a folder holds, the surest first.
_TELLING: Final = tuple(
    re.compile(name, re.I)
    for name in (
        r"params\.json", r"mlc-chat-config\.json", r"model_index\.json", r"genai_config\.json", r"modelfile",
        r"adapter_model\.safetensors", r".+\.safetensors", r".+\.(?:onnx|nemo|xml|litertlm|task|tflite|llamafile)",
        r".+\.(?:pth|pt|ckpt)", r"(?:ggml-|pytorch_model).*\.bin",
    )
)  # fmt: skip
_NO_MODEL: Final = re.compile(r"mmproj|imatrix|vocab-only|lora|adapter", re.I)


def described_in(folder: Path) -> Path:
    """The file of a folder that describes its model best. Raises SizingError, in one line, where none does."""
    try:
        names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise SizingError(f"{folder}: cannot be read ({(error.strerror or str(error)).lower()})") from None
    if not names:
        raise SizingError(f"{folder}: an empty folder; download the model into it")
    if "config.json" in names:
        for name in (*(n for n in names if n.endswith(INDEXES)), "model.safetensors"):
            if name in names:
                return folder / name
    weights = [n for n in names if n.endswith(".safetensors") and not _NO_MODEL.search(n)]
    if "config.json" in names and weights:
        return folder / weights[0]
    if found := _gguf(folder, names):
        return found
    if "config.json" in names:
        return folder / "config.json"
    if "adapter_config.json" in names:
        return folder / "adapter_config.json"
    if found := _ollama(folder, names):
        return found
    if told := next((name for which in _TELLING for name in names if which.fullmatch(name)), None):
        return folder / told
    return _cached(folder, names)


def _ollama(folder: Path, names: list[str]) -> Path | None:
    """The one model in Ollama's store, whose files are called by their sums: the store itself, or its blobs."""
    if {"blobs", "manifests"} <= set(names):
        return described_in(folder / "blobs")
    sums = [name for name in names if name.startswith("sha256-")]
    models = [name for name in sums if _begins_as_gguf(folder / name)]
    if len(models) > 1:
        raise SizingError(f"{folder}: holds {len(models)} models of Ollama's; give a tag such as qwen3:8b, or one file")
    return folder / models[0] if models else None


def _begins_as_gguf(file: Path) -> bool:
    try:
        with opened(file) as data:
            return read(data, len(MAGIC)) == MAGIC
    except ValueError:
        return False


def _gguf(folder: Path, names: list[str]) -> Path | None:
    """The one model among GGUF files, or its first part."""
    every = [n for n in names if n.lower().endswith(".gguf")]
    models = [n for n in every if not _NO_MODEL.search(n) and (_FIRST.fullmatch(n) or not _PART.fullmatch(n))]
    if len(models) > 1:
        more = f" and {len(models) - _MOST} more" if len(models) > _MOST else ""
        raise SizingError(f"{folder}: holds several models; give one of {', '.join(models[:_MOST])}{more}")
    return folder / (models or every)[0] if every else None


def _may_hold(folder: Path) -> bool:
    """Whether a folder seems to hold a model."""
    try:
        return any(path.name == "config.json" or path.suffix.lower() == ".gguf" for path in folder.iterdir())
    except OSError:
        return False


def _cached(folder: Path, names: list[str]) -> Path:
    """The newest snapshot of a repository in Hugging Face's cache."""
    if "snapshots" in names:
        try:
            kept = [path for path in (folder / "snapshots").iterdir() if path.is_dir()]
            newest = max(kept, key=lambda path: path.stat().st_mtime, default=None)
        except OSError:
            newest = None
        if newest is not None:
            return described_in(newest)
    if repositories := [name for name in names if name.startswith("models--")]:
        count, one = len(repositories), repositories[0][:80]
        raise SizingError(f"{folder}: Hugging Face's cache; give one of its {count} models, such as {one}")
    if within := [name for name in names if _may_hold(folder / name)]:
        more = f" or {len(within) - 1} others" if len(within) > 2 else f" or {within[-1][:60]}" if within[1:] else ""
        raise SizingError(f"{folder}: no model in it, but in its folder {within[0][:60]}{more}; give that one")
    first = ", ".join(name[:60] for name in names[:3])
    raise SizingError(f"{folder}: no model in it ({first} …); give a folder with a config.json or a GGUF file")

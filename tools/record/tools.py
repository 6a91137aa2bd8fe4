"""What do llama.cpp's tools print of a GGUF file? They are found through LLAMA_CPP_SRC and LLAMA_CPP_BIN."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MIB: Final = 1 << 20
TIMEOUT: Final = 300  # seconds; the largest models take one

ATTEMPTS: Final = 9  # llama-fit-params may end before its log is written, which holds the decimals of its answer

CONTEXTS: Final = (4096, 8192, 32768, 131072)
CACHE_TYPES: Final = ("f16", "q8_0")

_RECIPE = re.compile(r"^ *(?:\d+  or  | {10})([A-Z0-9_]+) *: *(.*)$", re.MULTILINE)
_TENSOR = re.compile(r"^\[ *\d+/ *\d+\] (\S+) +- \[([\d, ]+)\], type = +(\w+), size = .*?(?:\((\w+)\))?$", re.MULTILINE)
_SUM = re.compile(r"quant size += +([\d.]+) MiB")
_HOST = re.compile(r"^Host (\d+) (\d+) (\d+)", re.MULTILINE)
_CACHE = re.compile(r"llama_(?:kv_cache|memory_recurrent|dsv4_comp_state): (?:size|.*, size) = +([\d.]+) MiB")
_COMPUTE = re.compile(r"compute buffer size = +([\d.]+) MiB")


class ToolError(Exception):
    """A tool that failed, or printed what is not understood."""


@dataclass(frozen=True)
class Tensor:
    """A tensor as a recipe writes it."""

    name: str
    shape: tuple[int, ...]  # ggml's order: the row first
    type: str
    bytes: int


@dataclass(frozen=True)
class Weights:
    """A model as a recipe writes it, without an importance matrix."""

    tensors: tuple[Tensor, ...]
    needs_imatrix: bool  # the tool would refuse to write it without one

    @property
    def bytes(self) -> int:
        return sum(tensor.bytes for tensor in self.tensors)


@dataclass(frozen=True)
class Allocated:
    """What the allocator plans for a context, in MiB as printed: the cache and the buffers with two decimals."""

    model: int
    cache: float
    compute: float


@dataclass(frozen=True)
class Tools:
    """llama.cpp's source, and its built tools."""

    source: Path
    binaries: Path

    @classmethod
    def from_environment(cls) -> Tools:
        """Raises ToolError with what is missing."""
        found = {}
        for name in ("LLAMA_CPP_SRC", "LLAMA_CPP_BIN"):
            path = Path(os.environ.get(name, ""))
            if not os.environ.get(name) or not path.is_dir():
                raise ToolError(f"{name} names no folder; `make verify` fetches, builds and sets what is needed")
            found[name] = path.resolve()
        tools = cls(found["LLAMA_CPP_SRC"], found["LLAMA_CPP_BIN"])
        for tool in ("llama-quantize", "llama-fit-params"):
            if not (tools.binaries / tool).is_file():
                raise ToolError(f"LLAMA_CPP_BIN holds no {tool}")
        return tools

    @property
    def version(self) -> str:
        """The release of llama-cpp-python that ships the source, else what its folder is called."""
        package = self.source.parent.parent / "llama_cpp" / "__init__.py"
        found = re.search(r'__version__ = "(.+)"', package.read_text(encoding="utf-8")) if package.is_file() else None
        return found[1] if found else self.source.name

    def recipes(self) -> list[str]:
        """Every recipe that llama-quantize offers, less second names and plain copies."""
        listed = self._run("llama-quantize", "--help", check=False).partition("allowed quantization types")[2]
        return [name for name, what in _RECIPE.findall(listed) if name != "COPY" and not what.startswith("alias")]

    def weights(self, gguf_file: Path, recipe: str, blocks: Mapping[str, tuple[int, int]]) -> Weights:
        """The tensors as ``recipe`` writes them; ``blocks`` gives each type's values and bytes per block."""
        text = self._run("llama-quantize", "--dry-run", str(gguf_file), recipe)
        tensors = []
        for name, dimensions, before, after in _TENSOR.findall(text):
            shape = tuple(int(number) for number in dimensions.split(","))
            kind = (after or before).upper()
            values, size = blocks[kind]
            rows = shape[1] * shape[2] * shape[3]
            tensors.append(Tensor(name, _trimmed(shape), kind, rows * (shape[0] // values) * size))
        weights = Weights(tuple(tensors), "will require an imatrix" in text)
        printed = _SUM.search(text)
        if printed is None or abs(weights.bytes / MIB - float(printed[1])) > 0.0051:
            raise ToolError(f"{recipe}: the tensors sum to {weights.bytes / MIB:.2f} MiB, {printed and printed[0]}")
        return weights

    def memory(self, gguf_file: Path, context: int, cache_type: str, at_once: bool = False) -> Allocated:
        """What is allocated for one sequence with flash attention, on a machine without a GPU; of an encoder, which
        computes a text ``at_once``."""
        asked = ["-c", str(context), "-ctk", cache_type, "-ctv", cache_type, "-fa", "on", "-np", "1"]
        asked += ["-b", str(context), "-ub", str(context)] if at_once else []
        for _ in range(ATTEMPTS):
            text = self._run("llama-fit-params", "-m", str(gguf_file), *asked, "--fit-print", "on", "--verbose")
            answer = _HOST.search(text)
            if answer is None:
                raise ToolError(_reason(text))
            model, *whole = (int(number) for number in answer.groups())
            cache, compute = (sum(map(float, parts)) for parts in (_CACHE.findall(text), _COMPUTE.findall(text)[-1:]))
            if abs(cache - whole[0] - 0.5) < 0.52 and abs(compute - whole[1] - 0.5) < 0.52:
                return Allocated(model, round(cache, 2), round(compute, 2))
        raise ToolError(f"llama-fit-params: the log says {cache:.2f} and {compute:.2f} MiB, the answer {whole}")

    def _run(self, tool: str, *arguments: str, check: bool = True) -> str:
        command = [str(self.binaries / tool), *arguments]
        quick = {**os.environ, "GGML_NO_BACKTRACE": "1"}  # or each crash starts a debugger
        done = subprocess.run(command, env=quick, capture_output=True, timeout=TIMEOUT, check=False)
        text = f"{done.stdout.decode(errors='replace')}\n{done.stderr.decode(errors='replace')}"
        if check and done.returncode != 0:
            raise ToolError(f"{tool}: {_reason(text)}")
        return text


def _trimmed(shape: tuple[int, ...]) -> tuple[int, ...]:
    while len(shape) > 1 and shape[-1] == 1:
        shape = shape[:-1]
    return shape


def _reason(text: str) -> str:
    """The first line that names a failure, else the last line."""
    named = re.search(r"(?:failed to \w+: |what\(\): +|GGML_ASSERT|error: ).*", text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return named[0] if named else lines[-1] if lines else "no output"

"""`python -m tools.record.gpu`: how fast is a GPU with llama.cpp, and what does its driver take?

In two steps, since a machine with a GPU may reach no network. `files` writes models without weights where transformers
is. `measure` fills them with random values and runs llama.cpp's own tools; beside the GPU it needs NumPy, nvidia-ml-py
and llama.cpp's gguf-py alone. LLAMA_CPP_BIN names a whole build with -DGGML_CUDA=ON. Every command names the GPU and
has a limit: the tools would compute on the CPU if they found none, and take hours for it.
"""

# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tools.record.conditions import CONDITIONS, OF_MIXTURES
from tools.record.filled import fill

FOLDER: Final = Path(__file__).parents[2] / "catalog" / "measurements" / "record"
MIB: Final = 1 << 20


@dataclass(frozen=True)
class Run:
    """One command: a tool, a model's file without its suffix, and what is asked."""

    tool: str
    file: str
    asked: tuple[str, ...]


def bench(file: str, prompts: str, generated: int, depths: str = "0", *more: str) -> Run:
    """llama-bench, three times each: a first run is slower than those after it."""
    return Run("llama-bench", file, ("-p", prompts, "-n", str(generated), "-d", depths, "-r", "3", *more))


def together(file: str, prompt: int, sequences: str) -> Run:
    """llama-batched-bench of 64 tokens each; a sequence's cache is padded to 256 tokens."""
    context = int(sequences.rpartition(",")[2]) * (-(-(prompt + 64) // 256) * 256)
    asked = ("-npp", str(prompt), "-ntg", "64", "-npl", sequences, "-c", str(context), "-b", "2048", "-ub", "512")
    return Run("llama-batched-bench", file, (*asked, "--output-format", "jsonl"))


_SHAPES: Final = (
    "llama-3.2-1b-Q4_K_M", "llama-3.1-8b-Q8_0", "llama-3.1-8b-F16", "llama-3.1-8b-BF16", "qwen3-30b-a3b-Q4_K_M",
    "gpt-oss-20b-MXFP4_MOE", "qwen3.6-35b-a3b-Q4_K_M", "glm-4.7-flash-Q4_K_M", "nemotron-3-nano-30b-a3b-Q4_K_M",
    "qwen3.6-27b-Q4_K_M", "qwen3-32b-Q4_K_M", "gemma-3-12b-Q4_K_M", "deepseek-v2-lite-Q4_K_M",
)  # fmt: skip
_MAIN: Final = "llama-3.1-8b-Q4_K_M"

# Dearest knowledge first: a loan of a GPU ends in the middle.
RUNS: Final = (
    bench(_MAIN, "512,2048,8192", 64),
    together(_MAIN, 256, "1,2,4,8,16,32,64"),
    together("qwen3-30b-a3b-Q4_K_M", 256, "1,2,4,8,16,32,64"),
    bench(_MAIN, "2048", 64, "4096,16384"),
    *(bench(_MAIN, "2048", 64, "16384", "-ctk", kind, "-ctv", kind) for kind in ("q8_0", "q4_0")),
    bench(_MAIN, "2048", 64, "0,16384", "-fa", "off"),
    bench(_MAIN, "8192", 0, "0", "-ub", "128,256,1024,2048"),
    *(bench(shape, "512,2048,8192", 64) for shape in _SHAPES),
    *(bench(shape, "2048", 64, "16384") for shape in _SHAPES),
    *(together(shape, 256, "1,4,16,64") for shape in _SHAPES),
    bench(_MAIN, "2048", 32, "65536"),
)


class Driver:
    """What NVML says of one GPU, watched until the ``with`` block ends; nothing where there is no NVML."""

    def __init__(self) -> None:
        self.peak = self.watts = 0.0
        self._done = threading.Event()
        try:
            import pynvml

            pynvml.nvmlInit()
            self._nvml, self._gpu = pynvml, pynvml.nvmlDeviceGetHandleByIndex(0)
        except ImportError:
            self._nvml = None

    def __enter__(self) -> Driver:
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def said(self) -> dict[str, Any]:
        """Memory in MiB: what the driver has, keeps for itself, and has given out; the GPU's name and its driver's."""
        if self._nvml is None:
            return {}
        memory = self._nvml.nvmlDeviceGetMemoryInfo(self._gpu, version=self._nvml.nvmlMemory_v2)
        return {
            "gpu": self._nvml.nvmlDeviceGetName(self._gpu),
            "driver": self._nvml.nvmlSystemGetDriverVersion(),
            "total_mib": memory.total // MIB,
            "reserved_mib": memory.reserved // MIB,
            "used_mib": round(memory.used / MIB, 2),
        }

    def _watch(self) -> None:
        while self._nvml is not None and not self._done.wait(0.01):
            self.peak = max(self.peak, self.said()["used_mib"])
            self.watts = max(self.watts, self._nvml.nvmlDeviceGetPowerUsage(self._gpu) / 1000)


def printed(command: Sequence[str | Path], limit: float) -> tuple[str, Mapping[str, Any]]:
    """What a command printed, and how it went. Where it fails or outlasts its limit, what it printed until then."""
    with Driver() as driver:
        before, start = driver.said(), time.monotonic()
        with tempfile.TemporaryFile("w+", errors="replace") as out:
            try:
                status = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, timeout=limit).returncode
            except subprocess.TimeoutExpired:
                status = 124
            out.seek(0)
            text = out.read()
        words = [Path(command[0]).name, *(Path(word).name for word in command[1:])]
        took = round(time.monotonic() - start, 2)
    idle = before.pop("used_mib", None)
    went = {"command": " ".join(words), "status": status, "seconds": took, "idle_mib": idle, **before}
    return text, {**went, "peak_mib": driver.peak, "watts": round(driver.watts)}


def command(run: Run, binaries: Path, folder: Path, gpu: str) -> list[str | Path]:
    """``run`` in full."""
    model: list[str | Path] = ["-m", folder / f"{run.file}.gguf", "-ngl", "999"]
    attention = [] if "-fa" in run.asked else ["-fa", "on"]
    output = ["-o", "jsonl", "-dev", gpu] if run.tool == "llama-bench" else ["--device", gpu]
    return [binaries / run.tool, *model, *attention, *output, *run.asked]


def answers(text: str) -> Iterator[str]:
    """The lines of a tool's output that are JSON: one for each test."""
    for line in text.splitlines():
        if line.startswith("{"):
            try:
                json.loads(line)
            except ValueError:
                continue
            yield line


def measure(asked: argparse.Namespace) -> int:
    """Fill the files, run what is to be run, and append it to the record; what stands there already is left out."""
    binaries = Path(os.environ["LLAMA_CPP_BIN"]).resolve()
    end = time.monotonic() + asked.limit
    filled: set[str] = set()
    for run in RUNS:
        file = asked.folder / f"{run.file}.gguf"
        left = end - time.monotonic()
        if left < 10 or not file.exists():
            continue
        if run.file not in filled:
            fill(file)
            filled.add(run.file)
        text, went = printed(command(run, binaries, asked.folder, asked.gpu), min(asked.each, left))
        _append(asked, run.tool, answers(text))
        _append(asked, "runs", [json.dumps(went)])
        print(f"{went['status']} {went['seconds']:6.1f} s  {went['command']}", flush=True)
        if went["status"]:
            print(text[-500:], file=sys.stderr)
    return 0


def buffers(asked: argparse.Namespace) -> int:
    """What the GPU's backend would allocate for each file, without weights: devices.csv's conditions of one device."""
    from tools.record.devices import held

    binaries = Path(os.environ["LLAMA_CPP_BIN"]).resolve()
    for file in sorted(asked.folder.glob("*.gguf")):
        mixture = b"_exps" in file.open("rb").read(4 << 20)
        for one in CONDITIONS + (OF_MIXTURES if mixture else ()):
            if one.devices == 1:
                places = held(binaries, file, one, [asked.gpu])
                _append(asked, "buffers", [json.dumps({"file": file.stem, **vars(one), "held": places})])
    return 0


def _append(asked: argparse.Namespace, what: str, lines: Iterator[str] | Sequence[str]) -> None:
    with (asked.output / f"{asked.device}.{what}.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def files(asked: argparse.Namespace) -> int:
    """GGUF files without weights: their header, and a hole."""
    from tools.record import subjects
    from tools.record.tools import Tools

    tools = Tools.from_environment()
    wanted: dict[str, list[str]] = {}
    for name in asked.names or dict.fromkeys(run.file for run in RUNS):
        model, _, recipe = name.rpartition("-")
        wanted.setdefault(model, []).append(recipe)
    alone = multiprocessing.get_context("spawn")  # llama.cpp's converter keeps state in its classes
    for subject in subjects.named(subjects.of_catalog(FOLDER.parents[1] / "models"), list(wanted)):
        with alone.Pool(1) as pool:
            pool.apply(_write, (subject, wanted[subject.model], tools, asked.folder))
        print(subject.model, *wanted[subject.model], flush=True)
    return 0


def _write(subject: Any, recipes: Sequence[str], tools: Any, folder: Path) -> None:
    from tools.record import checkpoint, converted

    with tempfile.TemporaryDirectory(prefix="record-") as name:
        built = checkpoint.build(subject.config)
        checkpoint.write(built, Path(name))
        plain = converted.convert(Path(name), tools.source, built)
        for recipe in recipes:
            weights = tools.weights(plain, recipe, converted.blocks())
            converted.quantized(plain, weights, folder / f"{subject.model}-{recipe}.gguf", recipe)


def main(arguments: Sequence[str] | None = None) -> int:
    """One of the steps."""
    parser = argparse.ArgumentParser(prog="python -m tools.record.gpu", description=__doc__)
    steps = parser.add_subparsers(required=True)
    writing = steps.add_parser("files", help="write models without weights")
    writing.add_argument("folder", type=Path)
    writing.add_argument("names", nargs="*", metavar="MODEL-FORMAT", help="those of RUNS without one")
    writing.set_defaults(step=files)
    for name, step, what in (
        ("measure", measure, "speeds and memory"),
        ("buffers", buffers, "buffers, without weights"),
    ):
        one = steps.add_parser(name, help=f"{what} of the models in a folder")
        one.add_argument("folder", type=Path, help="on a disk of memory: what `files` wrote")
        one.add_argument("--device", required=True, metavar="ID", help="the GPU's id in the catalog")
        one.add_argument("--gpu", default="CUDA0", help="as llama.cpp calls it")
        one.add_argument("--limit", type=float, default=3600, help="seconds for everything")
        one.add_argument("--each", type=float, default=60, help="seconds for a command")
        one.add_argument("--output", type=Path, default=FOLDER, metavar="FOLDER")
        one.set_defaults(step=step)
    asked = parser.parse_args(arguments)
    return int(asked.step(asked))


if __name__ == "__main__":
    sys.exit(main())

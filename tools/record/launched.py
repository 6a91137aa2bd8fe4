"""`python -m tools.record.launched [--draw N]`: does llama.cpp hold what a plan says, started by its own command?

The words of ``llama-server`` that a plan says are given to llama-fit-params, which has the same parser: but for the
model, which is a GGUF file without data, and for what the server alone knows (where it listens, its old prompts). The
devices are servers of the RPC backend, as in ``tools.record.devices``, so that no GPU is needed.
"""

# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import argparse
import contextlib
import csv
import multiprocessing
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tools.record import subjects, tables
from tools.record.devices import CATALOG, serving
from tools.record.subjects import Subject
from tools.record.tools import ToolError, Tools

FORMAT: Final = "Q4_K_M"
COLUMNS: Final = (
    "model", "format", "machine", "context", "cache_type", "sequences", "command", "place",
    "model_mib", "cache_mib", "compute_mib",
)  # fmt: skip

# Models on machines: one card and several, equal and unequal; all on them, experts on the host, and whole layers.
CASES: Final = (
    ("qwen3-32b", "rtx-4090", 8192, "f16", 1),
    ("qwen3-32b", "2x-rtx-3090", 32768, "q8_0", 1),
    ("llama-3-70b", "rtx-5090+rtx-3080-10gb", 8192, "f16", 1),
    ("llama-3-70b", "rtx-4090", 8192, "f16", 1),
    ("qwen3-30b-a3b", "rtx-3060-12gb", 16384, "f16", 1),
    ("glm-4.5-air", "2x-rtx-3090", 32768, "f16", 1),
    ("gemma-3-27b", "2x-rtx-3060-12gb", 8192, "f16", 1),
    ("qwen3-4b", "rtx-3060-12gb", 8192, "q8_0", 4),
)

# What cases are drawn of: cards that people have several of, unequal ones too, and contexts that others do not record.
CARDS: Final = (
    "rtx-3060-12gb", "rtx-4060-ti-16gb", "rtx-5060-ti-16gb", "rtx-3090", "rtx-4090", "rtx-5090", "rtx-3080-10gb",
    "rtx-2080-ti", "p40", "rtx-4070-ti-super", "gtx-1080-ti", "rtx-2060-12gb",
)  # fmt: skip
CONTEXTS: Final = (2048, 6144, 12288, 20480, 49152, 98304)

Case = tuple[str, str, int, str, int]
_ANSWER: Final = re.compile(r"^(?:RPC(\d+)|Host)\S* (\d+) (\d+) (\d+) *$", re.MULTILINE)
_SERVERS_ALONE: Final = {
    "--host": 1,
    "--port": 1,
    "--cache-ram": 1,
    "--no-mmproj": 0,
    "--no-kv-unified": 0,
}
_MODEL: Final = {"-hf": 1, "-m": 1}


def fitted(words: Sequence[str]) -> list[str]:
    """llama-server's words that llama-fit-params knows too, without the model's."""
    kept, skip = [], 0
    for word in words[1:]:
        if skip:
            skip -= 1
        elif word in _SERVERS_ALONE or word in _MODEL:
            skip = {**_SERVERS_ALONE, **_MODEL}[word]
        else:
            kept.append(word)
    return kept


def drawn(models: int, each: int, seed: int) -> list[Case]:
    """Cases of so many models that are not recorded on devices, each on so many rigs of one to four cards."""
    from sizing import Catalog, SizingError, plan

    catalog, draw, found = Catalog.load(CATALOG), random.Random(seed), []
    known = {row["model"] for row in csv.DictReader((CATALOG / "measurements/record/devices.csv").open())}
    others = [x.id for x in catalog.models.values() if x.open and x.shape is not None and x.id not in known]
    for model in draw.sample(others, min(models, len(others))):
        own: list[Case] = []
        for _ in range(20 * each):
            machine = "+".join(draw.choice(CARDS) for _ in range(draw.randint(1, 4)))
            case = model, machine, draw.choice(CONTEXTS), draw.choice(("f16", "q8_0")), 1
            with contextlib.suppress(SizingError):
                p = plan(
                    catalog.model(model), catalog.machine(machine), format=FORMAT, runtime="llama.cpp",
                    context=case[2], cache_format=case[3],
                )  # fmt: skip
                if p.launch and not p.sized.whole and len(own) < each:
                    own.append(case)
        found.extend(own)
    return found


def commands(cases: Sequence[Case]) -> dict[Case, list[str]]:
    """What each plan says to ``llama-server``. Raises ToolError for a plan that does not run."""
    from sizing import Catalog, plan

    catalog, found = Catalog.load(CATALOG), {}
    for case in cases:
        model, machine, context, cache, sequences = case
        p = plan(
            catalog.model(model), catalog.machine(machine), format=FORMAT, runtime="llama.cpp", context=context,
            cache_format=cache, sequences=sequences,
        )  # fmt: skip
        if not p.launch:
            raise ToolError(f"{model} in {FORMAT} does not run on {machine}")
        found[case] = list(p.launch[0].start.words)
    return found


def measure(
    subject: Subject, asked: Mapping[Case, Sequence[str]], tools: Tools, binaries: Path, addresses: Sequence[str]
) -> list[tuple[Case, str, tuple[str, ...]]]:
    """What each place holds of one model; in a process of its own, for llama.cpp's converter keeps state."""
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="error", OMP_NUM_THREADS="1", TQDM_DISABLE="1")
    from tools.record import checkpoint, converted

    with tempfile.TemporaryDirectory(prefix="record-") as name:
        folder = Path(name)
        built = checkpoint.build(subject.config)
        checkpoint.write(built, folder)
        plain = converted.convert(folder, tools.source, built)
        weights = tools.weights(plain, FORMAT, converted.blocks())
        file = converted.quantized(plain, weights, folder / f"{FORMAT}.gguf", FORMAT)
        return [row for case, words in asked.items() for row in _held(binaries, file, case, words, addresses)]


def _held(
    binaries: Path, file: Path, case: Case, words: Sequence[str], addresses: Sequence[str]
) -> list[tuple[Case, str, tuple[str, ...]]]:
    count = words[words.index("-ts") + 1].count(",") + 1 if "-ts" in words else 1
    said = fitted(words)
    if "--device" in said:  # those of the plan that have a layer: servers stand for them
        del said[said.index("--device") : said.index("--device") + 2]
    command: list[str | Path] = [
        binaries / "llama-fit-params", "-m", file, "--fit-print", "on", "--no-repack", *said,
        "--rpc", ",".join(addresses[:count]), "--device", ",".join(f"RPC{i}" for i in range(count)),
    ]  # fmt: skip
    quick = {**os.environ, "GGML_NO_BACKTRACE": "1"}
    done = subprocess.run(command, env=quick, capture_output=True, text=True, timeout=300, check=False)
    found = _ANSWER.findall(done.stdout)
    if len(found) != count + 1:
        raise ToolError(f"llama-fit-params: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")
    return [(case, device or "host", held) for device, *held in found]


def main() -> int:
    """Record every case anew."""
    parser = argparse.ArgumentParser(prog="python -m tools.record.launched", description=__doc__)
    parser.add_argument("--output", type=Path, default=CATALOG / "measurements/record/launches.csv", metavar="FILE")
    parser.add_argument("--draw", type=int, default=0, metavar="N", help="so many models that are not recorded instead")
    parser.add_argument("--each", type=int, default=10, metavar="N", help="on so many rigs each")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    asked = parser.parse_args()
    cases = drawn(asked.draw, asked.each, asked.seed) if asked.draw else CASES
    try:
        tools = Tools.from_environment()
        binaries = Path(os.environ["LLAMA_CPP_DEVICES"]).resolve()
        said = commands(cases)
        chosen = subjects.named(subjects.of_catalog(CATALOG / "models"), list(dict.fromkeys(case[0] for case in cases)))
    except (ToolError, KeyError) as error:
        print(f"record: {error} is missing; `make verify` sets what is needed", file=sys.stderr)
        return 2
    stamp = tables.stamp(tools.version)
    alone = multiprocessing.get_context("spawn")
    rows: list[tuple[object, ...]] = [(*COLUMNS, *stamp)]
    with serving(binaries, 4) as addresses:
        for subject in chosen:
            its = {case: words for case, words in said.items() if case[0] == subject.model}
            try:
                with alone.Pool(1) as pool:
                    found = pool.apply(measure, (subject, its, tools, binaries, addresses))
            except (ToolError, NotImplementedError) as error:
                print(f"{subject.model}: {error}", file=sys.stderr)
                continue
            for (model, machine, context, cache, sequences), place, held in found:
                words = " ".join(fitted(said[model, machine, context, cache, sequences]))
                row = (model, FORMAT, machine, context, cache, sequences, words, place, *held)
                rows.append((*row, *stamp.values()))
            print(f"{subject.model}: {len(found)} places", flush=True)
    with asked.output.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`python -m tools.record.devices [MODEL …]`: what does each device hold, and the host beside them?

llama.cpp's RPC backend serves as the devices: one server each on this machine, so no GPU is needed. It supports every
operation, asynchronous copies and events, as CUDA's does; cuda.patch gives it two of CUDA's rules: when a device
computes with weights of the host, and what its attention takes to copy a quantized cache in FP16. LLAMA_CPP_DEVICES
names the build; `make verify` makes it.
"""

# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tools.record import subjects, tables
from tools.record.conditions import CONDITIONS, FORMAT, MODELS, OF_MIXTURES, OF_OTHERS, OTHERS, Condition, Held
from tools.record.subjects import Subject
from tools.record.tools import ToolError, Tools

CATALOG: Final = Path(__file__).parents[2] / "catalog"
_ANSWER = re.compile(r"^(?:(?:RPC|CUDA)(\d+)|Host)\S* (\d+) (\d+) (\d+) *$", re.MULTILINE)


@contextlib.contextmanager
def serving(binaries: Path, count: int) -> Iterator[list[str]]:
    """The addresses of ``count`` devices."""
    with contextlib.ExitStack() as stack:
        addresses = []
        for _ in range(count):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            command: list[str | Path] = [binaries / "ggml-rpc-server", "--device", "CPU", "--port", str(port)]
            quiet = subprocess.DEVNULL
            server = stack.enter_context(subprocess.Popen(command, stdout=quiet, stderr=quiet))
            stack.callback(server.terminate)
            _wait_for(port)
            addresses.append(f"127.0.0.1:{port}")
        yield addresses


def _wait_for(port: int) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise ToolError(f"no device answers at port {port}")


def held(
    binaries: Path, gguf_file: Path, condition: Condition, devices: Sequence[str], addresses: Sequence[str] = ()
) -> Held:
    """What llama-fit-params says that each place holds: ``devices``, of which some may be servers. Raises ToolError."""
    command: list[str | Path] = [
        binaries / "llama-fit-params",
        "-m",
        gguf_file,
        "--fit-print",
        "on",
        *condition.arguments(),
    ]
    command += ["--rpc", ",".join(addresses)] if addresses else []
    command += ["--device", ",".join(devices)]
    quick = {**os.environ, "GGML_NO_BACKTRACE": "1"}
    done = subprocess.run(
        command, env=quick, capture_output=True, text=True, errors="replace", timeout=300, check=False
    )
    found = {
        device or "host": (int(model), int(context), int(compute))
        for device, model, context, compute in _ANSWER.findall(done.stdout)
    }
    if len(found) != condition.devices + 1:
        raise ToolError(f"llama-fit-params: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")
    return found


Measured = dict[str, list[tuple[Condition, Held]]]  # by recipe


def measure(
    subject: Subject, tools: Tools, binaries: Path, addresses: Sequence[str], recipes: Sequence[str]
) -> Measured:
    """Everything about one model; in a process of its own, for llama.cpp's converter keeps state in its classes."""
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="error", OMP_NUM_THREADS="1", TQDM_DISABLE="1")
    from tools.record import checkpoint, converted

    found: Measured = {}
    with tempfile.TemporaryDirectory(prefix="record-") as name:
        folder = Path(name)
        built = checkpoint.build(subject.config)
        checkpoint.write(built, folder)
        plain = converted.convert(folder, tools.source, built)
        for recipe in recipes:
            weights = tools.weights(plain, recipe, converted.blocks())
            mixture = any("_exps" in tensor.name for tensor in weights.tensors)
            conditions = CONDITIONS + (OF_MIXTURES if mixture else ()) if recipe == FORMAT else OF_OTHERS
            if mixture or recipe == FORMAT:
                file = converted.quantized(plain, weights, folder / f"{recipe}.gguf", recipe)
                found[recipe] = [(one, _held_by_servers(binaries, file, one, addresses)) for one in conditions]
    return found


def _held_by_servers(binaries: Path, file: Path, one: Condition, addresses: Sequence[str]) -> Held:
    names = [f"RPC{i}" for i in range(one.devices)]
    return held(binaries, file, one, names, addresses[: one.devices])


def main(arguments: Sequence[str] | None = None) -> int:
    """Record the models named, or all of MODELS; the rows of other models stay."""
    parser = argparse.ArgumentParser(prog="python -m tools.record.devices", description=__doc__)
    parser.add_argument("models", metavar="MODEL", nargs="*", help="a catalog id; those of MODELS without one")
    parser.add_argument("--output", type=Path, default=CATALOG / "measurements" / "record", metavar="FOLDER")
    parser.add_argument("--recipes", nargs="*", default=(FORMAT, *OTHERS), metavar="RECIPE", help="these alone")
    asked = parser.parse_args(arguments)
    try:
        tools = Tools.from_environment()
        binaries = Path(os.environ["LLAMA_CPP_DEVICES"]).resolve()
        chosen = subjects.named(subjects.of_catalog(CATALOG / "models"), asked.models or MODELS)
    except (ToolError, KeyError) as error:
        print(f"record: {error} is missing; `make verify` sets what is needed", file=sys.stderr)
        return 2
    stamp = tables.stamp(tools.version)
    alone = multiprocessing.get_context("spawn")
    with serving(binaries, 4) as addresses:
        for number, subject in enumerate(chosen, start=1):
            with alone.Pool(1) as pool:
                found = pool.apply(measure, (subject, tools, binaries, addresses, asked.recipes))
            for recipe, held_there in found.items():
                tables.write_devices(asked.output, subject.model, recipe, held_there, stamp)
            print(f"[{number}/{len(chosen)}] {subject.model}: {sum(map(len, found.values()))} conditions", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

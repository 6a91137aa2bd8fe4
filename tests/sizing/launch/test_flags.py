"""Every option that is printed is declared by the recorded release, with a value where it takes one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from sizing import Catalog, SizingError, plan
from sizing.facts.recorded import FLAGS
from sizing.launch import Asked, Step, launches
from tests.sizing.launch.commands import flags, split

# What a command begins with, and the program of the table.
PROGRAMS = {
    ("llama-server",): "llama-server",
    ("ggml-rpc-server",): "ggml-rpc-server",
    ("mlx_lm.server",): "mlx_lm.server",
    ("mlx_lm.convert",): "mlx_lm.convert",
    ("vllm", "serve"): "vllm serve",
    ("python", "-m", "sglang.launch_server"): "sglang.launch_server",
    ("transformers", "serve"): "transformers serve",
    ("hf", "download"): "hf download",
    ("python", "llama.cpp/convert_hf_to_gguf.py"): "convert_hf_to_gguf.py",
}
CASES = (
    ("qwen3-8b", "rtx-4090"), ("qwen3-235b-a22b", "2x-dgx-spark-over-200gbe"), ("gpt-oss-120b", "rtx-4090"),
    ("deepseek-v3", "cluster-2x8-h100"), ("gemma-3-12b", "2x-rtx-3090"), ("qwen3-32b", "m4-max-40-core-64gb"),
    ("llama-3.2-1b", "am5-ddr5-6000-64gb"), ("qwen3-30b-a3b", "rx-7900-xtx"),
)  # fmt: skip
FORMATS = ("Q4_K_M", "Q8_0", "BF16", "F16", "FP8", "AWQ", "MXFP4_MOE", "MLX-4bit", "MLX-8bit", "EXL3-4.0bpw")
ASKED: tuple[dict[str, Any], ...] = (
    {}, {"vision": True}, {"vision": False}, {"sequences": 3}, {"slots": 2, "unified": True}, {"swa_full": True},
    {"cache_format": "q8_0"}, {"cache_format": "fp8"}, {"cache_format": "8bit"}, {"micro_batch": 4096}, {"mtp": True},
    {"flash_attention": False}, {"split": "tensor"}, {"split": "none"},
)  # fmt: skip


@pytest.fixture(scope="module")
def declared(catalog: Catalog) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in FLAGS.read(catalog.root, catalog):
        found.setdefault(row.program, {})[row.flag] = row.values
    return found


def steps(catalog: Catalog) -> Iterator[tuple[str, Step]]:
    """Every step of many plans: all formats, runtimes and settings that are possible there."""
    for model, machine in CASES:
        for format in FORMATS:
            for runtime in catalog.runtimes:
                for asked in ASKED:
                    try:
                        p = plan(
                            catalog.model(model), catalog.machine(machine), format=format, runtime=runtime,
                            context=4096, **asked,
                        )  # fmt: skip
                    except SizingError:
                        continue
                    for source in ("huggingface", "modelscope"):
                        for launch in launches(p, Asked(source=source)) or ():
                            for step in launch.steps:
                                yield launch.server, step


def test_every_option_is_declared(catalog: Catalog, declared: Mapping[str, Mapping[str, str]]) -> None:
    seen: dict[str, set[str]] = {}
    commands = {(step.command, step.words): step for _, step in steps(catalog) if step.words}
    for (_, words), step in commands.items():
        for start, program in PROGRAMS.items():
            at = next((i for i in range(len(words)) if words[i : i + len(start)] == start), None)
            if at is None or (at and words[0] != "mlx.launch"):
                continue
            for flag, values in flags(split(step)[at + len(start) + len(step.env) :]):
                takes = declared[program].get(flag)
                assert takes is not None, f"{program} has no {flag}: {step.command}"
                assert (len(values) == 1) is (takes == "some") or takes == "either", f"{flag} of {step.command}"
                seen.setdefault(program, set()).add(flag)
    assert set(seen) == set(PROGRAMS.values()), "no program is left untried"
    assert {"-hf", "-m", "--n-cpu-moe", "-ts", "--rpc", "--spec-type", "--kv-unified"} <= seen["llama-server"]


def test_what_a_container_runs_is_declared(catalog: Catalog, declared: Mapping[str, Mapping[str, str]]) -> None:
    import yaml

    programs = {"llama-server": "llama-server", "vllm-serve": "vllm serve", "sglang-server": "sglang.launch_server"}
    tried = set()
    for server, step in steps(catalog):
        if step.path == "compose.yaml" and server in programs:
            (service,) = yaml.safe_load(step.text)["services"].values()
            words = service["command"]
            begin = words.index("sglang.launch_server") + 1 if server == "sglang-server" else 0
            for flag, _ in flags(words[begin:]):
                assert flag in declared[programs[server]], f"{server} has no {flag}"
            tried.add(server)
    assert tried == set(programs)


def test_options_that_are_gone_are_not_among_them(declared: Mapping[str, Mapping[str, str]]) -> None:
    assert "--swap-space" not in declared["vllm serve"]
    assert "--max-kv-size" not in declared["mlx_lm.server"]
    assert declared["llama-server"]["-fa"] == "some"

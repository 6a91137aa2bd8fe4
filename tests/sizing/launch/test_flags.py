"""Every option that is printed is declared by the recorded release, with a value where it takes one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from sizing import Catalog
from sizing.facts.recorded import FLAGS
from sizing.launch import Asked, Step, launches
from tests.sizing.launch.commands import flags, split
from tests.sizing.launch.plans import every

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
    ("lms", "get"): "lms get",
    ("lms", "load"): "lms load",
    ("lms", "import"): "lms import",
    ("lms", "server", "start"): "lms server start",
    ("python", "llama.cpp/convert_hf_to_gguf.py"): "convert_hf_to_gguf.py",
}
# Servers whose program is called as another's, of which they are a fork.
FORKS = {
    ("ik-llama-server", "llama-server"): "llama-server of ik_llama.cpp",
    ("ktransformers-server", "sglang.launch_server"): "sglang.launch_server of KTransformers",
}


@pytest.fixture(scope="module")
def declared(catalog: Catalog) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in FLAGS.read(catalog.root, catalog):
        found.setdefault(row.program, {})[row.flag] = row.values
    return found


def steps(catalog: Catalog) -> Iterator[tuple[str, Step]]:
    """Every step of many plans, with weights from either source."""
    for p in every(catalog):
        for source in ("huggingface", "modelscope"):
            for launch in launches(p, Asked(source=source)) or ():
                for step in launch.steps:
                    yield launch.server, step


def test_every_option_is_declared(catalog: Catalog, declared: Mapping[str, Mapping[str, str]]) -> None:
    seen: dict[str, set[str]] = {}
    commands = {(server, step.command): step for server, step in steps(catalog) if step.words}
    for (server, _), step in commands.items():
        words = step.words
        for start, own in PROGRAMS.items():
            program = FORKS.get((server, own), own)
            at = next((i for i in range(len(words)) if words[i : i + len(start)] == start), None)
            if at is None or (at and words[0] != "mlx.launch"):
                continue
            for flag, values in flags(split(step)[at + len(start) + len(step.env) :]):
                takes = declared[program].get(flag)
                assert takes is not None, f"{program} has no {flag}: {step.command}"
                assert (len(values) == 1) is (takes == "some") or takes == "either", f"{flag} of {step.command}"
                seen.setdefault(program, set()).add(flag)
    assert set(seen) == {*PROGRAMS.values(), *FORKS.values()}, "no program is left untried"
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


def test_what_ollama_is_told_is_declared(catalog: Catalog, declared: Mapping[str, Mapping[str, str]]) -> None:
    told: set[str] = set()
    for server, step in steps(catalog):
        if server == "ollama":
            assert {name for name, _ in step.env} <= declared["ollama serve"].keys()
            told |= {line.split()[1] for line in step.lines if line.startswith("PARAMETER")}
    assert {"num_ctx", "num_gpu", "num_batch"} == told
    assert told <= declared["Modelfile"].keys()


def test_options_that_are_gone_are_not_among_them(declared: Mapping[str, Mapping[str, str]]) -> None:
    assert "--swap-space" not in declared["vllm serve"]
    assert "--max-kv-size" not in declared["mlx_lm.server"]
    assert declared["llama-server"]["-fa"] == "some"

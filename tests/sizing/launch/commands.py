"""What a command asks for, read back by a parser of its own: the words of each server, as settings of a plan."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator, Sequence
from typing import Any

from sizing import Plan
from sizing.launch import Launch, Step


def split(step: Step) -> list[str]:
    """The words as a POSIX shell makes them of the command that is pasted."""
    assert step.command is not None
    return shlex.split(step.command)


def way(p: Plan, server: str) -> Launch:
    """The launch with a server."""
    assert p.launch is not None
    return next(one for one in p.launch if one.server == server)


def flags(words: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Each option with the words after it that are none."""
    for i, word in enumerate(words):
        if word.startswith("-") and not word.lstrip("-").replace(".", "").isdigit():
            values = []
            for other in words[i + 1 :]:
                if other.startswith("-") and not other[1:].isdigit():
                    break
                values.append(other)
            yield word, values


def llama_cpp(words: Sequence[str], devices: int = 1) -> dict[str, Any]:
    """llama-server's words as the arguments of ``plan``, on those of so many devices that it names or on all."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    for short, long, kind in (
        ("-m", "--model", str), ("-hf", "--hf-repo", str), ("-ngl", "--gpu-layers", str), ("-c", "--ctx-size", int),
        ("-np", "--parallel", int), ("-ctk", "--cache-type-k", str), ("-ctv", "--cache-type-v", str),
        ("-ub", "--ubatch-size", int), ("-b", "--batch-size", int), ("-fa", "--flash-attn", str),
        ("-ncmoe", "--n-cpu-moe", int), ("-ts", "--tensor-split", str), ("-sm", "--split-mode", str),
        ("-mg", "--main-gpu", int), ("-fit", "--fit", str), ("-dev", "--device", str), ("-cram", "--cache-ram", int),
        ("-H", "--host", str), ("-P", "--port", int), ("-r", "--rpc", str), ("-mm", "--mmproj", str),
        ("-st", "--spec-type", str),
    ):  # fmt: skip
        parser.add_argument(short, long, type=kind)
    for name in ("--swa-full", "--kv-unified", "--no-kv-unified", "--no-mmproj", "--embedding"):
        parser.add_argument(name, action="store_true")
    said = parser.parse_args(list(words[1:]))
    assert said.fit == "off", "else llama-server would choose anew what is not said"
    assert said.parallel >= 1, "else it would choose the slots by itself"
    keys, values = said.cache_type_k or "f16", said.cache_type_v or "f16"
    shares = None if said.tensor_split is None else [float(x) for x in said.tensor_split.split(",")]
    named = [int(name[4:]) for name in (said.device or "").split(",") if name.startswith("CUDA")]
    if devices > 1 and named and not said.rpc:
        own = dict(zip(named, shares or [1.0], strict=True))
        shares = [own.get(i, 0.0) for i in range(devices)]
    return {
        "context": said.ctx_size // said.parallel,
        "sequences": said.parallel,
        "cache_format": keys if keys == values else f"{keys}/{values}",
        "layers_on_device": None if said.gpu_layers in (None, "all") else int(said.gpu_layers),
        "experts_on_host": said.n_cpu_moe,
        "tensor_split": shares,
        "split": said.split_mode,
        "micro_batch": said.ubatch_size,
        "flash_attention": None if said.flash_attn == "on" else False,
        "swa_full": said.swa_full,
    }


def sglang(words: Sequence[str]) -> dict[str, Any]:
    """SGLang's words as the arguments of ``plan``."""
    assert words[:3] == ["python", "-m", "sglang.launch_server"]
    said = {flag: values[0] for flag, values in flags(words) if values}
    most = said.get("--max-running-requests")
    return {
        "context": int(said["--context-length"]),
        "utilization": float(said["--mem-fraction-static"]),
        "max_sequences": None if most is None else int(most),
        "micro_batch": int(said["--chunked-prefill-size"]),
        "cache_format": {"fp8_e4m3": "fp8"}.get(said.get("--kv-cache-dtype", ""), "f16"),
        "mtp": True if "--speculative-num-steps" in said else None,
        "draft_tokens": int(said["--speculative-num-steps"]) if "--speculative-num-steps" in said else None,
    }


def vllm(words: Sequence[str]) -> dict[str, Any]:
    """``vllm serve``'s words as the arguments of ``plan``."""
    said = {flag: values[0] for flag, values in flags(words) if values}
    assert words[:2] == ["vllm", "serve"]
    return {
        "context": int(said["--max-model-len"]),
        "utilization": float(said["--gpu-memory-utilization"]),
        "max_sequences": int(said["--max-num-seqs"]),
        "micro_batch": int(said["--max-num-batched-tokens"]),
        "cache_format": said.get("--kv-cache-dtype", "f16"),
    }


def mlx(words: Sequence[str]) -> dict[str, Any]:
    """mlx_lm.server's words as the arguments of ``plan``; a context is none of them."""
    assert words[0] == "mlx_lm.server"
    said = {flag: values[0] for flag, values in flags(words) if values}
    bits = said.get("--kv-bits")
    assert bits is None or said["--quantized-kv-start"] == "0", "else the first tokens stay in 16 bits"
    return {
        "sequences": int(said["--decode-concurrency"]),
        "cache_format": "f16" if bits is None else f"{bits}bit",
        "micro_batch": int(said.get("--prefill-step-size", "2048")),
    }


def lm_studio(words: Sequence[str], layers: int) -> dict[str, Any]:
    """``lms load``'s words as the arguments of ``plan``, of a model with so many layers."""
    assert words[:2] == ["lms", "load"]
    said = {flag: values[0] for flag, values in flags(words) if values}
    slots = int(said["--parallel"])
    share = {"max": 1.0, "off": 0.0}.get(said["--gpu"])
    on_device = round((float(said["--gpu"]) if share is None else share) * (layers + 1))
    return {
        "context": int(said["--context-length"]) // slots,
        "sequences": slots,
        "layers_on_device": on_device,
    }


def tabbyapi(model: dict[str, Any]) -> dict[str, Any]:
    """TabbyAPI's ``model`` as the arguments of ``plan``; how much each device holds is none of them."""
    page = 256
    keys, _, values = str(model["cache_mode"]).removeprefix("Q").partition(",")
    own = -(-model["max_seq_len"] // page) * page
    assert model["cache_size"] == own * model["max_batch_size"]
    assert not values or keys == values
    return {
        "context": model["max_seq_len"],
        "sequences": model["max_batch_size"],
        "cache_format": "f16" if keys == "FP16" else f"q{keys}",
        "micro_batch": model["chunk_size"],
    }

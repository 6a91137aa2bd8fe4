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

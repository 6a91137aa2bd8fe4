"""What may a person pass to a runtime? Settings, what they make of a program and a rig, and which are impossible."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from sizing.engine.numbers import total
from sizing.engine.program import Program
from sizing.engine.rig import GPU_LIMIT, Place, Rig
from sizing.engine.sized import Sized
from sizing.errors import SizingError


@dataclass(frozen=True, slots=True)
class Settings:
    """What is passed to a runtime. What is None is what the runtime does by default, or what serves best."""

    split: str | None = None  # layer, tensor, or none for the first device alone: llama.cpp's -sm
    layers_on_device: int | None = None  # -ngl, the output layer counted as one
    experts_on_host: int | None = None  # first layers whose experts lie there: --n-cpu-moe
    tensor_split: tuple[float, ...] | None = None  # each device's share of the layers: -ts
    micro_batch: int | None = None  # tokens of a prompt that are computed at once: -ub, or vLLM's
    utilization: float | None = None  # the share of a device that vLLM takes, or SGLang for weights and cache
    max_sequences: int | None = None  # that vLLM answers at once, whatever is asked of it here: --max-num-seqs
    vision: bool | None = None  # with what sees and hears, or without: --mmproj
    mtp: bool | None = None  # with its multi-token-prediction layers, or without
    swa_full: bool = False  # windows hold the whole context, so that a prompt's start can be taken up again
    flash_attention: bool | None = None  # with its kernel, or without: -fa
    lora: int = 0  # bytes of low-rank adapters: --lora
    draft: tuple[int, int, int] | None = None  # bytes of a draft model's weights, cache and buffers: --draft
    slots: int | None = None  # sequences that share one context: llama-server's --parallel beside one --ctx-size
    unified: bool = False  # they take of it what they need, where each has an equal part else: --kv-unified
    in_use: tuple[int, ...] | None = None  # bytes of each device, from the first on, that others have taken
    wired_limit: int | None = None  # bytes that the system lets the GPU have of one memory: iogpu.wired_limit_mb
    drafted: int = 0  # tokens that are drafted at once; 0 where nothing drafts
    unsplit: bool = False  # a split was asked for of one device, which has everything anyway

    @property
    def placed(self) -> bool:
        """Whether they say where layers lie."""
        return self.layers_on_device is not None or self.experts_on_host is not None or self.tensor_split is not None


DEFAULT: Final = Settings()

USUAL_CACHE: Final = "f16"  # of a cache of which nothing is said

# What others have taken of a card before anything runs, where people do not know how much. A desktop: two monitors of
# 1440p on an RTX 3080 under Windows 11 (sudoingX/qwen38-mtp at c7bc415, sweeps/rtx-3090.md; headless 64 to 179 MiB).
# Windows, which keeps a part of every card, also of those without a monitor: what CUDA calls free is 350 to 615 MiB
# less than what Linux leaves a program after its context (RTX 5070 11,013 MiB, antirez/llama.cpp-deepseek-v4-flash
# issue 11; RTX 3090 22.7 GiB, ollama issue 8723; RTX 2080 Ti 10,121 MiB, PR 10569; RTX 2060 5.0 GiB, issue 9562).
DESKTOP: Final = "desktop"
WINDOWS: Final = "windows"
OF_DESKTOP: Final = 1004 * 1024 * 1024
OF_WINDOWS: Final = 615 * 1024 * 1024


def taken_by(who: str) -> int:
    """Bytes of a card that a desktop or Windows takes. Raises SizingError for another word."""
    if who == DESKTOP:
        return OF_DESKTOP
    if who == WINDOWS:
        return OF_WINDOWS
    raise SizingError(f"{who} takes nobody knows how much of a device; write its size, {DESKTOP} or {WINDOWS}")


def alone(asked: Settings, rig: Rig | None) -> Settings:
    """The settings without a split, where there is one device to split over."""
    if asked.split is None or rig is None or len(rig.devices) > 1:
        return asked
    return replace(asked, split=None, unsplit=True)


def without_effect(asked: Settings, sized: Sized, rig: Rig | None, kind: str) -> tuple[str, ...]:
    """Which settings, and a cache's ``kind`` that is not the usual one, change nothing of this model on this rig."""
    layers, found = sized.layers, ["split"] if asked.unsplit else []
    if asked.tensor_split is not None and rig is not None and len(rig.devices) == 1:
        found.append("tensor_split")
    hosted = len(layers) + 1 - (len(layers) + 1 if asked.layers_on_device is None else asked.layers_on_device)
    if asked.experts_on_host and asked.experts_on_host <= hosted:
        found.append("experts_on_host")
    if asked.swa_full and all(x.cache.limit is None for x in layers):
        found.append("swa_full")
    if asked.flash_attention is False and sized.widths.heads == 0:
        found.append("flash_attention")
    if asked.unified and asked.slots == 1:
        found.append("unified")
    if kind != USUAL_CACHE and all(x.cache.bytes_per_token == 0 and len(x.cache.compressed) == 0 for x in layers):
        found.append("cache_format")
    return tuple(found)


def set_up(program: Program, asked: Settings, text: int = 0) -> Program:
    """The program with what is set of it; ``text`` tokens must be computed at once. Raises SizingError for fewer."""
    if asked.micro_batch is not None and asked.micro_batch < text:
        what = "is shorter than a text of a whole context, which is read at once; give"
        raise SizingError(f"a micro-batch of {asked.micro_batch} {what} {text}")
    batch = max(program.batched_tokens, text) if asked.micro_batch is None else asked.micro_batch
    split = program.split if asked.split in (None, "none") else asked.split
    rows = program.logit_rows if asked.max_sequences is None or program.gguf else asked.max_sequences
    return replace(
        program,
        split=split or program.split,
        # llama.cpp's split of tensors keeps everything on the devices.
        offload=program.offload and split == program.split,
        utilization=program.utilization if asked.utilization is None else asked.utilization,
        margin=program.margin if asked.utilization is None else 0,
        batched_tokens=batch,
        # llama.cpp has logits for each token of a micro-batch.
        logit_rows=batch if program.gguf and program.logit_rows == program.batched_tokens else rows,
        whole_windows=asked.swa_full,
        flash=asked.flash_attention is not False,
    )


def at_home(program: Program, rig: Rig) -> Program:
    """The program with what it does by itself on such devices. Raises SizingError for what runs in one box alone."""
    if rig.nodes > 1 and not program.spans:
        raise SizingError(f"{program.runtime} runs in one box; choose llama.cpp, vllm or another that spans several")
    if program.experts_alone and len(rig.devices) > 1:
        name = program.runtime
        raise SizingError(f"{name} on several cards is not planned: each has a share of every layer; name one card")
    taken = context_on(program, rig)
    if not program.defaults:
        return program if taken == program.overhead else replace(program, overhead=taken)
    found, memory = program.defaults[0], min(rig.capacities)
    for one in program.defaults:
        if one.memory <= memory and not any(p.card is not None and p.card.id in program.small for p in rig.devices):
            found = one
    return replace(
        program,
        margin=found.margin + program.margin_each * len(rig.devices),
        batched_tokens=found.batched_tokens,
        logit_rows=found.logit_rows,
        overhead=taken + (program.joined if rig.switched else 0),
    )


def context_on(program: Program, rig: Rig) -> int:
    """Bytes that driver and context take on each device, the most of any: as was measured of it, if that was."""
    most = 0
    for place in rig.devices[:1] if rig.alike else rig.devices:
        own = [size for card, size in program.contexts if place.card is not None and place.card.id == card]
        most = max(most, own[0] if own else program.overhead)
    return most


def left(rig: Rig, asked: Settings) -> Rig:
    """The rig with what others leave of it, and what is used of it."""
    used = asked.in_use or ()
    taken = [used[i] if i < len(used) else 0 for i in range(len(rig.devices))]
    limit, assumed = asked.wired_limit, rig.assumed
    if limit is not None:
        assumed = tuple([one for one in assumed if one != GPU_LIMIT])
    places = [
        Place(place.name, (place.capacity if limit is None else limit) - taken[i], place.bandwidth, place.card)
        for i, place in enumerate(rig.devices)
    ]
    host = rig.host
    if rig.unified:
        host = Place(host.name, host.capacity - total(taken), host.bandwidth)
    nodes, network = rig.nodes, rig.network
    if asked.split == "none":
        places, nodes, network = places[:1], 1, None
    return Rig(rig.id, (*places, host), rig.unified, rig.backends, nodes, assumed, network)


def check(asked: Settings, program: Program, sized: Sized, rig: Rig | None, sequences: int) -> None:
    """Raise SizingError for settings that no runtime, this one, or this rig takes."""
    name = program.runtime
    placing = asked.placed or asked.split is not None
    if rig is None and (placing or asked.in_use is not None or asked.utilization is not None):
        raise SizingError("split, layers, utilization and memory in use are of a machine; name one")
    if asked.split not in (None, "layer", "tensor", "none"):
        raise SizingError(
            f"split {asked.split} is not planned: it keeps the whole cache on one card; choose layer, tensor or none"
            if asked.split == "row"
            else f"split {asked.split} is not planned; choose layer, tensor or none"
        )
    if asked.placed and not program.gguf:
        raise SizingError(f"{name} has no -ngl, --n-cpu-moe or -ts; these are llama.cpp's")
    if asked.split == "tensor" and (asked.layers_on_device is not None or asked.experts_on_host is not None):
        raise SizingError("split tensor gives every device a share of every layer; leave -ngl and --n-cpu-moe out")
    if asked.placed and program.backend == "cpu":
        raise SizingError("a processor alone has no device to place layers on; leave -ngl, --n-cpu-moe and -ts out")
    if asked.experts_on_host and not sized.experts:
        raise SizingError("the model has no experts; --n-cpu-moe is for mixtures, -ngl for dense models")
    for what, value, least in (
        ("layers on the device", asked.layers_on_device, 0),
        ("layers with experts on the host", asked.experts_on_host, 0),
        ("micro-batch", asked.micro_batch, 1),
        ("slots", asked.slots, 1),
        ("sequences at once", asked.max_sequences, 1),
    ):
        if value is not None and value < least:
            raise SizingError(f"{what}: {value} is not possible; give a whole number from {least} up")
    if asked.utilization is not None:
        if not 0 < asked.utilization <= 1:
            raise SizingError(f"utilization {asked.utilization} is not possible; give a share such as 0.9")
        if not program.pools:
            raise SizingError(f"{name} takes no share of a device; say what others use of it with in_use")
    _check_sequences(asked, program, sequences)
    if asked.wired_limit is not None:
        if rig is None or not rig.unified or program.backend == "cpu":
            raise SizingError("a wired limit is of a chip whose GPU shares the memory; name such a machine")
        if not 0 < asked.wired_limit <= rig.host.capacity:
            raise SizingError("a wired limit lies between 0 and the memory less what the operating system keeps")
    if rig is not None:
        _check_devices(asked, rig)


def _check_sequences(asked: Settings, program: Program, sequences: int) -> None:
    name = program.runtime
    if asked.max_sequences is not None and not program.pools:
        raise SizingError(f"{name} has no --max-num-seqs; give sequences, or slots that share one context")
    if (asked.swa_full or asked.flash_attention is not None) and not program.gguf:
        raise SizingError(f"{name} has no --swa-full and no -fa; these are llama.cpp's")
    if asked.lora < 0:
        raise SizingError("adapters take 0 bytes or more")
    if asked.unified and asked.slots is None:
        raise SizingError("a unified cache is of slots that share one context; give their number with it")
    if asked.slots is not None:
        if not program.gguf:
            raise SizingError(f"slots share one context in llama.cpp alone; give {name} sequences")
        if sequences > 1:
            raise SizingError("slots share one context, sequences have one each; give one of the two")


def _check_devices(asked: Settings, rig: Rig) -> None:
    devices = 1 if asked.split == "none" else len(rig.devices)
    shares, used = asked.tensor_split, asked.in_use
    if shares is not None:
        if len(shares) != devices:
            raise SizingError(f"the tensor split has {len(shares)} shares; the machine uses {devices} devices")
        if min(shares) < 0 or max(shares) <= 0:
            raise SizingError("a tensor split is shares from 0 up, of which one at least is more, such as 3,1")
    if used is not None:
        if len(used) > len(rig.devices):
            raise SizingError(f"memory in use of {len(used)} devices is given; the machine has {len(rig.devices)}")
        for i, taken in enumerate(used):
            if not 0 <= taken < rig.places[i].capacity:
                raise SizingError(f"memory in use of {rig.places[i].name} lies between 0 and what it offers")

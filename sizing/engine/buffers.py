"""What does computing need besides weights and cache? The buffers of a place that computes.

llama.cpp's graph allocator reserves for the hungriest step of one micro-batch: its logits and activations, and the
attention mask (source: llama.cpp src/llama-graph.cpp). ``widths`` looks at a model once; the rest is arithmetic on
plain numbers. Where in memory the allocator puts a step is not followed: in a few models at 128K tokens what is left
of the mask's place is too small for the logits behind it, and up to the mask more is reserved (ggml/src/ggml-alloc.c,
which takes the smallest hole that fits; the record's Qwen3.5 27B, 122B and Kimi Linear: 17 to 20 %).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from sizing.engine.numbers import power
from sizing.engine.program import Program

MICRO_BATCH: Final = 512  # llama.cpp's default -ub

# Of what passes between devices that hold all layers, llama.cpp keeps so many copies, so that they work at once
# (GGML_SCHED_MAX_COPIES in ggml/src/ggml-backend.cpp); also of the mask. Not where weights lie on the host.
PIPELINE: Final = 4

# Bytes that PyTorch's samplers take for one logit: in FP32, copied, sorted with its index, and as a probability and
# its sum. Nine activation peaks that vLLM printed divide to 38.4 to 41.2 (catalog/measurements/buffers.csv).
SAMPLING: Final = 39


# What PyTorch has of a gated delta net's step: times the width of its values, in 16 bits, with its inputs, convolution,
# keys and queries for every head, and the states of its chunks. It is more than a feed-forward block takes, and shows
# where few sequences are sampled: vLLM's logs and pools say 1.1 to 2.4 GiB for Qwen3.6 and 3.8 27B where 4,096 or 8,192
# tokens are computed at once, on one card or two (noonghunna/club-3090, mitchross/talos-argocd-proxmox PR 1995).
DELTA: Final = 24

# Of that, and of what a tower writes, the part that ranks divide among themselves: heads and feed-forward blocks; the
# stream is everyone's. Pools of Qwen3.6 and 3.8 over two cards (pools.csv) leave as much beside.
DIVIDED: Final = 0.6

# Bytes that cuBLAS multiplies with, which PyTorch allocates once: 32 MiB on Hopper and later, 8 before
# (aten/src/ATen/cuda/CublasHandlePool.cpp). On an H20 nine models hold 33 to 36 MiB beside weights and cache.
WORKSPACE: Final = 32 * 1024 * 1024

# MLX hands the GPU command buffers of at most 50 operations, or 50 Mi numbers that these read and write, on Pro chips
# of 40, and makes no more of them while eleven wait (mlx/backend/metal/device.cpp, mlx/transforms.cpp). Whatever these
# write is there until the GPU has done them: of a short prompt what 50 operations each write, which is as much as so
# many of a feed-forward block's widest steps in 16 bits; of a longer one at most so many bytes, however large the model
# is, and of each the last operation goes beyond, by its own width. The convolution of a gated delta net spreads its
# inputs out: so many times as wide as its values. Two of these buffers and a half hold no more than the scores of
# attention where no kernel of its own attends, and its sums; a score takes 16 bits and a token's mask a bit of that.
# Of 79 peaks (catalog/measurements/totals.csv) these meet 76 within 2 %, and none is more than that above.
MLX_STEPS: Final = 20
MLX_WRITTEN: Final = 650 * 1024 * 1024
MLX_BEYOND: Final = 5.5
MLX_SPREAD: Final = 75
SCORE: Final = 2.08
MLX_OTHERS: Final = 8 / 11

# MLX has no kernel for a prompt of Mamba-2: a chunk of 256 tokens is so many matrices in FP32, of all chunks at once
# (mlx_lm/models/ssm.py). Granite 4.0 H Small with 2,048 tokens peaks at 23.50 GB so, and at 61.32 GB when all of them
# were one chunk (mlx-lm's pull request 525): both are 20 within 1 %.
MLX_MATRICES: Final = 20
MLX_CHUNK: Final = 256


@dataclass(frozen=True, slots=True)
class Widths:
    """How wide the steps of a model's graph are: elements for one token."""

    vocab: int
    hidden: int
    feed_forward: int  # of the widest layer: of all the experts that a token uses
    experts_used: int  # 0 for a dense model
    experts_width: int  # of what the experts that a token uses answer, side by side
    streams: int  # copies of the hidden width that live beside the experts
    mixer: int  # of the widest mixer that keeps a state
    delta: int  # of the values of a gated delta net; 0 without such
    compressed: int  # compressed attention: its queries three times, and two copies of all residual streams; else 0
    ungated: bool  # a feed-forward block has no gate
    latent_rows: int  # MLA: heads times what each holds of the latent and of the positions, twice; else 0
    shared: bool  # has shared experts
    chosen: int  # tokens that indexers beside MLA choose for a token, in each layer; 0 without such
    pooled: bool  # they score means of several tokens: the streams are beside scores and mask, and no latents are
    block_heads: int  # heads of indexers that score blocks of tokens, beside grouped heads; else 0
    lagging: bool  # the experts of two layers are copied from a host at once
    queries: int  # of the widest attention layer
    attending: int  # of the same while it attends, beside the residual stream: queries and answers, and their gates
    window: int  # tokens that its sliding layers see; 0 without such
    heads: int  # of the widest layer that attends to all tokens; of one with a window, where none does
    all_windows: bool  # every layer that attends has a window
    scored: int  # heads whose scores of all tokens MLX writes down, no kernel of its own having heads as wide; of MLA
    # twice: what latents score, and what positions do
    stacked: int  # elements of a tower's layers that enter beside an embedded token, whether it sees or not
    passed: int  # from one device to the next: two terms of the residual stream, or all its streams
    projected: int  # of what a Mamba mixer projects its input to; 0 without such
    scanned: int  # of what its scan answers
    paired: int  # heads of Mamba-2, for each of which MLX writes a number for every two tokens of a chunk


def compute(w: Widths, program: Program, context: int, has_output: bool, layers: int = 1, ranks: int = 1) -> int:
    """Bytes of a place that computes a whole model of so many ``layers``, or its share of one, as one of ``ranks`` that
    divide the heads of a gated delta net: llama.cpp's on the CPU."""
    if program.gguf:
        # The embedded tokens stay beside what a device would hold.
        return 4 * program.batched_tokens * (w.hidden + w.stacked + _peak(w, program, context, has_output, layers))
    if program.files == "mlx":
        return _in_flight(w, min(program.batched_tokens, context), context)
    step = 2 * (3 * w.feed_forward + 3 * w.hidden)
    # One after the other: a batch of tokens in 16 bits, and logits.
    logits = program.logit_rows * SAMPLING * w.vocab if has_output else 0
    # Without a flash kernel keys and values are written once more for each head that asks.
    repeated = 0 if program.flash else 4 * w.queries * context
    return WORKSPACE + max(
        logits, repeated + program.batched_tokens * max(step, round(2 * DELTA * w.delta * divided(ranks)))
    )


def divided(ranks: int) -> float:
    """The part that each of so many ranks writes of what one alone would."""
    return 1 - DIVIDED + DIVIDED / max(1, ranks)


def _in_flight(w: Widths, tokens: int, context: int) -> int:
    """Bytes that MLX has written for the ``tokens`` of a prompt's step and not yet freed, after ``context`` tokens."""
    soon = MLX_STEPS * 2.0 * (3 * w.feed_forward + 3 * w.hidden) * tokens
    most = MLX_WRITTEN + MLX_BEYOND * w.feed_forward * tokens
    written = soon / sqrt(sqrt(1 + power(soon / most, 4))) + 2 * MLX_SPREAD * w.delta * tokens
    written = max(written, 4 * MLX_MATRICES * w.paired * tokens * min(MLX_CHUNK, tokens))
    scores = SCORE * w.scored * context * tokens
    return round(max(written, scores + MLX_OTHERS * written))


def device(
    w: Widths,
    program: Program,
    context: int,
    *,
    output: bool,
    first: bool = True,
    copies: int = 1,
    matrix: int = 0,
    copied: int = 0,
    others: int = 0,
    cache: float = 0.0,
    widened: int = 0,
    layers: int = 1,
    torn: int = 0,
    masked: bool = True,
    ranks: int = 1,
) -> int:
    """Bytes of a device of so many ``layers``, with the ``output`` layer or not, with the ``first`` layer or not.

    ``copies`` is ``PIPELINE`` where several devices hold everything, else 1. The first device computes a prompt's steps
    also where their weights or their cache lie on the host, and copies them into its buffer: ``matrix`` is the largest
    there, ``copied`` what it copies of experts at once, where that is more, ``others`` what for a layer that another
    device has, ``cache`` what ``carried`` says; of others than llama.cpp, what is there twice. ``widened`` is a layer's
    cache in 16 bits, where attention copies it so. Bytes.
    """
    if not program.gguf:
        return compute(w, program, context, output, ranks=ranks) + round(cache)
    batch = 4 * program.batched_tokens
    masks = _masks(w, program, context)
    if copies > 1:
        # Copies live as long as the graph does.
        entering = w.hidden + (w.hidden if w.stacked else 0)
        passed = w.passed if layers else w.hidden  # to the output layer alone, what all others made
        kept = copies * (masks * masked + torn + (entering if first else passed))
        widest = max(_logits(w, program) if output else 0, _layer(w, program, context, layers))
        return _with_copy(w, batch, widest, kept, widened)
    held = _with_copy(w, batch, _peak(w, program, context, output, layers) - masks, masks, widened)
    if cache:
        widest = _layer(w, program, context, layers)
        held = max(held, round(cache) + batch * (4 * w.hidden + masks), matrix + batch * (widest + masks))
    elif matrix:
        # The last product of a mixture holds the chosen experts' answers.
        answers = w.experts_width + 4 * w.hidden + w.feed_forward + _zeros(w, context, layers)
        held = max(held, matrix + batch * (answers + masks))
    if copied:
        held = max(held, copied + batch * (5 * w.hidden + masks))
    if others:
        # Neither a mask nor anything of the layer but its input is there then.
        held = max(held, others + batch * w.hidden)
    return held


def carried(caches: Sequence[float]) -> tuple[float, ...]:
    """Bytes of cache that a device holds for the host's layers, were there so many: one's, and the keys of the next."""
    found, most = [0.0], 0.0
    for i, one in enumerate(caches):
        if i:
            most = max(most, caches[i - 1] + one / 2)
        found.append(max(most, one))
    return tuple(found)


def host(w: Widths, program: Program, context: int, copies: int = 1, mixes: bool = False) -> int:
    """Bytes of the host beside devices: tokens as they come and embedded, in FP32, and the masks, in FP16. Where it
    ``mixes``, it has layers with a state of its own: it computes what has no weights of them, twice the inputs."""
    if not program.gguf:
        return 0
    embedded = (1 + copies) * w.hidden + copies * w.stacked + (w.mixer * 3 // 4 if mixes else 0)
    return 4 * program.batched_tokens * (embedded + copies * _masks(w, program, context))


def _peak(w: Widths, program: Program, context: int, has_output: bool, layers: int) -> int:
    """FP32 elements for a token at the hungriest step: its logits, or a layer with the masks."""
    widest = _layer(w, program, context, layers) + _masks(w, program, context)
    return max(_logits(w, program) if has_output else 0, widest)


def _zeros(w: Widths, context: int, layers: int) -> int:
    """What makes room in the mask for the tokens that indexers chose: it enters as data, so that all layers' are there
    from the start (build_attn of llm_graph_input_attn_k_dsa in llama.cpp's src/llama-graph.cpp)."""
    return layers * min(w.chosen, context)


def _with_copy(w: Widths, batch: int, widest: int, kept: int, widened: int) -> int:
    """Bytes of the hungriest step: the widest one, or attention with its copy of a cache, which lies behind its answers
    (ggml_cuda_flash_attn_ext_get_alloc_size in ggml/src/ggml-cuda/fattn.cu). ``batch`` is bytes for an element,
    ``kept`` the elements that are there all the time."""
    held = batch * (widest + kept)
    if w.chosen:
        return held + widened  # the indexer's scores are still there
    if w.latent_rows:
        # A copy that is no larger than the answers lies where others were; else behind queries, answers and all.
        answers = w.latent_rows * 4 // 9
        if widened <= batch * answers:
            return held
    return max(held, widened + batch * (w.attending + 2 * w.hidden + kept)) if widened else held


def _logits(w: Widths, program: Program) -> int:
    """The logits with the streams that lead to them, for each token of a micro-batch."""
    logits = w.vocab * program.logit_rows // program.batched_tokens
    return logits + (1 + w.shared + bool(w.latent_rows) + bool(w.mixer)) * w.hidden


def _layer(w: Widths, program: Program, context: int, layers: int) -> int:
    """The widest step of one of so many layers, the masks aside."""
    if w.compressed:
        # Its scores and entries, beside the masks: 4 to 10 bits a cached token together, with the cache's type.
        return w.compressed - w.hidden + context * 3 // 20
    if w.pooled:
        # As recorded of GLM-5.3-Flash: as wide as every cached token's scores, and half of the selections.
        return max(w.latent_rows + 6 * w.hidden, 4 * w.hidden + context + w.chosen // 2)
    if w.chosen:
        # Scores of every cached token, and the selections made from them.
        return w.latent_rows + 6 * w.hidden + context + _zeros(w, context, layers)
    steps = [_feed_forward(w)]
    if not program.flash and w.heads:
        # Every head's scores in FP32 beside queries, what they answer, and the streams.
        seen = min(context, w.window + program.batched_tokens) if w.all_windows else context
        steps.append(w.heads * seen + 2 * w.queries + 3 * w.hidden)
    if w.mixer:
        steps.append(w.mixer + 2 * w.hidden)
    if w.latent_rows:
        steps.append(w.latent_rows + 7 * w.hidden)
    if w.block_heads:
        # Scores of every cached token by each head, twice, and those chosen.
        steps.append(2 * w.queries + 3 * w.hidden + context * (2 * w.block_heads + 1))
    return max(steps)


def _feed_forward(w: Widths) -> int:
    """The widest step of a feed-forward block: gate, up and their product beside the streams; without a gate what goes
    up, which is activated where it lies."""
    gates = 1 if w.ungated else 2
    if not w.experts_used:
        return (1 if w.ungated else 3) * w.feed_forward + 3 * w.hidden
    # The chosen experts' answers, side by side before they are summed: where gate and up were, if they fit there.
    if w.mixer or w.streams > 8 or w.experts_width != w.experts_used * w.hidden:
        return w.experts_width + gates * w.feed_forward + (w.streams - 1) * w.hidden
    answers = w.experts_width if w.experts_width > gates * w.feed_forward else 0
    return (gates + 1) * w.feed_forward + 4 * w.hidden + answers


def _masks(w: Widths, program: Program, context: int) -> int:
    """The mask of all tokens and, for windows, that of theirs; an indexer has one too, and states alone have none. In
    FP32 elements, FP16 where a flash kernel attends."""
    if w.compressed:
        return context // 4
    if not w.heads:
        return 0
    window = min(context, w.window + program.batched_tokens) if w.window else 0
    if w.window and program.whole_windows:
        window = context
    return ((2 if w.chosen else 1) * context + window) // (2 if program.flash else 1)

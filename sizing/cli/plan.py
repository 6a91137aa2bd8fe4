"""``sizing plan``: what does a model take, and how does it run on a machine?"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sizing.cli.models import add_model, model_of
from sizing.cli.steps import as_dicts, said
from sizing.engine.settings import DESKTOP, WINDOWS, taken_by
from sizing.errors import SizingError
from sizing.facts.content import is_file
from sizing.facts.units import GIB, MIB, significant

if TYPE_CHECKING:
    from sizing.catalog import Catalog
    from sizing.engine.speed import Rate
    from sizing.facts.quotes import Market, Quote
    from sizing.model import Model
    from sizing.plan import Plan
    from sizing.ways import Way

NAME: Final = "plan"
HELP: Final = "memory, fit and speed of a model"

SPARED: Final = 64 * MIB  # of logits, from which it is worth a line

# What stands on something that nobody said of this machine.
ASSUMED: Final = {
    "gpu_limit": "what the system lets the GPU use, by other sizes of this vendor's",
    "driver_memory": "what the card offers a program, by its box and this vendor's other cards",
    "power_limit": "what the power limit does to speed, by other cards",
    "network": "what it costs to go from one box to the next, by other boxes",
    "acceptance": "how many drafted tokens are kept, by what others wrote",
    "slot_logits": "a llama-server since mid-2026, which keeps a row of logits for each of its slots",
    "link": "how the cards reach each other: PCIe 3.0 x16, as nobody states it",
    "host_link": "how the cards reach the host: PCIe 3.0 x16, as nobody states it",
    "bridge": "a bridge of NVLink between the cards, which is sold apart; without one they go by PCIe",
    "context": "what driver and context take of a card, as with another backend",
    "host": "a desktop's DDR5-5600 in two channels for the host",
    "host_bandwidth": "the host's bandwidth, by its channels' rate",
}


# What was asked for and changes nothing, and why.
IDLE: Final = {
    "split": "--split-mode, of one device, which has everything anyway",
    "tensor_split": "--tensor-split, of one device, which has everything anyway",
    "experts_on_host": "--n-cpu-moe, of layers that --ngl leaves on the host whole",
    "swa_full": "--swa-full, as no layer has a window here",
    "flash_attention": "--no-flash-attention, as no layer attends to tokens",
    "unified": "--kv-unified, of one slot, which has the whole context anyway",
    "cache_format": "--cache-format, as nothing is kept of a token: layers have states, or see a text once",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be asked."""
    add_model(parser)
    parser.add_argument("--on", metavar="MACHINE", help="a machine, or cards: rtx-4090, 2x-rtx-3090, rtx-5080+rtx-3090")
    host = parser.add_mutually_exclusive_group()
    host.add_argument("--host", metavar="ID", help="the host beside the cards, such as desktop-ddr5-64gb")
    host.add_argument("--ram", metavar="M", help="the host's memory: 64GB, or 64GB@DDR4-3200x2 with type and channels")
    parser.add_argument(
        "--format",
        metavar="F",
        action="append",
        help="such as Q4_K_M; repeat; unsaid the file's own, else as published",
    )
    parser.add_argument(
        "--context", metavar="N", action="append", type=tokens, help="tokens, such as 8192 or 8K; repeat"
    )
    parser.add_argument("--cache-format", metavar="T", default="f16", help="f16, q8_0, q4_0 …")
    parser.add_argument("--runtime", metavar="R", help="such as llama.cpp or vllm")
    parser.add_argument("--sequences", metavar="N", type=int, default=1, help="sequences held at once")
    parser.add_argument(
        "--measured",
        metavar="RATE",
        help="your own tokens/s: 71.3, 71.3@4096 tokens deep, 'pp512 3200' of a prompt, 'MODEL FORMAT 71.3'",
    )
    _add_settings(parser)
    parser.add_argument("--json", action="store_true", help="a list of plans")
    parser.add_argument("--explain", action="store_true", help="every step of the arithmetic, with its sources")


def _add_settings(parser: argparse.ArgumentParser) -> None:
    """What is passed to a runtime, by the runtimes' own names."""
    group = parser.add_argument_group("settings, unsaid what the runtime does by itself or what serves best")
    group.add_argument("--split-mode", dest="split", choices=("layer", "tensor", "none"), help="over several devices")
    group.add_argument("--ngl", dest="layers_on_device", metavar="N", type=int, help="layers on the devices")
    group.add_argument(
        "--n-cpu-moe", dest="experts_on_host", metavar="N", type=int, help="layers whose experts are not"
    )
    group.add_argument("--tensor-split", metavar="A,B", type=_shares, help="each device's share of the layers: 3,1")
    group.add_argument(
        "--ubatch", dest="micro_batch", metavar="N", type=int, help="tokens of a prompt computed at once"
    )
    group.add_argument("--mmproj", dest="vision", action="store_const", const=True, help="with what sees and hears")
    group.add_argument("--no-mmproj", dest="vision", action="store_const", const=False, help="or without")
    group.add_argument(
        "--mtp", action="store_const", const=True, help="with its own layers that draft tokens, which then do"
    )
    group.add_argument("--batch", metavar="N", type=int, help="tokens of a prompt taken up at once: bounds --ubatch")
    group.add_argument("--swa-full", action="store_true", help="windows hold the whole context")
    group.add_argument(
        "--no-flash-attention", dest="flash_attention", action="store_const", const=False, help="as -fa off"
    )
    group.add_argument("--lora", metavar="M", type=_adapter, default=0, help="a file's, or 200MiB")
    group.add_argument("--draft", metavar="MODEL[:F]", help="a draft model beside it, which drafts tokens")
    group.add_argument("--draft-tokens", metavar="N", type=int, help="drafted at once, unsaid as many as serve best")
    group.add_argument(
        "--acceptance", metavar="F", type=float, help="the share of them that is kept: 0.7; unsaid as was measured"
    )
    group.add_argument("--power-limit", metavar="W", type=float, help="watts of each device")
    group.add_argument("--parallel", dest="slots", metavar="N", type=int, help="slots that share the one context")
    group.add_argument("--kv-unified", dest="unified", action="store_true", help="slots take of it what they need")
    group.add_argument("--utilization", metavar="F", type=float, help="the share of a device that vLLM takes: 0.9")
    group.add_argument(
        "--max-num-seqs", dest="max_sequences", metavar="N", type=int, help="sequences that vLLM answers at once"
    )
    group.add_argument(
        "--in-use",
        metavar="M",
        type=in_use,
        help="taken by others of the first device, or of each: 1.2GiB,0.3GiB; where nobody knows, desktop or windows",
    )
    group.add_argument("--wired-limit", metavar="MB", type=_mib, help="of a Mac, as iogpu.wired_limit_mb says: 92000")


SETTINGS: Final = (
    "split", "layers_on_device", "experts_on_host", "tensor_split", "micro_batch", "vision", "mtp", "slots", "unified",
    "utilization", "max_sequences", "in_use", "wired_limit", "swa_full", "flash_attention", "lora", "power_limit",
    "draft_tokens", "acceptance",
)  # fmt: skip


def _mib(text: str) -> int:
    """Whole MiB, as the system's setting takes them."""
    if not re.fullmatch(r"[1-9][0-9]{0,7}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no limit; write MiB, such as 92000")
    return int(text) * MIB


def _adapter(text: str) -> int:
    """A file's size, or ``200MiB``."""
    if is_file(text):
        return Path(text).stat().st_size
    found = sizes(text)
    if len(found) != 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no adapter; give its file, or its size such as 200MiB")
    return found[0]


def _bounded(micro_batch: int | None, batch: int | None) -> int | None:
    """The micro-batch, which is no larger than a batch; llama.cpp's own is 512."""
    if batch is not None and batch < (micro_batch or 512):
        return batch
    return micro_batch


def _takes_batches(p: Plan, batch: int | None) -> None:
    """Raise SizingError for a batch where the runtime knows one size only."""
    if batch is not None and p.runtime.files != "gguf":
        raise SizingError(f"{p.runtime.id} has no --batch; give --ubatch, the tokens that it computes at once")


def _shares(text: str) -> tuple[float, ...]:
    """``3,1``."""
    try:
        found = tuple(float(part) for part in text.split(","))
    except ValueError:
        found = ()
    if not found or not all(0 <= share < 1e9 for share in found):
        raise argparse.ArgumentTypeError(f"{text!r} is no split; write a share for each device, such as 3,1")
    return found


def sizes(text: str) -> tuple[int, ...]:
    """``1.2GiB,300MiB``."""
    said = [re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]{1,3})?) ?([GM])i?B|0", part.strip()) for part in text.split(",")]
    if not all(said):
        raise argparse.ArgumentTypeError(f"{text!r} is no memory; write 1.2GiB, or one for each device: 1.2GiB,0")
    return tuple(round(float(x[1]) * (GIB if x[2] == "G" else MIB)) if x and x[1] else 0 for x in said)


def in_use(text: str) -> tuple[int, ...]:
    """``1.2GiB,300MiB``, or what a desktop or Windows takes of a card: ``desktop,windows``."""
    words = [part.strip() for part in text.split(",")]
    return tuple(taken_by(word) if word in (DESKTOP, WINDOWS) else sizes(word)[0] for word in words)


def tokens(text: str) -> int:
    """``8192``, ``128K`` or ``1M``; K is 1,024, and M so many K."""
    times = {"k": 1024, "m": 1024 * 1024}.get(text[-1:].lower(), 1)
    try:
        value = int(text if times == 1 else text[:-1]) * times
    except ValueError:
        value = 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of tokens; write 8192 or 8K")
    return value


def run(asked: argparse.Namespace) -> int:
    """Print the plans."""
    from sizing.catalog import Catalog

    catalog = Catalog.load(asked.catalog)
    plans = plans_of(catalog, model_of(catalog, asked), asked)
    if asked.json:
        print(json.dumps([_as_dict(p, asked.explain) for p in plans], indent=2))
    else:
        print("\n\n".join("\n".join([describe(p), *(said(p.explain()) if asked.explain else ())]) for p in plans))
    return 0


def _as_dict(p: Plan, explain: bool) -> dict[str, object]:
    """Plain data, with its steps where they were asked for."""
    return {**p.as_dict(), **({"explain": as_dicts(p.explain())} if explain else {})}


def plans_of(catalog: Catalog, model: Model, asked: argparse.Namespace) -> list[Plan]:
    """A plan for each format and context that was asked. Raises SizingError."""
    from sizing.own import read
    from sizing.plan import plan

    if (beside := asked.host or asked.ram) and not asked.on:
        raise SizingError(f"a host ({beside}) without a machine says nothing; name the machine with --on")
    machine = catalog.machine(asked.on, beside) if asked.on else None
    measured = read(asked.measured, catalog) if asked.measured else None
    asked.micro_batch = _bounded(asked.micro_batch, asked.batch)
    plans = [
        plan(
            model,
            machine,
            format=fmt,
            context=context,
            cache_format=asked.cache_format,
            runtime=asked.runtime,
            sequences=asked.sequences,
            measured=measured,
            draft=_draft(catalog, asked.draft, context, asked.cache_format) if asked.draft else None,
            **{name: getattr(asked, name) for name in SETTINGS},
        )
        for fmt in asked.format or [None]
        for context in asked.context or [8192]
    ]
    for p in plans:
        _takes_batches(p, asked.batch)
    return plans


def _draft(catalog: Catalog, name: str, context: int, cache_format: str) -> Plan:
    """What a draft model takes: ``qwen3-0.6b``, or ``qwen3-0.6b:Q8_0`` with its format."""
    from sizing.plan import plan

    known = name in catalog.models or ":" not in name or is_file(name)
    model, _, fmt = (name, "", "") if known else name.rpartition(":")
    found = model_of(catalog, argparse.Namespace(model=model, kinship=None))
    return plan(found, None, format=fmt or None, context=context, cache_format=cache_format)


def describe(p: Plan) -> str:
    """A plan in a few lines of text."""
    from sizing.catalog import planner_of

    m = p.memory
    where = p.machine.name if p.machine else "no machine"
    lines = [
        f"{p.model.name} · {p.format.id} · {p.context:,} tokens · {p.runtime.name} · {where}",
        f"  memory   {m.total / GIB:8.2f} GiB = {m.weights / GIB:.2f} weights + {m.cache / GIB:.2f} cache"
        f" + {m.buffers / GIB:.2f} buffers + {m.overhead / GIB:.2f} overhead",
    ]
    lines += _beside(p)
    if p.machine is not None:
        lines.append(f"  fits     {_verdict(p)}")
        lines += [
            f"  {place.name:<24} {place.memory.total / GIB:8.2f} of {place.capacity / GIB:.2f} GiB"
            for place in p.places
            if place.memory.total and place.capacity is not None
        ]
    lines += _speeds(p)
    lines += _room(p)
    if p.offer:
        lines.append(f"  price    {told(p.offer, planner_of(p.model).market)}")
    if p.beyond_limit:
        lines.append(f"  note     beyond the model's limit of {p.model.context:,} tokens")
    lines += [f"  note     {remark}" for remark in p.remarks]
    lines += [f"  note     no effect: {IDLE[name]}" for name in p.no_effect]
    if p.spared >= SPARED:
        lines.append(
            f"  logits   {p.spared / GIB:.2f} GiB of the buffers are a whole micro-batch's, as llama-bench, llama-cli"
            " and older servers keep; a llama-server since mid-2026 keeps a slot's"
        )
    if p.assumed:
        lines.append(f"  assumed  {', '.join(ASSUMED[one] for one in p.assumed)}")
    if p.unknown:
        lines.append(f"  unknown  {', '.join(p.unknown)} undisclosed")
    return "\n".join(lines)


COVERS: Final = {"whole": "", "parts": ", the sum of its parts", "card": ", its cards alone"}


def told(quote: Quote, market: Market) -> str:
    """What a machine costs in a few words."""
    per = f" an {quote.per}" if quote.per else ""
    old = ", stale" if quote.stale(market.today) else ""
    return f"{quote.money}{per} ({quote.region}, {quote.kind}, {quote.date}{COVERS[quote.covers]}{old})"


def _beside(p: Plan) -> list[str]:
    """What there is beside the text model, counted or not."""
    lines = []
    for part, loaded in p.beside:
        names = "layers that draft (MTP)" if part.kind == "mtp" else " and ".join(part.names)
        if part.bytes is None:
            lines.append(f"  beside   {names}: of a kind that is not known yet, and not counted")
            continue
        count = "" if part.parameters is None else f"{part.parameters / 1e9:.2f}B parameters, "
        how = "counted" if loaded else f"not counted; {_asked_by(part.kind)} counts it"
        lines.append(f"  beside   {names}: {count}{part.bytes / GIB:.2f} GiB, {how}")
    return lines


def _asked_by(kind: str) -> str:
    return "--mmproj" if kind == "towers" else "--mtp"


def _speeds(p: Plan) -> list[str]:
    """Every rate that is known."""
    lines = []
    if not p.sized.answers:
        lines.append("  decode   none: it reads a text, and embeds it or scores it")
    if p.sized.whole:
        lines.append("  prefill  unknown: no model that reads a text at once was measured")
    if p.decode and p.decode_empty:
        each = " each" if p.sequences > 1 else ""
        lines.append(f"  decode   {_rate(p.decode_empty)}{each} with {min(256, p.context)} tokens in the cache")
        lines.append(f"           {_rate(p.decode)}{each} at a full context")
    if p.throughput and p.sequences > 1:
        lines.append(f"           {_rate(p.throughput)} together, all {p.sequences} at a full context")
    if draft := p.outcome.draft:
        kept = f"of which {draft.acceptance:.0%} are kept: {significant(draft.length)} tokens a step"
        lines.append(f"  drafts   {draft.tokens} at a time, {kept}")
    if p.prefill:
        lines.append(f"  prefill  {_rate(p.prefill)} over a prompt that fills it")
    return lines


def _room(p: Plan) -> list[str]:
    """What else would fit, and what would make this fit."""
    lines = []
    if p.machine is not None and (p.fits or p.longest_context):
        several = p.most_sequences if p.fits else None
        at_once = f"; {several:,} sequence{'s' if several > 1 else ''} of {p.context:,}" if several else ""
        lines.append(f"  longest  {p.longest_context:,} tokens fit{at_once}")
    if p.fits and p.pool_tokens:
        lines.append(f"  pool     {p.pool_tokens:,} tokens")
    for way in p.ways_out:
        found = way.plan
        rate = f", decode {significant(found.decode.value)} tokens/s" if found.decode else ""
        runs = "fits" if found.fits else "runs"
        lines.append(f"  way out  {_change(way)}: {runs}, {found.memory.total / GIB:.2f} GiB{rate}")
    return lines


def _change(way: Way) -> str:
    """A change in a few words."""
    match way.change, way.to:
        case "cache_format", kind:
            return f"cache in {kind}"
        case "context", int(tokens):
            return f"{tokens:,} tokens"
        case "devices", int(count):
            assert way.plan.machine is not None
            return f"{count} more {way.plan.machine.devices[-1].name}"
        case "host_memory", int(size):
            return f"{size // GIB} GB on the host"
    return f"weights in {way.to}"


def _verdict(p: Plan) -> str:
    if p.fits:
        return "yes"
    if p.verdict == "tight":
        return "tightly: only without the runtime's margin, with nothing else on the device"
    if p.layout is None:
        return "no, and not with offload either" + (", but from disk, slowly" if p.verdict == "disk" else "")
    layers, experts = p.layout.layers_on_host, p.layout.experts_on_host
    said = [_counted(layers, "layer")] if layers or not experts else []
    said += [f"the experts of {_counted(experts, 'layer')}"] if experts else []
    return f"no; runs with {' and '.join(said)} on the host"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


def _rate(rate: Rate) -> str:
    return f"{significant(rate.value)} tokens/s ({significant(rate.low)} to {significant(rate.high)})"

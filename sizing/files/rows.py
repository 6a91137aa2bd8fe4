"""Which rows of ``measurements/speeds.csv`` does a benchmark's print-out hold? What it does not say stays empty."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from itertools import product
from typing import Final

from sizing.anatomy.formats import file_bytes
from sizing.catalog import Catalog
from sizing.errors import SizingError
from sizing.facts.cache_types import CACHE_TYPES
from sizing.facts.device_names import Meant, device_meant, processor_meant
from sizing.facts.index import COUNTED
from sizing.facts.measurements import Measurement
from sizing.facts.published import BUILDS, Build
from sizing.facts.units import GIB
from sizing.files.eras import era_of, half
from sizing.files.identify import format_in, is_named, model_meant, recipe_meant
from sizing.files.llama_bench import Run
from sizing.model import Model

Cells = dict[str, str]
Say = Callable[[str], None]

# llama.cpp's names of its backends; the others help the CPU.
_BACKENDS: Final = {
    "CUDA": "cuda", "ROCm": "rocm", "Metal": "metal", "MTL": "metal", "Vulkan": "vulkan", "SYCL": "sycl",
    "CANN": "cann", "MUSA": "musa",
}  # fmt: skip
_HELPERS: Final = frozenset({"CPU", "BLAS", "ZenDNN"})

# Options that no column holds and that change what was measured, with what is printed where nobody asked for them.
_REFUSED: Final = {
    "no_kv_offload": ("-nkvo", "0"),
    "embeddings": ("-embd", "0"),
    "fit_target": ("-fitt", "0"),
    "tensor_buft_overrides": ("-ot", "none"),
}
# Options that a note tells.
_NOTED: Final = {
    "n_batch": ("-b", "2048"),
    "no_op_offload": ("-nopo", "0"),
    "repack": ("--repack", "1"),
    "lazy_mode": ("-lzm", "auto"),
}
_SPLITS: Final = {"layer": "layer", "tensor": "tensor"}
# What -ngl means all by, where the model is not known: llama-bench's own default before it was -1.
_ALL_LAYERS: Final = 99
# How far a file's size may lie from what its format takes: a mix of types of a publisher's own lies further.
_SIZE_WITHIN: Final = 0.01


@dataclass(frozen=True)
class Given:
    """What a person adds to a print-out: ids, and the address that it will be read at. Raises SizingError for no id."""

    catalog: Catalog
    device: str = ""  # rtx-4090 or 2x-rtx-4090
    model: str = ""
    host: str = ""
    source: str = ""

    @cached_property
    def builds(self) -> tuple[Build, ...]:
        """The days on which builds of llama.cpp were the newest. Raises CatalogError."""
        return BUILDS.read(self.catalog.root, self.catalog)

    def __post_init__(self) -> None:
        if self.device:
            self.catalog.device(_one(self.device))
        if self.model:
            self.catalog.model(self.model)
        if self.host and self.host not in self.catalog.hosts:
            self.catalog.device(_one(self.host))
        if self.source and not re.match("https?://", self.source):
            raise SizingError(f"{self.source!r} is no address; give the public one, such as https://…")


def _one(name: str) -> str:
    """The device of which a name counts several: 2x-rtx-4090."""
    counted = COUNTED.fullmatch(name)
    return counted[2] if counted else name


def rows_of(runs: Sequence[Run], given: Given, today: date) -> tuple[list[Cells], list[str]]:
    """A row for each test, and in a line each what a person must know or fill in.

    Raises SizingError where no test can be a row.
    """
    rows: list[Cells] = []
    remarks: list[str] = []
    for run in runs:
        own: list[str] = []
        try:
            rows.append(_row(run, given, today, own.append))
        except SizingError as error:
            own = [f"{run.test or 'a test'} left out: {error}"]
        remarks += own
    remarks = list(dict.fromkeys(remarks))
    if not rows:
        raise SizingError(remarks[0])
    return rows, remarks


def as_csv(rows: Sequence[Cells]) -> str:
    """The rows as lines of the file, whose header is not repeated."""
    text = io.StringIO()
    csv.DictWriter(text, [field.name for field in fields(Measurement)], lineterminator="\n").writerows(rows)
    return text.getvalue()


def _row(run: Run, given: Given, today: date, say: Say) -> Cells:
    _refuse(run)
    backend = _backend(run)
    device, count = _devices(run, backend, given, say)
    model = _model(run, given, say)
    layers, experts = _on_host(run, backend, model)
    if (layers or experts) and not given.host:
        say("host: what lies there needs one; give --host ID")
    if not given.source:
        say("source_url: fill in the public address of the print-out, or give --source URL")
    return {
        "device": device, "count": count, "model": model.id if model else "",
        "format": _format(run, model, given.catalog, say), "runtime": "llama.cpp", "backend": backend,
        "version": _version(run, say), "era": _era(run, given, today, say),
        "test": "prefill" if run.prompt else "decode", "prompt": str(run.prompt), "generated": str(run.generated),
        "depth": str(run.depth), "batch": "1", "cache_format": _cache_format(run),
        "split": _split(run) if count not in ("", "1") else "", "host": given.host if layers or experts else "",
        "layers_on_device": layers, "experts_on_host": experts,
        "micro_batch": _micro_batch(run), "tok_s": _rounded(run.tok_s), "quality": "A",
        "source_url": given.source, "read": today.isoformat(),
        "note": "; ".join(_notes(run, backend, model, bool(layers or experts))),
    }  # fmt: skip


def _refuse(run: Run) -> None:
    """Raise SizingError for a test that no row can hold."""
    if run.prompt and run.generated:
        raise SizingError("it mixes prefill and decode; run llama-bench with -p and -n, without -pg")
    if not run.prompt and not run.generated:
        raise SizingError("it neither reads nor generates a token")
    for key, (option, default) in _REFUSED.items():
        value = run.options.get(key, default)
        if value != default:
            raise SizingError(f"{option} {value}: no column holds it; run llama-bench without it")


def _rounded(speed: float) -> str:
    return f"{speed:.2f}" if speed >= 10 else f"{speed:.3g}"


# --- where it ran ---------------------------------------------------------------------------------------------------


def _backend(run: Run) -> str:
    strange = [name for name in run.backends if name not in _BACKENDS and name not in _HELPERS]
    if strange:
        raise SizingError(f"backend {strange[0]}: not known to the catalog")
    found = [name for name in run.backends if name in _BACKENDS]
    if run.chosen:
        found = [name for name in found if any(device.startswith(name) for device in run.chosen)]
    if len(found) > 1:
        raise SizingError(f"backends {', '.join(found)}: which one ran is not told; choose devices with -dev")
    return _BACKENDS[found[0]] if found else "cpu"


def _devices(run: Run, backend: str, given: Given, say: Say) -> tuple[str, str]:
    """The device's id and how many there are, each empty where it is not told."""
    names = _used(run, backend)
    counted = COUNTED.fullmatch(given.device)
    if counted:
        return counted[2], counted[1]
    if given.device:
        alike = [name for name in names if given.device in _ids(_device(name, run, backend, given.catalog))]
        return given.device, str(len(alike) or 1)
    if not names:
        say("device, count: not told; give --device ID, or 2x-ID for two")
        return "", ""
    if len(set(names)) > 1:
        say(f"device, count: {', '.join(names)} differ, and a row holds devices of one kind; give --device ID")
        return "", ""
    meant = _device(names[0], run, backend, given.catalog)
    if meant.id is None:
        which = f"{', '.join(meant.choices)} have that name" if meant.choices[1:] else "its size or form is not told"
        which = which if meant.choices else "no device has that name"
        say(f"device: {names[0]}: {which}; give --device {meant.choices[0] if len(meant.choices) == 1 else 'ID'}")
    return meant.id or "", str(len(names))


def _used(run: Run, backend: str) -> list[str]:
    """The names of the devices that ran it, of those that are there."""
    if backend == "cpu":
        return [run.cpu] if run.cpu else []
    names = list(run.gpus or ())
    if run.chosen:
        places = [int(number[0]) for device in run.chosen if (number := re.search(r"\d+$", device))]
        names = [names[i] for i in places if i < len(names)] if places else names[: len(run.chosen)]
    if run.options.get("split_mode") == "none" and names:
        names = [names[run.main if 0 <= run.main < len(names) else 0]]
    return names


def _device(name: str, run: Run, backend: str, catalog: Catalog) -> Meant:
    return processor_meant(catalog, name) if backend == "cpu" else device_meant(catalog, name, run.cpu)


def _ids(meant: Meant) -> tuple[str, ...]:
    return (meant.id,) if meant.id else meant.choices


def _split(run: Run) -> str:
    mode = run.options.get("split_mode", "layer")
    if mode not in _SPLITS:
        raise SizingError(f"-sm {mode}: no column holds it; run llama-bench with -sm layer or tensor")
    return _SPLITS[mode]


def _on_host(run: Run, backend: str, model: Model | None) -> tuple[str, str]:
    """``layers_on_device`` and ``experts_on_host``; llama.cpp counts the output layer as one more."""
    if backend == "cpu":
        return "", ""
    kinds = model.shape.layers if model and model.shape else ()
    every = len(kinds) + 1 if kinds else _ALL_LAYERS
    layers = str(run.layers) if 0 <= run.layers < every else ""
    experts = ""
    if run.experts_on_host > 0 and (not kinds or any("experts" in kind.feed_forward for kind in kinds)):
        experts = "all" if run.experts_on_host >= every - 1 else str(run.experts_on_host)
    return layers, experts


# --- what ran -------------------------------------------------------------------------------------------------------


def _model(run: Run, given: Given, say: Say) -> Model | None:
    if given.model:
        return given.catalog.model(given.model)
    architecture = run.kind.split()[0]
    # A table has no file's name; what it calls the kind, such as "qwen3 8B", may name one model among equals.
    meant = model_meant(given.catalog, run.parameters, run.rounding, architecture, run.file or run.kind)
    if meant.id:
        return given.catalog.model(meant.id)
    which = f"{', '.join(meant.choices)} have that many" if meant.choices else "no model has that many"
    say(f"model: {run.kind}, {run.parameters:,} parameters: {which}; give --model ID")
    return None


def _format(run: Run, model: Model | None, catalog: Catalog, say: Say) -> str:
    """A format's id, or one of the model's files, where the file's name and its size agree with it."""
    recipe, named = recipe_meant(catalog, run.kind), format_in(run.file)
    files = dict(model.files) if model else {}
    own = next((name for name in files if named and name.lower() == named.lower()), None)
    if own is None and recipe is None:
        say(f"format: {run.kind}: not known to the catalog")
        return ""
    if own is None and recipe and named and named.lower() not in (recipe.lower(), recipe.removesuffix("_MOE").lower()):
        say(f"format: {named}: neither in the catalog nor {recipe}, which llama-bench calls it")
        return ""
    name = own or recipe or ""
    expected = [files[own].bytes] if own else _sizes(model, catalog, name)
    if not expected or any(_agree(run.size, size) for size in expected):
        return name
    alike = [other for other, file in files.items() if _agree(run.size, file.bytes)]
    which = f"as {' or '.join(alike)} does" if alike else "and no file that the catalog cites does"
    say(f"format: {run.kind} takes {run.size / GIB:.2f} GiB, not the {expected[0] / GIB:.2f} of {name}, {which}")
    return ""


def _agree(size: int, expected: int) -> bool:
    return abs(size / expected - 1) <= _SIZE_WITHIN


def _sizes(model: Model | None, catalog: Catalog, recipe: str) -> list[int]:
    """What a file of that format takes: with or without multi-token prediction, and an importance matrix."""
    if model is None or model.shape is None:
        return []
    shape, fmt, sizes = model.shape, catalog.format(recipe), []
    for mtp, imatrix in product((False, True), (None, True)):
        with suppress(SizingError):
            sizes.append(file_bytes(fmt, shape, mtp=mtp, imatrix=imatrix))
    return sizes


def _version(run: Run, say: Say) -> str:
    if run.build is None:
        say("version: no build is told; fill in llama.cpp's build or its date")
        return ""
    return f"build {run.build} ({run.commit})"


def _era(run: Run, given: Given, today: date, say: Say) -> str:
    found = era_of(given.builds, run.build, today) if run.build else None
    if found is not None:
        return found
    if run.day is not None:
        return half(run.day)
    say("era: neither a date nor the build tells the half of the year; fill it in, such as 2025H1")
    return ""


def _cache_format(run: Run) -> str:
    keys, values = run.options.get("type_k", "f16"), run.options.get("type_v", "f16")
    strange = [kind for kind in (keys, values) if kind not in CACHE_TYPES]
    if strange:
        raise SizingError(f"cache format {strange[0]}: not known; known are {', '.join(CACHE_TYPES)}")
    if keys != values:
        raise SizingError(f"-ctk {keys} -ctv {values}: no column holds two; run llama-bench with one")
    return keys


def _micro_batch(run: Run) -> str:
    """-ub, where it is not llama.cpp's default."""
    asked = run.options.get("n_ubatch", "512")
    return "" if asked == "512" else asked


def _notes(run: Run, backend: str, model: Model | None, offloads: bool) -> list[str]:
    notes = ["llama-bench"]
    attention = run.options.get("flash_attn")
    if attention in ("1", "on", "0", "off"):
        notes.append("flash attention" if attention in ("1", "on") else "no flash attention")
    notes += [
        f"{option} {run.options[key]}" for key, (option, default) in _NOTED.items() if _differs(run, key, default)
    ]
    if any(float(share) for share in _shares(run.options)):
        notes.append(f"-ts {run.options['tensor_split']}")
    threads = run.options.get("n_threads")
    if threads and (backend == "cpu" or offloads):
        notes.append(f"{threads} threads")
    if model and run.file and not is_named(model.id, run.file):
        notes.append(run.file.removesuffix(".gguf"))
    return notes


def _differs(run: Run, key: str, default: str) -> bool:
    return run.options.get(key, default) != default


def _shares(options: Mapping[str, str]) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", options.get("tensor_split", ""))

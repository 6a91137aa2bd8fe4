"""What does a print-out of llama-bench say? Its JSON, its JSON lines and its Markdown table, one test after another.

Fields have the names that llama.cpp's tools/llama-bench/llama-bench.cpp (at 0c1e57098) prints in JSON; Markdown
shortens some, and leaves out what has its default.
"""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PureWindowsPath
from typing import Any, Final

from sizing.errors import SizingError
from sizing.facts.content import opened, read
from sizing.files.json_text import decoded_from

Said = Mapping[str, str]  # a field: what is printed; true and false are 1 and 0

# How a file is known: by what stands in its first bytes. A test in JSON has about a thousand; logs may precede it.
_HEAD: Final = 1 << 16
_SIZE: Final = 1 << 23
_LONGEST: Final = 4096  # characters of a line of a table, or of a field
_JSON: Final = re.compile(r'"avg_ts"\s*:')
_TABLE: Final = re.compile(r"^[ \t]*\|[ \t]*model[ \t]*\|[^\n]*\|[ \t]*t/s[ \t]*\|[ \t\r]*$", re.M)
_OTHER: Final = re.compile(r"^(build_commit,.*\bavg_ts\b|(CREATE TABLE IF NOT EXISTS|INSERT INTO) llama_bench\b)", re.M)


@dataclass(frozen=True)
class Run:
    """One test. Empty, or None, is what is not printed."""

    kind: str  # architecture, size and number type: "llama 8B Q4_K - Medium"
    file: str  # the model's file, without its folder
    parameters: int
    rounding: int  # parameters that the printed count may be off by
    size: int  # bytes of all tensors
    backends: tuple[str, ...]  # CUDA, BLAS …
    gpus: tuple[str, ...] | None  # every one that is there, by name; None where they are not printed
    cpu: str
    chosen: tuple[str, ...]  # devices that -dev names: CUDA0, none …; empty for all
    main: int  # the place among the GPUs of the one that runs all where nothing is split
    build: int | None
    commit: str
    day: date | None
    prompt: int
    generated: int
    depth: int
    layers: int  # -ngl; below zero for all
    experts_on_host: int  # layers
    tok_s: float
    options: Said  # what else was asked

    @property
    def test(self) -> str:
        """As Markdown names it: pp512, tg128 @ d4096."""
        parts = [f"{name}{count}" for name, count in (("pp", self.prompt), ("tg", self.generated)) if count]
        return "+".join(parts) + (f" @ d{self.depth}" if self.depth else "")


def read_runs(path: str | Path) -> tuple[Run, ...] | None:
    """Every test of a print-out; None for a file that is none. Raises SizingError for one that is cut short."""
    try:
        with opened(Path(path)) as file:
            head = read(file, _HEAD)
            if head[:4] == b"GGUF" or not _is_printout(_text(head), path):
                return None
            rest = read(file, _SIZE)
    except ValueError:
        return None  # whoever reads models says why
    if len(rest) == _SIZE:
        raise SizingError(f"{path}: more than {_SIZE >> 20} MiB of print-out; give it in parts")
    text = _text(head + rest)
    said = list(_from_json(text) if _JSON.search(text) else _from_table(text))
    runs = []
    for number, one in enumerate(said, start=1):
        try:
            runs.append(_run(one))
        except SizingError as error:
            raise SizingError(f"{path}: test {number}: {error}") from None
    if not runs:
        raise SizingError(f"{path}: a table of llama-bench without a test; give the whole print-out")
    return tuple(runs)


def _text(data: bytes) -> str:
    # PowerShell's > writes UTF-16; what else is not UTF-8 is at most the sign before a deviation.
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if wide else "utf-8-sig", errors="replace")


def _is_printout(head: str, path: str | Path) -> bool:
    if _JSON.search(head) or _TABLE.search(head):
        return True
    if _OTHER.search(head):
        raise SizingError(f"{path}: llama-bench's CSV or SQL; print it with -o json, -o jsonl or -o md")
    return False


# --- JSON -----------------------------------------------------------------------------------------------------------


def _from_json(text: str) -> Iterator[Said]:
    """The objects of an array, or of lines."""
    at = 0
    start = re.compile(r"^[ \t]*(?=\[\s*\{|\{)", re.M)  # logs may stand before
    while found := start.search(text, at):
        try:
            value, at = decoded_from(text, found.end())
        except ValueError:
            line = text.count("\n", 0, found.end()) + 1
            raise SizingError(f"the JSON that begins in line {line} is cut short; give the whole print-out") from None
        for one in value if isinstance(value, list) else [value]:
            if not isinstance(one, dict):
                raise SizingError(f"{str(one)[:40]!r} is no test of llama-bench; give the whole print-out")
            yield _plain(one)


def _plain(one: Mapping[str, Any]) -> Said:
    words = {key: str(int(v)) if isinstance(v, bool) else str(v) for key, v in one.items() if v is not None}
    if long := next((key for key, text in words.items() if len(key) + len(text) > _LONGEST), None):
        raise SizingError(f"{long[:40]!r} has {len(words[long]):,} characters; give the print-out as it was")
    if one.get("flash_attn") is False:
        del words["flash_attn"]  # before it could be auto, what nobody asked for was printed so
    if "backends" not in words:
        raise SizingError("says no backends; print it with llama.cpp's own llama-bench, of 2025 or newer")
    return words


# --- Markdown -------------------------------------------------------------------------------------------------------

_LONG: Final[Mapping[str, str]] = {
    "model": "model_type", "size": "model_size", "params": "model_n_params", "backend": "backends",
    "ngl": "n_gpu_layers", "sm": "split_mode", "threads": "n_threads", "nkvo": "no_kv_offload", "fa": "flash_attn",
    "lm": "load_mode", "embd": "embeddings", "nopo": "no_op_offload", "noh": "no_host", "rpk": "repack",
    "dev": "devices", "ts": "tensor_split", "ot": "tensor_buft_overrides", "fitt": "fit_target", "fitc": "fit_min_ctx",
    "mmap": "use_mmap", "dio": "use_direct_io", "t/s": "avg_ts",
}  # fmt: skip
_SAME: Final = frozenset(
    {
        "n_cpu_moe", "cpu_mask", "cpu_strict", "poll", "n_batch", "n_ubatch", "type_k", "type_v", "main_gpu",
        "lazy_mode", "test",
    }
)  # fmt: skip
_TEST: Final = re.compile(
    r"(?:pp ?(?P<n_prompt>\d{1,9}))?\+?(?:tg ?(?P<n_gen>\d{1,9}))?(?: @ d ?(?P<n_depth>\d{1,9}))?", re.A
)
_AMOUNT: Final = re.compile(r"(\d{1,18}(?:\.(\d{1,9}))?) ?([KMBT]|[KMG]iB)?", re.A)
_UNITS: Final = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
_BUILD: Final = re.compile(r"build: ([0-9a-f]{1,40}|unknown) \((\d{1,9})\)", re.A)
# What backends log of a device before the table: CUDA and ROCm, Vulkan, Metal.
_LOGGED: Final = (
    re.compile(r"Device (?P<place>\d{1,3}): (?P<name>.+?), (compute capability|gfx)"),
    re.compile(r"ggml_vulkan: (?P<place>\d{1,3}) = (?P<name>.+?) \|"),
    re.compile(r"ggml_metal\w*: GPU name: +(MTL(?P<place>\d{1,3}) \()?(?P<name>[^()]+)"),
)


def _from_table(text: str) -> Iterator[Said]:
    """The rows of every table, each with the devices that are logged before it and the build that is told after it."""
    header: list[str] = []
    rows: list[dict[str, str]] = []
    devices: list[str] = []
    for number, line in enumerate(map(str.strip, text.splitlines()), start=1):
        if len(line) > _LONGEST and not line.startswith("|"):
            continue  # no backend tells so much of a device
        if len(line) > _LONGEST:
            raise SizingError(f"line {number} has {len(line):,} characters; give the print-out as it was")
        if _TABLE.match(line):
            header = [_field(cell) for cell in _cells(line)]
        elif header and line.startswith("|") and not re.fullmatch(r"[|:\s-]+", line):
            cells = _cells(line)
            if len(cells) != len(header):
                raise SizingError(f"line {number} has {len(cells)} cells under {len(header)} columns")
            row = _spelled(dict(zip(header, cells, strict=True)))
            rows.append({**row, "gpu_info": ", ".join(devices)} if devices else row)
        elif logged := next(filter(None, (pattern.search(line) for pattern in _LOGGED)), None):
            devices = [*(devices if int(logged["place"] or 0) else ()), logged["name"].strip()]
        elif found := _BUILD.search(line):
            yield from ({**row, "build_commit": found[1], "build_number": found[2]} for row in rows)
            rows = []
    yield from rows


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _field(name: str) -> str:
    if name not in _LONG and name not in _SAME:
        raise SizingError(f"column {name!r} is none of llama.cpp's llama-bench, and may matter; nothing is guessed")
    return _LONG.get(name, name)


def _spelled(row: dict[str, str]) -> dict[str, str]:
    """A row in the words of JSON."""
    test = _TEST.fullmatch(row["test"])
    if test is None or not row["test"]:
        raise SizingError(f"{row['test']!r} is no test of llama-bench, such as pp512 or tg128 @ d4096")
    speed = re.match(r"[\d.]+", row["avg_ts"])
    return row | {key: count or "0" for key, count in test.groupdict().items()} | {"avg_ts": speed[0] if speed else ""}


# --- both -----------------------------------------------------------------------------------------------------------


def _run(said: Said) -> Run:
    parameters, rounding = _amount(said, "model_n_params")
    names = said.get("gpu_info")
    chosen = said.get("devices", "auto")
    own = {"model_type", "model_filename", "avg_ts", "n_prompt", "n_gen", "n_depth"}
    return Run(
        kind=_word(said, "model_type"),
        file=PureWindowsPath(said.get("model_filename", "")).name,  # takes both slashes
        parameters=parameters,
        rounding=rounding,
        size=_amount(said, "model_size")[0],
        backends=_list(_word(said, "backends")),
        gpus=None if names is None else _list(names),
        cpu=said.get("cpu_info", ""),
        chosen=() if chosen in ("auto", "") else tuple(chosen.split("/")),
        main=_whole(said, "main_gpu", 0),
        build=_build(said),
        commit=said.get("build_commit", ""),
        day=_day(said.get("test_time", "")),
        prompt=_whole(said, "n_prompt"),
        generated=_whole(said, "n_gen"),
        depth=_whole(said, "n_depth", 0),
        layers=_whole(said, "n_gpu_layers", -1),
        experts_on_host=_whole(said, "n_cpu_moe", 0),
        tok_s=_speed(said),
        options={key: value for key, value in said.items() if key not in own},
    )


def _word(said: Said, key: str) -> str:
    if not said.get(key):
        raise SizingError(f"says no {key}; give the whole print-out")
    return said[key]


def _list(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _whole(said: Said, key: str, default: int | None = None) -> int:
    text = said.get(key, "") or ("" if default is None else str(default))
    if not re.fullmatch(r"-?\d{1,18}", text, re.ASCII):
        raise SizingError(f"{key} {text!r} is no whole number")
    return int(text)


def _amount(said: Said, key: str) -> tuple[int, int]:
    """An amount such as 4.58 GiB, and what it may be off by, having been rounded."""
    found = _AMOUNT.fullmatch(_word(said, key))
    if found is None:
        raise SizingError(f"{key} {said[key]!r} is no amount, such as 8.03 B or 4.58 GiB")
    unit = _UNITS[found[3] or ""]
    return round(float(found[1]) * unit), round(unit / 10 ** len(found[2]) / 2) if found[2] else 0


def _build(said: Said) -> int | None:
    """The build's number; a clone without history counts one commit, and what has none counts zero."""
    number = _whole(said, "build_number", 0)
    return number if number > 1 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _speed(said: Said) -> float:
    try:
        speed = float(said.get("avg_ts", ""))
    except ValueError:
        speed = math.nan
    if not 0 < speed < math.inf:
        raise SizingError(f"avg_ts {said.get('avg_ts', '')!r} is no speed above zero")
    return speed

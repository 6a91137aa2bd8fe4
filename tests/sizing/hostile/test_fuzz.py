"""Whatever is asked, and whatever a file holds: one line of refusal, or numbers that can be.

``WHOLE=night pytest tests/sizing/hostile/test_fuzz.py`` tries twenty thousand of each; a workflow does.
"""

from __future__ import annotations

import math
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sizing import Catalog, CatalogError, SizingError, plan
from sizing.catalog import HERE
from sizing.check import check
from tests.sampled import MANY, NIGHT, drawing, tries

TRIES: Final = settings(
    max_examples=tries(300, 300, night=MANY),
    deadline=None,
    derandomize=not NIGHT,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
CATALOG: Final = Catalog.load()

# Beside the catalog's own: what people join, and what no formula was made for.
JOINED: Final = (
    "rtx-4090", "2x-rtx-3090", "rtx-5080+rtx-3090", "3x-rtx-3060-12gb+rtx-4090", "epyc-9355-768gb", "t4",
    "m4-max-40-core-64gb", "2x-dgx-spark", "8x-h100-sxm-80gb", "raspberry-pi-5-16gb",
    "2x framework-desktop-128gb over 10GbE",
)  # fmt: skip
FORMATS: Final = (
    *(name for name, fmt in CATALOG.formats.items() if fmt.bpw is None),
    "UD-Q4_K_XL", "i1-Q4_0", "EXL2-4.0bpw", "EXL3-3.5bpw", "AWQ-g64", "GPTQ-3bit", "Q6_K_L", "Q4_K_X",
)  # fmt: skip
USUAL: Final[dict[str, list[str | None]]] = {
    "format": [None] * 40 + ["Q4_K_M"] * 20,
    "runtime": [None] * 20,
    "cache_format": ["f16"] * 10,
}

ALWAYS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "format": st.sampled_from([*USUAL["format"], *FORMATS]),
    "runtime": st.sampled_from([*USUAL["runtime"], *CATALOG.runtimes]),
    "cache_format": st.sampled_from([*USUAL["cache_format"], "q8_0", "q4_0", "fp8", "bf16", "q8_0/q4_0", "x"]),
    "context": st.sampled_from([8192, 32768, 1, 7, 131072, 1_000_000, 10**9]) | st.integers(-1, 300_000),
    "sequences": st.sampled_from([1, 1, 1, 1, 2, 8, 64]) | st.integers(-1, 2000),
}
AT_TIMES: Final[dict[str, st.SearchStrategy[Any]]] = {
    "split": st.sampled_from(["layer", "tensor", "none", "row"]),
    "layers_on_device": st.integers(-1, 100),
    "experts_on_host": st.integers(-1, 100),
    "tensor_split": st.lists(st.floats(0, 1e9), max_size=4).map(tuple),
    "micro_batch": st.integers(0, 100_000),
    "utilization": st.floats(0, 2),
    "max_sequences": st.integers(0, 100_000),
    "vision": st.booleans(),
    "mtp": st.booleans(),
    "swa_full": st.booleans(),
    "flash_attention": st.booleans(),
    "lora": st.integers(0, 10**13),
    "power_limit": st.floats(0, 1e6),
    "slots": st.integers(0, 1000),
    "unified": st.booleans(),
    "in_use": st.integers(0, 10**12) | st.lists(st.integers(0, 10**11), max_size=4).map(tuple),
    "wired_limit": st.integers(0, 10**13),
    "measured": st.floats(-1, 1e9),
}
QUESTION: Final = st.fixed_dictionaries(ALWAYS, optional=AT_TIMES)


def impossible(value: object, path: str = "plan") -> Iterator[str]:
    """The numbers of plain data that cannot be."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from impossible(one, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for i, one in enumerate(value):
            yield from impossible(one, f"{path}[{i}]")
    elif isinstance(value, int | float) and not (math.isfinite(value) and value >= 0):
        yield f"{path} is {value}"


def wrong(catalog: Catalog, model: str, machine: str | None, **asked: Any) -> list[str]:
    """What an answer says that cannot be."""
    try:
        p = plan(catalog.model(model), None if machine is None else catalog.machine(machine), **asked)
    except SizingError as error:
        return ["a refusal of several lines"] if "\n" in str(error) else []
    found = list(impossible(p.as_dict()))
    parts = p.memory.weights + p.memory.cache + p.memory.buffers + p.memory.overhead
    if abs(parts - p.memory.total) >= 1:
        found.append("its parts are not the total")
    if p.fits and not p.runs:
        found.append("it fits and does not run")
    for rate in (p.decode_at(0), p.decode_at(p.context), p.prefill_at(512), p.prefill_at(512, 4096), p.throughput):
        if rate is not None and not 0 <= rate.low <= rate.value <= rate.high:
            found.append(f"{rate} is outside its range")
    return found


@TRIES
@given(
    st.sampled_from(sorted(CATALOG.models)), st.none() | st.sampled_from([*CATALOG.machines, *JOINED]), QUESTION
)  # fmt: skip
def test_whatever_is_asked(model: str, machine: str | None, asked: dict[str, Any]) -> None:
    assert wrong(CATALOG, model, machine, **asked) == []


# What somebody's editor, merge or assistant leaves behind.
VALUES: Final = (
    "-1", "0", "1e400", "nan", "true", "null", "~", "[]", "{}", "[1, 2]", "{a: 1}", "''", '"\\u202e"', "2026-02-30",
    "9999999999999999999999999", "0x10", "1_000", "10 GB", "-5 GB/s", "<script>", "{{ 7*7 }}", "*x", "&a",
    "!!python/object:os.system", "|", "'", "\t", "@", "%", "1:30", "No", "é", "a" * 5000,
)  # fmt: skip
KEYS: Final = ("x:", "id:", "name:", "__class__:", "sources:", "<<:")


def mutated(text: str, random: Random) -> str:
    """A file with one line changed as nobody means it."""
    lines = text.split("\n")
    at = random.randrange(len(lines))
    line = lines[at]
    column = random.randrange(len(line)) if line else 0
    changes = (
        lambda: "",
        lambda: f"{line}\n{random.choice(lines)}",
        lambda: re.sub(r":\s.*", lambda _: f": {random.choice(VALUES)}", line, count=1),
        lambda: re.sub(r"[0-9][0-9.,]*", lambda _: random.choice(VALUES), line, count=1),
        lambda: " " * random.randrange(6) + line,
        lambda: line[:column] + random.choice("{}[]:,#&*!|>'\"%@`-\x00\x07") + line[column:],
        lambda: re.sub(r"[a-z_]+:", random.choice(KEYS), line, count=1),
        lambda: line.replace(",", random.choice((",,", ";", "\n", "")), 1),
    )
    lines[at] = random.choice(changes)()
    return "\n".join(lines)


@pytest.fixture(scope="module")
def shelf_of_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(HERE, tmp_path_factory.mktemp("fuzz") / "catalog"))


def test_whatever_a_file_of_the_catalog_holds(shelf_of_files: Path) -> None:
    """Refused with its place, or a catalog whose numbers can be."""
    files = sorted(p for p in shelf_of_files.rglob("*") if p.suffix in (".yaml", ".csv") and p.stat().st_size < 400_000)
    first = drawing("mutated catalogs").randrange(10**9)
    for seed in range(first, first + tries(30, 200, night=MANY)):
        random = Random(seed)
        file = random.choice(files)
        text = file.read_text(encoding="utf-8")
        file.write_text(mutated(text, random), encoding="utf-8")
        try:
            catalog = check(shelf_of_files)
        except CatalogError as error:
            bad = [str(one) for one in error.problems if not re.match(r"[^:\n]+\.(yaml|csv)(:\d+)?: .+$", str(one))]
            assert bad == [], f"seed {seed} in {file.name}"
        else:
            model, machine = (random.choice(sorted(x)) for x in (catalog.models, catalog.machines))
            assert wrong(catalog, model, machine, context=4096) == [], f"seed {seed} in {file.name}"
        finally:
            file.write_text(text, encoding="utf-8")

"""What is wrong in the catalog is told in one line: file, line, key, what is wrong, what would be right."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sizing import Catalog, CatalogError, SizingError
from tests.sizing.conftest import Shelf

LLAMA = "models/llama-3.yaml"
MIXTRAL = "models/mixtral.yaml"
NVIDIA = "devices/nvidia.yaml"
APPLE = "devices/apple.yaml"
DESKTOPS = "machines/desktops.yaml"
LAUNCHES = "offers/cards-launch-us.yaml"
LAPTOPS = "machines/laptops.yaml"
HOSTS = "machines/hosts.yaml"
CLAIMS = "claims.yaml"
FORMATS = "formats.yaml"
RUNTIMES = "runtimes.yaml"


def test_the_copy_itself_is_sound(shelf: Shelf) -> None:
    assert set(shelf.load().models) == set(Catalog.load().models)


# What is edited, the text that marks the line of the error, its key, and what the line must say.
MISTAKES: dict[str, tuple[str, str, str, str, str, str]] = {
    "an unknown key in an architecture": (
        LLAMA, "{hidden_size: 4096,", "{num_layers: 32, hidden_size: 4096,", "num_layers", "num_layers",
        r"unknown key; did you mean num_hidden_layers\?",
    ),
    "an unknown key in a source": (
        LLAMA, "read: 2026-11-22", "read: 2026-11-22\n        reed: 2026-11-22", "reed", "sources.0.reed",
        r"unknown key; did you mean read\?",
    ),
    "a bandwidth in GiB": (
        NVIDIA, "bandwidth: 1008 GB/s", "bandwidth: 1008 GiB", "1008 GiB", "devices.rtx-4090.bandwidth",
        r"'1008 GiB' is not a bandwidth; write a number and one of GB/s, .* such as 1008 GB/s",
    ),
    "a bandwidth without a unit": (
        NVIDIA, "bandwidth: 1008 GB/s", "bandwidth: 1008", "bandwidth: 1008", "devices.rtx-4090.bandwidth",
        r"1008 is not a bandwidth; write a number and one of GB/s",
    ),
    "a negative bandwidth": (
        NVIDIA, "bandwidth: 1008 GB/s", "bandwidth: -1008 GB/s", "-1008", "devices.rtx-4090.bandwidth",
        r"'-1008 GB/s' is not a bandwidth",
    ),
    "no bandwidth at all": (
        NVIDIA, "bandwidth: 1008 GB/s", "bandwidth: 0 GB/s", ": 0 GB/s", "devices.rtx-4090.bandwidth", r"0 GB/s",
    ),
    "power as energy": (
        NVIDIA, "tdp: 450 W", "tdp: 450 Wh", "450 Wh", "devices.rtx-4090.tdp",
        r"'450 Wh' is not a power; .* such as 450 W",
    ),
    "a number type that is none": (
        NVIDIA, "{type: fp16, accumulate: fp16, rate: 330.3", "{type: half, accumulate: fp16, rate: 330.3",
        "type: half", "devices.rtx-4090.compute.0.type", r"half: .*'fp16'",
    ),
    "a card that shows more than it has": (
        NVIDIA, "driver: 24564 MiB", "driver: 24564 GiB", "  rtx-4090:", "devices.rtx-4090",
        r"memory\.driver must lie within 80 % to 100 % of memory\.box; check the unit",
    ),
    "a PCIe link that is none": (
        NVIDIA, "pcie: 4.0 x16", "pcie: 4x16", "4x16", "devices.rtx-4090.interconnect.pcie", r"4\.0 x16, or none",
    ),
    "layers below zero": (
        LLAMA, "num_hidden_layers: 32", "num_hidden_layers: -32", "-32",
        "models.llama-3-8b.architecture.num_hidden_layers",
        r"-32: .*greater than 0; give a whole number, such as 32",
    ),
    "layers in text": (
        LLAMA, "num_hidden_layers: 32", "num_hidden_layers: 1_000", "1_000",
        "models.llama-3-8b.architecture.num_hidden_layers", r"1_000: .*integer; give a whole number, such as 32",
    ),
    "more experts for a token than there are": (
        MIXTRAL, "num_experts_per_tok: 2", "num_experts_per_tok: 9", "num_experts_per_tok: 9",
        "models.mixtral-8x7b.architecture.num_experts_per_tok",
        r"num_experts_per_tok 9 exceeds the 8 experts",
    ),
    "experts, but none for a token": (
        MIXTRAL, "num_experts_per_tok: 2", "num_experts_per_tok: null", "num_experts_per_tok: null",
        "models.mixtral-8x7b.architecture.num_experts_per_tok",
        r"a model with experts needs num_experts_per_tok, such as 8",
    ),
    "yes for true": (
        MIXTRAL, "tie_word_embeddings: false", "tie_word_embeddings: yes", "yes", "architecture.tie_word_embeddings",
        r"yes: .*true or false",
    ),
    "a time for a number": (
        MIXTRAL, "context: 32768", "context: 12:30", "12:30", "models.mixtral-8x7b.context",
        r"'12:30' is no number of tokens from 1 to 100,000,000; write 4096, or 4K",
    ),
    "a model_type that the engine does not know": (
        MIXTRAL, "model_type: mixtral", "model_type: mixtrall", "mixtrall",
        "models.mixtral-8x7b.architecture.model_type",
        r"'mixtrall' is not in sizing/anatomy/architectures.py; did you mean mixtral\?",
    ),
    "a thirteenth month": (
        LLAMA, "released: 2024-04-18", "released: 2024-13-18", "2024-13-18", "models.llama-3-8b.released",
        r"2024-13-18.* is not a date; write it as 2026-11-20|month must be in 1\.\.12",
    ),
    "a day in European order": (
        LLAMA, "released: 2024-04-18", "released: 18.04.2024", "18.04.2024", "models.llama-3-8b.released",
        r"'18\.04\.2024' is not a date; write it as 2026-11-20",
    ),
    "a source without an address": (
        LLAMA, "url: https://", "url: www.", "www.", "models.llama-3-8b.sources.0.url",
        r"is not a public address; write it in full, such as https://",
    ),
    "a negative price": (
        LAUNCHES, "amount: 1599", "amount: -1599", "-1599", "offers.launch-rtx-4090.amount",
        r"-1599: .*greater than or equal to 0\.01; give a number above zero, such as 1599",
    ),
    "a currency by its name": (
        LAUNCHES, "currency: USD", "currency: dollars", "dollars", "currency",
        r"dollars: .*give CNY, USD or EUR",
    ),
    "an offer of no card": (
        LAUNCHES, "device: rtx-4090", "device: rtx-40900", "rtx-40900", "offers.launch-rtx-4090.device",
        r"'rtx-40900' is not in catalog/devices/; did you mean rtx-4090\?",
    ),
    "no device of that name": (
        DESKTOPS, "device: rtx-4090,", "device: rtx-40900,", "rtx-40900", "machines.pc-rtx-4090.devices.0.device",
        r"'rtx-40900' is not in catalog/devices/; did you mean rtx-4090\?",
    ),
    "no host of that name": (
        DESKTOPS, "host: desktop-ddr5-64gb", "host: desktop-ddr5-64", "host: desktop-ddr5-64",
        "machines.pc-rtx-4090.host",
        r"'desktop-ddr5-64' is not in catalog/machines/hosts\.yaml; did you mean desktop-ddr5-64gb\?",
    ),
    "no card at all": (
        DESKTOPS, "count: 1", "count: 0", "count: 0", "machines.pc-rtx-4090.devices.0.count", r"0: .*greater than 0",
    ),
    "a Mac in a size that was not sold": (
        LAPTOPS, "memory: 32 GB", "memory: 33 GB", "memory: 33 GB", "machines.macbook-pro-m1-max-32gb.devices.0.memory",
        r"m1-max-32-core is sold with 32 GB, 64 GB; give one of these",
    ),
    "a limit that is not in bytes": (
        APPLE, "limit: 12700000000", "limit: 1270000000", "- memory: 16 GB", "gpu_limits.1",
        r"limit must lie within 50 % to 100 % of memory; check that it is in bytes",
    ),
    "a size of a CPU's memory that nobody lists": (
        DESKTOPS, "{device: rtx-4090, count: 1}", "{device: epyc-9355, memory: 100 GB}", "100 GB",
        "machines.pc-rtx-4090.devices.0.memory", r"epyc-9355 is sold with 192 GB, .*; give one of these",
    ),
    "a card without a rate": (
        NVIDIA, "    tdp: 575 W\n", "", "  rtx-5090:", "devices.rtx-5090",
        r"only a cpu goes without compute and tdp; give both, or undisclosed",
    ),
    "a card that is a CPU": (
        NVIDIA, "    name: GeForce RTX 5090\n", "    name: GeForce RTX 5090\n    backends: [cuda, cpu]\n",
        "  rtx-5090:", "devices.rtx-5090", r"a cpu has backends: \[cpu\], and nothing else has",
    ),
    "no reference host of that name": (
        HOSTS, "reference: desktop-ddr5-64gb", "reference: desktop-ddr5-64", "", "reference",
        r"'desktop-ddr5-64' is not in catalog/machines/hosts\.yaml; did you mean desktop-ddr5-64gb\?",
    ),
    "memory without a unit": (
        HOSTS, "memory: 64 GB", "memory: 64", "memory: 64", "hosts.desktop-ddr5-64gb.memory",
        r"64 is not an amount of memory",
    ),
    "an overhead without its source": (
        RUNTIMES, "sycl: {context_overhead: undisclosed}", "sycl: {context_overhead: 100 MiB}", "100 MiB",
        "runtimes.llama.cpp.backends.sycl", r"an overhead needs its source",
    ),
    "a runtime that is none": (
        FORMATS, "runtimes: [llama.cpp, ik_llama.cpp]", "runtimes: [lama.cpp]", "[lama.cpp]", "formats.Q8_0.runtimes.0",
        r"'lama\.cpp' is not in catalog/runtimes\.yaml; did you mean llama\.cpp\?",
    ),
    "a claim about no model": (
        CLAIMS, "models: [llama-3-70b], formats: [F16]", "models: [llama-3-70c], formats: [F16]", "llama-3-70c",
        "claims.70b-fp16.checks.0.over.models.0",
        r"'llama-3-70c' is not in catalog/models/, nor in catalog/claims.yaml; did you mean llama-3-70b\?",
    ),
    "a claim about no machine": (
        CLAIMS, "machines: [rtx-4090]", "machines: [rtx-4091]", "rtx-4091",
        "claims.weights-resident.checks.0.over.machines.0",
        r"'rtx-4091' is not in catalog/machines/, nor in catalog/devices/, nor in catalog/claims.yaml; did you mean ",
    ),
    "a claim in no format": (
        CLAIMS, "formats: [F16]", "formats: [F17]", "F17", "claims.fp16-per-billion.checks.0.over.formats.0",
        r"'F17' is not in catalog/formats\.yaml, nor in catalog/claims\.yaml; did you mean F16\?",
    ),
    "a word that is not defined": (
        CLAIMS, "{word: smooth", "{word: smoth", "smoth", "claims.4090-13b-30b.checks.1.word", r"did you mean smooth\?",
    ),
    "a comparison that is none": (
        CLAIMS, "is: about", "is: abut", "is: abut", "checks.0.is", r"abut: .*'about'",
    ),
    "a context that is no number": (
        CLAIMS, "contexts: [128K]", "contexts: [128Q]", "128Q", "over.contexts.0", r"128Q",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_in_one_line(shelf: Shelf, name: str) -> None:
    file, old, new, marker, key, what = MISTAKES[name]
    (only,) = shelf.edit(file, old, new).problems()
    assert only.file == f"catalog/{file}"
    assert not marker or only.line == shelf.line(file, marker)
    assert key in only.key
    assert "\n" not in str(only)
    assert str(only).startswith(f"catalog/{file}:{only.line}: ")
    assert re.search(what, only.what), only.what


def test_a_mistake_in_a_familys_key_is_told_where_it_stands(shelf: Shelf) -> None:
    problems = shelf.edit(LLAMA, "context: 8192", "context: 12:30").problems()
    assert {p.line for p in problems} == {shelf.line(LLAMA, "12:30")}


def test_a_misspelt_family_key_is_told_where_it_stands(shelf: Shelf) -> None:
    problems = shelf.edit(LLAMA, "license:", "licence:").problems()
    unknown = [p for p in problems if p.what == "unknown key; did you mean license?"]
    assert {p.line for p in unknown} == {shelf.line(LLAMA, "licence:")}
    assert all(p.file == f"catalog/{LLAMA}" for p in problems)


def test_an_id_given_twice_in_a_file_names_both_lines(shelf: Shelf) -> None:
    first, second = shelf.line(LLAMA, "  llama-3-8b:"), shelf.line(LLAMA, "  llama-3-70b:")
    (only,) = shelf.edit(LLAMA, "  llama-3-70b:", "  llama-3-8b:").problems()
    assert (only.file, only.line, only.key) == (f"catalog/{LLAMA}", second, "models.llama-3-8b")
    assert only.what == f"given twice (first on line {first}); keep one"


@pytest.mark.parametrize(
    ("taken", "by", "marker"),
    [("mixtral-8x7b", MIXTRAL, "  mixtral-8x7b:"), ("mistral-7b", "models/mistral.yaml", "  mistral-7b:")],
)
def test_an_id_given_twice_across_files_names_the_other(shelf: Shelf, taken: str, by: str, marker: str) -> None:
    problems = shelf.edit(LLAMA, "  llama-3-70b:", f"  {taken}:").problems()
    other = shelf.line(by, marker)
    ours = shelf.line(LLAMA, f"  {taken}:")
    # Files are read in the order of their names: the later one complains.
    assert [(p.file, p.line, p.what) for p in problems] == [
        (f"catalog/{by}", other, f"id is taken by catalog/{LLAMA}:{ours}; choose another")
    ]


def test_a_machine_may_not_have_a_devices_id(shelf: Shelf) -> None:
    (only,) = shelf.edit(DESKTOPS, "  pc-rtx-4090:", "  rtx-4090:").problems()
    device = shelf.line(NVIDIA, "  rtx-4090:")
    assert only.what == f"id is taken by catalog/{NVIDIA}:{device}; choose another"


@pytest.mark.parametrize("name", ["Llama-3-70B", "llama_3_70b", "llama 3", "-llama"])
def test_an_id_is_kebab_case(shelf: Shelf, name: str) -> None:
    (only,) = shelf.edit(LLAMA, "  llama-3-70b:", f"  {name}:").problems()
    assert only.what == "is no id; write it in kebab-case, such as llama-3-8b"


def test_a_model_without_sources_is_an_error(shelf: Shelf) -> None:
    text = (shelf.root / MIXTRAL).read_text(encoding="utf-8")
    shelf.write(MIXTRAL, text[: text.index("    sources:")].encode())
    (only,) = shelf.problems()
    assert (only.line, only.key) == (shelf.line(MIXTRAL, "  mixtral-8x7b:"), "models.mixtral-8x7b.sources")
    assert only.what == "missing; give a list of at least one {url, read}"


def test_a_device_with_an_empty_list_of_sources_is_an_error(shelf: Shelf) -> None:
    text = (shelf.root / MIXTRAL).read_text(encoding="utf-8")
    shelf.write(MIXTRAL, (text[: text.index("    sources:")] + "    sources: []\n").encode())
    (only,) = shelf.problems()
    assert only.line == shelf.line(MIXTRAL, "    sources: []")
    assert only.what.endswith("give a list of at least one {url, read}")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "models: missing; give a mapping of ids under models:"),
        (b"# nothing yet\n", "models: missing; give a mapping of ids under models:"),
        (b"family: X\nmodels:\n", "missing; give a mapping of ids under models:"),
        (b"- family: X\n", "is not a mapping; write keys and values"),
        (b"just text\n", "is not a mapping; write keys and values"),
        (b"models:\n  x:\n", "is not a mapping; write keys and values under it"),
        (b"models: [llama-3-8b\n", "not YAML: "),
        (b"models:\n\tx: 1\n", "not YAML: "),
        ("models: é".encode("latin-1"), "not UTF-8 text (byte 8); save it as UTF-8"),
        ("models: x".encode("utf-16"), "not UTF-8 text (byte 0); save it as UTF-8"),
    ],
    ids=[
        "empty", "comment", "no members", "list", "text", "no entry", "open bracket", "tab", "Latin-1", "UTF-16",
    ],
)  # fmt: skip
def test_a_file_that_is_no_family_is_told_in_one_line(shelf: Shelf, data: bytes, what: str) -> None:
    (only,) = shelf.write("models/own.yaml", data).problems()
    assert only.file == "catalog/models/own.yaml"
    assert what in str(only)


@pytest.mark.parametrize("file", [RUNTIMES, FORMATS, CLAIMS, HOSTS])
def test_a_missing_file_is_told_by_its_name(shelf: Shelf, file: str) -> None:
    (shelf.root / file).unlink()
    (only,) = shelf.problems()
    assert str(only) == f"catalog/{file}:1: missing; restore the file"


@pytest.mark.parametrize("file", [RUNTIMES, FORMATS, CLAIMS, HOSTS])
def test_an_emptied_file_is_told_by_its_name(shelf: Shelf, file: str) -> None:
    problems = shelf.write(file, b"").problems()
    assert {p.file for p in problems} == {f"catalog/{file}"}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (CLAIMS, "sets:\n", "sets: [1]\nset:\n"),
        (CLAIMS, "words:\n", "words: 3\nword:\n"),
        (CLAIMS, "    4-bit: [Q4_0, Q4_K_M, AWQ, MXFP4]", "    4-bit: Q4_0"),
        (APPLE, "gpu_limits:\n", "gpu_limits: 3\ngpu_limit:\n"),
        (HOSTS, "reserved:\n", "reserved: 4 GB\nreserve:\n"),
        (MIXTRAL, "family: Mixtral", "? [a, b]\n: c\nfamily: Mixtral"),
    ],
    ids=["sets", "words", "a set", "limits", "reserved", "a list as a key"],
)
def test_a_shape_that_nobody_expects_is_still_told_with_its_file(shelf: Shelf, file: str, old: str, new: str) -> None:
    problems = shelf.edit(file, old, new).problems()
    assert {p.file for p in problems} == {f"catalog/{file}"}


def test_several_mistakes_are_all_told(shelf: Shelf) -> None:
    shelf.edit(NVIDIA, "bandwidth: 1008 GB/s", "bandwidth: 1008").edit(LAUNCHES, "amount: 1599", "amount: -1599")
    assert {p.file for p in shelf.problems()} == {f"catalog/{NVIDIA}", f"catalog/{LAUNCHES}"}


def test_the_errors_text_is_its_first_line_and_how_many_more(shelf: Shelf) -> None:
    shelf.edit(NVIDIA, "bandwidth: 1008 GB/s", "bandwidth: 1008").edit(LAUNCHES, "amount: 1599", "amount: -1599")
    with pytest.raises(CatalogError, match=r"^catalog/devices/nvidia\.yaml:\d+: .*\(and 1 more: ") as caught:
        shelf.load()
    assert "\n" not in str(caught.value)


def test_mending_the_file_mends_the_catalog(shelf: Shelf) -> None:
    shelf.edit(NVIDIA, "bandwidth: 1008 GB/s", "bandwidth: 1008").problems()
    shelf.edit(NVIDIA, "bandwidth: 1008\n", "bandwidth: 1008 GB/s\n").load()


def test_a_folder_that_is_no_catalog_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SizingError, match="no such folder; give the folder that holds models/, devices/ and machines/"):
        Catalog.load(tmp_path / "nowhere")


def test_a_member_states_only_what_its_family_does_not(shelf: Shelf) -> None:
    shelf.edit(LLAMA, "context: 8192", "context: 16384").edit(
        LLAMA, "    released: 2024-04-18", "    context: 4096\n    released: 2024-04-18"
    )
    catalog = shelf.load()
    assert (catalog.model("llama-3-8b").context, catalog.model("llama-3-70b").context) == (4096, 16384)


def test_architectures_merge_key_by_key(shelf: Shelf) -> None:
    catalog = shelf.edit(LLAMA, "{hidden_size: 4096,", "{num_key_value_heads: 4, hidden_size: 4096,").load()
    small, large = (catalog.model(name).architecture for name in ("llama-3-8b", "llama-3-70b"))
    assert not isinstance(small, str)
    assert not isinstance(large, str)
    assert (small.num_key_value_heads, large.num_key_value_heads, small.vocab_size) == (4, 8, 128256)


def test_a_template_is_checked_too(shelf: Shelf) -> None:
    problems = shelf.edit("models/_template.yaml", "num_hidden_layers: 20", "num_hidden_layers: twenty").problems()
    assert {p.file for p in problems} == {"catalog/models/_template.yaml"}


def test_a_copied_template_becomes_a_model(shelf: Shelf) -> None:
    shutil.copy(shelf.root / "models" / "_template.yaml", shelf.root / "models" / "own.yaml")
    model = shelf.load().model("example-1b")
    assert model.parameters is not None
    assert model.parameters.total == model.stated_parameters


def test_every_entry_knows_its_file_and_line(shelf: Shelf) -> None:
    catalog = shelf.load()
    for name, file in (("llama-3-8b", LLAMA), ("rtx-4090", NVIDIA), ("pc-rtx-4090", DESKTOPS)):
        assert catalog.origins[name] == (f"catalog/{file}", shelf.line(file, f"  {name}:"))

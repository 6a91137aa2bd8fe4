"""Nothing slips past: each broken catalog is told in exactly one line, where it is broken, with what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from sizing.errors import Problem
from tests.sizing.conftest import Shelf

LLAMA = "models/llama-3.yaml"
NVIDIA = "devices/nvidia.yaml"
APPLE = "devices/apple.yaml"
DESKTOPS = "machines/desktops.yaml"
LAUNCHES = "offers/cards-launch-us.yaml"
HOSTS = "machines/hosts.yaml"
CLAIMS = "claims.yaml"
FORMATS = "formats.yaml"
RUNTIMES = "runtimes.yaml"

# What is edited, the text that marks the line, and what the line must say.
EDITS: Final[Mapping[str, tuple[str, str, str, str, str]]] = {
    # Figures that are wrong by one, by ten or by a unit.
    "a parameter more": (
        LLAMA, "parameters: 8030261248", "parameters: 8030261249", "8030261249",
        r"8,030,261,249; expected its architecture's 8,030,261,248; correct the one that is wrong",
    ),
    "ten times the parameters": (
        LLAMA, "parameters: 8030261248", "parameters: 80302612480", "80302612480",
        r"its architecture's 8,030,261,248",
    ),
    "33 layers for 32": (
        LLAMA, "num_hidden_layers: 32", "num_hidden_layers: 33", "parameters: 8030261248", r"'s 8,248,373,248",
    ),
    "a billion layers": (
        LLAMA, "num_hidden_layers: 32", "num_hidden_layers: 1000000000", "1000000000", r"less than or equal to 1000",
    ),
    "terabytes for gigabytes": (
        NVIDIA, "bandwidth: 1792 GB/s", "bandwidth: 1792 TB/s", "1792 TB/s", r"a bandwidth is 0\.1 GB/s to 100 TB/s",
    ),
    "a thousandth of a bandwidth": (
        NVIDIA, "bandwidth: 1792 GB/s", "bandwidth: 1.792 GB/s", "  rtx-5090:", r"is plausible; check the units",
    ),
    "petaflops for teraflops": (NVIDIA, "419 TFLOPS", "419 PFLOPS", "419 PFLOPS", r"'419 PFLOPS' is not plausible"),
    "petaflops that could be some card's": (
        NVIDIA, "rate: 330.3 TFLOPS", "rate: 33.03 PFLOPS", "  rtx-4090:",
        r"best rate is .* times that of its bandwidth",
    ),
    "kilowatts for watts": (NVIDIA, "tdp: 575 W", "tdp: 575 kW", "575 kW", r"a power is 1 W to 20 kW"),
    "a card without memory": (NVIDIA, "box: 32 GB", "box: 0 GB", "0 GB", r"'0 GB' is not plausible"),
    "a card in no size": (NVIDIA, "box: 32 GB", "box: []", "box: []", r"an empty list; give 24 GB"),
    "ten times the memory": (NVIDIA, "box: 32 GB", "box: 320 GB", "  rtx-5090:", r"80 % to 100 % of memory\.box"),
    "a card in a size that was not sold": (
        DESKTOPS, "{device: rtx-4090, count: 1}", "{device: rtx-4090, count: 1, memory: 48 GB}", "48 GB",
        r"rtx-4090 is sold with 24 GB; give one of these",
    ),
    "a tag that stands for no format": (
        LLAMA, '"llama3:8b": Q4_0', '"llama3:8b": Q4_9', "Q4_9", r"'Q4_9' is not in catalog/formats.yaml; did you mean",
    ),
    "a name of another model": (
        LLAMA, "huggingface: [meta-llama/Meta-Llama-3-8B-Instruct",
        "huggingface: [deepseek-ai/DeepSeek-R1",
        "deepseek-ai/DeepSeek-R1",
        r"deepseek-ai/DeepSeek-R1 is a name of .* already; choose one of the two",
    ),
    "a repository without an owner": (
        LLAMA, "huggingface: [meta-llama/Meta-Llama-3-8B-Instruct", "huggingface: [Meta-Llama-3-8B", "Meta-Llama-3-8B",
        r"Meta-Llama-3-8B: string should match pattern",
    ),
    "a billion cards": (DESKTOPS, "count: 1}", "count: 1000000000}", "1000000000", r"less than or equal to 1024"),
    "a card in no host": (
        DESKTOPS, "    host: desktop-ddr5-64gb\n", "", "  pc-rtx-4090:",
        r"missing; rtx-4090 is a card, so name the host",
    ),
    "a host that keeps all of its memory": (
        HOSTS, "memory: 192 GB", "memory: 3 GB", "memory: 3 GB", r"no more than the 4 GiB that its system keeps",
    ),
    "a host that keeps more": (HOSTS, "  memory: 4 GB", "  memory: 400 GB", "400 GB", r"0 MiB to 64 GB"),
    "a host in terabytes": (HOSTS, "bandwidth: 89.6 GB/s", "bandwidth: 89.6 TB/s", "89.6 TB/s", r"1 GB/s to 5 TB/s"),
    "an infinite price": (LAUNCHES, "amount: 1599", "amount: 1e999", "1e999", r"more than a number holds"),
    "a price that is true": (
        LAUNCHES, "amount: 1599", "amount: true", "true",
        r"give a number above zero, such as 1599",
    ),
    "a price of nothing": (LAUNCHES, "amount: 1599", "amount: 1e-7", "1e-7", r"greater than or equal to 0\.01"),
    "a price of next century": (
        LAUNCHES, "date: 2022", "date: 2199", "date: 2199",
        r"not a day from 2000-01-01 to today",
    ),
    "a country by its name": (
        LAUNCHES, "region: US", "region: America", "America",
        r"give the country's code, such as CN",
    ),
    "a release of next century": (
        LLAMA, "2024-04-18", "2199-04-18", "2199-04-18",
        r"not a day from 2000-01-01 to today",
    ),
    "the last day that there is": (LLAMA, "2024-04-18", "9999-12-31", "9999-12-31", r"not a day from"),
    "read before it was written": (LLAMA, "read: 2026-11-22", "read: 1999-11-22", "1999", r"not a day from"),
    "a loss that is no number": (FORMATS, "value: 6.2277", "value: .nan", ".nan", r"input should be a valid number"),
    "a loss below zero": (FORMATS, "value: 6.2277", "value: -6.2277", "-6.2277", r"greater than or equal to 0"),
    "a page of 10^12": (RUNTIMES, "page: 256", "page: 1000000000000", "1000000000000", r"less than or equal to 65536"),
    "scales of 1,600 bits": (FORMATS, "bits: 16", "bits: 1600", "1600", r"less than or equal to 64"),
    "the most bits first": (FORMATS, "bpw: [2.0, 8.0]", "bpw: [8.0, 2.0]", "  EXL2:", r"bpw gives the least .* first"),
    "a context of nothing": (
        CLAIMS, "contexts: [128K]", "contexts: [0K]", "[0K]",
        r"'0K' is no number of tokens from 1",
    ),
    "a context of 10^11 K": (CLAIMS, "[128K]", "[99999999999K]", "99999999999K", r"no number of tokens from 1"),
    "a context of 31 digits": (CLAIMS, "[128K]", f"[{10**30}]", str(10**30), r"a number of 31 digits"),
    "a model's context of 10^30": (LLAMA, "context: 8192", "context: 1e30", "1e30", r"no number of tokens from 1"),
    "an integer of 5,000 digits": (LLAMA, "8192", "9" * 5000, "9" * 5000, r"5,000 characters in a value"),
    "400 digits with a unit": (LLAMA, "8192", "9" * 400 + "K", "9" * 400, r"is no number of tokens"),
    "900 brackets": (LLAMA, "8192", "[" * 900 + "]" * 900, "[[", r"nested more than 50 deep"),
    # Names that stand for nothing.
    "a source of no key": (
        LLAMA, "released, license, context", "released, licence, context", "licence",
        r"'licence' is no key of this entry; leave it out",
    ),
    "a source of a figure that is not stated": (
        NVIDIA, "for: [memory.driver]", "for: [memory.channels]", "memory.channels", r"is no key of this entry",
    ),
    "a cache type that is none": (RUNTIMES, "types: [f32, f16,", "types: [f33, f16,", "f33", r"did you mean f32\?"),
    "an indexer of no type": (RUNTIMES, "indexer: fp8_128", "indexer: fp9_128", "fp9_128", r"did you mean fp8_128\?"),
    "a window of no model type": (
        RUNTIMES, "windowed: [llama4_text", "windowed: [lama4_text", "lama4",
        r"did you mean llama4_text",
    ),
    "a checkpoint of no model type": (
        FORMATS, "model_types: [laguna]", "model_types: [lagune]", "[lagune]",
        r"mean laguna\?",
    ),
    "a checkpoint of no model": (
        FORMATS, "models: [qwen3.6-27b,", "models: [qwen3.7-27b,", "qwen3.7-27b",
        r"did you mean qwen3",
    ),
    "a loss of no model": (
        FORMATS, "model: llama-3-8b,", "model: llama-3-9b,", "llama-3-9b",
        r"did you mean llama-3-8b\?",
    ),
    "a loss against no format": (FORMATS, "base: F16", "base: F17", "F17", r"'F17' is not in catalog/formats\.yaml"),
    "a claim in no section": (
        CLAIMS, "section: 带宽与算力", "section: 带宽和算力", "带宽和算力",
        r"did you mean 带宽与算力\?",
    ),
    "a list of no model": (
        CLAIMS, "13b-class: [llama-2-13b]", "13b-class: [llama-2-14b]", "llama-2-14b",
        r"did you mean llama-2",
    ),
    "a list with an id's name": (
        CLAIMS, "    8-bit: [INT8, Q8_0]", "    8-bit: [INT8, Q8_0]\n    F16: [INT8]", "    F16: [INT8]",
        r"is an id; choose another name",
    ),
    "a limit of no device": (
        APPLE, "device: undisclosed", "device: m9-ultra", "m9-ultra",
        r"is not in catalog/devices/",
    ),
    "a comparison with no machine": (
        CLAIMS, "against: {machine: rtx-4090", "against: {machine: rtx-4091", "rtx-4091", r"did you mean .*rtx-4090\?",
    ),
    "a file like no format": (
        "models/qwen-3-moe.yaml", "like: Q4_K_M", "like: Q4_K_Z", "Q4_K_Z", r"is not in catalog/formats\.yaml",
    ),
    # Keys that nobody reads.
    "a key of hosts.yaml": (
        HOSTS, "reserved:", "surplus: 3\nreserved:", "surplus",
        r"known here: reference, reserved, hosts",
    ),
    "a misspelt key of hosts.yaml": (
        HOSTS, "reserved:", "reservd:", "reservd",
        r"unknown key; did you mean reserved\?",
    ),
    "a key of claims.yaml": (
        CLAIMS, "sets:\n", "extra: {a: 1}\nsets:\n", "extra",
        r"known here: sections, sets, words",
    ),
    "an axis of no kind": (
        CLAIMS, "  models:\n", "  modells:\n    a: [b]\n  models:\n", "modells",
        r"did you mean models\?",
    ),
    "a key of a family": (LLAMA, "license:", "licence:", "licence:", r"unknown key; did you mean license\?"),
    "a key of a model": (LLAMA, "released: 2024-04-18", "relased: 2024-04-18", "relased", r"did you mean released\?"),
    "a key of a link": (NVIDIA, "pcie: 4.0 x16", "pci: 4.0 x16", "pci: 4.0", r"unknown key; did you mean pcie\?"),
    "a key that no member has": (
        LLAMA, "license: Llama 3 Community License\n", "", "models:",
        r"missing; give the licence's name, or proprietary, once for all 2 models or for each",
    ),
    "words under another key": (CLAIMS, "words:\n", "wordz:\n", "wordz:", r"unknown key; did you mean words\?"),
    "lists under another key": (CLAIMS, "sets:\n", "setz:\n", "setz:", r"unknown key; did you mean sets\?"),
    # Text that is none.
    "no name": (LLAMA, "name: LLaMA-3 8B", 'name: ""', 'name: ""', r"at least 1 character"),
    "a name of blanks": (LLAMA, "name: LLaMA-3 8B", 'name: "  "', 'name: "  "', r"needless spaces"),
    "a name of zero width": (LLAMA, "name: LLaMA-3 8B", 'name: "\\u200b"', "u200b", r"U\+200B \(zero width space\)"),
    "a name that runs to the left": (LLAMA, "name: LLaMA-3 8B", "name: L\u202eb", "\u202e", r"U\+202E \(right-to-left"),
    "a name that rings": (LLAMA, "name: LLaMA-3 8B", 'name: "a\\u0007"', "u0007", r"U\+0007"),
    "a hidden comment": (
        LLAMA, "family: Llama 3", "# \u2066\nfamily: Llama 3", "\u2066",
        r"U\+2066 \(left-to-right isolate\)",
    ),
    "a vendor by its name": (
        LLAMA, "vendor: meta", "vendor: Meta AI", "Meta AI",
        r"give the vendor's id, such as meta",
    ),
    # Templates are held to the same.
    "a template of too many parameters": (
        "models/_template.yaml", "parameters: 1095845888", "parameters: 1095845889", "1095845889", r"'s 1,095,845,888",
    ),
    "a template of no device": (
        "machines/_template.yaml", "rtx-3090", "rtx-3091", "rtx-3091",
        r"did you mean rtx-3090\?",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_that_breaks_the_catalog_is_told_in_one_line(shelf: Shelf, name: str) -> None:
    file, old, new, marker, what = EDITS[name]
    (only,) = shelf.edit(file, old, new).problems()
    assert (only.file, only.line) == (f"catalog/{file}", shelf.line(file, marker)), only
    assert re.search(what, only.what), only.what
    assert "\n" not in str(only)
    assert len(str(only)) < 600


def a_copy(of: str, to: str) -> Callable[[Path], object]:
    return lambda root: (root / to).write_bytes((root / of).read_bytes())


def moved(of: str, to: str) -> Callable[[Path], object]:
    return lambda root: (root / of).rename(root / to)


STRAYS: Final[Mapping[str, tuple[Callable[[Path], object], str, str]]] = {
    ".yml": (
        moved(LLAMA, "models/llama-3.yml"), "models/llama-3.yml",
        "is not read; write YAML and name it llama-3.yaml",
    ),
    ".YAML": (
        moved(NVIDIA, "devices/nvidia.YAML"), "devices/nvidia.YAML",
        "is not read; write YAML and name it nvidia.yaml",
    ),
    ".json": (a_copy(LLAMA, "models/x.json"), "models/x.json", "is not read; write YAML and name it x.yaml"),
    "a hidden file": (a_copy(LLAMA, "models/.x.yaml"), "models/.x.yaml", "is not read; write YAML and name it x.yaml"),
    "an editor's copy": (
        a_copy(LLAMA, "models/llama-3.yaml~"), "models/llama-3.yaml~",
        "is not read; known here: *.yaml",
    ),
    "a spare copy": (a_copy(CLAIMS, "claims.yaml.bak"), "claims.yaml.bak", "is not read; did you mean claims.yaml?"),
    "a file of the wrong folder": (
        a_copy(LLAMA, "llama-3.yaml"), "llama-3.yaml", "is not read; known here: LICENSE, runtimes.yaml",
    ),
    "a table that nobody reads": (
        a_copy("measurements/speeds.csv", "measurements/speed.csv"), "measurements/speed.csv",
        "is not read; did you mean speeds.csv?",
    ),
    "a subfolder": (
        lambda root: (root / "models/meta").mkdir(), "models/meta",
        "a folder that nobody reads; put its files",
    ),
    "a folder of the catalog": (lambda root: (root / "modells").mkdir(), "modells", "a folder that nobody reads"),
    "a folder with a file's name": (
        lambda root: (root / "models/x.yaml").mkdir(), "models/x.yaml",
        "is a folder; give a file",
    ),
    "a link to nothing": (
        lambda root: (root / "models/x.yaml").symlink_to("gone"), "models/x.yaml", "is a link to nothing; give a file",
    ),
    "a link to itself": (
        lambda root: (root / "models/x.yaml").symlink_to("x.yaml"), "models/x.yaml", "cannot be read (too many levels",
    ),
    "a missing table": (
        lambda root: (root / "measurements/record/memory.csv").unlink(), "measurements/record/memory.csv",
        "missing; restore the file",
    ),
    "a missing file": (lambda root: (root / FORMATS).unlink(), FORMATS, "missing; restore the file"),
    "a name of two lines": (a_copy(LLAMA, "models/a\nb.txt"), r"models/a\nb.txt", "is not read; known here: *.yaml"),
}  # fmt: skip


@pytest.mark.parametrize("name", STRAYS)
def test_a_file_that_nobody_reads_is_told_once_and_what_it_holds_is_not_missed(shelf: Shelf, name: str) -> None:
    change, file, what = STRAYS[name]
    change(shelf.root)
    (only,) = shelf.problems()
    assert str(only).startswith(f"catalog/{file}:1: {what}"), only


@pytest.mark.parametrize("name", [".DS_Store", ".llama-3.yaml.swp", ".#llama-3.yaml"])
def test_what_an_editor_leaves_while_a_file_is_open_is_no_fact(shelf: Shelf, name: str) -> None:
    shelf.write(f"models/{name}", b"x")
    assert shelf.load().models


def test_mistakes_of_every_kind_are_told_in_one_pass(shelf: Shelf) -> None:
    names = [
        "33 layers for 32",
        "kilowatts for watts",
        "no host of that name",
        "a price of nothing",
        "a claim in no section",
    ]
    edits = {
        **EDITS,
        "no host of that name": (DESKTOPS, "host: desktop-ddr5-64gb", "host: desktop-ddr5", "desktop-ddr5\n", ""),
    }  # fmt: skip
    for name in names:
        shelf.edit(*edits[name][:3])
    shelf.write("models/broken.yaml", b"models: [\n")
    shelf.write("models/x.yml", b"")
    shelf.edit("measurements/builds.csv", "2024-09-06", "2999-09-06")
    shelf.edit("measurements/record/parameters.csv", "8028033024", "8_028_033_024")

    def told(problems: tuple[Problem, ...]) -> set[str]:
        return {problem.file.removeprefix("catalog/") for problem in problems}

    problems = shelf.problems()
    assert len(problems) == len(names) + 4
    assert told(problems) == {
        LLAMA, NVIDIA, DESKTOPS, LAUNCHES, CLAIMS, "models/broken.yaml", "models/x.yml", "measurements/builds.csv",
        "measurements/record/parameters.csv",
    }  # fmt: skip

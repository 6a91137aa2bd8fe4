"""Names of machines, devices, formats and tests are Chinese where they are words, and product names stay."""

import re

import pytest

from macros.labels.names import called
from sizing import Catalog


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("M2 Max (12-core CPU, 30-core GPU)", "M2 Max（12 核 CPU、30 核 GPU）"),
        ("M6 (12-core GPU) with 16 GB", "M6（12 核 GPU，16 GB）"),
        ("PC · RTX 4090 48 GB, rebuilt", "PC · RTX 4090 48 GB（魔改）"),
        ("Laptop · RTX 4090 Laptop 16 GB", "笔记本 · RTX 4090 16 GB"),
        ("Rig · 4 × RTX 3090 24 GB", "多卡机 · 4 × RTX 3090 24 GB"),
        ("Ryzen AI Max+ 395, its CPU", "Ryzen AI Max+ 395 的 CPU"),
        ("GB200, one of its two GPUs", "GB200（两个 GPU 之一）"),
        ("One-socket 4th-generation Xeon server, 256 GB", "单路第 4 代 Xeon 服务器，256 GB"),
        ("LLM.int8() (bitsandbytes)", "LLM.int8()（bitsandbytes）"),
        ("GPQA Diamond, run by Artificial Analysis", "GPQA Diamond（Artificial Analysis 测）"),
        ("GeForce RTX 4090", "GeForce RTX 4090"),
    ],
)
def test_the_words_of_a_name_are_chinese(name: str, said: str) -> None:
    assert called(name) == said


# What a name in Chinese has no longer: words around a product's name, and Latin punctuation beside them.
ENGLISH = re.compile(
    r"\b(?:rebuilt|its|one of|core CPU|core GPU|with|and|Rig|Server ·|Laptop ·|Workstation ·|socket|generation|units|"
    r"style control|coding|mean of)\b|, | \(|\) "
)


def test_no_english_words_are_left_in_the_names_that_pages_show(catalog: Catalog) -> None:
    kinds = (catalog.machines, catalog.devices, catalog.hosts, catalog.formats, catalog.benchmarks)
    names = [called(entry.name) for kind in kinds for entry in kind.values()]
    assert [name for name in names if ENGLISH.search(name)] == []


def test_names_that_differ_stay_different(catalog: Catalog) -> None:
    for kind in (catalog.machines, catalog.devices, catalog.hosts, catalog.formats):
        names = [entry.name for entry in kind.values()]
        assert len({called(name) for name in names}) == len(set(names))

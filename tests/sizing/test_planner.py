"""What is remembered: keyed by everything that decides it, bounded, and gone with its catalog."""

from __future__ import annotations

import gc
import json
import shutil
import sys
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import import_module
from inspect import signature
from itertools import product
from pathlib import Path
from pkgutil import walk_packages
from random import Random
from threading import Event

import pytest

import macros
import sizing
import sizing.fitted
from sizing import Catalog, SizingError, plan
from sizing.catalog import default_catalog
from sizing.cli import main
from sizing.engine.memory import Demand
from sizing.facts.plain import to_plain
from sizing.fitted import read_fit
from sizing.planner import PROPOSED
from tests.sampled import drawing, sample, tries
from tests.sizing.conftest import Shelf


def decode(catalog: Catalog, machine: str = "rtx-4090") -> float:
    rate = plan(catalog.model("llama-3-8b"), catalog.machine(machine), format="Q4_K_M", context=4096).decode
    assert rate is not None
    return rate.value


def test_a_device_edited_to_another_generation_and_memory_has_another_speed_at_once(shelf: Shelf) -> None:
    before = decode(shelf.load())
    start = shelf.line("devices/nvidia.yaml", "  rtx-4090:")
    path = shelf.root / "devices/nvidia.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    entry = "".join(lines[start : start + 25])
    changed = entry.replace("Ada Lovelace", "Ampere", 1).replace("GDDR6X", "HBM2e", 1)
    assert changed != entry
    path.write_text("".join([*lines[:start], changed, *lines[start + 25 :]]), encoding="utf-8")
    edited = shelf.load()
    p = plan(edited.model("llama-3-8b"), edited.machine("rtx-4090"), format="Q4_K_M", context=4096)
    assert p.outcome.speed is not None
    assert p.outcome.speed.rig.devices[0].card is not None
    assert p.outcome.speed.rig.devices[0].card.memory == "HBM"
    assert p.decode is not None
    assert p.decode.value != before
    assert replace(p.outcome.speed, fitted=read_fit().constants).decode(4096) == p.decode  # with nothing remembered


def test_a_catalog_loaded_after_a_fit_uses_its_constants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = Path(shutil.copy(sizing.fitted.FITTED, tmp_path))
    monkeypatch.setattr(sizing.fitted, "FITTED", file)
    old = Catalog.load()
    before = decode(old)
    data = json.loads(file.read_text(encoding="utf-8"))
    data["decode"]["layer"][""] *= 10
    file.write_text(json.dumps(data), encoding="utf-8")
    assert decode(Catalog.load()) < 0.9 * before
    assert decode(old) == before


def test_many_contexts_are_not_all_kept_and_none_outlives_its_catalog() -> None:
    catalog = Catalog.load()
    demands: weakref.WeakSet[Demand] = weakref.WeakSet()
    for context in range(1, 5001):
        p = plan(catalog.model("llama-3-8b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=context)
        demands.add(p.outcome.proposal.demand)
    del p
    gc.collect()
    assert len(demands) <= PROPOSED < 5000
    del catalog
    gc.collect()
    assert len(demands) == 0


def test_eight_threads_get_the_answers_of_one() -> None:
    def answers(catalog: Catalog, start: int) -> dict[tuple[str, ...], object]:
        every = list(
            product(list(catalog.models)[::20], list(catalog.machines)[::10], ("Q4_K_M", "FP8"), (4096, 131072))
        )
        cases = sample(every, 160, "plans of eight threads")
        found: dict[tuple[str, ...], object] = {}
        for model, machine, fmt, context in (*cases[start:], *cases[:start]):
            try:
                p = plan(catalog.model(model), catalog.machine(machine), format=fmt, context=context)
                found[model, machine, fmt, str(context)] = p.as_dict()
            except SizingError as error:
                found[model, machine, fmt, str(context)] = str(error)
        return found

    alone, shared = answers(Catalog.load(), 0), Catalog.load()
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(lambda i: answers(shared, i * 17), range(8)))
    finally:
        sys.setswitchinterval(before)
    assert len(alone) > 100
    assert all(one == alone for one in together)


def test_eight_threads_answer_of_the_catalog_that_they_hold_while_facts_are_saved(shelf: Shelf) -> None:
    """Every answer is that of one reading of the facts, the one that was asked: never one half of two of them."""
    random = drawing("threads while facts are saved")
    cases = [
        (model, machine, fmt, context)
        for model, machine, fmt, context in product(
            random.sample([m.id for m in Catalog.load().models.values() if m.open], tries(6, 40)),
            ("rtx-4090", "2x-rtx-4090", "pc-rtx-4090", "rtx-4090+rtx-3060-12gb"), ("Q4_K_M", "FP8"), (4096, 131072),
        )
    ]  # fmt: skip

    def answer(catalog: Catalog, case: tuple[str, str, str, int]) -> object:
        model, machine, fmt, context = case
        try:
            p = plan(catalog.model(model), catalog.machine(machine), format=fmt, context=context)
        except SizingError as error:
            return str(error)
        return p.as_dict(), p.decode_at(256), p.prefill_at(512)

    def bandwidth(catalog: Catalog) -> object:
        return catalog.devices["rtx-4090"].bandwidth

    slow = shelf.load()
    fast = shelf.edit("devices/nvidia.yaml", "bandwidth: 1008 GB/s", "bandwidth: 1234 GB/s").load()
    right = {(bandwidth(c), case): answer(c, case) for c in (slow, fast) for case in cases}
    assert any(right[bandwidth(slow), case] != right[bandwidth(fast), case] for case in cases)
    current = shelf.load()
    wrong: list[object] = []
    done = Event()

    def ask(seed: int) -> int:
        turn, asked = Random(seed), 0
        while not done.is_set() or asked < 2 * len(cases):
            catalog, case = current, turn.choice(cases)
            if answer(catalog, case) != right[bandwidth(catalog), case]:
                wrong.append((bandwidth(catalog), case))
            asked += 1
        return asked

    with ThreadPoolExecutor(8) as threads:
        asking = [threads.submit(ask, random.randrange(10**9)) for _ in range(8)]
        try:
            for turn in range(tries(4, 40)):
                words = "bandwidth: 1234 GB/s", "bandwidth: 1008 GB/s"
                current = shelf.edit("devices/nvidia.yaml", *words[:: 1 if turn % 2 == 0 else -1]).load().after(current)
        finally:
            done.set()
        assert min(one.result() for one in asking) >= len(cases)
    assert wrong == []


def remembering() -> Iterator[tuple[str, int | None]]:
    """The functions of all modules that remember their answers, and how many of them."""
    for package in (sizing, macros):
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                for name, thing in vars(import_module(found.name)).items():
                    if hasattr(thing, "cache_parameters") and signature(thing).parameters:
                        yield f"{found.name}.{name}", thing.cache_parameters()["maxsize"]


def test_nothing_is_remembered_without_end() -> None:
    """Of a server that is asked for ever, by names that nobody has thought of."""
    found = dict(remembering())
    assert len(found) > 20
    of_types = {"wanted", "_parts_of", "_validator"}  # of which there are as many as stand in the code
    assert {name.rpartition(".")[2] for name, most in found.items() if most is None} == of_types


def test_a_command_reads_the_catalog_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, catalog: Catalog, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = catalog.model("mixtral-8x7b")
    assert not isinstance(entry.architecture, str)
    file = tmp_path / "config.json"
    file.write_text(json.dumps(to_plain(entry.architecture)), encoding="utf-8")
    loaded: list[object] = []
    load = Catalog.load
    default_catalog.cache_clear()

    def counted(path: Path | None = None) -> Catalog:
        loaded.append(path)
        return load(path)

    monkeypatch.setattr(Catalog, "load", counted)
    assert main(["plan", str(file), "--on", "rtx-4090"]) == 0
    assert "GiB" in capsys.readouterr().out
    assert len(loaded) == 1

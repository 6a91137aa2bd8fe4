"""Where a model goes over several cards and a host: what a good operator would reach."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Final

import pytest

from sizing import Catalog, Plan, SizingError, plan
from sizing.engine.dealing import HOST, deal
from sizing.engine.placement import DISK, FITS, NO, OFFLOAD, TIGHT
from sizing.facts.machine import Machine

GIB = 2**30
MARGIN = GIB  # llama.cpp's --fit-target
ORDER = (NO, DISK, OFFLOAD, TIGHT, FITS)


def on(catalog: Catalog, model: str, machine: str, context: int, fmt: str = "Q4_K_M") -> Plan:
    return plan(catalog.model(model), catalog.machine(machine), format=fmt, context=context)


def gib(p: Plan) -> list[float]:
    return [round(place.memory.total / GIB, 1) for place in p.places]


def plans(catalog: Catalog, machine: Machine, context: int, fmt: str = "Q4_K_M") -> Iterator[Plan]:
    for model in catalog.models.values():
        if model.open:
            yield plan(model, machine, format=fmt, context=context)


def beside(p: Plan) -> int:
    """Bytes of weights and cache on the host beyond what llama.cpp always keeps there."""
    assert p.layout
    return p.outcome.proposal.held[-1].weights + p.outcome.proposal.held[-1].cache


@pytest.mark.parametrize(
    ("model", "machine", "fmt", "context", "layers"),
    [
        # https://github.com/ikawrakow/ik_llama.cpp/pull/1464: works with layers balanced by hand
        ("qwen3.5-122b-a10b", "2x-rtx-3090", "Q4_K_M", 65536, range(18, 23)),
        ("minimax-m2", "4x-rtx-3090", "Q4_K_M", 32768, range(20, 30)),
        ("qwen3-235b-a22b", "4x-rtx-3090", "Q4_K_M", 32768, range(33, 43)),
    ],
)
def test_cards_are_filled_before_experts_go_to_the_host(
    catalog: Catalog, model: str, machine: str, fmt: str, context: int, layers: range
) -> None:
    p = on(catalog, model, machine, context, fmt)
    assert p.verdict == OFFLOAD
    assert p.layout is not None
    assert p.layout.layers_on_host == 0
    assert p.layout.experts_on_host in layers
    assert min(place.memory.total for place in p.places[:-1]) > 0.9 * 23 * GIB, gib(p)


def test_a_second_card_speeds_up_a_mixture_that_spills(catalog: Catalog) -> None:
    rates = [on(catalog, "gpt-oss-120b", f"{n}x-rtx-3090", 8192, "MXFP4_MOE").decode for n in (1, 2, 3)]
    one, two, three = (rate.value for rate in rates if rate)
    assert two > 1.4 * one
    assert three > 1.4 * two


def test_layers_of_a_small_card_go_to_one_with_room(catalog: Catalog) -> None:
    # https://github.com/5p00kyy/club-5060ti/issues/6: all on the cards. By capacity the 8 GB card would be full.
    p = on(catalog, "qwen3.8-27b", "4x-rtx-5060-ti-16gb+rtx-2070", 100 * 1024, "BF16")
    assert p.verdict == FITS
    shares = [place.memory.total / ((place.capacity or 0) - MARGIN) for place in p.places[:-1]]
    assert max(shares) <= 1
    assert min(shares[:4]) > 0.9  # about a layer less than full; the older card has what is left
    assert 0 < shares[4] < min(shares[:4])


def test_shifted_layers_are_told_as_a_tensor_split_that_deals_them_so(catalog: Catalog) -> None:
    for machine in ("2x-rtx-3090", "rtx-5080+rtx-3090", "rtx-4060-8gb+rtx-4090+rtx-3060-12gb"):
        for p in plans(catalog, catalog.machine(machine), 32768):
            layout = p.layout
            if layout and layout.output != HOST:
                count = len(p.sized.layers)
                assert sum(layout.tensor_split) == count + 1 - layout.layers_on_host
                dealt = deal(count, tuple(float(x) for x in layout.tensor_split), layout.layers_on_host)
                assert dealt == (layout.bounds, layout.output), (p.model.id, machine)


@pytest.mark.parametrize("context", [8192, 65536])
@pytest.mark.parametrize("card", ["rtx-3090", "rtx-4060-8gb", "rx-7900-xtx"])
def test_a_card_more_never_makes_a_plan_worse(catalog: Catalog, card: str, context: int) -> None:
    machines = [catalog.machine(f"{n}x-{card}") for n in (1, 2, 3, 4)]
    for model in catalog.models.values():
        if not model.open:
            continue
        found = [plan(model, machine, format="Q4_K_M", context=context) for machine in machines]
        ranks = [ORDER.index(p.verdict or NO) for p in found]
        assert ranks == sorted(ranks), model.id
        held = [beside(p) for p in found if p.layout]
        assert held == sorted(held, reverse=True), model.id


@pytest.mark.parametrize("card", ["rtx-3060-12gb", "rtx-4060-8gb", "rtx-5090"])
def test_another_card_beside_it_neither(catalog: Catalog, card: str) -> None:
    alone, both = catalog.machine("rtx-3090"), catalog.machine(f"rtx-3090+{card}")
    for one, two in zip(plans(catalog, alone, 16384), plans(catalog, both, 16384), strict=True):
        assert ORDER.index(two.verdict or NO) >= ORDER.index(one.verdict or NO), one.model.id
        if one.layout and two.layout:
            assert beside(two) <= beside(one), one.model.id


@pytest.mark.parametrize("name", ["rtx-3090", "rtx-5080+rtx-3090", "4x-rtx-3090"])
def test_more_memory_never_makes_a_plan_worse(catalog: Catalog, name: str) -> None:
    machine = catalog.machine(name)
    shares = (0.8, 0.9, 1.0, 1.05)

    def with_memory(share: float) -> Machine:
        devices = [replace(place, capacity=int(place.capacity * share)) for place in machine.rig.devices]
        return replace(machine, rig=replace(machine.rig, places=(*devices, machine.host)))

    sizes = [with_memory(share) for share in shares]
    for model in catalog.models.values():
        if model.open:
            found = [plan(model, size, format="Q4_K_M", context=16384) for size in sizes]
            ranks = [ORDER.index(p.verdict or NO) for p in found]
            assert ranks == sorted(ranks), model.id
            held = [beside(p) for p in found if p.layout]
            assert held == sorted(held, reverse=True), model.id


RIGS: Final = int(os.environ.get("RIGS", "120"))  # combinations that are drawn: 2,000 at night


HOP: Final = 0.0005  # seconds


def drawn(catalog: Catalog, count: int) -> Iterator[tuple[Plan, Plan, Plan]]:
    """Open models on one to five unequal cards beside some host; then with another card, and with more memory."""
    draw = random.Random(20261127)
    cards = [
        x.id for x in catalog.devices.values() if x.vendor == "nvidia" and x.kind == "gpu" and "cuda" in x.backends
    ]
    models = [model for model in catalog.models.values() if model.open]
    for _ in range(count):
        picked = [draw.choice(cards) for _ in range(draw.randint(2, 6))]
        host = draw.choice(("16GB@DDR4-3200x2", "64GB@DDR5-5600x2", "128GB@DDR5-5600x2", "256GB@DDR4-3200x8"))
        asked = partial(
            plan,
            draw.choice(models),
            format=draw.choice(("Q2_K", "IQ4_XS", "Q4_K_M", "Q8_0")),
            context=draw.choice((4096, 16384, 32768, 131072)),
            cache_format=draw.choice(("f16", "q8_0")),
        )
        machine, grown = catalog.machine("+".join(picked[:-1]), host), draw.randrange(len(picked))
        places = [
            replace(place, capacity=place.capacity * 5 // 4) if i == grown else place
            for i, place in enumerate(machine.places)
        ]
        larger = replace(machine, rig=replace(machine.rig, places=tuple(places)))
        with suppress(SizingError):  # heads that a quantized cache does not divide
            yield asked(machine), asked(catalog.machine("+".join(picked), host)), asked(larger)


def keeps_margin(p: Plan) -> bool:
    rooms = p.outcome.rig.room(p.outcome.loaded.program) if p.outcome.rig else ()
    return all(held <= room for held, room in zip(p.outcome.proposal.devices, rooms, strict=True))


def test_neither_a_card_nor_memory_more_makes_any_rig_worse(catalog: Catalog) -> None:
    for one, *others in drawn(catalog, RIGS):
        for better in others:
            case = f"{one.model.id} {one.format.id} {one.context} on {one.outcome.rig} and {better.outcome.rig}"
            assert ORDER.index(better.verdict or NO) >= ORDER.index(one.verdict or NO), case
            if one.layout is None or better.layout is None:
                continue
            assert all(x.memory.total <= (x.capacity or 0) for x in better.places), case
            if keeps_margin(one) or not keeps_margin(better):
                assert beside(better) <= beside(one), case
            if one.decode and better.decode and better.verdict == one.verdict == FITS:
                # A device more is a hop more, and a larger one may be a layer emptier.
                assert 1 / better.decode.value < 1.03 / one.decode.value + HOP, case


@pytest.mark.parametrize(
    ("model", "fmt", "context", "host", "card", "slow"),
    [
        # An old card in front would have the attention of all layers whose experts lie on the host.
        ("minimax-m2", "Q4_K_M", 8192, "192GB@DDR5-5600x2", "rtx-pro-5000-blackwell-48gb", "gtx-1070-ti"),
        ("glm-4.5", "IQ4_XS", 8192, "512GB@DDR5-4800x12", "rtx-4090", "p4"),
        # Twelve channels read faster than the card.
        ("yi-1.5-34b", "Q4_K_M", 8192, "512GB@DDR5-4800x12", "rx-6900-xt", "rx-6500-xt"),
    ],
)
def test_a_slow_card_slows_no_offload_wherever_it_stands(
    catalog: Catalog, model: str, fmt: str, context: int, host: str, card: str, slow: str
) -> None:
    asked = partial(plan, catalog.model(model), format=fmt, context=context, runtime="llama.cpp")
    alone = asked(catalog.machine(card, host))
    assert alone.verdict == OFFLOAD
    assert alone.decode
    for name in (f"{slow}+{card}", f"{card}+{slow}"):
        both = asked(catalog.machine(name, host))
        assert both.decode
        assert 1 / both.decode.value < 1.03 / alone.decode.value + HOP, name


def test_with_experts_on_the_host_every_card_but_one_is_full(catalog: Catalog) -> None:
    # To 90 %, or to about a layer with its experts: they go whole.
    seen = 0
    for name in ("2x-rtx-3090", "4x-rtx-3090", "rtx-5080+rtx-3090", "3x-rtx-3060-12gb+rtx-4090", "2x-rtx-5090"):
        for p in plans(catalog, catalog.machine(name), 16384):
            if not p.layout or not p.layout.experts_on_host or p.layout.layers_on_host:
                continue
            seen += 1
            rooms = [(place.capacity or 0) - MARGIN for place in p.places[:-1]]
            filled = sorted(
                (place.memory.total / room, room - place.memory.total)
                for place, room in zip(p.places[:-1], rooms, strict=True)
            )
            layer = max(x.dense + x.experts + x.cache.bytes(16384) for x in p.sized.layers)
            for share, free in filled[1:]:
                assert share >= 0.9 or free < 1.25 * layer, (p.model.id, name, gib(p))
    assert seen > 50


def test_no_place_of_unequal_cards_holds_more_than_it_can(catalog: Catalog) -> None:
    for name in ("rtx-4060-8gb+rtx-4090", "rtx-5080+rtx-3090+rtx-3060-12gb"):
        for p in plans(catalog, catalog.machine(name), 32768):
            margin = 0 if p.verdict == TIGHT else MARGIN
            if p.verdict in (FITS, TIGHT):
                assert all(x.memory.total <= (x.capacity or 0) - margin for x in p.places[:-1]), (p.model.id, name)
            if p.layout:
                assert all(x.memory.total <= (x.capacity or 0) for x in p.places), (p.model.id, name)


def test_the_verdict_says_how_it_runs(catalog: Catalog) -> None:
    # Llama 3 8B at F16 is 15.0 GiB of 15.99: without a margin of 1 GiB alone.
    assert on(catalog, "llama-3-8b", "rtx-4090", 8192).verdict == FITS
    tight = on(catalog, "qwen3-14b", "rtx-4060-ti-16gb", 4096, "Q8_0")
    assert (tight.verdict, tight.fits, tight.runs) == (TIGHT, False, True)
    assert tight.layout is not None
    assert not tight.layout.offloaded
    assert on(catalog, "llama-3-70b", "rtx-4090", 8192).verdict == OFFLOAD
    mapped = on(catalog, "deepseek-v3", "rtx-4090", 8192)  # 377 GiB, of which 88 lie in memory at a time
    assert (mapped.verdict, mapped.fits, mapped.runs, mapped.layout) == (DISK, False, False, None)
    # vLLM maps nothing: it reads a checkpoint into memory.
    assert on(catalog, "llama-3-70b", "rtx-4090", 8192, "AWQ").verdict == NO
    memory_only = plan(catalog.model("llama-3-8b"), None, format="F16", context=512)
    assert (memory_only.verdict, memory_only.fits, memory_only.runs) == (None, None, None)


def test_a_mac_holds_whole_what_fits_beside_the_few_logits_of_todays_server(catalog: Catalog) -> None:
    # https://github.com/AlexsJones/llmfit/pull/812: all layers of Qwen3 30B-A3B on an M4 Pro with 24 GB
    p = on(catalog, "qwen3-30b-a3b", "macbook-pro-m4-pro-24gb", 4096)
    assert p.verdict == TIGHT
    assert "slot_logits" in p.assumed
    taken, capacity = p.places[0].memory.total, p.places[0].capacity
    assert capacity is not None
    assert taken <= capacity
    asked = plan(p.model, p.machine, format="Q4_K_M", context=4096, layers_on_device=999)
    assert (asked.verdict, asked.memory) == (TIGHT, p.memory)
    # With logits of a whole micro-batch, 151,936 times 512 in 32 bits, it would not
    assert taken + 511 * 4 * 151936 > capacity
    # Where there is room nothing is taken for granted
    roomy = on(catalog, "qwen3-30b-a3b", "rtx-5090", 4096)
    assert (roomy.verdict, roomy.assumed) == (FITS, ())


def test_a_cache_that_no_memory_holds_cannot_come_from_disk(catalog: Catalog) -> None:
    # Llama 2 13B: 40 layers x 5,120 x 2 x 2 bytes a token, 800 GiB at 1M tokens
    assert on(catalog, "llama-2-13b", "rtx-4090", 1 << 20).verdict == NO


def test_a_processor_keeps_no_margin(catalog: Catalog) -> None:
    model, machine = catalog.model("llama-3-8b"), catalog.machine("epyc-9355-768gb")
    p = plan(model, machine, format="Q4_K_M", context=8192)

    def verdict(memory: int) -> str | None:
        places = tuple(replace(place, capacity=memory) for place in machine.places)
        return plan(
            model, replace(machine, rig=replace(machine.rig, places=places)), format="Q4_K_M", context=8192
        ).verdict

    assert verdict(p.memory.total) == FITS
    assert verdict(p.memory.total - 1) in (DISK, NO)


def test_what_no_runtime_reads_is_refused_whatever_the_cards(catalog: Catalog) -> None:
    with pytest.raises(SizingError):
        on(catalog, "llama-3-8b", "rtx-5080+rtx-3090", 8192, "MLX-4bit")

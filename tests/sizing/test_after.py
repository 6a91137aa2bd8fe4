"""Facts are read again after a save: what was worked out of equal ones holds on, and every answer is as if nothing
had been known before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sizing import Catalog
from sizing.export import api
from sizing.proof.accuracy import each_measured
from sizing.proof.record import agreements
from sizing.search import buy, fit
from tests.sampled import sample
from tests.sizing.conftest import Shelf

MACHINES = ("rtx-4090", "framework-desktop-128gb")


def searched(catalog: Catalog) -> object:
    """What searches answer, with what decides their order."""
    found = [(name, one) for name in MACHINES for one in fit(catalog, catalog.machine(name), beaten=True)]
    bought = buy(catalog, "40000cny")
    return (
        [(name, one.plan.model.id, one.plan.format.id, one.seconds, one.score, one.why) for name, one in found],
        [
            (one.offered.name, one.price, one.plan.model.id, one.plan.format.id, one.seconds, one.score)
            for one in bought
        ],
    )


def proven(catalog: Catalog) -> object:
    """What stands beside the record of real tools, and beside measured speeds."""
    return sorted(map(repr, agreements(catalog))), list(map(repr, each_measured(catalog)))


def told(catalog: Catalog) -> object:
    return api(catalog, planned=False)


SAVES: tuple[tuple[Callable[[Catalog], object], str, str, str], ...] = (
    (searched, "devices/nvidia.yaml", "bandwidth: 1008 GB/s", "bandwidth: 1234 GB/s"),
    (searched, "models/qwen-3-next.yaml", "num_hidden_layers: 48", "num_hidden_layers: 44"),
    (searched, "measurements/scores.csv", "DeepSeek R1 Distill Qwen 32B,61.5", "DeepSeek R1 Distill Qwen 32B,91.5"),
    (searched, "offers/cards-cn.yaml", "rtx-5060-ti-16gb, amount: 5400", "rtx-5060-ti-16gb, amount: 4400"),
    (searched, "formats.yaml", "value: 6.4071", "value: 9.4071"),
    (proven, "models/llama-3.yaml", "num_hidden_layers: 32", "num_hidden_layers: 31"),
    (proven, "devices/nvidia.yaml", "bandwidth: 1008 GB/s", "bandwidth: 1234 GB/s"),
    (proven, "measurements/speeds.csv", "1,f16,tensor,,,,,49.4,B", "1,f16,tensor,,,,,48.4,B"),
    (told, "devices/nvidia.yaml", "bandwidth: 1008 GB/s", "bandwidth: 1234 GB/s"),
)


@pytest.mark.parametrize(
    ("question", "file", "old", "new"), sample(SAVES, 4, "saves of facts"), ids=lambda x: getattr(x, "__name__", None)
)
def test_an_answer_after_a_save_is_that_of_a_catalog_read_afresh(
    question: Callable[[Catalog], object], file: str, old: str, new: str, shelf: Shelf
) -> None:
    before = shelf.load()
    was = question(before)
    fresh = shelf.edit(file, old, new).load()
    after = shelf.load().after(before)
    assert question(after) == question(fresh)
    assert question(after) != was


def test_a_saved_device_leaves_the_plans_of_other_machines_as_they_are(shelf: Shelf) -> None:
    before = shelf.load()

    def plans(catalog: Catalog, machine: str) -> set[int]:
        return {id(one.plan) for one in fit(catalog, catalog.machine(machine))}

    own, others = plans(before, "rtx-4090"), plans(before, "2x-rtx-3090")
    after = shelf.edit("devices/nvidia.yaml", "bandwidth: 1008 GB/s", "bandwidth: 1234 GB/s").load().after(before)
    assert plans(after, "2x-rtx-3090") == others
    assert not plans(after, "rtx-4090") & own


def test_a_price_that_was_saved_is_that_of_a_plan_made_before(shelf: Shelf) -> None:
    before = shelf.load()
    held = fit(before, before.machine("rtx-4090"))[0].plan
    was = held.offer
    shelf.edit("offers/cards-us.yaml", "amount: 1800", "amount: 1700").load().after(before)
    assert was is not None
    assert held.offer is not None
    assert (was.money.amount, held.offer.money.amount) == (1800, 1700)


def test_formats_decide_everything_so_that_after_their_save_nothing_is_known(shelf: Shelf) -> None:
    before = shelf.load()
    assert shelf.load().after(before).planner is before.planner
    assert (
        shelf.edit("formats.yaml", "value: 6.4071", "value: 9.4071").load().after(before).planner is not before.planner
    )

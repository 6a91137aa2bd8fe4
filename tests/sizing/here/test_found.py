"""A computer is what its tools print of it: every kind of print-out, alone and beside others."""

from __future__ import annotations

import json

import pytest

from sizing import Catalog
from sizing.here.found import find
from tests.sizing.here.machines import COMPUTERS


@pytest.mark.parametrize("what", COMPUTERS)
def test_a_computer_is_known_by_what_its_tools_print(catalog: Catalog, what: str) -> None:
    computer = COMPUTERS[what]
    found = find(catalog, computer.texts)
    data = json.loads(json.dumps(found.as_dict()))
    devices = data["devices"]
    assert [(one["device"], one["count"], one["memory"]) for one in devices] == computer.devices
    assert data["machine"] == computer.on
    assert data["os"] == computer.system
    assert len(data["ignored"]) == computer.ignored
    if computer.in_use is not None:
        assert [one["in_use"] for one in devices] == computer.in_use
    if computer.ram is not None:
        assert data["ram"] == computer.ram
    assert {key: data["host"][key] for key in computer.host} == computer.host


@pytest.mark.parametrize("what", COMPUTERS)
def test_what_is_found_can_be_planned_with(catalog: Catalog, what: str) -> None:
    found = find(catalog, COMPUTERS[what].texts)
    if found.machine is not None:
        machine = catalog.machine(found.machine)
        assert machine.capacity > 0
        if found.ram and not machine.unified:
            assert catalog.machine(found.machine, found.ram).host.capacity > 0


@pytest.mark.parametrize("what", COMPUTERS)
@pytest.mark.parametrize("part", [0.2, 0.4, 0.6, 0.8, 0.95])
def test_a_print_out_that_breaks_off_says_less_and_nothing_else(catalog: Catalog, what: str, part: float) -> None:
    texts = {name: text[: int(len(text) * part)] for name, text in COMPUTERS[what].texts.items()}
    whole = {one[0] for one in COMPUTERS[what].devices}
    for group in find(catalog, texts).groups:
        assert group.device is None or group.device in whole

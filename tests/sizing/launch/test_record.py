"""Started by a plan's own command, llama.cpp holds what the plan says: in the record, of each device and the host."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

import pytest

from sizing import Catalog, plan
from sizing.facts.recorded import DRAWN, LAUNCHES, Launched
from sizing.facts.tables import Table
from sizing.facts.units import MIB
from tests.sizing.launch.commands import flags, llama_cpp, split, way

ROUNDED = 3 * 0.5 * MIB  # the tool prints three numbers of whole MiB, rounded down


def _cases(catalog: Catalog, table: Table[Launched] = LAUNCHES) -> list[list[Launched]]:
    return [list(rows) for _, rows in groupby(table.read(catalog.root, catalog), key=attrgetter(*Launched.asked))]


CASES = _cases(Catalog.load())


def test_of_plans_that_nobody_chose_every_device_holds_what_they_say(catalog: Catalog) -> None:
    near, seen, above, whole = 0, 0, 0, 0
    cases = _cases(catalog, DRAWN)
    for rows in cases:
        asked, machine = rows[0], catalog.machine(rows[0].machine)
        said = llama_cpp(["llama-server", *asked.command.split()], len(machine.devices))
        p = plan(catalog.model(asked.model), machine, format=asked.format, runtime="llama.cpp", **said)
        used = [place for place in p.places[:-1] if place.memory.total]
        assert len(rows) == len(used) + 1, asked.command
        far = 0
        for row in rows:
            place = p.places[-1] if row.place == "host" else used[int(row.place)]
            recorded = (row.model_mib + row.cache_mib + row.compute_mib) * MIB + ROUNDED
            computed = place.memory.weights + place.memory.cache + place.memory.buffers
            seen += 1
            near += abs(computed - recorded) <= max(0.01 * recorded, 4 * MIB)
            far += row.place != "host" and abs(computed - recorded) > 0.01 * recorded
            above += row.place != "host" and recorded + place.memory.overhead > (place.capacity or 0)
        whole += far == 0
    assert seen > 400
    assert near >= 0.95 * seen
    assert whole >= 0.93 * len(cases), "of most plans every device is within a hundredth"
    assert above == 0, "what fits is no more than its device"


def test_what_enters_a_device_is_what_the_one_before_passes_and_what_towers_add(catalog: Catalog) -> None:
    # Behind a device with one layer of Qwen3-VL, whose next layers take all that towers give; and the head alone.
    told = {(rows[0].machine, rows[0].context): rows for rows in _cases(catalog, DRAWN) if "-ts" in rows[0].command}
    for machine, context in (
        ("gtx-1080-ti+rtx-3080-10gb+gtx-1080-ti+rtx-3090", 49152),
        ("gtx-1080-ti+rtx-3080-10gb+rtx-4060-ti-16gb", 2048),
    ):
        rows = told[machine, context]
        asked = rows[0]
        said = llama_cpp(["llama-server", *asked.command.split()], len(catalog.machine(machine).devices))
        p = plan(catalog.model(asked.model), catalog.machine(machine), format=asked.format, runtime="llama.cpp", **said)
        used = [place for place in p.places[:-1] if place.memory.total]
        for row in rows[:-1]:
            assert used[int(row.place)].memory.buffers == pytest.approx(row.compute_mib * MIB, rel=0.02), row.place


@pytest.mark.parametrize("rows", CASES, ids=lambda rows: f"{rows[0].model} on {rows[0].machine}")
def test_every_place_holds_what_the_plan_says(catalog: Catalog, rows: list[Launched]) -> None:
    asked = rows[0]
    said = llama_cpp(["llama-server", *asked.command.split()])
    p = plan(
        catalog.model(asked.model), catalog.machine(asked.machine), format=asked.format, runtime="llama.cpp", **said
    )
    assert len(rows) == len(p.places)
    for row in rows:
        memory = p.places[-1 if row.place == "host" else int(row.place)].memory
        recorded = (row.model_mib + row.cache_mib + row.compute_mib) * MIB + ROUNDED
        computed = memory.weights + memory.cache + memory.buffers
        assert computed == pytest.approx(recorded, rel=0.01), f"{row.place} of {asked.command}"


@pytest.mark.parametrize("rows", CASES, ids=lambda rows: f"{rows[0].model} on {rows[0].machine}")
def test_the_plan_still_says_such_a_command(catalog: Catalog, rows: list[Launched]) -> None:
    asked = rows[0]
    p = plan(
        catalog.model(asked.model), catalog.machine(asked.machine), format=asked.format, runtime="llama.cpp",
        context=asked.context, cache_format=asked.cache_type, sequences=asked.sequences,
    )  # fmt: skip
    now = {flag for flag, _ in flags(split(way(p, "llama-server").start))}
    recorded = {flag for flag, _ in flags(asked.command.split())}
    assert recorded <= now, "record it anew: python -m tools.record.launched"


def test_the_record_has_every_kind_of_layout(catalog: Catalog) -> None:
    said = [rows[0].command.split() for rows in CASES]
    assert any("-ts" in words for words in said)
    assert any("--n-cpu-moe" in words and "-ts" in words for words in said)
    assert any("-ts" not in words and "--n-cpu-moe" not in words for words in said)
    assert any("q8_0" in words for words in said)

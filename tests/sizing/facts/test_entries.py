"""What a field may hold: text that is seen, figures that can be, and a schema that says so to an editor."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import TypeAdapter

from sizing import SizingError
from sizing.facts.entries.claims import Claim, Kind, Word
from sizing.facts.entries.common import Source
from sizing.facts.entries.devices import Device, DeviceMemory
from sizing.facts.entries.entry import Entry
from sizing.facts.entries.formats import Format, Loss
from sizing.facts.entries.machines import Host, MachineEntry
from sizing.facts.entries.models import CitedModelEntry
from sizing.facts.entries.offers import ApiPrice, ExchangeRate, Offer, Part, Tariff
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.validation import checked

SOURCE = {"url": "https://example.org/x", "read": "2026-11-20"}
OFFER = {
    "id": "x",
    "device": "rtx-4090",
    "amount": 1599,
    "currency": "USD",
    "region": "US",
    "date": "2022-09-20",
    "kind": "launch",
    "covers": "card",
    "seller": "NVIDIA",
    "sources": [SOURCE],
}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "at least 1 character"),
        ("   ", "needless spaces"),
        (" a", "needless spaces"),
        ("a\nb", "needless spaces"),
        ("a\u200bb", r"character 2 is U\+200B \(zero width space\), which nobody sees"),
        ("a\u202eb", r"U\+202E \(right-to-left override\)"),
        ("a\u0007", r"U\+0007"),
        ("\ufeffa", r"U\+FEFF"),
        ("a\ufe0f", r"U\+FE0F"),
        ("\u3164", r"U\+3164 \(hangul filler\)"),
        (7, "valid string"),
    ],
)
def test_text_that_a_reader_would_not_see_is_refused(text: object, what: str) -> None:
    with pytest.raises(SizingError, match=f"^note: .*{what}"):
        checked(Source, {**SOURCE, "note": text})


def test_text_keeps_its_script_and_composes_its_accents() -> None:
    assert checked(Source, {**SOURCE, "note": "国产 e\u0301"}).note == "国产 é"


@pytest.mark.parametrize("amount", [float("inf"), float("nan"), True, "1599", 0])
def test_a_price_is_a_finite_number_above_zero(amount: object) -> None:
    with pytest.raises(SizingError, match=r"^amount: .*give a number above zero, such as 1599"):
        checked(Offer, {**OFFER, "amount": amount})


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"machine": "dgx-spark"}, "give one of device, machine and part"),
        ({"device": None}, "give one of device, machine and part"),
        ({"covers": "whole"}, "an offer of a device covers card, not whole"),
        ({"device": None, "machine": "dgx-spark"}, "an offer of a machine covers whole or node, not card"),
        ({"kind": "rent"}, "give kind: rent and per: hour together"),
        ({"per": "hour"}, "give kind: rent and per: hour together"),
        ({"kind": "street"}, "give new"),
        ({"currency": "RMB"}, "give CNY, USD or EUR"),
        ({"region": "China"}, "give the country's code, such as CN"),
        ({"date": "2026-10"}, "write it as 2026-11-20"),
        ({"amount": 10**9}, "less than or equal to 100000000"),
        ({"sources": []}, "at least 1 item"),
    ],
)
def test_an_offer_that_cannot_be_is_refused_with_what_would_be_right(changed: dict[str, object], what: str) -> None:
    with pytest.raises(SizingError, match=what):
        checked(Offer, {**OFFER, **changed})


def test_an_offer_is_of_one_thing() -> None:
    offer = checked(Offer, OFFER)
    assert (offer.axis, offer.of) == ("device", "rtx-4090")


def test_memory_has_gigabytes_and_a_supply_has_watts() -> None:
    part = {"id": "x", "name": "x", "kind": "memory", "gigabytes": 64, "sources": [SOURCE]}
    assert checked(Part, part).gigabytes == 64
    for wrong in ({"gigabytes": None}, {"kind": "case"}, {"watts": "750 W"}, {"kind": "power", "gigabytes": None}):
        with pytest.raises(SizingError, match="give or leave them out"):
            checked(Part, {**part, **wrong})


def test_what_is_in_the_cache_costs_no_more_than_what_is_not() -> None:
    api = {"id": "x", "model": "qwen3-32b", "seller": "x", "currency": "CNY", "region": "CN", "date": "2026-10-01",
           "input": 2, "output": 8, "sources": [SOURCE]}  # fmt: skip
    assert checked(ApiPrice, {**api, "cached": 0.2}).cached == 0.2
    with pytest.raises(SizingError, match="tokens in the cache cost more than others"):
        checked(ApiPrice, {**api, "cached": 3})
    with pytest.raises(SizingError, match="less than or equal to 1000"):
        checked(ApiPrice, {**api, "output": 8000})


def test_a_rate_is_between_two_currencies() -> None:
    rate = {"id": "x", "base": "USD", "currency": "USD", "rate": 7.0, "date": "2026-10-01", "seller": "CFETS",
            "sources": [SOURCE]}  # fmt: skip
    with pytest.raises(SizingError, match="a rate is between two currencies"):
        checked(ExchangeRate, rate)


def test_boxes_are_joined_by_a_port_that_there_is() -> None:
    box = {"id": "x", "kind": "desktop", "name": "X", "devices": [{"device": "gb10"}], "sources": [SOURCE]}
    assert checked(MachineEntry, {**box, "port": "200GbE"}).port == "200GbE"
    with pytest.raises(SizingError, match="port 'QSFP' is none; write 10GbE, 200GbE, TB5 or 80Gbps"):
        checked(MachineEntry, {**box, "port": "QSFP"})


def test_a_loss_is_a_number() -> None:
    with pytest.raises(SizingError, match=r"value: nan: input should be a finite number"):
        checked(Loss, {"metric": "x", "model": "x", "value": float("nan"), "base": "x", "base_value": 1.0,
                       "dataset": "x", "source": SOURCE})  # fmt: skip


@pytest.mark.parametrize(
    ("box", "what"),
    [
        ([], "an empty list"),
        ("0 GB", "'0 GB' is not plausible; an amount of memory is 256 MiB to 64 TB: check the unit"),
        ("9" * 400 + " GB", "is not plausible"),
        (["24 GB", "24"], "'24' is not an amount of memory"),
    ],
)
def test_a_size_that_cannot_be_is_refused(box: object, what: str) -> None:
    with pytest.raises(SizingError, match=f"^box: .*{what}"):
        checked(DeviceMemory, {"box": box, "type": "GDDR6X"})


def test_a_key_that_begins_with_a_capital_is_unknown_too() -> None:
    with pytest.raises(SizingError, match=r"^Note: unknown key; did you mean note\?"):
        checked(Source, {**SOURCE, "Note": "x"})


def test_a_name_of_the_code_is_no_key_of_a_file() -> None:
    with pytest.raises(SizingError, match=r"^keys: unknown key"):
        checked(Source, {**SOURCE, "keys": ["name"]})


KINDS: tuple[type[Entry], ...] = (
    CitedModelEntry, Device, MachineEntry, Host, Format, Runtime, Claim, Word, Kind, Offer, Part, ApiPrice, Tariff,
    ExchangeRate,
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_schema_that_describes_every_field(kind: type[Entry]) -> None:
    schema = TypeAdapter(kind).json_schema()
    for name, one in {**schema["$defs"], kind.__name__: schema}.items():
        assert one["additionalProperties"] is False, name
        assert one["description"], name
        for key, field in one["properties"].items():
            assert key == "id" or field["description"], (name, key)


def test_a_schema_says_how_a_quantity_is_written() -> None:
    schema: dict[str, Any] = TypeAdapter(Device).json_schema()
    written, undisclosed = schema["properties"]["bandwidth"]["anyOf"]
    assert undisclosed["const"] == "undisclosed"
    assert re.search(written["pattern"], "1008 GB/s")
    assert not re.search(written["pattern"], "1008 GB")
    assert schema["$defs"]["Source"]["properties"]["for"]["type"] == "array"
    assert schema["properties"]["sources"]["minItems"] == 1

"""``sizing here`` says what this computer is and what it runs, in lines and as JSON; so does ``sizing`` alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sizing import Catalog
from sizing.cli import main
from sizing.search import CHAT, Question, fit
from tests.sizing.here.machines import COMPUTERS
from tests.sizing.test_cli import answered, refused


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two unequal cards and their host."""
    texts = {**COMPUTERS["unequal cards"].texts, **COMPUTERS["modules slower than they are sold"].texts}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_json_has_the_promised_keys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(answered(capsys, "here", "--from", str(folder), "--json"))
    assert {"os", "devices", "host", "machine", "ram", "ignored", "remarks", "runs"} <= data.keys()
    assert all({"device", "name", "count", "memory", "in_use", "how"} <= one.keys() for one in data["devices"])
    assert {"memory", "type", "channels"} <= data["host"].keys()
    assert data["machine"] == "2x-rtx-3090+rtx-5080"
    assert data["runs"]
    for one in data["runs"]:
        assert one["decode"]["value"] >= CHAT.needs.min_decode
        assert one["machine"] == data["machine"]


def test_an_explained_list_says_each_step_of_each_model(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(answered(capsys, "here", "--from", str(folder), "--explain", "--json"))
    assert all(
        {"part", "formula", "value", "sources"} <= step.keys() for one in data["runs"] for step in one["explain"]
    )
    told = answered(capsys, "here", "--from", str(folder), "--explain")
    assert told.count(" · 8,192 tokens · ") == len(data["runs"])


def test_a_host_that_is_not_told_is_said_to_be_taken_for_granted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "nvidia-smi").write_text("GPU 0: NVIDIA GeForce RTX 4090 (UUID: GPU-0)\n")
    told = answered(capsys, "here", "--from", str(tmp_path))
    assert "a part on the host" in told
    assert "the host's memory is not told: " in told
    said = answered(capsys, "here", "--from", str(tmp_path), "--ram", "64GB")
    assert "is not told: " not in said


def test_lines_say_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(capsys, "here", "--from", str(folder))
    assert "2 × GeForce RTX 3090" in text
    assert "GeForce RTX 5080" in text
    assert "64.0 GiB, DDR5-4800, 2 channels" in text
    assert "sizing plan MODEL --on 2x-rtx-3090+rtx-5080 --ram 64GB@DDR5-4800x2" in text


def test_the_command_that_is_shown_is_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    last = answered(capsys, "here", "--from", str(folder)).splitlines()[-1]
    words = last.partition("sizing ")[2].replace("MODEL", "qwen3-8b").split()
    assert "fits     yes" in answered(capsys, *words)


@pytest.mark.parametrize("what", ["one card, asked thrice", "a processor's graphics and a processor of the catalog"])
def test_a_processor_takes_no_other_host(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in COMPUTERS[what].texts.items():
        (tmp_path / name).write_text(text)
    last = answered(capsys, "here", "--from", str(tmp_path)).splitlines()[-1]
    words = last.partition("sizing ")[2].replace("MODEL", "qwen3-4b").split()
    assert "fits     yes" in answered(capsys, *words, "--format", "Q4_K_M")


def test_a_host_that_is_given_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(capsys, "here", "--from", str(folder), "--host", "desktop-ddr4-32gb")
    assert text.splitlines()[-1].endswith("--host desktop-ddr4-32gb")


def test_alone_it_is_here_with_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(capsys)
    assert text.startswith("this computer · ")
    assert text.splitlines()[-1] == "what else can be asked: sizing --help"


def test_what_is_not_told_can_be_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sysctl").write_text(COMPUTERS["a Mac whose chip is one of two"].texts["sysctl"])
    text = answered(capsys, "here", "--from", str(tmp_path))
    assert "one of m1-pro-14-core, m1-pro-16-core" in text
    such = text.splitlines()[-1].rsplit(" ", 1)[-1]
    assert such.startswith("m1-pro-14-core")
    assert f"--on {such}" in answered(capsys, "here", "--from", str(tmp_path), "--device", such), "the hint is taken"
    text = answered(capsys, "here", "--from", str(tmp_path), "--device", "m1-pro-16-core-32gb")
    assert "--on m1-pro-16-core-32gb" in text
    assert "tokens/s" in text
    refused(capsys, "here", "--from", str(tmp_path), "--device", "m9-pro")
    line = refused(capsys, "here", "--from", str(tmp_path), "--device", "m1-pro-16-core-32gb", "--ram", "64GB")
    assert "it takes no host" in line


def test_a_processor_that_nobody_knows_is_told_by_its_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc" / "cpuinfo").write_text(
        "processor\t: 0\nmodel name\t: Some Brand New CPU @ 2.00GHz\nphysical id\t: 0\n"
    )
    (tmp_path / "proc" / "meminfo").write_text("MemTotal:       16106992 kB\n")
    assert json.loads(answered(capsys, "here", "--from", str(tmp_path), "--json"))["machine"] == "cpu-16gb"
    text = answered(capsys, "here", "--from", str(tmp_path))
    assert "Some Brand New CPU @ 2.00GHz: not in the catalog, counted as any processor" in text
    assert "how fast it decodes: say it with --ram, such as 16GB@DDR4-3200x2" in text
    assert "GiB" in text.splitlines()[-3], "what it holds is told without that"
    text = answered(capsys, "here", "--from", str(tmp_path), "--ram", "16GB@DDR4-3200x2")
    assert "tokens/s empty" in text
    assert "sizing plan MODEL --on cpu-16gb --ram 16GB@DDR4-3200x2" in text


def test_a_memory_alone_is_a_machine_where_no_tool_tells_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "nvidia-smi.txt").write_text("sh: nvidia-smi: command not found\n")
    assert "say it with --ram, such as 16GB@DDR4-3200x2" in answered(capsys, "here", "--from", str(tmp_path))
    text = answered(capsys, "here", "--from", str(tmp_path), "--ram", "32GB@DDR5-5600x2")
    assert "sizing plan MODEL --on 32GB@DDR5-5600x2" in text


def test_a_limit_that_was_raised_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = COMPUTERS["a Mac whose limit was raised"].texts["sysctl"].replace("68719476736", "137438953472")
    text = text.replace("57344", "122880")
    (tmp_path / "sysctl").write_text(text)
    raised = json.loads(answered(capsys, "here", "--from", str(tmp_path), "--json"))
    (tmp_path / "sysctl").write_text(text.replace("122880", "0"))
    plain = json.loads(answered(capsys, "here", "--from", str(tmp_path), "--json"))
    assert (raised["wired_limit"], plain["wired_limit"]) == (120 * 2**30, None)
    assert max(one["total"] for one in raised["runs"]) >= max(one["total"] for one in plain["runs"])


def test_a_raised_limit_lets_a_mac_run_more(catalog: Catalog) -> None:
    mac = catalog.machine("m3-max-40-core-64gb")
    raised = fit(catalog, mac, Question(offload=False, wired_limit=60 * 2**30), beaten=True)
    plain = fit(catalog, mac, Question(offload=False), beaten=True)
    assert {one.plan.model.id for one in raised} >= {one.plan.model.id for one in plain}
    assert max(one.plan.memory.total for one in raised) > max(one.plan.memory.total for one in plain)


def test_what_others_have_taken_makes_the_largest_smaller(
    catalog: Catalog, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    free = json.loads(answered(capsys, "here", "--from", str(folder), "--json"))["runs"]
    taken = ("--in-use", "20GiB,20GiB,12GiB")
    less = json.loads(answered(capsys, "here", "--from", str(folder), "--json", *taken))["runs"]
    largest = [max(one["total"] for one in runs if one["verdict"] == "fits") for runs in (less, free)]
    assert largest[0] < largest[1] / 2
    by_chance = catalog.benchmarks[free[0]["benchmark"]].tie
    assert less[0]["score"] - free[0]["score"] <= by_chance, "of two that no test tells apart, the faster stands first"


def test_it_ranks_as_fit_does(catalog: Catalog, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in COMPUTERS["one card, asked thrice"].texts.items():
        (tmp_path / name).write_text(text)
    data = json.loads(answered(capsys, "here", "--from", str(tmp_path), "--json"))
    best = fit(catalog, catalog.machine(data["machine"], data["ram"]))
    assert [one["model"] for one in data["runs"]] == [one.plan.model.id for one in best]
    assert [one["kind"] for one in data["runs"]] == [one.kind for one in best]
    scores = [one["score"] for one in data["runs"] if one["kind"] == "front"]
    assert scores
    assert scores == sorted(scores, reverse=True)


def test_a_folder_that_says_nothing_is_an_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(capsys, "here", "--from", str(tmp_path))
    assert "no GPU that runs models was found" in text
    assert "memory not told" in text
    refused(capsys, "here", "--from", str(tmp_path / "gone"))


@pytest.mark.parametrize("what", COMPUTERS)
def test_every_computer_gets_an_answer(
    what: str, catalog: Catalog, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Catalog, "load", lambda _: catalog)  # read once
    for name, text in COMPUTERS[what].texts.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert main(["here", "--from", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert max(map(len, out.splitlines())) < 200

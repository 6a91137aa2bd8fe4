"""The command line answers with status 0, and refuses with status 2 and one line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sizing import Catalog, plan
from sizing.cli import main
from sizing.facts.plain import to_plain
from tests.sizing.conftest import Shelf


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line of a refusal."""
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else 1
    out, err = capsys.readouterr()
    assert status == 2
    assert out == ""
    assert "Traceback" not in err
    lines = err.splitlines()
    assert len(lines) == 1, err
    return lines[0]


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_a_plan_as_json_has_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    (data,) = json.loads(answered(capsys, "plan", "llama-3-8b", "--on", "rtx-4090", "--json"))
    assert {
        "model", "machine", "format", "context", "cache_format", "runtime", "sequences", "memory", "places", "fits",
        "runs", "layout", "decode", "prefill", "beyond_limit", "unknown",
    } <= set(data)  # fmt: skip
    assert set(data["memory"]) == {"weights", "cache", "buffers", "overhead", "total"}
    assert all({"memory"} <= set(place) for place in data["places"])
    assert set(data["decode"]) == set(data["prefill"]) == {"value", "low", "high"}
    assert (data["model"], data["machine"], data["fits"], data["runs"]) == ("llama-3-8b", "rtx-4090", True, True)


def test_json_says_what_the_plan_says(catalog: Catalog, capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(
        capsys, "plan", "llama-3-70b", "--on", "2x-rtx-4090", "--format", "Q4_0", "--context", "4096",
        "--cache-format", "q8_0", "--runtime", "llama.cpp", "--sequences", "2", "--json",
    )  # fmt: skip
    p = plan(
        catalog.model("llama-3-70b"), catalog.machine("2x-rtx-4090"), format="Q4_0", context=4096, cache_format="q8_0",
        runtime="llama.cpp", sequences=2,
    )  # fmt: skip
    assert json.loads(text) == [p.as_dict()]


def test_formats_and_contexts_repeat(capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(
        capsys,
        "plan",
        "llama-3-8b",
        "--format",
        "Q4_K_M",
        "--format",
        "f16",
        "--context",
        "4K",
        "--context",
        "128K",
        "--json",
    )
    assert [(p["format"], p["context"]) for p in json.loads(text)] == [
        ("Q4_K_M", 4096), ("Q4_K_M", 131072), ("F16", 4096), ("F16", 131072),
    ]  # fmt: skip


def test_without_a_machine_json_has_memory_alone(capsys: pytest.CaptureFixture[str]) -> None:
    (data,) = json.loads(answered(capsys, "plan", "llama-3-8b", "--format", "Q4_K_M", "--json"))
    assert {data[key] for key in ("machine", "fits", "runs", "layout", "decode", "prefill")} == {None}
    assert data["memory"]["weights"] == 4_912_898_048


def test_does_not_fit_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(capsys, "plan", "deepseek-v3", "--on", "rtx-4090")
    assert "no, and not with offload either" in text
    (data,) = json.loads(answered(capsys, "plan", "deepseek-v3", "--on", "rtx-4090", "--json"))
    assert (data["fits"], data["runs"]) == (False, False)


@pytest.mark.parametrize(
    ("model", "format", "words"),
    [
        ("llama-3-70b", "Q4_K_M", r"no; runs with \d+ layers on the host"),
        ("qwen3-30b-a3b", "Q8_0", r"no; runs with the experts of \d+ layers on the host"),
    ],
)
def test_what_lies_on_the_host_is_named_without_what_does_not(
    capsys: pytest.CaptureFixture[str], model: str, format: str, words: str
) -> None:
    assert re.search(words, answered(capsys, "plan", model, "--on", "rtx-4090", "--format", format))


def test_text_names_what_was_asked_and_the_parts(capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(capsys, "plan", "llama-3-8b", "--on", "rtx-4090", "--format", "Q4_K_M", "--context", "8K")
    for word in ("LLaMA-3 8B", "Q4_K_M", "8,192 tokens", "weights", "cache", "buffers", "decode", "prefill"):
        assert word in text
    assert "beyond the model's limit of 8,192" in answered(capsys, "plan", "llama-3-8b", "--context", "16K")


def test_a_config_json_is_a_model(capsys: pytest.CaptureFixture[str], catalog: Catalog, tmp_path: Path) -> None:
    entry = catalog.model("llama-2-13b")
    assert not isinstance(entry.architecture, str)
    file = tmp_path / "config.json"
    file.write_text(json.dumps(to_plain(entry.architecture)), encoding="utf-8")
    (data,) = json.loads(answered(capsys, "plan", str(file), "--format", "Q4_0", "--json"))
    assert data["memory"]["weights"] == plan(entry, None, format="Q4_0", context=8192).memory.weights


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("plan",), "MODEL"),
        (("plan", "llama-3-80b"), "no model 'llama-3-80b' in the catalog; did you mean "),
        (("plan", "nowhere/config.json"), "No such file"),
        (("plan", "nowhere.gguf"), "sizing: nowhere.gguf: No such file; check its name"),
        (("plan", "Qwen3-9B-Q4_K_M.gguf"), "Qwen3-9B-Q4_K_M.gguf: No such file; did you mean qwen3"),
        (("plan", "sha256-0123"), "sha256-0123: No such file"),
        (("plan", "file:///nowhere/x.gguf"), "sizing: /nowhere/x.gguf: No such file"),
        (("plan", "https://example.com/x"), "https://example.com/x: an address is not fetched; download the file"),
        (("plan", " "), "no model is named; give an id"),
        (("plan", "gpt-4o"), "undisclosed"),
        (("plan", "llama-3-8b", "--on", "rtx-4091"), "did you mean rtx-4090"),
        (("plan", "llama-3-8b", "--format", "Q4"), "no format 'Q4'"),
        (("plan", "llama-3-8b", "--cache-format", "q5"), "cache type 'q5' is not possible here"),
        (("plan", "llama-3-8b", "--format", "Q4_K_M", "--runtime", "vllm"), "vllm does not read Q4_K_M"),
        (("plan", "llama-3-8b", "--context", "0"), "write 8192 or 8K"),
        (("plan", "llama-3-8b", "--context", "long"), "'long' is no number of tokens; write 8192 or 8K"),
        (("plan", "llama-3-8b", "--context", "1.5K"), "'1.5K' is no number of tokens"),
        (("plan", "llama-3-8b", "--sequences", "0"), "sequences 0 is not possible; give a whole number from 1 up"),
        (("plan", "llama-3-8b", "--sequences", "two"), "two"),
        (("plan", "llama-3-8b", "--sequences", "1048577"), "sequences is not possible beyond 1048576; give a smaller"),
        (("plan", "llama-3-8b", "--context", "9" * 31), "context is not possible beyond 1073741824; give a smaller"),
        (("plan", "llama-3-8b", "--machine", "rtx-4090"), "--machine"),
        (("buy", "rtx-4090"), "buy"),
        (("check", "nowhere"), "nowhere: no such folder; give the folder that holds models/"),
    ],
)
def test_bad_input_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert words in refused(capsys, *arguments)


@pytest.mark.parametrize(
    "name",
    ["https://huggingface.co/Qwen/Qwen3-8B/blob/main/config.json", "models--Qwen--Qwen3-8B", "hf.co/Qwen/Qwen3-8B"],
)
def test_an_address_and_a_caches_name_are_the_repository(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert answered(capsys, "plan", name).startswith("Qwen3 8B · BF16")


def test_check_counts_what_it_read(capsys: pytest.CaptureFixture[str], catalog: Catalog) -> None:
    text = answered(capsys, "check", str(catalog.root))
    assert f"{len(catalog.models)} models" in text
    assert re.search(r": valid, \d+ warnings$", text.strip())


def test_check_tells_what_is_wrong(capsys: pytest.CaptureFixture[str], shelf: Shelf) -> None:
    shelf.edit("devices/nvidia.yaml", "bandwidth: 1008 GB/s", "bandwidth: 1008")
    line = shelf.line("devices/nvidia.yaml", "bandwidth: 1008")
    text = refused(capsys, "check", str(shelf.root))
    assert text.startswith(
        f"catalog/devices/nvidia.yaml:{line}: devices.rtx-4090.bandwidth: 1008 is not a bandwidth; write "
    )


def test_check_reads_the_measurements_too(capsys: pytest.CaptureFixture[str], shelf: Shelf) -> None:
    shelf.edit("measurements/speeds.csv", ",decode,", ",decoding,")
    assert "catalog/measurements/speeds.csv:2: test: 'decoding' is no test" in refused(capsys, "check", str(shelf.root))


def test_the_module_is_the_command(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sizing", "plan", "llama-3-8b", "--on", "rtx-4090", "--json"],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)[0]["fits"] is True
    done = subprocess.run(
        [sys.executable, "-m", "sizing", "plan", str(tmp_path / "config.json")],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_another_catalog_is_named_by_an_option_or_the_environment(
    capsys: pytest.CaptureFixture[str], shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.edit("models/llama-3.yaml", "  llama-3-8b:", "  llama-3-mine:")
    claims = shelf.root / "claims.yaml"
    claims.write_text(claims.read_text(encoding="utf-8").replace("llama-3-8b", "llama-3-mine"), encoding="utf-8")
    assert "LLaMA-3 8B" in answered(capsys, "plan", "llama-3-mine", "--catalog", str(shelf.root))
    assert "no model 'llama-3-mine'" in refused(capsys, "plan", "llama-3-mine")
    monkeypatch.setenv("SIZING_CATALOG", str(shelf.root))
    assert "LLaMA-3 8B" in answered(capsys, "plan", "llama-3-mine")


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith("sizing ")


def test_a_rate_is_shown_though_another_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    # Nobody can state the rate of a socket that takes several processors, which decoding does without.
    text = answered(
        capsys, "plan", "qwen3-30b-a3b", "--on", "am5-ddr5-6000-64gb", "--format", "Q2_K", "--context", "2K"
    )
    assert "decode" in text
    assert "prefill" not in text
    assert "am5-ddr5-6000.compute undisclosed" in text


def test_a_processors_answers_tell_their_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(answered(capsys, "fit", "ryzen-9-7950x-64gb", "--json"))
    scored = [one for one in found if one["score"]]
    assert len(scored) > 1
    for one in scored:
        rate = one["plan"]["prefill"]
        assert rate["low"] < rate["value"] < rate["high"]
        assert one["seconds"] > 0


def test_several_sequences_rates_are_told_each_and_together(capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(capsys, "plan", "qwen3-8b", "--on", "rtx-3090", "--sequences", "4")
    assert " each with 256 tokens in the cache" in text
    assert " each at a full context" in text
    assert " together, all 4 at a full context" in text


def test_ways_out_are_shown_with_their_figures(capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(capsys, "plan", "qwen3-32b", "--on", "rtx-4090", "--context", "32K", "--format", "Q4_K_M")
    for word in (
        "cache in q4_0: fits, ",
        "1 more GeForce RTX 4090: fits, ",
        "15,360 tokens: fits",
        "assumed  a desktop's",
    ):
        assert word in text


def test_settings_are_taken_by_the_runtimes_own_names(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("plan", "gpt-oss-120b", "--on", "2x-rtx-3090", "--ram", "64GB@DDR4-3200x2", "--format", "MXFP4_MOE")
    flags = (
        "--ngl",
        "30",
        "--n-cpu-moe",
        "28",
        "--tensor-split",
        "3,1",
        "--ubatch",
        "1024",
        "--in-use",
        "1.5GiB,300MiB",
    )
    (data,) = json.loads(answered(capsys, *asked, *flags, "--parallel", "2", "--json"))
    assert data["settings"] == {
        "split": "layer", "layers_on_device": 30, "experts_on_host": 28, "tensor_split": [3.0, 1.0],
        "micro_batch": 1024, "utilization": None, "max_sequences": None, "slots": 2, "unified": False,
        "flash_attention": True, "swa_full": False,
        "in_use": [3 << 29, 300 << 20], "wired_limit": None, "draft_tokens": None, "acceptance": None,
    }  # fmt: skip
    assert data["assumed"] == ["host_bandwidth"]
    (data,) = json.loads(answered(capsys, *asked, "--in-use", "windows,0.5GiB", "--json"))
    assert data["settings"]["in_use"] == [615 << 20, 1 << 29]


def test_what_lies_beside_a_model_is_asked_for_by_name(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    asked = ("plan", "qwen3-32b", "--on", "rtx-5090", "--format", "Q4_K_M", "--json")
    (plain,) = json.loads(answered(capsys, *asked))
    adapter = tmp_path / "adapter.gguf"
    adapter.write_bytes(b"x" * 6400)
    flags = ("--lora", str(adapter), "--draft", "qwen3-0.6b:Q8_0", "--batch", "256", "--power-limit", "400")
    (data,) = json.loads(answered(capsys, *asked, *flags))
    more = data["places"][0]["memory"]["weights"] - plain["places"][0]["memory"]["weights"]
    assert more > 600e6
    assert data["settings"]["micro_batch"] == 256
    assert "power_limit" in data["assumed"]
    (data,) = json.loads(answered(capsys, *asked, "--no-flash-attention", "--swa-full"))
    assert (data["settings"]["flash_attention"], data["settings"]["swa_full"]) == (False, True)
    assert data["no_effect"] == ["swa_full"]
    assert "no effect: --swa-full, as no layer has a window here" in answered(capsys, *asked[:-1], "--swa-full")


def test_drafts_are_told_with_what_is_kept_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("plan", "qwen3.8-27b", "--on", "rtx-5090", "--format", "Q4_K_M", "--mtp")
    (data,) = json.loads(answered(capsys, *asked, "--draft-tokens", "2", "--acceptance", "0.79", "--json"))
    assert (data["settings"]["draft_tokens"], data["settings"]["acceptance"]) == (2, pytest.approx(0.79))
    assert "acceptance" not in data["assumed"]
    text = answered(capsys, *asked, "--draft-tokens", "2", "--acceptance", "0.79")
    assert "drafts   2 at a time, of which 79% are kept: 2.58 tokens a step" in text
    assert "how many drafted tokens are kept, by what others wrote" in answered(capsys, *asked)


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--draft-tokens", "3"), "nothing drafts"),
        (("--draft", "llama-3.2-1b", "--draft-tokens", "99"), "from 1 to 16"),
        (("--draft", "llama-3.2-1b", "--draft-tokens", "3", "--acceptance", "70"), "give a share such as 0.7"),
        (("--draft", "llama-3.2-1b", "--acceptance", "0.7"), "give that number with it"),
        (("--lora", "much"), "is no memory"),
        (("--draft", "no-such-model"), "no model"),
        (("--power-limit", "250"), "a power limit is of a machine"),
        (("--tensor-split", "a,b"), "write a share for each device, such as 3,1"),
        (("--in-use", "lots"), "write 1.2GiB, or one for each device"),
        (("--ram", "64GB", "--host", "desktop-ddr5-64gb"), "not allowed with"),
        (("--ngl", "3"), "are of a machine; name one"),
        (("--ram", "64GB"), "without a machine says nothing"),
    ],
)
def test_bad_settings_are_one_line(capsys: pytest.CaptureFixture[str], flags: tuple[str, ...], said: str) -> None:
    assert said in refused(capsys, "plan", "llama-3-8b", *flags)


def test_a_cost_tells_every_way_with_its_price_day_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    (data,) = json.loads(answered(capsys, "cost", "qwen3-32b", "--on", "pc-rtx-5090", "--per-day", "2M+1M", "--json"))
    assert data["model"] == "qwen3-32b"
    assert data["plan"]["machine"] == "pc-rtx-5090"
    assert [cost["way"] for cost in data["costs"]] == ["own", "rent", "api"]
    for cost in data["costs"]:
        assert cost["offer"].keys() >= {"currency", "region", "date", "kind", "covers", "source"}
        assert cost["month"] > 0
    assert (data["use"]["read"], data["use"]["written"]) == (2e6, 1e6)
    assert set(data["break_even"]) == {"rent", "api"}


def test_an_explained_cost_adds_up(capsys: pytest.CaptureFixture[str]) -> None:
    (data,) = json.loads(answered(capsys, "cost", "qwen3-32b", "--on", "pc-rtx-5090", "--explain", "--json"))
    months = {step["where"]: step for step in data["explain"] if step["what"] == "month"}
    assert len(months) == len({(cost["way"], cost["seller"]) for cost in data["costs"]})
    for cost in data["costs"]:
        step = months[f"{cost['way']} {cost['seller']}"]
        assert step["sources"]
        numbers = {name: one["value"] for name, one in step["inputs"].items()}
        assert eval(step["formula"], {"__builtins__": {}}, numbers) == pytest.approx(step["value"])
    own = data["costs"][0]
    assert months[f"own {own['seller']}"]["value"] == pytest.approx(own["month"], abs=0.001)
    told = answered(capsys, "cost", "qwen3-32b", "--on", "pc-rtx-5090", "--explain")
    assert "a month of each way" in told


def test_a_cost_in_words_has_a_line_a_way(capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(capsys, "cost", "qwen3-32b", "--on", "pc-rtx-5090")
    for said in ("750,000 tokens read and 250,000 written", "own ", "rent ", "API ", "a joule", "1 USD is"):
        assert said in text
    assert "the sum of its parts" in text
    assert "API" in answered(capsys, "cost", "deepseek-v4-flash"), "without a machine, its APIs"


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("--per-day", "much"), "'much' is no day's use; write 1M, or read and written: 750K+250K"),
        (("--per-day", "0"), "a day's use is some tokens read or written"),
        (("--tariff", "0.6"), "'0.6' is no price of a kWh; write 0.6cny"),
        (("--tariff", "0.6eur"), "no rate between EUR and CNY"),
        (("--region", "Mars"), "no offers in 'MARS'; known are CN, US"),
        (("--years", "0"), "0 years are no time to keep a machine"),
        (("--resale", "30"), "a resale of 30 is no share of a price"),
    ],
)
def test_a_cost_that_cannot_be_told_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], what: str
) -> None:
    assert what in refused(capsys, "cost", "qwen3-32b", "--on", "pc-rtx-5090", *arguments)


def test_what_nobody_offers_has_no_cost(capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, "cost", "phi-2", "--on", "m1-max-32-core-64gb")
    assert "nobody states what phi-2 costs on m1-max-32-core-64gb" in said


def test_check_tells_which_prices_are_stale_and_is_content(capsys: pytest.CaptureFixture[str], shelf: Shelf) -> None:
    shelf.edit("offers/macs-us.yaml", "date: 2026-09-22", "date: 2020-09-22")
    text = answered(capsys, "check", str(shelf.root))
    assert "the newest figure of list-us-mac" in text
    assert text.count("warning (stale): ") == 6  # of all there are, five


def test_models_for_a_machine_are_a_list_of_answers(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(answered(capsys, "fit", "rtx-4090", "--use", "coding", "--json"))
    assert len(found) > 1, "the best, and what is near it and sooner"
    for one in found:
        assert {"plan", "offer", "score", "kind", "why"} <= set(one)
        assert one["plan"]["machine"] == "rtx-4090"
    front = [one for one in found if one["kind"] == "front"]
    assert all(
        {"value", "benchmark", "edition", "by", "mode", "checkpoint", "source"} <= set(one["score"]) for one in front
    )
    scores = [one["score"]["value"] for one in front]
    assert scores == sorted(scores, reverse=True)
    assert len({one["seconds"] for one in front}) == len(front) > 1
    assert {one["kind"] for one in found} == {"front", "beside", "newer"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("fit", "rtx-4090"), "Qwen3"),
        (("fit", "rtx-4060-laptop"), "Offload counts on 60 GiB of a desktop's DDR5-5600"),
        (("machines", "qwen3-8b", "--context", "16K"), "RTX 5060"),
        (("compare", "qwen3-8b", "qwen3-32b", "--on", "rtx-4090"), "Qwen3 32B"),
        (("compare", "rtx-4090", "rtx-5090", "--for", "qwen3-32b"), "RTX 5090"),
        (("compare", "rtx-4060", "rtx-5090"), "Qwen3.6 35B-A3B"),
        (("buy", "--budget", "50000cny", "--quiet"), "left out, as nobody states what they draw"),
        (
            ("buy", "--budget", "100cny", "--with", "rtx-3090"),
            "No card that is sold in CN for 100 CNY makes",
        ),
    ],
)
def test_a_table_says_what_was_asked(capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], said: str) -> None:
    assert said in answered(capsys, *asked)


def test_where_nothing_serves_the_table_says_what_to_ask_less_of(capsys: pytest.CaptureFixture[str]) -> None:
    assert answered(capsys, "fit", "rtx-4090", "--min-decode", "100000").startswith("Nothing does; ask for less")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("fit", "rtx-4090", "--benchmark", "mmlu"), "'mmlu' is no test of this catalog"),
        (("fit", "rtx-4091"), "no machine or device 'rtx-4091'"),
        (("compare", "qwen3-8b"), "one thing does not compare"),
        (("fit", "rtx-4090", "--use", "poetry"), "invalid choice: 'poetry'"),
    ],
)
def test_a_search_that_cannot_be_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], said: str
) -> None:
    assert said in refused(capsys, *asked)


def test_a_file_or_folder_is_named_and_its_kin_asserted(
    catalog: Catalog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = catalog.models["qwen2-7b"].architecture
    assert not isinstance(entry, str)
    folder = tmp_path / "Qwen2-7B"
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({**to_plain(entry), "model_type": "qwen2_new"}), encoding="utf-8")
    assert "qwen2_new" in refused(capsys, "plan", str(folder))
    (data,) = json.loads(answered(capsys, "plan", str(folder), "--as", "qwen2", "--json"))
    assert data["memory"]["weights"] > 15_000_000_000
    assert data["remarks"]
    assert "give --as to a file alone" in refused(capsys, "plan", "qwen2-7b", "--as", "qwen2")


@pytest.mark.parametrize("name", ["Qwen/Qwen3-32B", "qwen3:32b", "Qwen3 32B", "Qwen3-32B-Q4_K_M.gguf"])
def test_a_model_answers_to_its_names(capsys: pytest.CaptureFixture[str], name: str) -> None:
    (data,) = json.loads(answered(capsys, "plan", name, "--json"))
    assert data["model"] == "qwen3-32b"


def test_an_explained_plan_says_each_step_with_its_numbers_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    told = answered(capsys, "plan", "llama-3-8b", "--on", "rtx-4090", "--format", "Q4_K_M", "--explain")
    assert "layers: 1.00 GiB = layers 32 × token bytes 4.00 KiB × tokens 8,192 tokens" in told
    assert "√((reading " in told
    assert "bandwidth 1,008 GB/s" in told
    assert "\n  [1] https://" in told


def test_an_explained_plans_steps_add_up_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    (data,) = json.loads(answered(capsys, "plan", "llama-3-8b", "--on", "rtx-4090", "--explain", "--json"))
    steps = {(step["part"], step["what"], step["where"]): step for step in data["explain"]}
    assert {"part", "what", "where", "formula", "value", "unit", "inputs", "sources", "note"} == set(data["explain"][0])
    assert steps["memory", "total", None]["value"] == data["memory"]["total"]
    assert steps["decode", "decode", None]["value"] == pytest.approx(data["decode"]["value"])
    assert steps["prefill", "prefill", None]["value"] == pytest.approx(data["prefill"]["value"])


@pytest.mark.parametrize(
    "asked",
    [
        ("fit", "rtx-4090", "--format", "Q4_K_M"),
        ("machines", "qwen3-32b", "--format", "Q4_K_M"),
        ("compare", "qwen3-8b", "qwen3-14b", "--on", "rtx-4090"),
    ],
)
def test_every_answer_of_a_search_can_be_explained(capsys: pytest.CaptureFixture[str], asked: tuple[str, ...]) -> None:
    found = json.loads(answered(capsys, *asked, "--explain", "--json"))
    assert found
    for one in found:
        steps = {(step["part"], step["what"]): step for step in one["explain"]}
        assert steps["memory", "total"]["value"] == one["plan"]["memory"]["total"]
        if one["seconds"] is not None:
            assert steps["answer", "answer"]["value"] == pytest.approx(one["seconds"])
        if one["score"] is not None:
            assert steps["score", "score"]["sources"] == [one["score"]["source"]]
    assert "until an answer stands" in answered(capsys, *asked, "--explain")


def test_what_has_a_files_name_and_is_none_is_said_to_be_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("model.gguf")
    assert main(["plan", "model.gguf"]) == 2
    assert capsys.readouterr().err == "sizing: model.gguf: is a pipe; give a file\n"


def test_a_batch_is_of_runtimes_that_have_two_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["plan", "llama-3.1-8b", "--on", "rtx-4090", "--context", "8192", "--batch", "256"]
    assert main([*asked, "--runtime", "llama.cpp", "--format", "Q4_K_M"]) == 0
    assert main([*asked, "--runtime", "vllm", "--format", "AWQ"]) == 2
    assert "vllm has no --batch; give --ubatch" in capsys.readouterr().err

"""A benchmark's print-out as rows of measured speeds: what it says is taken over, what it does not say is asked for."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from sizing import Catalog, SizingError
from sizing.anatomy.formats import file_bytes
from sizing.anatomy.tensors import parameters
from sizing.catalog import HERE
from sizing.cli import main
from sizing.facts.device_names import device_meant, processor_meant
from sizing.facts.published import BUILDS
from sizing.files.eras import era_of
from sizing.files.identify import model_meant, recipe_meant
from sizing.files.llama_bench import Run, read_runs
from sizing.files.rows import Cells, Given, as_csv, rows_of
from tests.sizing.conftest import Shelf
from tests.sizing.facts.test_measurements import ROW, SPEEDS

TODAY = date(2026, 11, 24)
LLAMA = 8_030_261_312  # the model's numbers and the 64 factors of its rotations, as a GGUF file has them
SIZE = 4_912_898_304  # bytes that Q4_K_M takes of it

# What a build of 2026 prints in JSON of Llama 3.1 8B on one card.
TEST: dict[str, object] = {
    "build_commit": "abc123def", "build_number": 8500, "cpu_info": "AMD Ryzen 9 7950X 16-Core Processor",
    "gpu_info": "NVIDIA GeForce RTX 4090", "backends": "CUDA",
    "model_filename": "/home/me/models/Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf",
    "model_type": "llama 8B Q4_K - Medium", "model_size": SIZE, "model_n_params": LLAMA, "n_batch": 2048,
    "n_ubatch": 512, "n_threads": 16, "type_k": "f16", "type_v": "f16", "n_gpu_layers": -1, "n_cpu_moe": 0,
    "split_mode": "layer", "main_gpu": 0, "no_kv_offload": False, "flash_attn": -1, "devices": "auto",
    "tensor_split": "0.00", "tensor_buft_overrides": "none", "embeddings": False, "no_op_offload": 0, "repack": True,
    "fit_target": 0, "n_prompt": 512, "n_gen": 0, "n_depth": 0, "test_time": "2026-03-09T10:00:00Z",
    "avg_ts": 11234.567891, "stddev_ts": 12.3, "samples_ts": [11222.0, 11247.1],
}  # fmt: skip
DECODE: dict[str, object] = {"n_prompt": 0, "n_gen": 128, "avg_ts": 151.238}

TABLE = """\
load_backend: loaded CUDA backend
| model                  |       size |     params | backend    | ngl | fa |            test |                  t/s |
| ---------------------- | ---------: | ---------: | ---------- | --: | -: | --------------: | -------------------: |
| qwen3 8B Q4_K - Medium |   4.68 GiB |     8.19 B | CUDA       |  99 |  1 |           pp512 |      9012.34 ± 56.78 |
| qwen3 8B Q4_K - Medium |   4.68 GiB |     8.19 B | CUDA       |  99 |  1 |   tg128 @ d4096 |        117.01 ± 0.23 |

build: abc123def (8500)
"""


def runs(folder: Path, *changes: dict[str, object]) -> tuple[Run, ...]:
    """The tests of a JSON print-out, each like TEST but for its changes."""
    path = folder / "bench.json"
    path.write_text(json.dumps([{**TEST, **change} for change in changes or ({},)]), encoding="utf-8")
    found = read_runs(path)
    assert found is not None
    return found


def row(catalog: Catalog, folder: Path, change: dict[str, object], **given: str) -> tuple[Cells, list[str]]:
    """The row of one such test, and the remarks."""
    given.setdefault("source", "https://example.com/bench")
    (only,), remarks = rows_of(runs(folder, change), Given(catalog, **given), TODAY)
    return only, remarks


def refusal(catalog: Catalog, folder: Path, change: dict[str, object]) -> str:
    with pytest.raises(SizingError) as caught:
        rows_of(runs(folder, change), Given(catalog), TODAY)
    return str(caught.value)


def table(folder: Path, text: str = TABLE) -> tuple[Run, ...]:
    path = folder / "bench.md"
    path.write_text(text, encoding="utf-8")
    found = read_runs(path)
    assert found is not None
    return found


# --- rows -----------------------------------------------------------------------------------------------------------


def test_the_test_is_llama_31_8b_as_the_catalog_has_it(catalog: Catalog) -> None:
    shape = catalog.model("llama-3.1-8b").shape
    assert shape is not None
    assert parameters(shape).total + 64 == LLAMA
    assert file_bytes(catalog.format("Q4_K_M"), shape) == pytest.approx(SIZE, rel=0.002)


def test_json_makes_whole_rows_that_lack_only_their_source(catalog: Catalog, tmp_path: Path) -> None:
    rows, remarks = rows_of(runs(tmp_path, {}, DECODE), Given(catalog), TODAY)
    prefill = {
        **ROW, "model": "llama-3.1-8b", "version": "build 8500 (abc123def)", "era": "2026H1", "test": "prefill",
        "prompt": "512", "generated": "0", "tok_s": "11234.57", "source_url": "", "note": "llama-bench",
    }  # fmt: skip
    assert rows[0] == prefill
    assert rows[1] == {**prefill, "test": "decode", "prompt": "0", "generated": "128", "tok_s": "151.24"}
    assert [remark.partition(":")[0] for remark in remarks] == ["source_url"]


def test_its_lines_are_rows_that_the_catalog_takes(shelf: Shelf, tmp_path: Path) -> None:
    rows, remarks = rows_of(runs(tmp_path, {}, DECODE), Given(shelf.load(), source="https://example.com/bench"), TODAY)
    assert remarks == []
    header, *_ = (HERE / SPEEDS).read_text(encoding="utf-8").splitlines(keepends=True)
    (shelf.root / SPEEDS).write_text(header + as_csv(rows), encoding="utf-8")
    first, second = shelf.load().measurements()
    assert (first.test, first.prompt, first.tok_s, first.device) == ("prefill", 512, 11234.57, "rtx-4090")
    assert (second.test, second.generated, second.depth) == ("decode", 128, 0)


def test_json_lines_after_logs_and_utf16_read_the_same(tmp_path: Path) -> None:
    (expected,) = runs(tmp_path, DECODE)
    line = json.dumps({**TEST, **DECODE})
    for data in (f"[1] 4711 done\nload_backend: loaded\n{line}\n".encode(), f"{line}\r\n".encode("utf-16")):
        path = tmp_path / "bench.txt"
        path.write_bytes(data)
        assert read_runs(path) == (expected,)


def test_markdown_says_the_model_and_asks_for_the_device(catalog: Catalog, tmp_path: Path) -> None:
    (first, second), remarks = rows_of(table(tmp_path), Given(catalog, source="https://example.com/x"), TODAY)
    assert (first["model"], first["format"], first["backend"]) == ("qwen3-8b", "Q4_K_M", "cuda")
    assert (first["version"], first["era"]) == ("build 8500 (abc123def)", "2026H1")
    assert (first["prompt"], first["generated"], first["tok_s"]) == ("512", "0", "9012.34")
    assert (second["test"], second["generated"], second["depth"], second["tok_s"]) == (
        "decode",
        "128",
        "4096",
        "117.01",
    )
    assert second["note"] == "llama-bench; flash attention"
    assert (first["device"], first["count"], first["layers_on_device"]) == ("", "", "")
    assert remarks == ["device, count: not told; give --device ID, or 2x-ID for two"]
    (first, _), remarks = rows_of(
        table(tmp_path), Given(catalog, device="2x-rtx-4090", source="https://example.com/x"), TODAY
    )
    assert (first["device"], first["count"], first["split"], remarks) == ("rtx-4090", "2", "layer", [])


@pytest.mark.parametrize(
    ("log", "backend", "device", "count"),
    [
        ("  Device 0: NVIDIA GeForce RTX 3090, compute capability 8.6, VMM: yes", "CUDA", "rtx-3090", "1"),
        ("  Device 0: AMD Radeon RX 7900 XTX, gfx1100 (0x1100), VMM: no, Wave Size: 32", "ROCm", "rx-7900-xtx", "1"),
        ("ggml_vulkan: 0 = NVIDIA L4 (NVIDIA) | uma: 0 | fp16: 1\nggml_vulkan: 1 = NVIDIA L4 (NVIDIA) | uma: 0",
         "Vulkan", "l4", "2"),
        ("ggml_metal_device_init: GPU name:   MTL0 (Apple M3 Max)", "MTL,BLAS", "", "1"),
    ],
)  # fmt: skip
def test_what_is_logged_before_a_table_tells_the_devices(
    catalog: Catalog, tmp_path: Path, log: str, backend: str, device: str, count: str
) -> None:
    text = f"{log}\n{TABLE.replace('CUDA  ', backend)}"
    (first, _), _ = rows_of(table(tmp_path, text), Given(catalog), TODAY)
    assert (first["device"], first["count"]) == (device, count)


def test_older_markdown_writes_its_tests_apart_and_may_tell_no_build(catalog: Catalog, tmp_path: Path) -> None:
    text = TABLE.replace("pp512", "pp 512").replace("tg128", "tg 128").partition("build:")[0]
    rows, remarks = rows_of(table(tmp_path, text), Given(catalog, device="rtx-4090"), TODAY)
    assert [(r["test"], r["version"], r["era"]) for r in rows] == [("prefill", "", ""), ("decode", "", "")]
    assert [remark.partition(":")[0] for remark in remarks] == ["source_url", "version", "era"]


# --- models and formats ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "model"),
    [
        ("Meta-Llama-3-8B.Q4_K_M.gguf", "llama-3-8b"),
        ("Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf", "llama-3.1-8b"),
        ("DeepSeek-R1-Distill-Llama-8B-Q4_K_M.gguf", "deepseek-r1-distill-llama-8b"),
        ("model.gguf", None),
    ],
)
def test_of_models_of_one_shape_the_files_name_tells(catalog: Catalog, file: str, model: str | None) -> None:
    meant = model_meant(catalog, LLAMA, 0, "llama", file)
    assert meant.id == model
    assert model or {"llama-3-8b", "llama-3.1-8b"} <= set(meant.choices)


def test_a_model_that_is_not_told_is_asked_for_and_taken(catalog: Catalog, tmp_path: Path) -> None:
    found, remarks = row(catalog, tmp_path, {"model_filename": "model.gguf"})
    assert found["model"] == ""
    assert len(remarks) == 1
    assert "llama-3-8b" in remarks[0]
    assert remarks[0].endswith("give --model ID")
    found, remarks = row(catalog, tmp_path, {"model_n_params": 123456789})
    assert (found["model"], found["format"]) == ("", "Q4_K_M")
    assert "no model has that many" in remarks[0]
    found, remarks = row(catalog, tmp_path, {"model_filename": "hermes.gguf"}, model="llama-3-8b")
    assert (found["model"], found["note"], remarks) == ("llama-3-8b", "llama-bench; hermes", [])


@pytest.mark.parametrize(
    ("kind", "recipe"),
    [
        ("llama 8B Q4_K - Medium", "Q4_K_M"), ("llama 7B mostly Q4_0", "Q4_0"), ("qwen3 8B Q3_K - Large", "Q3_K_L"),
        ("gpt-oss 20B MXFP4 MoE", "MXFP4_MOE"), ("llama4 17B.16E (Scout) Q2_K - Medium", "Q2_K"),
        ("llama 8B IQ3_S mix - 3.66 bpw", "IQ3_M"), ("llama 8B IQ4_XS - 4.25 bpw", "IQ4_XS"),
        ("llama 8B (guessed) BF16", "BF16"), ("llama 8B unknown, may not work", None),
    ],
)  # fmt: skip
def test_number_types_are_formats(catalog: Catalog, kind: str, recipe: str | None) -> None:
    assert recipe_meant(catalog, kind) == recipe


def test_a_mix_of_a_publishers_own_is_not_taken_for_a_recipe(catalog: Catalog, tmp_path: Path) -> None:
    # A publisher's own mix calls itself by the recipe that it is like.
    mix = {"model_filename": "Meta-Llama-3.1-8B.gguf", "model_size": SIZE * 11 // 10}
    found, remarks = row(catalog, tmp_path, mix)
    assert found["format"] == ""
    assert "not the 4.58 of Q4_K_M" in remarks[0]
    found, remarks = row(catalog, tmp_path, {"model_filename": "Meta-Llama-3.1-8B-UD-Q9_K_XL.gguf"})
    assert found["format"] == ""
    assert remarks[0].startswith("format: UD-Q9_K_XL: neither in the catalog nor Q4_K_M")


def test_a_file_that_the_catalog_cites_is_known_by_its_name(catalog: Catalog, tmp_path: Path) -> None:
    model = catalog.model("qwen3-30b-a3b")
    assert model.parameters is not None
    change: dict[str, object] = {
        "model_filename": "Qwen3-30B-A3B-UD-Q4_K_XL.gguf", "model_type": "qwen3moe 30B.A3B Q4_K - Medium",
        "model_n_params": model.parameters.total, "model_size": model.files["UD-Q4_K_XL"].bytes,
    }  # fmt: skip
    found, remarks = row(catalog, tmp_path, change)
    assert (found["model"], found["format"], remarks) == ("qwen3-30b-a3b", "UD-Q4_K_XL", [])
    _, remarks = row(catalog, tmp_path, change | {"model_filename": "Qwen3-30B-A3B.gguf"})
    assert "as UD-Q4_K_XL does" in remarks[0]


# --- devices --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "device"),
    [
        ("NVIDIA GeForce RTX 4090", "rtx-4090"), ("NVIDIA GeForce RTX 4090 Laptop GPU", "rtx-4090-laptop"),
        ("NVIDIA A100-SXM4-80GB", "a100-sxm-80gb"), ("Tesla V100-SXM2-16GB", "v100-sxm-16gb"), ("NVIDIA GB10", "gb10"),
        ("AMD Radeon RX 7900 XTX (RADV NAVI31)", "rx-7900-xtx"), ("AMD Radeon 780M Graphics", "radeon-780m"),
        ("Intel(R) Arc(TM) 140V GPU (16GB)", "arc-140v"),
    ],
)  # fmt: skip
def test_devices_are_known_by_what_drivers_call_them(catalog: Catalog, name: str, device: str) -> None:
    assert device_meant(catalog, name, "").id == device


@pytest.mark.parametrize(
    ("name", "some"),
    [
        ("Apple M3 Max", "m3-max-40-core"),  # the number of cores at work is not told
        ("Apple M5 Ultra", "m5-ultra-80-core"),
        ("NVIDIA GeForce RTX 5060 Ti", "rtx-5060-ti-16gb"),
        ("NVIDIA H100 80GB HBM3", "h100-sxm-80gb"),
    ],
)
def test_what_a_name_does_not_tell_is_left_to_the_person(catalog: Catalog, name: str, some: str) -> None:
    meant = device_meant(catalog, name, "")
    assert meant.id is None
    assert some in meant.choices


def test_a_gpu_inside_a_processor_is_known_by_that(catalog: Catalog) -> None:
    gpu = "Radeon 8060S Graphics (RADV GFX1151)"
    assert device_meant(catalog, gpu, "AMD RYZEN AI MAX+ 395 w/ Radeon 8060S").id == "ryzen-ai-max-395"
    assert device_meant(catalog, "AMD Radeon Graphics", "").choices == ()
    assert processor_meant(catalog, "AMD EPYC 9554 64-Core Processor").id == "epyc-9554"
    assert processor_meant(catalog, "AMD Opteron(tm) Processor 6386 SE").id is None


def test_a_mac_asks_for_its_bin(catalog: Catalog, tmp_path: Path) -> None:
    mac: dict[str, object] = {
        "gpu_info": "Apple M3 Max",
        "cpu_info": "Accelerate, Apple M3 Max",
        "backends": "MTL,BLAS",
    }
    found, remarks = row(catalog, tmp_path, mac)
    assert (found["device"], found["count"], found["backend"]) == ("", "1", "metal")
    assert remarks == ["device: Apple M3 Max: m3-max-30-core, m3-max-40-core have that name; give --device ID"]
    found, remarks = row(catalog, tmp_path, mac, device="m3-max-40-core")
    assert (found["device"], found["count"], remarks) == ("m3-max-40-core", "1", [])


def test_as_many_count_as_are_listed_and_used(catalog: Catalog, tmp_path: Path) -> None:
    three: dict[str, object] = {"gpu_info": ", ".join(["NVIDIA GeForce RTX 3090"] * 3)}
    cases: list[tuple[dict[str, object], str, str]] = [
        ({}, "3", "layer"),
        ({"split_mode": "tensor"}, "3", "tensor"),
        ({"devices": "CUDA0/CUDA2"}, "2", "layer"),
        ({"split_mode": "none", "main_gpu": 1}, "1", ""),
    ]
    for change, count, split in cases:
        found, remarks = row(catalog, tmp_path, {**three, **change})
        assert (found["device"], found["count"], found["split"], remarks) == ("rtx-3090", count, split, [])
    assert "-sm row" in refusal(catalog, tmp_path, {**three, "split_mode": "row"})


def test_an_id_with_a_digit_before_an_x_counts_nothing(catalog: Catalog, tmp_path: Path) -> None:
    found, _ = row(catalog, tmp_path, {"gpu_info": "AMD Instinct MI250X", "backends": "ROCm"}, device="mi250x-gcd")
    assert (found["device"], found["count"]) == ("mi250x-gcd", "1")


def test_devices_of_two_kinds_are_no_row_until_one_is_named(catalog: Catalog, tmp_path: Path) -> None:
    mixed: dict[str, object] = {"gpu_info": "NVIDIA GeForce RTX 4090, AMD Radeon Graphics", "backends": "Vulkan"}
    found, remarks = row(catalog, tmp_path, mixed)
    assert (found["device"], found["count"], found["backend"]) == ("", "", "vulkan")
    assert "differ" in remarks[0]
    found, remarks = row(catalog, tmp_path, mixed, device="rtx-4090")
    assert (found["device"], found["count"], remarks) == ("rtx-4090", "1", [])
    found, _ = row(catalog, tmp_path, {**mixed, "devices": "Vulkan0"})
    assert (found["device"], found["count"]) == ("rtx-4090", "1")


def test_a_cpu_is_a_device_whose_threads_are_noted(catalog: Catalog, tmp_path: Path) -> None:
    found, remarks = row(catalog, tmp_path, {"backends": "BLAS,CPU", "gpu_info": "", "n_gpu_layers": 0})
    assert (found["device"], found["count"], found["backend"]) == ("ryzen-9-7950x", "1", "cpu")
    assert (found["layers_on_device"], found["note"], remarks) == ("", "llama-bench; 16 threads", [])


# --- options --------------------------------------------------------------------------------------------------------


def test_what_lies_on_the_host_needs_one(catalog: Catalog, tmp_path: Path) -> None:
    found, remarks = row(catalog, tmp_path, {"n_gpu_layers": 20})
    assert (found["layers_on_device"], found["host"], remarks) == (
        "20", "", ["host: what lies there needs one; give --host ID"],
    )  # fmt: skip
    found, remarks = row(catalog, tmp_path, {"n_gpu_layers": 20}, host="am5-ddr5-5200")
    assert (found["host"], found["note"], remarks) == ("am5-ddr5-5200", "llama-bench; 16 threads", [])
    found, _ = row(catalog, tmp_path, {"n_gpu_layers": 33})  # 32 layers and the output
    assert found["layers_on_device"] == ""


def test_experts_on_the_host_are_counted_in_layers(catalog: Catalog, tmp_path: Path) -> None:
    model = catalog.model("qwen3-30b-a3b")
    assert model.parameters is not None
    change: dict[str, object] = {"model_n_params": model.parameters.total, "model_type": "qwen3moe 30B.A3B Q8_0"}
    change["model_filename"] = "Qwen3-30B-A3B-Q8_0.gguf"  # of several models of that shape
    for asked, told in ((0, ""), (20, "20"), (48, "all"), (99, "all")):
        found, _ = row(catalog, tmp_path, {**change, "n_cpu_moe": asked}, host="am5-ddr5-5200")
        assert found["experts_on_host"] == told
    assert row(catalog, tmp_path, {"n_cpu_moe": 9})[0]["experts_on_host"] == ""  # a dense model has none


def test_a_note_tells_what_was_asked_beside_the_columns(catalog: Catalog, tmp_path: Path) -> None:
    change: dict[str, object] = {"flash_attn": 1, "n_ubatch": 2048, "type_k": "q8_0", "type_v": "q8_0"}
    found, _ = row(catalog, tmp_path, change)
    assert (found["note"], found["cache_format"]) == ("llama-bench; flash attention", "q8_0")
    assert found["micro_batch"] == "2048"
    assert row(catalog, tmp_path, {"flash_attn": 0})[0]["note"] == "llama-bench; no flash attention"
    assert row(catalog, tmp_path, {"flash_attn": False})[0]["note"] == "llama-bench"  # once the default


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"n_gen": 128}, "pp512+tg128 left out: it mixes prefill and decode"),
        ({"n_gen": 128, "n_depth": 64}, "pp512+tg128 @ d64 left out"),
        ({"no_kv_offload": True}, "-nkvo 1: no column holds it"),
        ({"tensor_buft_overrides": "exps=CPU"}, "-ot exps=CPU: no column holds it"),
        ({"type_v": "q8_0"}, "-ctk f16 -ctv q8_0: no column holds two"),
        ({"backends": "OpenCL"}, "backend OpenCL: not known"),
        ({"backends": "CUDA,RPC"}, "backend RPC: not known"),
        ({"backends": "CUDA,Vulkan"}, "which one ran is not told"),
    ],
)
def test_what_no_row_can_hold_is_refused_by_name(
    catalog: Catalog, tmp_path: Path, change: dict[str, object], what: str
) -> None:
    assert what in refusal(catalog, tmp_path, change)


def test_a_refused_test_leaves_the_others(catalog: Catalog, tmp_path: Path) -> None:
    rows, remarks = rows_of(runs(tmp_path, {}, {"n_gen": 64}, DECODE), Given(catalog), TODAY)
    assert [found["test"] for found in rows] == ["prefill", "decode"]
    assert [remark for remark in remarks if "pp512+tg64 left out" in remark]


# --- eras -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("build", "era"),
    [(4404, "2024H2"), (4406, None), (5163, "2025H1"), (7000, "2025H2"), (8500, "2026H1"), (9990, "2026H2"), (1, None)],
)
def test_a_build_between_two_of_one_half_is_of_that_half(catalog: Catalog, build: int, era: str | None) -> None:
    assert era_of(BUILDS.read(catalog.root, catalog), build, TODAY) == era


def test_newer_builds_than_any_known_are_told_by_the_day(catalog: Catalog, tmp_path: Path) -> None:
    assert era_of(BUILDS.read(catalog.root, catalog), 99999, date(2027, 3, 1)) is None
    rows, _ = rows_of(runs(tmp_path, {"build_number": 99999}), Given(catalog), date(2027, 3, 1))
    assert rows[0]["era"] == "2026H1"  # of the test


def test_the_number_of_a_clone_without_history_is_no_build(catalog: Catalog, tmp_path: Path) -> None:
    # Such a clone counts its one commit; what it was is for a person to say.
    rows, remarks = rows_of(runs(tmp_path, {"build_number": 1}), Given(catalog), TODAY)
    assert rows[0]["version"] == ""
    assert any(remark.startswith("version: no build is told") for remark in remarks)


# --- the command ----------------------------------------------------------------------------------------------------


def test_the_command_prints_rows_and_says_what_to_fill_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "config.json"  # by content, not by name
    path.write_text(json.dumps([TEST, {**TEST, **DECODE}]), encoding="utf-8")
    assert main(["import", str(path)]) == 0
    out, err = capsys.readouterr()
    assert [cells[:3] for cells in csv.reader(io.StringIO(out))] == [["rtx-4090", "1", "llama-3.1-8b"]] * 2
    assert err == "sizing: source_url: fill in the public address of the print-out, or give --source URL\n"
    assert main(["import", str(path), "--source", "https://example.com/x", "--model", "llama-3-8b"]) == 0
    out, err = capsys.readouterr()
    assert "llama-3-8b" in out
    assert "https://example.com/x" in out
    assert err == ""


@pytest.mark.parametrize(
    ("text", "options", "what"),
    [
        (json.dumps([TEST])[:-40], (), "cut short"),
        (json.dumps([{**TEST, "avg_ts": 0}]), (), "test 1: avg_ts '0' is no speed"),
        (json.dumps([{k: v for k, v in TEST.items() if k != "backends"}]), (), "says no backends"),
        (json.dumps([{**TEST, "n_prompt": "many"}]), (), "n_prompt 'many' is no whole number"),
        (json.dumps([TEST]), ("--device", "rtx-4091"), "no device 'rtx-4091'"),
        (json.dumps([TEST]), ("--model", "llama-9"), "no model 'llama-9'"),
        (json.dumps([TEST]), ("--host", "cellar"), "no device 'cellar'"),
        (json.dumps([TEST]), ("--source", "my notes"), "'my notes' is no address"),
        (json.dumps([TEST]), ("--as", "llama"), "give it no --as"),
        (json.dumps([{**TEST, "n_gen": 8}]), (), "mixes prefill and decode"),
        (TABLE.replace("fa |", "fmoe |", 1), (), "column 'fmoe' is none of llama.cpp's"),
        (TABLE.replace("pp512", "embed"), (), "'embed' is no test"),
        (TABLE.replace("8.19 B", "many"), (), "'many' is no amount"),
        (TABLE.replace("|  99 |  1 |           pp512", "|           pp512"), (), "line 4 has 6 cells under 8 columns"),
        (TABLE.partition("| qwen3")[0], (), "without a test"),
        ("build_commit,build_number,avg_ts\n", (), "CSV or SQL; print it with -o json"),
    ],
)  # fmt: skip
def test_errors_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, options: tuple[str, ...], what: str
) -> None:
    path = tmp_path / "bench"
    path.write_text(text, encoding="utf-8")
    assert main(["import", str(path), *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert what in err


def test_a_model_takes_none_of_the_options_of_speeds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.sizing.files.test_drafts import write

    assert main(["import", str(write(tmp_path)), "--device", "rtx-4090"]) == 2
    assert "no print-out of llama-bench" in capsys.readouterr().err

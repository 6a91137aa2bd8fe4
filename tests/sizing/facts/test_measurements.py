"""A measured row that cannot be is told with its line."""

from __future__ import annotations

import csv
import io

import pytest

from tests.sizing.conftest import Shelf

SPEEDS = "measurements/speeds.csv"

ROW = {
    "device": "rtx-4090", "count": "1", "model": "llama-3-8b", "format": "Q4_K_M", "runtime": "llama.cpp",
    "backend": "cuda", "version": "b3000", "era": "2024H1", "test": "decode", "prompt": "0", "generated": "128",
    "depth": "0", "batch": "1", "cache_format": "f16", "split": "", "host": "", "layers_on_device": "",
    "experts_on_host": "", "micro_batch": "", "tok_s": "130.58", "quality": "A", "source_url": "https://example.com/rows",
    "read": "2026-11-24", "note": "a remark, with a comma",
}  # fmt: skip


def with_row(shelf: Shelf, **changed: str) -> Shelf:
    """The catalog with three rows, the second of which is changed."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(ROW), lineterminator="\n")
    writer.writeheader()
    writer.writerows([ROW, {**ROW, "depth": "7", **changed}, {**ROW, "depth": "8"}])
    return shelf.write(SPEEDS, text.getvalue().encode())


def test_sound_rows_are_read(shelf: Shelf) -> None:
    rows = with_row(shelf, tok_s="12.5", prompt="undisclosed").load().measurements()
    assert len(rows) == 3
    assert (rows[1].tok_s, rows[1].prompt, rows[1].layers_on_device, rows[1].experts_on_host) == (
        12.5,
        None,
        None,
        None,
    )
    assert rows[1].note == "a remark, with a comma"


def test_what_lies_on_the_host_is_read(shelf: Shelf) -> None:
    host = {"host": "desktop-ddr5-64gb", "layers_on_device": "20"}
    assert with_row(shelf, **host).load().measurements()[1].layers_on_device == 20
    experts = {"host": "2x-desktop-ddr5-64gb", "experts_on_host": "all"}
    assert with_row(shelf, **experts).load().measurements()[1].experts_on_host == "all"
    assert with_row(shelf, **experts | {"experts_on_host": "26"}).load().measurements()[1].experts_on_host == 26


def test_weights_may_be_repacked_for_the_host_that_they_lie_on(shelf: Shelf) -> None:
    def table(*rows: dict[str, str]) -> Shelf:
        text = io.StringIO()
        writer = csv.DictWriter(text, [*ROW, "repacked"], lineterminator="\n")
        writer.writeheader()
        writer.writerows([{**ROW, "repacked": ""}, *rows])
        return shelf.write(SPEEDS, text.getvalue().encode())

    host = {**ROW, "host": "desktop-ddr5-64gb", "layers_on_device": "20"}
    assert [row.repacked for row in table({**host, "repacked": "yes"}).load().measurements()] == [False, True]
    assert not with_row(shelf).load().measurements()[1].repacked  # nobody needs the column
    (only,) = table({**host, "repacked": "no"}).problems()
    assert only.what == "'no' says nothing of weights; write yes where they are repacked for the host, or nothing"
    (only,) = table({**ROW, "depth": "7", "repacked": "yes"}).problems()
    assert only.what.startswith("nothing lies on a host; name it")


def test_a_build_of_sycl_may_multiply_in_32_bits(shelf: Shelf) -> None:
    def table(*rows: dict[str, str]) -> Shelf:
        text = io.StringIO()
        writer = csv.DictWriter(text, [*ROW, "wide"], lineterminator="\n")
        writer.writeheader()
        writer.writerows([{**ROW, "wide": ""}, *rows])
        return shelf.write(SPEEDS, text.getvalue().encode())

    arc = {**ROW, "device": "arc-pro-b70", "backend": "sycl", "version": "b9739"}
    assert [row.wide for row in table({**arc, "wide": "yes"}).load().measurements()] == [False, True]
    (only,) = table({**arc, "wide": "32"}).problems()
    assert only.what == "'32' says nothing of a build; write yes where it multiplies numbers of 32 bits, or nothing"
    (only,) = table({**ROW, "depth": "7", "wide": "yes"}).problems()
    assert only.what.startswith("only SYCL is built either way")


def test_a_row_may_name_a_file_of_its_model(shelf: Shelf) -> None:
    row = {"model": "qwen3-30b-a3b", "format": "UD-Q4_K_XL"}
    assert with_row(shelf, **row).load().measurements()[1].format == "UD-Q4_K_XL"
    (only,) = with_row(shelf, format="UD-Q4_K_XL").problems()
    assert only.what.startswith("'UD-Q4_K_XL' is not in catalog/formats.yaml, nor one of the model's files; ")


def test_a_row_may_name_bits_per_weight_that_a_format_takes(shelf: Shelf) -> None:
    row = {"runtime": "exllamav2"}
    assert with_row(shelf, **row, format="EXL2-4.0bpw").load().measurements()[1].format == "EXL2-4.0bpw"
    (only,) = with_row(shelf, **row, format="EXL2").problems()
    assert only.what == "'EXL2' takes bits per weight; write it as EXL2-2.0bpw"
    for wrong in ("EXL2-9.0bpw", "Q4_K_M-4.0bpw", "EXL9-4.0bpw"):
        (only,) = with_row(shelf, **row, format=wrong).problems()
        assert only.what.startswith(f"'{wrong}' is not in catalog/formats.yaml")


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("device", "rtx-4091", "'rtx-4091' is not in catalog/devices/; did you mean rtx-4090?"),
        ("model", "llama-9", "'llama-9' is not in catalog/models/; did you mean"),
        (
            "format",
            "Q4_K_X",
            "'Q4_K_X' is not in catalog/formats.yaml, nor one of the model's files; ",
        ),
        ("runtime", "lama.cpp", "'lama.cpp' is not in catalog/runtimes.yaml; did you mean llama.cpp?"),
        ("host", "desktop", "'desktop' is not in catalog/machines/hosts.yaml, nor in catalog/devices/; "),
        ("backend", "opencl", "'opencl' is no backend; write one of cuda, metal"),
        ("count", "one", "'one' is no whole number; write one from 1 to 10,000"),
        ("count", "0", "'0' is no whole number; write one from 1 to 10,000"),
        ("batch", "0", "'0' is no whole number; write one from 1 to 100,000"),
        ("depth", "-5", "'-5' is no whole number; write one from 0 to"),
        ("depth", "²", "'²' is no whole number"),
        ("prompt", "", "'' is no whole number; write one from 0 to 100,000,000, or undisclosed"),
        ("version", "", "'' is missing, or begins or ends with a space"),
        ("era", "2024", "'2024' is no half of a year; write it as 2025H1"),
        ("test", "decoding", "'decoding' is no test; write one of decode, prefill"),
        ("cache_format", "fp16", "'fp16' is no cache format; write one of f32, f16, bf16"),
        ("split", "row", "'row' is no split; write one of nothing, layer, tensor"),
        ("split", "layer", "several devices split a model, one does not"),
        ("layers_on_device", "some", "'some' is no whole number; write one from 0 to 10,000, or nothing"),
        (
            "experts_on_host",
            "few",
            "'few' is no whole number; write one from 1 to 10,000, nothing for no layer",
        ),
        ("tok_s", "fast", "'fast' is no number above 0, to 10,000,000; write it plainly, such as 12.5"),
        ("tok_s", "0", "'0' is no number above 0"),
        ("tok_s", "-1", "'-1' is no number above 0"),
        ("tok_s", "nan", "'nan' is no number above 0"),
        ("tok_s", "inf", "'inf' is no number above 0"),
        ("quality", "C", "'C' is no quality; write one of A, B"),
        ("source_url", "", "'' is no address; give the public one that it was read at"),
        ("read", "24.11.2026", "'24.11.2026' is not a date; write it as 2026-11-20"),
    ],
)
def test_a_cell_that_cannot_be_is_told_with_its_line(shelf: Shelf, key: str, value: str, what: str) -> None:
    (only,) = with_row(shelf, **{key: value}).problems()
    assert (only.file, only.line, only.key) == (f"catalog/{SPEEDS}", 3, key)
    assert only.what.startswith(what)


@pytest.mark.parametrize(
    ("changed", "key", "what"),
    [
        ({"count": "2"}, "split", "several devices split a model, one does not; write layer or tensor"),
        ({"layers_on_device": "20"}, "host", "missing; name the host that holds what the devices do not"),
        ({"experts_on_host": "all"}, "host", "missing; name the host"),
        ({"test": "prefill"}, "prompt", "a prefill row reads a prompt; write its tokens"),
        ({"test": "prefill", "prompt": "undisclosed"}, "prompt", "a prefill row reads a prompt"),
        ({"generated": "0"}, "generated", "a decode row generates tokens; write how many"),
    ],
)
def test_two_cells_that_cannot_both_be(shelf: Shelf, changed: dict[str, str], key: str, what: str) -> None:
    (only,) = with_row(shelf, **changed).problems()
    assert (only.line, only.key) == (3, key)
    assert only.what.startswith(what)


@pytest.mark.parametrize("row", ["rtx-4090,1", ",".join(ROW.values()) + ",one more"], ids=["too few", "too many"])
def test_a_row_of_another_length_is_told_with_its_line(shelf: Shelf, row: str) -> None:
    (only,) = shelf.write(SPEEDS, f"{','.join(ROW)}\n{row}\n".encode()).problems()
    assert only.line == 2


@pytest.mark.parametrize(
    "data",
    [None, "Gerät,é\n".encode("latin-1"), b"devise,count\nrtx-4090,1\n", f"{','.join(ROW)},more\n".encode()],
    ids=["missing", "not UTF-8", "another header", "a column more"],
)
def test_a_file_that_is_no_table_is_told_by_its_name(shelf: Shelf, data: bytes | None) -> None:
    if data is None:
        (shelf.root / SPEEDS).unlink()
    else:
        shelf.write(SPEEDS, data)
    problems = shelf.problems()
    assert {p.file for p in problems} == {f"catalog/{SPEEDS}"}


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("UD-Q4_K_XL: {bytes: 17709692928", "UD-Q4_K_XL: {bytes: 16 GiB", "16 GiB: input should be a valid integer"),
        ("like: Q4_K_M, source: {url: https://github.com/lhl", "like: Q4_K_N, source: {url: https://github.com/lhl",
         "'Q4_K_N' is not in catalog/formats.yaml; did you mean Q4_K_S?"),
        ("UD-Q4_K_XL: {bytes: 17709692928", "Q4_K_M: {bytes: 17709692928", "is a format, whose rule gives the bytes"),
    ],
    ids=["size", "like", "a format"],
)  # fmt: skip
def test_a_published_file_that_cannot_be_is_told_with_its_line(shelf: Shelf, old: str, new: str, what: str) -> None:
    family = "models/qwen-3-moe.yaml"
    first, *others = shelf.edit(family, old, new).problems()
    assert first.file == f"catalog/{family}"
    assert first.what.startswith(what)
    # Rows of the file that has another name now.
    assert {(p.key, p.what.split()[0]) for p in others} <= {("format", "'UD-Q4_K_XL'")}

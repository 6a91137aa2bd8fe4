"""A config.json or a GGUF header given to a page is sized as Python sizes it, number for number, or refused alike."""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page

from sizing import Catalog, SizingError, plan, read_model
from sizing.export import ONLY_PYTHON, export
from sizing.export.tables import tables
from sizing.facts.plain import to_plain
from sizing.files.ggml import TENSOR_TYPES
from tests.sampled import drawing, sample, tries
from tests.site.beside import empty_page
from tools.javascript import OUTPUT, PYTHON, READING

TESTS: Final = Path(__file__).parents[1] / "sizing"
MACHINES: Final = (None, "rtx-4090", "2x-rtx-3090", "m4-max-40-core-64gb", "gb10", "epyc-9355-768gb")
FORMATS: Final = (None, None, "Q4_K_M", "IQ2_XXS", "Q8_0", "FP8", "AWQ", "MLX-4bit", "BF16", "MXFP4_MOE")
CACHES: Final = ("f16", "f16", "q8_0", "fp8")
RUNTIMES: Final = (None, None, None, "vllm", "llama.cpp")

# Reads in the page what Python read, plans what it planned, and tells what differs.
COMPARE: Final = """async () => {
  const { load, SizingError } = await import("/engine.mjs");
  const reader = await import("/reading.mjs");
  const read = async (name) => (await fetch(name)).json();
  const engine = load(await read("/data.json"));
  reader.prepare(await (await fetch("/tables.json")).text());
  const same = (a, b) => a === b || (a instanceof Object && b instanceof Object
    && Object.keys(a).join() === Object.keys(b).join() && Object.keys(a).every((key) => same(a[key], b[key])));
  const planned = (asked, model) => {
    try {
      return { plan: engine.plan({ ...asked, model }) };
    } catch (error) {
      if (error instanceof SizingError) return { refused: error.message };
      throw new Error(`${JSON.stringify(asked)}: ${error.stack}`);
    }
  };
  const differing = [];
  for (const [i, { file, model, data, asked, said }] of (await read("/cases.json")).entries()) {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    let found;
    try {
      engine.add(`file:${i}`, await reader.read([new File([bytes], file)], { name: model }));
      found = asked.map((one) => planned(one, `file:${i}`));
    } catch (error) {
      if (!(error instanceof reader.SizingError)) throw new Error(`${model}: ${error.stack}`);
      found = { refused: error.message };
    }
    if (!same(said, found)) differing.push([file, model, atob(data).slice(0, 2000), asked, said, found]);
  }
  return [differing.length, differing.slice(0, 3)];
}"""

Case = dict[str, Any]


@pytest.fixture
def page(browser: Browser, catalog: Catalog, tmp_path: Path) -> Iterator[Page]:
    """An empty page beside the engine and what reads files, served from ``tmp_path``."""
    machines = [catalog.machine(name) for name in MACHINES if name]
    (tmp_path / "engine.mjs").write_bytes(OUTPUT.read_bytes())
    (tmp_path / "reading.mjs").write_bytes(READING.read_bytes())
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "python.mjs").write_bytes(PYTHON.read_bytes())
    (tmp_path / "data.json").write_text(json.dumps(export(catalog, (), machines)), encoding="utf-8")
    (tmp_path / "tables.json").write_text(json.dumps(tables(catalog)), encoding="utf-8")
    with empty_page(browser, tmp_path, 300) as page:
        yield page


def asked_of(random: Random) -> Case:
    """A plan of a model, as both are asked it."""
    return {
        "machine": random.choice(MACHINES),
        "format": random.choice(FORMATS),
        "context": random.choice([512, 8192, 131072]),
        "sequences": random.choice([1, 1, 4]),
        "cache_format": random.choice(CACHES),
        "runtime": random.choice(RUNTIMES),
    }


def case(catalog: Catalog, folder: Path, model: str, file: str, data: bytes, random: Random, plans: int) -> Case:
    """A file and what Python says of it."""
    path = folder / model / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    asked = [asked_of(random) for _ in range(plans)]
    told = {"file": file, "model": model, "data": base64.b64encode(data).decode(), "asked": asked}
    try:
        read = read_model(path, catalog=catalog)
    except SizingError as error:
        return {**told, "said": {"refused": str(error).replace(f"{path}:", f"{file}:")}}
    said: list[dict[str, Any]] = []
    for one in asked:
        machine = catalog.machine(one["machine"]) if one["machine"] else None
        try:
            p = plan(read, machine, **{key: value for key, value in one.items() if key != "machine"}).as_dict()
            said.append({"plan": {key: value for key, value in p.items() if key not in ONLY_PYTHON}})
        except SizingError as error:
            said.append({"refused": str(error)})
    return {**told, "said": said}


def differing(page: Page, folder: Path, cases: Iterable[Case]) -> list[Any]:
    """The first cases that the page answers otherwise."""
    (folder / "cases.json").write_text(json.dumps(list(cases)), encoding="utf-8")
    count, first = page.evaluate(COMPARE)
    return [count, *first] if count else []


def configs(catalog: Catalog) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every model of the catalog in config.json's words, and one config.json of every family that transformers has."""
    for model in catalog.models.values():
        if isinstance(model.architecture, str):
            continue
        words = {**to_plain(model.architecture), "torch_dtype": "bfloat16", "max_position_embeddings": 32768}
        seeing = model.towers.config if model.towers else {}
        yield model.id, {**seeing, "text_config": words} if seeing else words
    qwen = {**to_plain(catalog.model("qwen3-8b").architecture), "torch_dtype": "bfloat16"}  # type: ignore[arg-type]
    some = {"model.layers.3.mlp.down_proj": {"group_size": 64, "bits": 6}, "lm_head": False}
    yield "a-mix-of-bits", {**qwen, "quantization": {"group_size": 64, "bits": 4, **some}}
    yield "a-row", {**qwen, "quantization_config": {"quant_method": "gptq", "bits": 4, "group_size": -1}}
    yield "of-its-class", {**qwen, "model_type": None, "architectures": ["Qwen3ForCausalLM"]}
    families = json.loads((TESTS / "anatomy" / "families.json").read_text(encoding="utf-8"))
    for family, found in families.items():
        if isinstance(found, list) and found:
            yield f"a-{family}", found[-1]["config"]


def test_config_json_files_are_sized_as_python_sizes_them(catalog: Catalog, page: Page, tmp_path: Path) -> None:
    random = drawing("files of models")
    cases = [
        case(catalog, tmp_path, model, "config.json", json.dumps(words).encode(), random, 3)
        for model, words in sample(list(configs(catalog)), 120, "files of models")
    ]
    assert differing(page, tmp_path, cases) == []
    planned = [one for told in cases if isinstance(told["said"], list) for one in told["said"] if "plan" in one]
    assert len(planned) >= tries(120, 700)


# --- what cannot be ---------------------------------------------------------------------------------------------------

STATED: Final = (
    {"quant_method": "gptq", "bits": 4, "group_size": 32},
    {"quant_method": "awq", "bits": 4, "group_size": 128},
    {"quant_method": "fp8"},
    {"quant_method": "odd"},
    {"group_size": 64, "bits": 6},
    {"quant_method": "exl3", "bits": 3.5},
)
JUNK: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 2, 64, 10**8, 10**17, 0.5, 1.0, 32.0, float("inf"), "", "x", "4K", "a\nb", "é\u200b", [],
    [0], [1, 2, 3], ["full_attention"] * 4, {}, {"a": 1}, {"hidden_size": 5}, [[1]], {"5": {"head_dim": 512}},
    [{"attention": {"n_heads_in_group": 8}, "ffn": {"ffn_mult": 1.5}}] * 4,
    {"full_attn_layers": [4, 8], "num_heads": 32, "head_dim": 128, "short_conv_kernel_size": 4, "oops": 1},
)  # fmt: skip
CUTS: Final = (b"{", b"]", b",", b'"', b"\\", b"\x01", b"NaN", b"\xff", b"\xed\xa0\x80")


def mutated(words: Mapping[str, Any], random: Random) -> bytes:
    """A config.json that somebody spoiled."""
    found = json.loads(json.dumps(words))
    inner = found.get("text_config", found)
    for _ in range(random.randint(1, 3)):
        key = random.choice(list(inner))
        turn = random.random()
        if turn < 0.4:
            inner[key] = random.choice(JUNK)
        elif turn < 0.6:
            inner.pop(key)
        elif turn < 0.8:
            inner[random.choice(["num_foo_layers", "odd", "moe_layer_freq", "layer_types", key + "s"])] = random.choice(
                JUNK
            )
        else:
            found["quantization_config"] = random.choice(STATED)
        if not inner:
            break
    data = json.dumps(found).encode()
    if random.random() < 0.15:
        at = random.randrange(len(data))
        return data[:at] + random.choice(CUTS) + data[at + random.randint(0, 3) :]
    return data


def test_spoiled_ones_are_refused_with_pythons_line(catalog: Catalog, page: Page, tmp_path: Path) -> None:
    random, files = drawing("spoiled files"), tries(150, 600)
    every = list(configs(catalog))
    spoiled = (mutated(random.choice(every)[1], random) for _ in range(files))
    cases = [case(catalog, tmp_path, f"m{i}", "config.json", data, random, 1) for i, data in enumerate(spoiled)]
    assert differing(page, tmp_path, cases) == []
    refused = sum("refused" in told["said"] for told in cases)
    assert files / 6 <= refused <= files * 5 / 6, refused


def test_files_that_are_no_models_are_refused_with_pythons_line(catalog: Catalog, page: Page, tmp_path: Path) -> None:
    files = {
        "config.json": b"",
        "a/config.json": b"[]",
        "b/config.json": b'{"peft_type": "LORA", "base_model_name_or_path": "meta-llama/Llama-3-8B"}',
        "c/config.json": b'{"_diffusers_version": "0.3"}',
        "d/config.json": b"[" * 2000,
        "e/config.json": b'{"a": ' * 60 + b"1" + b"}" * 60,
        "f/config.json": b'{"hidden_size": 123456789012345678901}',
        "g/config.json": b'{"model_type": "qwen3", "model_type": "llama"}',
        "h/config.json": "\ufeff{}".encode("utf-16"),
        "i/config.json": b"<!DOCTYPE html>",
        "j/config.json": b'{"x": "' + b"y" * 70_000 + b'"}',
        "k/model.gguf": b"GGUF",
        "l/model.gguf": b"version https://git-lfs.github.com/spec/v1",
        "m/model.gguf": b"GGUF" + struct.pack("<IQQ", 3, 0, 1 << 60),
        "n/model.gguf": b"GGUF" + struct.pack("<IQQ", 1, 0, 0),
        "o/model-00002-of-00003.gguf": gguf("llama", {}, {}, {"split.no": 1, "split.count": 3}),
        "p/model-00001-of-00003.gguf": gguf("llama", {}, {"a": (4,)}, {"split.no": 0, "split.count": 3}),
        "q/lora.gguf": gguf("llama", {}, {"a": (4,)}, {"general.type": "adapter"}),
        "r/mmproj.gguf": gguf("clip", {}, {"a": (4,)}),
        "s/odd.gguf": gguf("oddity", {"block_count": 2}, {"a": (4,)}),
        "t/model.gguf": gguf("llama", {"block_count": 2}, {"token_embd.weight": (64, 100)}),
        "u/vocab.gguf": gguf("llama", {"block_count": 2}, {}),
    }
    cases = [
        case(catalog, tmp_path, f"no{i}", name.rpartition("/")[2], data, Random(1), 1)
        for i, (name, data) in enumerate(files.items())
    ]
    assert [told["file"] for told in cases if "refused" not in told["said"]] == []
    assert differing(page, tmp_path, cases) == []


# --- GGUF -------------------------------------------------------------------------------------------------------------


def _text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def _value(value: Any) -> bytes:
    """A value behind the number of its type, as GGUF has them."""
    match value:
        case bool():
            return struct.pack("<I?", 7, value)
        case int():
            return struct.pack("<Iq", 11, value) if value < 0 else struct.pack("<IQ", 10, value)
        case float():
            return struct.pack("<Id", 12, value)
        case str():
            return struct.pack("<I", 8) + _text(value)
    told = [_value(one) for one in value]
    kind = told[0][:4] if told else struct.pack("<I", 4)
    return struct.pack("<I", 9) + kind + struct.pack("<Q", len(told)) + b"".join(one[4:] for one in told)


def gguf(
    architecture: str,
    keys: Mapping[str, Any],
    tensors: Mapping[str, Iterable[int]],
    general: Mapping[str, Any] | None = None,
    types: Iterable[int] = (1,),
) -> bytes:
    """The header of a GGUF file, with a vocabulary, whose tensors' data are missing."""
    told = {
        "general.architecture": architecture,
        "tokenizer.ggml.tokens": [f"token {i}" for i in range(50)],  # too few, which is told
        **{f"{architecture}.{key}": value for key, value in keys.items()},
        **(general or {}),
    }
    data = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(told))
    data += b"".join(_text(key) + _value(value) for key, value in told.items())
    kinds, at = list(types), 0
    for i, (name, given) in enumerate(tensors.items()):
        shape = tuple(given)
        kind = kinds[i % len(kinds)] if shape[0] % 256 == 0 and len(shape) > 1 else 0
        data += _text(name) + struct.pack(f"<I{len(shape)}Q", len(shape), *shape) + struct.pack("<IQ", kind, at)
        _, block, size = TENSOR_TYPES[kind]
        at += -(-_product(shape) // block * size // 32) * 32
    return data


def _product(shape: tuple[int, ...]) -> int:
    found = 1
    for one in shape:
        found *= one
    return found


def headers(catalog: Catalog) -> Iterator[tuple[str, bytes]]:
    """What llama.cpp's converter writes of every family, and of models of the catalog, in several mixes of types."""
    from tests.sizing.files.test_gguf import HEADERS, shapes

    random = Random(3)
    families = json.loads((TESTS / "files" / "gguf_families.json").read_text(encoding="utf-8"))
    for name, told in families.items():
        yield name, gguf(told["architecture"], told["keys"], told["tensors"], {"general.file_type": 1})
    for name, told in HEADERS.items():
        shape = catalog.model(name).shape
        assert shape is not None
        general = {"general.file_type": random.choice([7, 15, 17]), "general.name": f"{name} of a file"}
        types = random.choice([(8,), (12, 12, 14), (13,), (39, 8)])
        yield name, gguf(told["architecture"], told["keys"], shapes(shape), general, types)


def test_a_split_gguf_file_is_read_with_all_of_its_parts(catalog: Catalog, page: Page, tmp_path: Path) -> None:
    told = json.loads((TESTS / "files" / "gguf_families.json").read_text(encoding="utf-8"))["gemma"]
    names = list(told["tensors"])
    parts = [names[: len(names) // 2], names[len(names) // 2 :]]
    files = [tmp_path / f"gemma-Q8_0-0000{i + 1}-of-00002.gguf" for i in range(2)]
    for i, (file, own) in enumerate(zip(files, parts, strict=True)):
        split = {"split.no": i, "split.count": 2}
        shapes = {name: told["tensors"][name] for name in own}
        file.write_bytes(gguf(told["architecture"], told["keys"] if i == 0 else {}, shapes, split))
    found = page.evaluate(
        """async (names) => {
          const { load } = await import("/engine.mjs");
          const reader = await import("/reading.mjs");
          const engine = load(await (await fetch("/data.json")).json());
          reader.prepare(await (await fetch("/tables.json")).text());
          const file = async (name) => new File([await (await fetch(name)).blob()], name);
          const files = await Promise.all(names.map(file));
          return [files, files.toReversed()].reduce(async (before, given) => {
            const plans = await before;
            engine.add("file:1", await reader.read(given));
            return [...plans, engine.plan({ model: "file:1", machine: "rtx-4090", context: 8192 })];
          }, Promise.resolve([]));
        }""",
        [file.name for file in files],
    )
    said = plan(read_model(files[0], catalog=catalog), catalog.machine("rtx-4090"), context=8192).as_dict()
    for one in found:
        assert {**one, "model": said["model"]} == {key: x for key, x in said.items() if key not in ONLY_PYTHON}


def test_gguf_headers_are_sized_as_python_sizes_them(catalog: Catalog, page: Page, tmp_path: Path) -> None:
    random = Random(9)
    cases = [
        case(catalog, tmp_path, name, f"{name}-Q4_K_M.gguf" if i % 3 else f"{name}.gguf", data, random, 3)
        for i, (name, data) in enumerate(headers(catalog))
    ]
    assert differing(page, tmp_path, cases) == []
    assert sum(isinstance(told["said"], list) for told in cases) >= 60
    assert any("plan" in one for told in cases if isinstance(told["said"], list) for one in told["said"])

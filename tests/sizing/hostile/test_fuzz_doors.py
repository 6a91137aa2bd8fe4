"""Whatever stands on the command line or in a file that somebody hands in: an answer, or one line of refusal.

``WHOLE=night pytest tests/sizing/hostile/`` tries twenty thousand of each; a workflow does.
"""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sizing import Catalog, SizingError, read_model
from sizing.cli import main
from sizing.files.llama_bench import read_runs
from tests.sampled import MANY, NIGHT, drawing, tries
from tests.sizing.hostile.test_files import CONFIG, gguf, key, tensor, text

TRIES: Final = settings(
    max_examples=tries(100, 100, night=MANY),
    deadline=None,
    derandomize=not NIGHT,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# --- the command line -------------------------------------------------------------------------------------------------

# What people type, and what a slip, a script or a hostile page makes of it.
NUMBERS: Final = st.sampled_from(
    ["0", "1", "-1", "8192", "8K", "1e9", "nan", "inf", "-inf", "1e400", "٣", "1_000", "0x10", "1.5", "", " ",
     "9" * 400, "1,1", "3,0", "0,0", "-1,2", "200MiB", "1.2GiB", "all", "None", "--json", "½", "1/0"]
) | st.integers(-(2**70), 2**70).map(str) | st.floats().map(str)  # fmt: skip
WORDS: Final = st.sampled_from(
    ["q8_0", "f16", "Q4_K_M", "vllm", "llama.cpp", "layer", "qwen3-0.6b", "", "x", "../..", "/dev/null", "\u202e", "%s",
     "{0}", "'", "$(id)", "a" * 5000, "2x-rtx-4090", "0x-rtx-4090", "999999999x-rtx-4090", "64GB@DDR4-3200x2", "🂡"]
)  # fmt: skip
OPTIONS: Final[Mapping[str, st.SearchStrategy[str] | None]] = {
    "--on": WORDS | st.sampled_from(["rtx-4090", "m4-max-40-core-64gb", "2x-rtx-3090", "rtx-5080+rtx-3090"]),
    "--host": WORDS, "--ram": WORDS, "--format": WORDS, "--context": NUMBERS, "--cache-format": WORDS,
    "--runtime": WORDS, "--sequences": NUMBERS, "--measured": NUMBERS | WORDS, "--split-mode": WORDS, "--ngl": NUMBERS,
    "--n-cpu-moe": NUMBERS, "--tensor-split": NUMBERS, "--ubatch": NUMBERS, "--mmproj": None, "--no-mmproj": None,
    "--mtp": None, "--batch": NUMBERS, "--swa-full": None, "--no-flash-attention": None, "--lora": NUMBERS | WORDS,
    "--draft": WORDS, "--draft-tokens": NUMBERS, "--acceptance": NUMBERS, "--power-limit": NUMBERS,
    "--parallel": NUMBERS, "--kv-unified": None, "--utilization": NUMBERS, "--max-num-seqs": NUMBERS,
    "--in-use": NUMBERS, "--wired-limit": NUMBERS, "--json": None, "--explain": None,
}  # fmt: skip
MODELS: Final = st.sampled_from(["qwen3-8b", "gpt-oss-20b", "qwen3-30b-a3b", "Qwen/Qwen3-8B-GGUF:Q4_K_M"]) | WORDS


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """A question to ``sizing plan``: mostly right but for a word."""
    line = ["plan", draw(MODELS)]
    if draw(st.booleans()):
        line += ["--on", "rtx-4090"]
    for name in draw(st.lists(st.sampled_from(sorted(OPTIONS)), max_size=3)):
        values = OPTIONS[name]
        line += [name] if values is None else [f"{name}={draw(values)}"]
    return line


def answer(line: list[str]) -> tuple[int, str, str]:
    """The exit status, and what was printed and told."""
    out, told = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(told):
        try:
            status = main(line)
        except SystemExit as ended:  # by argparse
            status = int(ended.code or 0)
    return status, out.getvalue(), told.getvalue()


@pytest.fixture(scope="module", autouse=True)
def _loaded(catalog: Catalog) -> Iterator[None]:
    """The catalog is read once, not for every question."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Catalog, "load", staticmethod(lambda path=None: catalog))
        yield


@TRIES
@given(lines())
def test_whatever_is_typed(line: list[str]) -> None:
    status, out, told = answer(line)
    assert status in (0, 2)
    if status == 2:
        assert out == ""
        assert told.count("\n") == 1, told[:400]
        assert told.startswith("sizing"), told[:400]
    elif "--json" in line:
        # Python's own reader takes what is no JSON: NaN and Infinity.
        json.loads(out, parse_constant=lambda what: pytest.fail(f"{what} in {out[:200]}"))


# --- files ------------------------------------------------------------------------------------------------------------


def _gguf() -> bytes:
    def u32(name: str, value: int) -> bytes:
        return key(name, 4, struct.pack("<I", value))

    keys = (
        key("general.architecture", 8, text("llama")), u32("llama.block_count", 1), u32("llama.context_length", 4096),
        u32("llama.embedding_length", 64), u32("llama.feed_forward_length", 128), u32("llama.attention.head_count", 4),
        u32("llama.attention.head_count_kv", 2), u32("llama.vocab_size", 32),
        key("llama.attention.layer_norm_rms_epsilon", 6, struct.pack("<f", 1e-5)),
    )  # fmt: skip
    shapes = {
        "token_embd.weight": (64, 32), "output.weight": (64, 32), "output_norm.weight": (64,),
        "blk.0.attn_norm.weight": (64,), "blk.0.ffn_norm.weight": (64,), "blk.0.attn_q.weight": (64, 64),
        "blk.0.attn_k.weight": (64, 32), "blk.0.attn_v.weight": (64, 32), "blk.0.attn_output.weight": (64, 64),
        "blk.0.ffn_gate.weight": (64, 128), "blk.0.ffn_up.weight": (64, 128), "blk.0.ffn_down.weight": (128, 64),
    }  # fmt: skip
    tensors = b"".join(tensor(name, *shape) for name, shape in shapes.items())
    return gguf(*keys, tensors=tensors, tensor_count=len(shapes))


def _safetensors() -> bytes:
    head = json.dumps({
        "model.embed_tokens.weight": {"dtype": "BF16", "shape": [32, 64], "data_offsets": [0, 4096]},
    }).encode()  # fmt: skip
    return struct.pack("<Q", len(head)) + head + bytes(4096)


BENCH: Final = json.dumps([{
    "build_commit": "abc", "build_number": 7000, "gpu_info": "NVIDIA GeForce RTX 4090", "backends": "CUDA",
    "model_filename": "Llama-3-8B-Q4_K_M.gguf", "model_type": "llama 8B Q4_K - Medium", "model_size": 4912898304,
    "model_n_params": 8030261312, "n_batch": 2048, "n_ubatch": 512, "n_gpu_layers": 99, "type_k": "f16",
    "type_v": "f16", "n_prompt": 0, "n_gen": 128, "n_depth": 0, "avg_ts": 128.5, "test_time": "2025-11-01T00:00:00Z",
}])  # fmt: skip


def _model(file: Path) -> None:
    """Read as ``sizing plan`` does; what came of it can be."""
    model = read_model(file)
    assert model.parameters is None or 0 < model.parameters.active <= model.parameters.total


def _runs(file: Path) -> None:
    read_runs(file)


READ: Final[Mapping[str, tuple[str, bytes, Callable[[Path], Any]]]] = {
    "a config.json": ("config.json", json.dumps(CONFIG).encode(), _model),
    "a GGUF file": ("model.gguf", _gguf(), _model),
    "a safetensors file": ("model.safetensors", _safetensors(), _model),
    "a print-out of llama-bench": ("bench.json", BENCH.encode(), _runs),
}
PIECES: Final = (
    b"", b"\0", b"\xff" * 8, b"-1", b"1e400", b"NaN", b"null", b"[]", b"{}", b"\xe2\x80\xae", b'"', b"[" * 900,
    b"9" * 5000, struct.pack("<Q", 1 << 60), struct.pack("<I", 0xFFFFFFFF), struct.pack("<I", 0),
)  # fmt: skip


def mutated(data: bytes, random: Random) -> bytes:
    """A file with up to three places changed, as a broken copy or an enemy leaves it."""
    for _ in range(random.randrange(1, 4)):
        at = random.randrange(len(data) + 1)
        piece = random.choice(PIECES)
        data = random.choice((
            data[:at],
            data[:at] + piece + data[at:],
            data[:at] + piece + data[at + len(piece) :],
            data[:at] + bytes([random.randrange(256)]) + data[at + 1 :],
            data[:at] + data[at + random.randrange(1, 40) :],
        ))  # fmt: skip
    return data


def test_the_files_are_read_as_they_are(tmp_path: Path) -> None:
    """Or their mutants would all be refused for one reason."""
    for name in ("a config.json", "a GGUF file", "a print-out of llama-bench"):
        file, data, read = READ[name]
        (tmp_path / file).write_bytes(data)
        read(tmp_path / file)


@pytest.mark.parametrize("word", ["num_hidden_layers", "model_type", "num_attenti\n_heads", "layer_types"])
@pytest.mark.parametrize("text", ["a\nb", "\u202ex", "\x1b[2J", "\u2028"])
def test_what_a_file_says_is_told_in_one_line_and_steers_no_terminal(tmp_path: Path, word: str, text: str) -> None:
    path = tmp_path / "config.json"
    path.write_text(json.dumps({**CONFIG, word: [text] if word == "layer_types" else text}), encoding="utf-8")
    with pytest.raises(SizingError) as caught:
        read_model(path)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", READ)
def test_whatever_a_file_holds(tmp_path: Path, name: str) -> None:
    file, data, read = READ[name]
    path = tmp_path / file
    refused: dict[int, str] = {}
    files = tries(300, 1000, night=MANY)
    first = drawing("mutated files").randrange(10**9)
    for seed in range(first, first + files):
        path.write_bytes(mutated(data, Random(seed)))
        try:
            read(path)
        except SizingError as error:
            refused[seed] = str(error)
    assert [seed for seed, told in refused.items() if not told or "\n" in told] == []
    assert len(refused) > files // 10

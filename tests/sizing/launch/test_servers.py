"""Every server is told the plan in its own words, or what it cannot be told is said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from sizing import Catalog, Plan, SizingError, plan
from sizing.facts.entries.models import Names
from sizing.launch import SERVERS, Asked, Launch, launches
from tests.sizing.launch.commands import lm_studio, mlx, sglang, split, tabbyapi, vllm, way

MTP_OF_THREE = '{"method": "mtp", "num_speculative_tokens": 3}'


def on(catalog: Catalog, model: str, machine: str, **asked: object) -> Plan:
    return plan(catalog.model(model), catalog.machine(machine), **{"context": 8192, **asked})  # type: ignore[arg-type]


def test_every_server_of_the_catalog_is_known_and_every_runtime_has_one(catalog: Catalog) -> None:
    named = [name for runtime in catalog.runtimes.values() for name in runtime.servers]
    assert set(named) == set(SERVERS)
    assert all(runtime.servers for runtime in catalog.runtimes.values())


@pytest.mark.parametrize("machine", ["rtx-4090", "2x-rtx-3090", "h100-sxm-80gb", "cluster-2x8-h100"])
@pytest.mark.parametrize("asked", [{}, {"cache_format": "fp8"}, {"utilization": 0.8}, {"max_sequences": 16}])
def test_what_vllm_is_told_is_the_plan(catalog: Catalog, machine: str, asked: dict[str, object]) -> None:
    p = on(catalog, "qwen3-8b", machine, format="FP8", runtime="vllm", **asked)
    said = vllm(split(way(p, "vllm-serve").start))
    again = plan(p.model, p.machine, format="FP8", runtime="vllm", **said)
    assert (again.layout, again.verdict) == (p.layout, p.verdict)
    assert again.memory == p.memory
    assert abs((again.pool_tokens or 0) - (p.pool_tokens or 0)) <= 0.002 * (p.pool_tokens or 0)


@pytest.mark.parametrize("machine", ["rtx-4090", "2x-rtx-3090", "h100-sxm-80gb", "cluster-2x8-h100"])
@pytest.mark.parametrize(
    "asked",
    [{}, {"cache_format": "fp8"}, {"utilization": 0.7}, {"max_sequences": 16}, {"mtp": True, "draft_tokens": 2}],
)
def test_what_sglang_is_told_is_the_plan(catalog: Catalog, machine: str, asked: dict[str, object]) -> None:
    p = on(catalog, "mimo-7b" if "mtp" in asked else "qwen3-8b", machine, format="FP8", runtime="sglang", **asked)
    said = sglang(split(way(p, "sglang-server").start))
    again = plan(p.model, p.machine, format="FP8", runtime="sglang", **said)
    assert (again.layout, again.verdict) == (p.layout, p.verdict)
    assert again.memory == p.memory
    assert abs((again.pool_tokens or 0) - (p.pool_tokens or 0)) <= 0.002 * (p.pool_tokens or 0)


@pytest.mark.parametrize(
    "asked", [{}, {"cache_format": "8bit"}, {"sequences": 4}, {"micro_batch": 512}, {"format": "BF16"}]
)
@pytest.mark.parametrize("machine", ["m4-max-40-core-64gb", "m3-ultra-80-core-256gb"])
def test_what_mlx_is_told_is_the_plan(catalog: Catalog, machine: str, asked: dict[str, object]) -> None:
    p = on(catalog, "qwen3-14b", machine, **{"format": "MLX-4bit", "runtime": "mlx", **asked})
    said = mlx(split(way(p, "mlx-lm-server").start))
    again = plan(p.model, p.machine, format=p.format.id, runtime="mlx", context=p.context, **said)
    assert (again.layout, again.verdict) == (p.layout, p.verdict)
    assert again.memory == p.memory


@pytest.mark.parametrize(
    ("model", "machine", "asked"),
    [
        ("qwen3-8b", "rtx-4090", {}),
        ("qwen3-8b", "rtx-4090", {"sequences": 3}),
        ("qwen3-32b", "rtx-3060-12gb", {}),  # a part on the host
        ("llama-3.3-70b", "rtx-4090", {"context": 4096}),
        ("qwen3-8b", "rtx-4090", {"layers_on_device": 0}),
    ],
)
def test_what_lm_studio_is_told_is_the_plan(
    catalog: Catalog, model: str, machine: str, asked: dict[str, object]
) -> None:
    p = on(catalog, model, machine, format="Q4_K_M", runtime="llama.cpp", **asked)
    assert p.model.shape is not None
    layers = len(p.model.shape.layers)
    said = lm_studio(split(way(p, "lm-studio").start), layers)
    assert way(p, "lm-studio").exact, "else it says what it is not told"
    again = plan(p.model, p.machine, format="Q4_K_M", runtime="llama.cpp", **said)
    assert (again.layout, again.verdict) == (p.layout, p.verdict)
    assert again.memory == p.memory


def test_a_server_that_does_not_load_a_kind_of_model_starts_none(catalog: Catalog) -> None:
    kinds = {model.shape.model_type for model in catalog.models.values() if model.shape}
    lacking = [one for runtime in catalog.runtimes.values() for one in runtime.servers.values() if one.lacks]
    assert all(set(one.lacks) <= kinds for one in lacking)
    p = on(catalog, "llama-3.2-11b-vision", "rtx-4090", format="Q4_K_M", runtime="llama.cpp")
    # llama.cpp has no layers that look at an image, of which LM Studio's engine is; Ollama has its own.
    assert [one.server for one in p.launch or ()] == ["ollama"]


def test_ollama_takes_in_by_itself_what_llama_cpp_cannot_convert(catalog: Catalog) -> None:
    def start(format: str) -> tuple[list[str], Launch]:
        launch = way(on(catalog, "llama-3.2-11b-vision", "rtx-4090", format=format), "ollama")
        return [step.pasted or "" for step in launch.steps], launch

    for format in ("Q4_K_S", "Q8_0"):
        lines, _ = start(format)
        assert not any("convert_hf_to_gguf" in line for line in lines), "llama.cpp's converter does not know its type"
    lines, _ = start("Q4_K_S")
    assert any("FROM ./llama-3.2-11b-vision-BF16\n" in line for line in lines)
    assert any("ollama create llama-3.2-11b-vision-q4_k_s --quantize q4_K_S -f Modelfile" in line for line in lines)
    lines, launch = start("BF16")
    assert any("FROM llama3.2-vision:11b-instruct-fp16\n" in line for line in lines)
    assert any("as large" in note for note in launch.notes)
    _, launch = start("Q5_K_M")
    assert any("take one of these" in note for note in launch.notes)


def test_what_sees_is_taken_into_lm_studio_beside_its_model(catalog: Catalog) -> None:
    def imported(vision: bool) -> list[tuple[str, ...]]:
        p = on(catalog, "qwen3-vl-32b", "rtx-5090", format="Q4_K_M", runtime="llama.cpp", vision=vision)
        return [step.words for step in way(p, "lm-studio").steps if step.words[:2] == ("lms", "import")]

    model, towers = imported(vision=True)
    # LM Studio looks for what sees in the model's own folder, user/repository, and nowhere else.
    assert model[3:] == towers[3:] == ("--user-repo", "local/qwen3-vl-32b-q4_k_m", "-y")
    assert "mmproj" in towers[2]
    assert imported(vision=False) == [("lms", "import", model[2], "-y")]


@pytest.mark.parametrize("asked", [{}, {"cache_format": "q8"}, {"sequences": 3, "context": 8000}, {"micro_batch": 512}])
@pytest.mark.parametrize("machine", ["rtx-4090", "2x-rtx-3090"])
def test_what_tabbyapi_is_told_is_the_plan(catalog: Catalog, machine: str, asked: dict[str, object]) -> None:
    p = on(catalog, "qwen3-14b", machine, format="EXL3-4.0bpw", runtime="exllamav3", **asked)
    (file,) = (step for step in way(p, "tabbyapi").steps if step.path == "config.yml")
    model = yaml.safe_load(file.text)["model"]
    again = plan(p.model, p.machine, format="EXL3-4.0bpw", runtime="exllamav3", **tabbyapi(model))
    assert (again.layout, again.verdict) == (p.layout, p.verdict)
    assert again.memory == p.memory
    if "gpu_split" in model:
        held = [place.memory.total / 2**30 for place in p.places[: len(model["gpu_split"])]]
        assert model["gpu_split"] == pytest.approx(held, rel=1e-3)


def test_what_was_made_for_mlx_is_given_to_nobody_else(catalog: Catalog) -> None:
    """Others read its BF16 too, but not how it lays out what sees."""
    there = on(catalog, "qwen3-vl-8b", "m4-max-40-core-64gb", format="BF16", runtime="mlx")
    assert "mlx-community/" in (way(there, "mlx-lm-server").steps[0].command or "")
    for runtime, server in (("vllm", "vllm-serve"), ("sglang", "sglang-server")):
        here = on(catalog, "qwen3-vl-8b", "rtx-4090", format="BF16", runtime=runtime)
        steps = [step.command or "" for step in way(here, server).steps]
        assert not any("mlx-community" in command for command in steps)
        assert any("Qwen/Qwen3-VL-8B-Instruct" in command for command in steps)


def test_a_plan_that_fits_tightly_asks_vllm_for_the_share_that_it_needs(catalog: Catalog) -> None:
    p = on(catalog, "qwen3-32b", "rtx-4090", format="AWQ", runtime="vllm", context=7168)
    words = split(way(p, "vllm-serve").start)
    if p.verdict == "tight":
        assert float(words[words.index("--gpu-memory-utilization") + 1]) > 0.92
    else:
        assert float(words[words.index("--gpu-memory-utilization") + 1]) == 0.92


def test_nodes_of_vllm_join_a_ray_cluster(catalog: Catalog) -> None:
    p = on(catalog, "deepseek-v3", "cluster-2x8-h100", format="FP8", runtime="vllm")
    launch = way(p, "vllm-serve")
    head, other = (split(step) for step in launch.steps if step.kind == "join")
    assert head == ["ray", "start", "--head", "--node-ip-address", "node1", "--port", "6379", "--num-gpus", "8"]
    assert other == ["ray", "start", "--address", "node1:6379", "--node-ip-address", "node2", "--num-gpus", "8"]
    words = split(launch.start)
    assert words[words.index("--tensor-parallel-size") + 1] == "8"
    assert words[words.index("--pipeline-parallel-size") + 1] == "2"
    assert words[words.index("--distributed-executor-backend") + 1] == "ray"


def test_every_node_of_sglang_has_its_rank(catalog: Catalog) -> None:
    p = on(catalog, "deepseek-v3", "cluster-2x8-h100", format="FP8", runtime="sglang")
    starts = [step for step in way(p, "sglang-server").steps if step.kind in ("start", "join")]
    ranks = [(step.where, split(step)[split(step).index("--node-rank") + 1]) for step in starts]
    assert ranks == [("node1", "0"), ("node2", "1")]
    assert all("node1:20000" in split(step) for step in starts)


def test_ranks_that_do_not_divide_the_heads_are_told(catalog: Catalog) -> None:
    p = on(catalog, "qwen3-8b", "3x-rtx-3090", format="BF16", runtime="vllm")
    assert any("refuses 3 ranks for 32 heads" in note for note in way(p, "vllm-serve").notes)
    q = on(catalog, "qwen3-8b", "2x-rtx-3090", format="BF16", runtime="vllm")
    assert not any("refuses" in note for note in way(q, "vllm-serve").notes)


def test_mlx_quantizes_its_cache_from_the_first_token_on(catalog: Catalog) -> None:
    p = on(catalog, "qwen3-32b", "m4-max-40-core-64gb", format="MLX-4bit", cache_format="8bit")
    words = split(way(p, "mlx-lm-server").start)
    assert words[words.index("--kv-bits") + 1] == "8"
    assert words[words.index("--quantized-kv-start") + 1] == "0", "else 5,000 tokens stay in 16 bits"
    plain = split(way(p.again(cache_format="f16"), "mlx-lm-server").start)
    assert "--kv-bits" not in plain


def test_mlx_keeps_old_prompts_in_no_more_than_the_plan_leaves(catalog: Catalog) -> None:
    p = on(catalog, "qwen3-32b", "m4-max-40-core-64gb", format="MLX-4bit")
    words = split(way(p, "mlx-lm-server").start)
    told = words[words.index("--prompt-cache-bytes") + 1]
    device = p.places[0]
    assert device.capacity is not None
    kept = int(told.removesuffix("MB")) * 10**6
    assert kept >= device.memory.cache
    assert 0 <= device.capacity - (device.memory.total - device.memory.cache) - kept < 10**6


def test_vllm_answers_as_many_at_once_as_are_planned(catalog: Catalog) -> None:
    p = on(catalog, "qwen3-8b", "rtx-4090", format="FP8", runtime="vllm", context=256, sequences=300)
    words = split(way(p, "vllm-serve").start)
    assert words[words.index("--max-num-seqs") + 1] == "300", "and not its own 256"


@pytest.mark.parametrize(
    ("server", "machine", "format", "word", "value"),
    [
        ("llama-server", "rtx-5090", "Q4_K_M", "--spec-draft-n-max", "3"),
        ("lm-studio", "rtx-5090", "Q4_K_M", "--speculative-draft-max-tokens", "3"),
        ("vllm-serve", "h100-pcie-80gb", "FP8", "--speculative-config", MTP_OF_THREE),
        ("sglang-server", "h100-pcie-80gb", "FP8", "--speculative-num-draft-tokens", "4"),
    ],
)
def test_as_many_tokens_are_drafted_as_are_planned(
    catalog: Catalog, server: str, machine: str, format: str, word: str, value: str
) -> None:
    runtime = "sglang" if server == "sglang-server" else None
    p = on(catalog, "qwen3.6-27b", machine, format=format, runtime=runtime, mtp=True, draft_tokens=3)
    start = way(p, server)
    words = split(start.start)
    assert words[words.index(word) + 1] == value
    assert not any("drafts" in one for one in start.differs)


def test_ollama_is_told_context_layers_slots_and_cache(catalog: Catalog) -> None:
    p = on(catalog, "qwen3-8b", "rtx-4090", format="Q4_K_M", sequences=2, cache_format="q8_0")
    launch = way(p, "ollama")
    assert launch.exact
    assert dict(launch.start.env) == {
        "OLLAMA_FLASH_ATTENTION": "1", "OLLAMA_KV_CACHE_TYPE": "q8_0", "OLLAMA_NUM_PARALLEL": "2",
    }  # fmt: skip
    (file,) = (step for step in launch.steps if step.kind == "file")
    assert file.text.splitlines() == ["FROM qwen3:8b", "PARAMETER num_ctx 8192", "PARAMETER num_gpu 37"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"cache_format": "q8_0/q4_0"}, "a cache in q8_0/q4_0"),
        ({"cache_format": "q5_1"}, "a cache in q5_1"),
        ({"swa_full": True}, "windows"),
    ],
)
def test_what_ollama_cannot_be_told_is_said(catalog: Catalog, asked: dict[str, object], told: str) -> None:
    launch = way(on(catalog, "qwen3-8b", "rtx-4090", format="Q4_K_M", **asked), "ollama")
    assert not launch.exact
    assert any(one.startswith(told) for one in launch.differs)


def test_experts_on_the_host_are_llama_servers_alone(catalog: Catalog) -> None:
    p = on(catalog, "gpt-oss-120b", "rtx-4090", format="MXFP4_MOE")
    assert p.launch is not None
    exact = {one.server: one.exact for one in p.launch}
    assert exact == {"llama-server": True, "ollama": False, "lm-studio": False}


def test_tabbyapi_reads_the_plan_from_its_configuration(catalog: Catalog) -> None:
    p = on(catalog, "qwen3-8b", "2x-rtx-3090", format="EXL3-4.0bpw", cache_format="q8", sequences=3, context=8000)
    (file,) = (step for step in way(p, "tabbyapi").steps if step.path == "config.yml")
    said = yaml.safe_load(file.text)
    assert said["network"] == {"host": "127.0.0.1", "port": 5000, "disable_auth": False}
    model = said["model"]
    assert (model["max_seq_len"], model["cache_size"]) == (8000, 3 * 8192), "pages of 256 tokens"
    assert (model["cache_mode"], model["backend"], model["max_batch_size"]) == ("8,8", "exllamav3", 3)
    assert len(model["gpu_split"]) == 2


def everything(catalog: Catalog) -> Iterator[Plan]:
    """A plan that each runtime runs."""
    for runtime, format, machine in (
        ("llama.cpp", "Q4_K_M", "rtx-4090"), ("ik_llama.cpp", "Q4_K_M", "rtx-4090"), ("vllm", "BF16", "rtx-4090"),
        ("sglang", "BF16", "rtx-4090"), ("exllamav2", "EXL2-4.0bpw", "rtx-4090"),
        ("exllamav3", "EXL3-4.0bpw", "rtx-4090"), ("transformers", "BF16", "rtx-4090"),
        ("mlx", "MLX-4bit", "m4-max-40-core-64gb"), ("ktransformers", "BF16", "rtx-4090"),
    ):  # fmt: skip
        yield on(catalog, "qwen3-4b", machine, format=format, runtime=runtime)


def test_servers_listen_on_this_machine_alone_unless_asked(catalog: Catalog) -> None:
    for p in everything(catalog):
        for launch in p.launch or ():
            outside = [step.command or "" for step in launch.steps if step.kind != "container"]
            assert not any("0.0.0.0" in command for command in outside), launch.server
        opened = launches(p, Asked(host="0.0.0.0", port=9000))
        assert opened is not None
        assert all("9000" in json.dumps(one.as_dict()) for one in opened)


def test_a_container_is_published_where_the_server_listens(catalog: Catalog) -> None:
    for p in everything(catalog):
        for launch in p.launch or ():
            for step in launch.steps:
                if step.path == "compose.yaml":
                    (service,) = yaml.safe_load(step.text)["services"].values()
                    assert service["ports"][0].startswith("127.0.0.1:")
                    assert all(isinstance(word, str) for word in service.get("command", []))


def test_what_is_no_address_is_refused(catalog: Catalog) -> None:
    p = on(catalog, "qwen3-8b", "rtx-4090", format="Q4_K_M")
    for wrong in ("a b", "$(id)", "x;y", "-H", "", "a/b", "a'b"):
        with pytest.raises(SizingError, match="no address"):
            launches(p, Asked(host=wrong))
    with pytest.raises(SizingError, match="no port"):
        launches(p, Asked(port=70000))
    with pytest.raises(SizingError, match="no source"):
        launches(p, Asked(source="elsewhere"))


def test_as_many_nodes_are_named_as_there_are(catalog: Catalog) -> None:
    p = on(catalog, "deepseek-v3", "cluster-2x8-h100", format="FP8", runtime="vllm")
    with pytest.raises(SizingError, match="3 nodes are named; the machine has 2"):
        launches(p, Asked(nodes=("a", "b", "c")))


def test_sixteen_bits_are_quantized_as_they_are_loaded_where_nobody_publishes_less(catalog: Catalog) -> None:
    for runtime, format, server, word in (
        ("vllm", "FP8-dynamic", "vllm-serve", "fp8_per_channel"),
        ("sglang", "FP8-dynamic", "sglang-server", "fp8"),
        ("transformers", "LLM-INT8", "transformers-serve", "bnb-8bit"),
    ):
        launch = way(on(catalog, "llama-3.1-8b", "rtx-4090", format=format, runtime=runtime), server)
        words = split(launch.start)
        assert "meta-llama/Llama-3.1-8B-Instruct" in words
        assert words[words.index("--quantization") + 1] == word
        assert any("quantized as it is loaded" in note for note in launch.notes)
    published = split(way(on(catalog, "qwen3-32b", "2x-rtx-4090", format="FP8", runtime="vllm"), "vllm-serve").start)
    assert published[2] == "Qwen/Qwen3-32B-FP8"
    assert "--quantization" not in published


def test_a_file_of_ones_own_is_started_from_where_it_lies(catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "my model $(id).gguf"
    p = on(catalog, "qwen3-8b", "rtx-4090", format="Q4_K_M")
    own = replace(p, model=replace(p.model, path=str(file)))
    words = split(way(own, "llama-server").start)
    assert words[words.index("-m") + 1] == str(file)
    (made,) = (step for step in way(own, "ollama").steps if step.path == "Modelfile")
    assert made.lines[0] == f'FROM "{file}"'
    config = replace(p, model=replace(p.model, path=str(tmp_path / "config.json")))
    assert split(way(config, "llama-server").start)[1] == "-hf", "a configuration holds no weights"
    with pytest.raises(SizingError, match="nobody sees"):
        launches(replace(p, model=replace(p.model, path="a\nb.gguf")))


@pytest.mark.parametrize("format", ["Q4_K_M", "IQ2_XS", "BF16"])
def test_where_no_repository_is_known_none_is_made_up(catalog: Catalog, format: str) -> None:
    nobody = replace(catalog.model("qwen3-8b"), names=Names())
    p = plan(nobody, catalog.machine("rtx-4090"), format=format, context=4096)
    launch = way(p, "llama-server")
    assert split(launch.start)[1:3] == ["-m", "MODEL"]
    assert any("is known; put its name or its path for MODEL" in note for note in launch.notes)
    assert all(step.command is None for step in launch.steps if step.kind == "download")
    makers = replace(nobody, names=Names(huggingface=("Qwen/Qwen3-8B",)))
    made = way(plan(makers, catalog.machine("rtx-4090"), format=format, context=4096), "llama-server")
    assert [step.kind for step in made.steps][:2] == ["download", "convert"]
    asks = any("--imatrix" in step.note for step in made.steps)
    assert asks is (format == "IQ2_XS")

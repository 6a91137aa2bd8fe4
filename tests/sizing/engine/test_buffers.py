"""What a place needs to compute, beside weights and cache."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sizing import Catalog
from sizing.anatomy.sized import sized
from sizing.anatomy.widths import widths
from sizing.engine.buffers import PIPELINE, Widths, carried, compute, device, host
from sizing.engine.layout import as_asked
from sizing.engine.memory import Demand, hold
from sizing.engine.program import Program
from sizing.facts.narrow import program
from sizing.facts.units import MIB

MASK = 2 * 512  # bytes of the mask for one token of context: FP16, a micro-batch


@pytest.fixture
def llama_cpp(catalog: Catalog) -> Program:
    return program(catalog.runtimes["llama.cpp"], "cuda")


def shape(catalog: Catalog, model: str) -> Widths:
    a = catalog.model(model).shape
    assert a is not None
    return widths(a)


def test_a_devices_buffer_holds_the_logits_of_a_micro_batch(catalog: Catalog, llama_cpp: Program) -> None:
    w = shape(catalog, "llama-3.1-8b")
    # llama-fit-params: 258 MiB at 4K and at 128K alike.
    assert device(w, llama_cpp, 4096, output=True) == 512 * 4 * (128256 + 4096)
    assert device(w, llama_cpp, 131072, output=True) == device(w, llama_cpp, 4096, output=True)


def test_the_cpu_alone_also_holds_the_embedded_tokens(catalog: Catalog, llama_cpp: Program) -> None:
    w = shape(catalog, "llama-3.1-8b")
    assert compute(w, llama_cpp, 4096, True) - device(w, llama_cpp, 4096, output=True) == 512 * 4 * 4096


def test_a_server_that_keeps_logits_for_its_slots_alone_needs_what_its_layers_need(
    catalog: Catalog, llama_cpp: Program
) -> None:
    w = shape(catalog, "llama-3.1-8b")
    one_slot = replace(llama_cpp, logit_rows=1)
    assert device(w, one_slot, 4096, output=True) == device(w, llama_cpp, 4096, output=False)


def test_several_devices_keep_copies_of_the_mask_and_of_what_passes_between_them(
    catalog: Catalog, llama_cpp: Program
) -> None:
    w = shape(catalog, "llama-3.1-8b")
    alone = [device(w, llama_cpp, context, output=True) for context in (4096, 131072)]
    last = [device(w, llama_cpp, context, output=True, first=False, copies=PIPELINE) for context in (4096, 131072)]
    # llama-fit-params on two devices: 338 and 834 MiB on the second.
    assert [size // MIB for size in last] == [338, 834]
    assert last[1] - last[0] == PIPELINE * MASK * (131072 - 4096)
    assert alone[1] == alone[0]


def test_the_host_beside_devices_holds_tokens_and_masks(catalog: Catalog, llama_cpp: Program) -> None:
    w = shape(catalog, "llama-3.1-8b")
    # llama-fit-params: 20 MiB, and 56 beside two devices that hold everything.
    assert host(w, llama_cpp, 4096) // MIB == 20
    assert host(w, llama_cpp, 4096, PIPELINE) // MIB == 56


def test_a_prompts_products_with_experts_of_the_host_are_computed_on_the_device(
    catalog: Catalog, llama_cpp: Program
) -> None:
    w = shape(catalog, "deepseek-v3")
    matrix = 256 * 7168 * 2048 * 210 // 256  # Q6_K
    # llama-fit-params: 3,272 MiB at 128K with -ncmoe 999, Q4_K_M.
    assert device(w, llama_cpp, 131072, output=True, matrix=matrix) == pytest.approx(3272 * MIB, rel=0.02)
    assert device(w, llama_cpp, 131072, output=True) < matrix


def test_experts_matrices_of_one_size_take_each_others_place(catalog: Catalog) -> None:
    def copied(model: str, name: str) -> float:
        a = catalog.model(model).shape
        assert a is not None
        s = sized(a, catalog.formats[name], "f16", catalog.runtimes["llama.cpp"].cache, True)
        return s.copied / s.largest_expert

    # llama-fit-params -ncmoe 999: 798 MiB in Q8_0 with matrices of 680, 1,136 in Q4_K_M with the largest of 525.
    assert (copied("llama-4-scout", "Q8_0"), copied("llama-4-scout", "Q4_K_M")) == (0, 2)
    # 441 MiB in MXFP4_MOE with two of 323, 1,131 in Q4_K_M with one of 419 and one of 647.
    assert copied("nemotron-3-nano-30b-a3b", "MXFP4_MOE") == 0
    assert copied("nemotron-3-nano-30b-a3b", "Q4_K_M") == pytest.approx((419 + 647) / 647, rel=0.001)
    # What a state's graph leaves there lets none have it: 593 MiB with matrices of 272.
    assert copied("qwen3.6-35b-a3b", "Q8_0") == 2
    assert copied("qwen3-30b-a3b", "Q4_K_M") == 0


def test_the_first_device_copies_experts_of_other_devices_layers_too(catalog: Catalog) -> None:
    a = catalog.model("minimax-m2").shape
    assert a is not None
    llama = catalog.runtimes["llama.cpp"]
    s = sized(a, catalog.formats["Q8_0"], "f16", llama.cache, True)
    demand = Demand(s, program(llama, "cuda"), 32768)

    def first(hosted: int) -> int:
        return hold(demand, as_asked(s, (1.0, 1.0), None, hosted))[0].buffers // MIB

    # llama-fit-params -ts 1,1: 2,454 MiB with -ncmoe 999, two matrices of 1,224 and what enters a layer; the first
    # device has the first 32 of 62 layers.
    assert (first(62), first(33)) == (2454, 2454)
    assert first(32) < 1400


def test_what_unmasks_the_chosen_tokens_is_there_for_all_layers_of_a_device_from_the_start(
    catalog: Catalog, llama_cpp: Program
) -> None:
    w = shape(catalog, "glm-5")
    held = [device(w, llama_cpp, 32768, output=False, layers=layers) for layers in (10, 40)]
    # 2,048 numbers for each of 512 tokens, in FP32: 4 MiB a layer.
    assert held[1] - held[0] == 30 * 4 * MIB
    # llama-fit-params: 644 MiB with all 78 layers on one device.
    assert device(w, llama_cpp, 32768, output=True, layers=78) == pytest.approx(644 * MIB, rel=0.05)


def test_a_host_with_layers_that_keep_a_state_computes_what_has_no_weights_of_them(
    catalog: Catalog, llama_cpp: Program
) -> None:
    w = shape(catalog, "nemotron-h-8b")
    # llama-fit-params: 48 MiB beside a device that has all layers, 120 with 41 of 52 on the host.
    assert [host(w, llama_cpp, 32768, mixes=mixes) // MIB for mixes in (False, True)] == [48, 120]


def test_a_device_carries_a_layers_cache_and_the_keys_of_the_next_from_the_host() -> None:
    assert carried([]) == (0,)
    assert carried([2.0, 2.0, 2.0]) == (0, 2.0, 3.0, 3.0)
    assert carried([0.0, 2.0, 0.0]) == (0, 0, 2.0, 2.0)  # every other layer keeps a window


def test_a_second_mask_is_that_of_windows(catalog: Catalog, llama_cpp: Program) -> None:
    w = shape(catalog, "gemma-3-27b")
    # Two of 512 times 5,376 in FP32, a mask of 4,096 and one of the window and a micro-batch: 26.5 MiB.
    assert host(w, llama_cpp, 4096) == 512 * (2 * 4 * 5376 + 2 * 4096 + 2 * (1024 + 512))


def test_vllm_needs_most_when_it_samples(catalog: Catalog) -> None:
    vllm = program(catalog.runtimes["vllm"], "cuda")
    w = shape(catalog, "llama-3-8b")
    # PyTorch activation peak memory takes 1.26 GiB: https://github.com/vllm-project/vllm/pull/10511
    assert compute(w, vllm, 8192, True) == pytest.approx(1.26 * 1024 * MIB, rel=0.1)
    assert compute(w, vllm, 8192, False) < compute(w, vllm, 8192, True)


def test_vllm_computes_a_gated_delta_net_with_more_than_its_feed_forward_blocks(catalog: Catalog) -> None:
    vllm = replace(program(catalog.runtimes["vllm"], "cuda"), logit_rows=4)
    w = shape(catalog, "qwen3.8-27b")
    # 1.09 GiB where a server of two RTX 3090 computes 4,096 tokens at once for at most four sequences.
    assert compute(w, replace(vllm, batched_tokens=4096), 8192, True) == pytest.approx(1.09 * 1024 * MIB, rel=0.1)
    assert compute(replace(w, delta=0), replace(vllm, batched_tokens=4096), 8192, True) < 0.6 * 1024 * MIB


def test_mlx_writes_down_the_scores_that_no_kernel_of_its_own_attends_to(catalog: Catalog) -> None:
    # mlx-lm PR 1781, Qwen3.8 27B with heads 256 wide at 128K: 39.78 GB in steps of 2,048 tokens, 28.54 of 512
    mlx = program(catalog.runtimes["mlx"], "metal")
    wide, narrow = shape(catalog, "qwen3.8-27b"), shape(catalog, "qwen3-32b")
    large, small = (compute(wide, replace(mlx, batched_tokens=step), 131072, True) for step in (2048, 512))
    assert large - small == pytest.approx(11.24e9, rel=0.02)
    assert narrow.scored == 0  # 128 wide
    assert compute(narrow, mlx, 131072, True) == compute(narrow, mlx, 4096, True)


def test_mlx_writes_a_number_for_every_two_tokens_of_a_chunk_of_mamba(catalog: Catalog) -> None:
    # mlx-lm PR 525, Granite 4.0 H Small with 2,048 tokens: 23.50 GB, of which weights and states are 18.31
    mlx, hybrid = program(catalog.runtimes["mlx"], "metal"), shape(catalog, "granite-4.0-h-small")
    written = [compute(hybrid, replace(mlx, batched_tokens=step), 4096, True) / 1e9 for step in (1024, 2048)]
    assert hybrid.paired == 128
    assert written == [pytest.approx(2.68, rel=0.01), pytest.approx(5.37, rel=0.01)]
    assert shape(catalog, "qwen3-8b").paired == 0


def test_mlx_holds_what_a_few_command_buffers_wrote_however_long_the_prompt_and_large_the_model(
    catalog: Catalog,
) -> None:
    mlx, small = program(catalog.runtimes["mlx"], "metal"), shape(catalog, "gemma-4-e2b")

    def takes(wide: Widths, tokens: int) -> float:
        return compute(wide, replace(mlx, batched_tokens=tokens), 2176, True) / MIB

    # mlx_lm.benchmark on an M5 Max: peaks of 172 to 209, 582 to 618 and 794 to 828 MiB beyond weights and cache
    assert 165 < takes(small, 128) < 215
    assert 570 < takes(small, 512) < 640
    assert 760 < takes(small, 2048) < 850
    # of Gemma 4 31B, with steps twice as wide, 785 MiB
    assert takes(shape(catalog, "gemma-4-31b"), 2048) < 1.3 * takes(small, 2048)
    # a delta net's convolution is spread out: Qwen3.6 27B takes 2,640
    assert 2500 < takes(shape(catalog, "qwen3.6-27b"), 2048) < 2800


def test_pytorch_multiplies_with_a_workspace_and_what_kernels_unpack(catalog: Catalog) -> None:
    transformers = replace(program(catalog.runtimes["transformers"], "cuda"), batched_tokens=1)
    qwen = catalog.model("qwen2.5-7b").shape
    assert qwen is not None
    rule = catalog.runtimes["transformers"].cache
    packed, plain = (sized(qwen, catalog.formats[name], "bf16", rule, False) for name in ("GPTQ", "AWQ"))
    more = Demand(packed, transformers, 2049).on_device(True, 28) - Demand(plain, transformers, 2049).on_device(
        True, 28
    )
    # Qwen's table: 128 to 129 MiB more beside GPTQ's weights than beside AWQ's, whatever the prompt; 3,584 x 18,944
    assert more == 2 * 3584 * 18944
    # vLLM's kernels unpack nothing
    vllm = program(catalog.runtimes["vllm"], "cuda")
    assert Demand(packed, vllm, 2049).on_device(True, 28) == Demand(plain, vllm, 2049).on_device(True, 28)
    assert compute(packed.widths, transformers, 2049, True) > 32 * MIB


def test_without_flash_attention_pytorch_writes_keys_and_values_once_more_for_each_head(catalog: Catalog) -> None:
    transformers = program(catalog.runtimes["transformers"], "cuda")
    w = shape(catalog, "qwen3-8b")
    more = compute(w, replace(transformers, flash=False), 32768, True) - compute(w, transformers, 32768, True)
    # 32 heads of 128 twice in 16 bits: Qwen's table of AWQ, without it, says 541 MiB more than of BF16
    assert more == 2 * 32 * 128 * 2 * 32768

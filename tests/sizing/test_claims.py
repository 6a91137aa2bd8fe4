"""Verdicts are computed: by hand here, and again when a fact changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sizing import Catalog
from sizing.claims import Ledger, compare
from tests.sizing.conftest import Shelf

GB, GIB = 1e9, 2**30


@pytest.fixture(scope="module")
def ledger(catalog: Catalog) -> Ledger:
    return Ledger(catalog)


def within(value: float, claimed: float) -> bool:
    return abs(value / claimed - 1) <= 0.10


# --- by hand: a size is parameters times bits, with what stays in 16 bits ---------------------------------------------

EMBEDDED_70B = 2 * 128256 * 8192  # embedding and head of Llama 3 70B
EMBEDDED_8B = 2 * 128256 * 4096
# Q4_0 and Q4_K_M as published (file_sizes.csv); AWQ 4 + 20/128 bits and MXFP4 4.25 bits, but for embedding and head
FOUR_BIT_70B = [
    40.1e9, 42.5e9,
    (70.554e9 - EMBEDDED_70B) * (4 + 20 / 128) / 8 + 2 * EMBEDDED_70B,
    (70.554e9 - EMBEDDED_70B) * 4.25 / 8 + 2 * EMBEDDED_70B,
]  # fmt: skip
FOUR_BIT_8B = [
    4.66e9, 4.92e9,
    (8.030e9 - EMBEDDED_8B) * (4 + 20 / 128) / 8 + 2 * EMBEDDED_8B,
    (8.030e9 - EMBEDDED_8B) * 4.25 / 8 + 2 * EMBEDDED_8B,
]  # fmt: skip


def verdict(passed: list[bool]) -> str:
    return "holds" if all(passed) else "holds if" if any(passed) else "fails"


def both(first: str, second: str) -> str:
    order = ["fails", "holds if", "holds"]
    return min(first, second, key=order.index)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        # no GeForce card or MacBook holds 141 GB, and the largest Mac Studios do
        ("70b-fp16", both(verdict([within(2 * 70.554, 140)]), "holds if")),
        ("70b-q4-size", verdict([within(size / GB, 35) for size in FOUR_BIT_70B])),
        ("llama3-70b-q4", verdict([within(size / GB, 35) for size in FOUR_BIT_70B])),
        ("llama3-8b-q4", verdict([within(size / GB, 5) for size in FOUR_BIT_8B])),
        # with 2.5 GiB of cache at 8K and a gigabyte of buffers, in 92 % of 80 GiB
        ("70b-q4-a100", verdict([size + 3.5 * GIB < 0.92 * 80 * GIB for size in FOUR_BIT_70B])),
        # 65.3, 70.6 and 72.7 billion weights of two bytes in 80 GiB
        ("80gb-70b-native", verdict([2e9 * b < 80 * GIB for b in (65.3, 70.6, 72.7)])),
        # eight feed-forwards of 3 x 4096 x 14336 in 32 layers, everything else once
        ("mixtral-56b", verdict([within(46.7, 56)])),
        # 12.7 against 13 billion active; but a file of 26.4 GB against one of 7.4
        ("mixtral-like-13b", both(verdict([within(12.75, 13)]), verdict([within(26.44 / 7.37, 1)]))),
        ("deepseek-v3-70b", both(verdict([within(671.0, 70)]), verdict([within(404.4 / 42.5, 1)]))),
        ("kimi-k2-size", both(verdict([within(1.026, 1)]), verdict([within(31.7, 32)]))),
        ("glm-45-size", verdict([total <= 20 for total in (352.8, 106.9)])),
        # 40 layers x 5120 x 2 x 2 bytes a token: 3.4 GB at 4K, 107 GB at 128K, on top of 7.4 to 26 GB of weights
        (
            "13b-128k",
            both(
                verdict([w + 107.4 >= 40 for w in (7.4, 13.8, 26.0)]),
                verdict([within((w + 107.4) / (w + 3.4), 2) for w in (7.4, 13.8, 26.0)]),
            ),
        ),
        # bits: GGUF Q8_0 8.5 for all; INT8 8 but 16 for embedding and head, which are an eighth of Llama 3 8B
        ("int8-per-billion", verdict([within(8.5 / 8, 1), within(1 + EMBEDDED_8B / 8.03e9, 1)])),
        # Q4_0 has 4.5 bits and more; AWQ of DeepSeek V3, whose embedding is small, has 4.16
        ("q4-per-billion", verdict([within(4.5 / 8, 0.5), within((4 + 20 / 128) / 8 * 1.01, 0.5)])),
        ("fp16-per-billion", "holds"),
        ("gpt4-hosted", "cannot be checked"),  # hosted they are, but nobody outside knows their size
        ("claude-hosted", "cannot be checked"),
        ("kimi-k2-closed", "fails"),  # both published their weights: the entries' sources
    ],
)
def test_a_verdict_by_hand(ledger: Ledger, claim: str, expected: str) -> None:
    assert ledger.result(claim).verdict == expected


def test_the_hand_calculations_are_the_engines(catalog: Catalog) -> None:
    # So that the sums above stay near what is compared.
    ledger = Ledger(catalog)
    (check,) = ledger.result("70b-q4-size").checks
    assert check.values == pytest.approx(sorted(size / GB for size in FOUR_BIT_70B), rel=0.01)
    (check,) = ledger.result("llama3-8b-q4").checks
    assert check.values == pytest.approx(sorted(size / GB for size in FOUR_BIT_8B), rel=0.01)


# --- the ledger -----------------------------------------------------------------------------------------------------


def test_every_claim_gets_a_verdict_and_every_verdict_is_given(ledger: Ledger, catalog: Catalog) -> None:
    verdicts = {result.claim.id: result.verdict for result in ledger}
    assert set(verdicts) == set(catalog.claims)
    assert set(verdicts.values()) == {"holds", "holds if", "fails", "cannot be checked"}


def test_a_check_that_holds_passes_everywhere_and_one_that_fails_nowhere(ledger: Ledger) -> None:
    for result in ledger:
        for check in result.checks:
            passed = len(check.passing)
            if check.verdict == "cannot be checked":
                assert not check.cells
                continue
            assert check.cells
            assert (check.verdict == "holds") == (passed == len(check.cells)), result.claim.id
            enough = passed < len(check.cells) if check.check.always else passed == 0
            assert (check.verdict == "fails") == enough, result.claim.id


def test_one_case_that_does_not_pass_fails_a_law(ledger: Ledger) -> None:
    checks = [check for result in ledger for check in result.checks]
    for verdict, as_law in (("holds", "holds"), ("holds if", "fails"), ("fails", "fails")):
        said = next(check for check in checks if check.verdict == verdict)
        assert replace(said, check=replace(said.check, always=True)).verdict == as_law


def test_a_claim_is_as_good_as_its_worst_check(ledger: Ledger) -> None:
    order = ["fails", "cannot be checked", "holds if", "holds"]
    for result in ledger:
        assert result.verdict == min((check.verdict for check in result.checks), key=order.index), result.claim.id


def test_one_number_tells_what_passes_from_what_does_not(ledger: Ledger) -> None:
    _, check = ledger.result("70b-fp16").checks
    found = check.threshold
    assert found is not None
    assert (found.of, found.at_least) == ("memory", False)  # what does not fit are the machines of little memory
    for cell in check.cells:
        assert cell.machine is not None
        assert cell.passed == (cell.machine.capacity <= found.value)


@pytest.mark.parametrize(("value", "near"), [(89.9, False), (90.1, True), (100.0, True), (109.9, True), (110.1, False)])
def test_about_is_within_a_tenth(value: float, near: bool) -> None:
    assert compare("about", value, 100.0) is near


def test_a_cells_deviation_is_relative_to_the_claim(ledger: Ledger) -> None:
    (check,) = ledger.result("mixtral-56b").checks
    assert check.deviations == pytest.approx([46_702_792_704 / 56e9 - 1])


@pytest.mark.parametrize(
    ("claim", "file", "old", "new", "before", "after"),
    [
        # Ten experts make 46.7B into 58B, which is about 56B.
        ("mixtral-56b", "models/mixtral.yaml", "num_local_experts: 8", "num_local_experts: 10", "fails", "holds"),
        # A third of the layers make Llama 3 70B into a 25B.
        ("70b-fp16", "models/llama-3.yaml", "num_hidden_layers: 80", "num_hidden_layers: 27", "holds if", "fails"),
        # What the claim says is a fact of the catalog too.
        ("mixtral-56b", "claims.yaml", "value: 56, unit: B", "value: 47, unit: B", "fails", "holds"),
        # Once a size is published, what was guessed of it can be checked.
        (
            "claude-hosted", "models/claude-3.5.yaml", "parameters: undisclosed", "parameters: 175B",
            "cannot be checked", "fails",
        ),
        (
            "claude-hosted", "models/claude-3.5.yaml", "parameters: undisclosed", "parameters: 70B",
            "cannot be checked", "holds",
        ),
    ],
)  # fmt: skip
def test_a_changed_fact_changes_the_verdict(
    shelf: Shelf, claim: str, file: str, old: str, new: str, before: str, after: str
) -> None:
    assert Ledger(shelf.load()).result(claim).verdict == before
    assert Ledger(shelf.edit(file, old, new).load()).result(claim).verdict == after


def test_a_cards_memory_decides_what_fits(shelf: Shelf) -> None:
    # With 192 GB, one A100 would hold 70B models at 16 bits.
    for _ in range(2):
        shelf.edit("devices/nvidia.yaml", "{box: 80 GB, driver: 81920 MiB", "{box: 192 GB, driver: 196608 MiB")
    assert Ledger(shelf.load()).result("80gb-70b-native").verdict == "holds if"

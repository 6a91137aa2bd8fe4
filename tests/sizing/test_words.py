"""The words of one name may be written as they are; where its end is not told, one line says so."""

from __future__ import annotations

import pytest

from sizing import SizingError
from sizing.cli.words import MOST, Takes, apart, joined
from tests.sizing.test_cli import answered, refused

OPTIONS = {"--on": 1, "--use": 1, "--users": 1, "--json": 0}
PLAN = Takes(OPTIONS, frozenset({"--on"}), "MODEL")
COMPARE = Takes(OPTIONS, frozenset({"--on"}), "NAME", several=True)
BUY = Takes(OPTIONS, frozenset({"--on"}), None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("qwen3-8b", ["qwen3-8b"]),
        ("Qwen3 8B", ["Qwen3 8B"]),
        ("Qwen3 8B --on RTX 3060 12GB --json", ["Qwen3 8B", "--on", "RTX 3060 12GB", "--json"]),
        ("--json Qwen3 8B", ["--json", "Qwen3 8B"]),
        ("--use chat Qwen3 8B --on RTX 3060", ["--use", "chat", "Qwen3 8B", "--on", "RTX 3060"]),
        ("--on=RTX 3060 Qwen3", ["--on=RTX", "3060 Qwen3"]),
        ("--on rtx-3060 qwen3-8b", ["--on", "rtx-3060", "qwen3-8b"]),
        ("qwen3-8b --us 2", ["qwen3-8b", "--us", "2"]),
        ("qwen3-8b extra --unknown RTX 3060", ["qwen3-8b", "extra", "--unknown", "RTX", "3060"]),
        ("", []),
    ],
)
def test_words_that_can_only_be_of_one_name_are_one(written: str, meant: list[str]) -> None:
    assert joined(written.split(), PLAN) == meant


def test_a_name_in_quotes_stays_one_and_several_names_stay_several() -> None:
    assert joined(["Qwen3 8B", "--on", "RTX 3060"], PLAN) == ["Qwen3 8B", "--on", "RTX 3060"]
    written = ["rtx-4090", "rtx-5090", "--on", "Mac", "Studio"]
    assert joined(written, COMPARE) == ["rtx-4090", "rtx-5090", "--on", "Mac Studio"]
    assert joined(["--on", "rtx-4090", "qwen3-8b", "qwen3-32b"], COMPARE) == [
        "--on", "rtx-4090", "qwen3-8b", "qwen3-32b",
    ]  # fmt: skip
    assert joined(["--on", "RTX", "4090", "--json"], BUY) == ["--on", "RTX 4090", "--json"]
    assert joined(["stray", "--on", "RTX", "4090"], BUY) == ["stray", "--on", "RTX", "4090"], "which is refused then"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "--on RTX 4090 qwen3-8b",
            "where its name ends and the MODEL begins is not told",
        ),
        ("Qwen3 --use chat 8B", "one MODEL is asked about, and not Qwen3, 8B"),
    ],
)
def test_where_a_names_end_is_not_told_the_line_is_refused(written: str, said: str) -> None:
    with pytest.raises(SizingError) as caught:
        joined(written.split(), PLAN)
    assert said in str(caught.value)


def test_words_are_the_fewest_names_that_are_all_known() -> None:
    known = {"RTX", "RTX 4090", "4090", "RTX 5090", "5090", "a b", "c", "a", "b c", "b"}.__contains__

    def all_known(names: object) -> bool:
        return all(known(one) for one in names)  # type: ignore[attr-defined]

    assert apart(["RTX", "4090", "RTX", "5090"], all_known) == ["RTX 4090", "RTX 5090"]
    assert apart(["RTX 4090", "5090"], all_known) == ["RTX 4090", "5090"]
    assert apart(["4090", "5090", "unknown"], all_known) == ["4090", "5090", "unknown"]
    assert apart(["b"] * (MOST + 1), all_known) == ["b"] * (MOST + 1)
    with pytest.raises(SizingError, match='a b c may mean a "b c" or "a b" c; put each name in quotes'):
        apart(["a", "b", "c"], all_known)


def test_a_command_takes_names_as_people_write_them(capsys: pytest.CaptureFixture[str]) -> None:
    plainly = answered(capsys, "plan", "qwen3-8b", "--on", "rtx-4090", "--format", "Q4_K_M", "--json")
    written = ["plan", "Qwen3", "8B", "--on", "RTX", "4090", "--format", "Q4_K_M", "--json"]
    assert answered(capsys, *written) == plainly
    several = ["compare", "RTX", "4090", "RTX", "5090", "--for", "Qwen3", "8B", "--json"]
    assert answered(capsys, *several) == answered(
        capsys, "compare", "rtx-4090", "rtx-5090", "--for", "qwen3-8b", "--json"
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("plan --on RTX 4090 qwen3-8b", 'put a name of several words in quotes, such as --on "RTX 4090" qwen3-8b'),
        ("plan qwen3-8b RTX 4090", 'a machine is named with --on, as in sizing plan qwen3-8b --on "RTX 4090"'),
        ("fit RTX --use chat 3060", "one MACHINE is asked about, and not RTX, 3060"),
        ("fit RTX 9990", "no machine or device 'RTX 9990'"),
    ],
)
def test_what_is_not_one_name_is_one_line(capsys: pytest.CaptureFixture[str], written: str, said: str) -> None:
    assert said in refused(capsys, *written.split())

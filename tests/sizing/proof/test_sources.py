"""A source is whoever measured, however they are linked to."""

from __future__ import annotations

import pytest

from sizing.proof.sources import source_of


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("https://github.com/ggml-org/llama.cpp/discussions/4167", "github.com/ggml-org/llama.cpp/discussions/4167"),
        (
            "https://github.com/ggml-org/llama.cpp/discussions/4167#discussioncomment-1",
            "github.com/ggml-org/llama.cpp/discussions/4167",
        ),
        ("https://github.com/kyuz0/toolboxes/blob/8ad6/docs/results.json", "github.com/kyuz0/toolboxes"),
        ("https://raw.githubusercontent.com/kyuz0/toolboxes/main/docs/results.json", "github.com/kyuz0/toolboxes"),
        ("https://old.reddit.com/r/LocalLLaMA/comments/1abc/a_title/xyz", "reddit.com/r/LocalLLaMA/comments/1abc"),
        ("https://huggingface.co/datasets/owner/name/blob/main/x.csv", "huggingface.co/datasets/owner/name"),
        ("https://gist.github.com/somebody/0123", "gist.github.com/somebody/0123"),
        ("https://www.example.org/2026/review-of-a-card", "example.org"),
        ("record/h100-sxm-80gb.llama-bench.jsonl", "record/h100-sxm-80gb.llama-bench.jsonl"),
    ],
)
def test_a_source_is_a_thread_a_repository_or_a_site(address: str, source: str) -> None:
    assert source_of(address) == source

"""Sizes as they are written in names."""

from __future__ import annotations

import pytest

from spectool.benchmark.model_size import parameters, size_of

NAMES = {
    "smollm2-135m": "135m",
    "qwen2.5-coder-1.5b": "1.5b",
    "Qwen/Qwen2.5-7B-Instruct": "7b",
    "mixtral-8x7b-instruct": "8x7b",
    "Qwen3-30B-A3B": "30b",
    "llama-3.2-1B": "1b",
    "xLAM-2-3b-fc-r": "3b",
    "phi-3-mini-4k-instruct": "–",
    "gpt-4o": "–",
    "claude-3-5-sonnet": "–",
    "model_q4_0.gguf": "–",
    "7b/with-a-size-in-its-folder": "–",
    "": "–",
}


@pytest.mark.parametrize(("name", "size"), NAMES.items())
def test_the_size_in_a_name(name: str, size: str) -> None:
    assert size_of(name) == size


def test_what_the_run_says_comes_first() -> None:
    assert size_of("tiny-1.5b", "1.54B") == "1.54b"


@pytest.mark.parametrize(
    ("size", "number"), [("135m", 135e6), ("1.5b", 1.5e9), ("8x7b", 56e9), ("1t", 1e12), ("1540000000", 1.54e9), ("–", None)]
)
def test_a_size_as_a_number(size: str, number: float | None) -> None:
    assert parameters(size) == number

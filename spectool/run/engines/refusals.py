"""Why a model was not loaded, and what to do: the libraries' errors in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from spectool.run.models import ModelFiles

# By the names of exception classes, the most telling first: importing them would import the libraries. A hub also says "not found"
# of what one may not see, and the error of a gated model is a kind of that one.
# Source: https://huggingface.co/docs/huggingface_hub/package_reference/utilities#errors
_BY_CLASS: Mapping[str, str] = {
    "GatedRepoError": "it is gated: ask for access on its page at the hub, then set HF_TOKEN (or run `hf auth login`)",
    "RepositoryNotFoundError": "no hub shows such a model: check the spelling (OWNER/NAME), or set HF_TOKEN if it is private; "
    "spectool models list names those that need no hub",
    "LocalEntryNotFoundError": "no hub can be reached and the model is not in the cache: name a model folder, a .gguf file or one of "
    "spectool models list, or try again with a network",
    "OfflineModeIsEnabled": "HF_HUB_OFFLINE is set and the model is not in the cache: unset it, or name a model folder or a .gguf file",
}
# By words of the message.
_BY_WORDS: Mapping[str, str] = {
    "instantiate the backend tokenizer": "it has no tokenizer that can be read (tokenizer.json): is the folder whole?",
    "Failed to infer device type": "no GPU that vLLM can use: check nvidia-smi, or install vLLM for a CPU with scripts/setup_vllm.sh",
    "Engine core initialization failed": "vLLM's own process ended, see its last words above; if it is memory, lower --max-length, "
    "--batch-size or --gpu-memory",
    "Free memory on device": "another process holds the GPU's memory: see nvidia-smi, or lower --gpu-memory",
    "greater than the derived max_model_len": "--max-length is more than the model was made for",
    "Unknown quantization method": "vLLM knows no such --quantization",
}
_PYDANTIC = re.compile(
    r"\A\d+ validation errors? for [^\n]*\n(?:[^\n]+\n)??\s*(?:Value error|Assertion failed), (?P<said>.*?)(?: \[type=|\Z)", re.DOTALL
)
LONGEST = 300


def why(model: ModelFiles, error: BaseException) -> str:
    """One line: the model, what is wrong, what to do where that is known, and else the library's own words."""
    return f"model '{model.name[:80]}' can not be loaded: {_known(error) or said(error)}"


def said(error: BaseException) -> str:
    """What an error says, on one line and cut; its kind where it says nothing."""
    text = str(error).strip()
    if found := _PYDANTIC.match(text):
        text = found["said"]
    return (text.splitlines() or [type(error).__name__])[0].strip()[:LONGEST]


def _known(error: BaseException) -> str | None:
    chain = list(_chain(error))
    classes = {kind.__name__ for each in chain for kind in type(each).__mro__}
    for name, advice in _BY_CLASS.items():
        if name in classes:
            return advice
    for words, advice in _BY_WORDS.items():
        if any(words in str(each) for each in chain):
            return f"{advice} ({said(error)})"
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what led to it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__

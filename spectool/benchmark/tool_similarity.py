"""How alike the tools of an environment are: names that resemble each other lead models to the wrong function.

Each tool is the text of its name and description. Its features are words (the parts of the name among them) and the character 3-grams of
the name, weighted by TF-IDF over all tools compared; two tools are as alike as the cosine of their features, 0-1. An environment's
similarity is the mean over its pairs of tools.

Source: Kokane et al., "SpecTool: A Benchmark for Characterizing Errors in Tool-Use LLMs" (arXiv 2411.13547), reports the similarity of each
environment's tools and finds that similar function names raise wrong actions (IAC). How it is computed there we could not find in the text
at hand; this measure is ours, needs no model, and its figures are not comparable with the paper's.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import msgspec

from spectool.model import Tool

_WORD = re.compile(r"[^\W_]+")
_Weights = Mapping[str, float]


class ToolSimilarity(msgspec.Struct, frozen=True, kw_only=True):
    """How alike the tools of one environment are.

    ``mean`` over all pairs and ``most``, the highest, 0-1; ``pair`` is the most alike pair. All are 0 and empty below two tools.
    """

    environment: str
    tools: int
    mean: float
    most: float
    pair: tuple[str, ...]


def tool_similarities(catalogues: Mapping[str, Sequence[Tool]]) -> tuple[ToolSimilarity, ...]:
    """The similarity of each environment's tools, in the order given; a feature's rarity is that over all catalogues."""
    texts = [Counter(_features(tool)) for tools in catalogues.values() for tool in tools]
    held = Counter(feature for text in texts for feature in text)
    rarity = {feature: math.log((1 + len(texts)) / (1 + count)) + 1 for feature, count in held.items()}
    return tuple(_similarity(name, tools, rarity) for name, tools in catalogues.items())


def _similarity(environment: str, tools: Sequence[Tool], rarity: _Weights) -> ToolSimilarity:
    weighed = {tool.name: _weights(tool, rarity) for tool in tools}
    pairs = {pair: _cosine(weighed[pair[0]], weighed[pair[1]]) for pair in combinations(weighed, 2)}
    pair = max(pairs, key=lambda each: pairs[each], default=())
    return ToolSimilarity(
        environment=environment,
        tools=len(weighed),
        mean=sum(pairs.values()) / len(pairs) if pairs else 0.0,
        most=max(pairs.values(), default=0.0),
        pair=pair,
    )


def _features(tool: Tool) -> Iterator[str]:
    yield from _WORD.findall(f"{tool.name.replace('_', ' ')} {tool.description}".casefold())
    name = f"_{tool.name.casefold()}_"
    yield from (f"#{name[start : start + 3]}" for start in range(len(name) - 2))


def _weights(tool: Tool, rarity: _Weights) -> _Weights:
    """The features' weights, of length 1 together."""
    weighed = {feature: count * rarity[feature] for feature, count in Counter(_features(tool)).items()}
    length = math.sqrt(sum(weight * weight for weight in weighed.values()))
    return {feature: weight / length for feature, weight in weighed.items()}


def _cosine(one: _Weights, other: _Weights) -> float:
    return min(sum(weight * other.get(feature, 0.0) for feature, weight in one.items()), 1.0)

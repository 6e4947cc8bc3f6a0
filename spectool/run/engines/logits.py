"""Between a model's logits and the token that is taken: seeded sampling a row at a time, and log-probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spectool.run.engines.engine import Sampling


class Chooser:
    """Called with each step's logits (rows × vocabulary); in what it returns, the token to take has the highest value in its row.

    A sampled token is the highest of log-probabilities with Gumbel noise added, which draws exactly from the distribution. The noise of a
    row comes from its own seed alone, so a request's answer does not depend on what is generated beside it.

    Source: Gumbel, Statistical theory of extreme values (1954); Maddison et al., A* sampling (2014).
    """

    def __init__(self, sampling: Sampling, seeds: Sequence[int], device: Any) -> None:
        import torch

        self._sampling = sampling
        sampled = seeds if sampling.temperature > 0 else ()
        self._generators = [torch.Generator(device).manual_seed(seed) for seed in sampled]
        self._taken: list[Any] = []

    def __call__(self, input_ids: Any, logits: Any) -> Any:
        """The logits of one step, as they are when greedy."""
        choice = self._noised(logits) if self._generators else logits
        if self._sampling.logprobs:
            token = choice.argmax(-1, keepdim=True)
            self._taken.append(logits.gather(-1, token).squeeze(-1) - logits.logsumexp(-1))
        return choice

    def logprobs(self) -> list[list[float]]:
        """Of each row, the log-probability of the token taken at each step, before temperature and nucleus; empty when not asked for."""
        import torch

        rows: list[list[float]] = torch.stack(self._taken, dim=-1).tolist() if self._taken else []
        return rows

    def _noised(self, logits: Any) -> Any:
        import torch

        # In single precision the smallest noise repeats, and rare tokens would come up too often or never.
        kept = nucleus(logits.double() / self._sampling.temperature, self._sampling.top_p)
        noise = torch.empty_like(kept)
        for row, generator in zip(noise, self._generators, strict=True):
            row.exponential_(generator=generator)
        return kept - noise.clamp_min_(torch.finfo(noise.dtype).tiny).log_()


def nucleus(logits: Any, top_p: float) -> Any:
    """Only the most probable tokens that together reach ``top_p``, the others at minus infinity; one is always left.

    Source: Holtzman et al., The curious case of neural text degeneration (2020).
    """
    if top_p >= 1:
        return logits
    ordered, places = logits.sort(dim=-1, descending=True)
    shares = ordered.softmax(-1)
    out = shares.cumsum(-1) - shares >= top_p
    out[..., 0] = False
    return logits.masked_fill(out.scatter(-1, places, out), float("-inf"))

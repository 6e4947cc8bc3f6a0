"""How well does the tagger tell, without gold, which rule-clean outputs gold would prove wrong?

    python -m benchmarks.tagger DATA [--examples FILE] [--write]

``DATA`` is the folder of shared data. BFCL outputs of five models (three of v3, two of v4) are held out one model and one half of the
questions at a time; a question's runs in both versions are one group. tau-bench and ToolAlpaca are only ever tested on, with the tagger
that is shipped. ``--examples`` keeps what was read and computed of the outputs, or takes it from there if the file exists. ``--write``
trains the tagger that SpecTool ships (data/tagger/model.json) and writes its card, docs/tagger.md, with all figures.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from benchmarks.loading import trajectories
from benchmarks.tagger_card import card
from benchmarks.tagger_data import Kept, bfcl, kept
from benchmarks.tagger_protocol import SIGHTS, Held, chances, held_out, tier_of
from benchmarks.tagger_report import against_reward, among_calls, by_cell, by_model, reached, reliable, tiers, verdict
from spectool.tagger.fit import fit
from spectool.tagger.tagger_model import TaggerModel, load_model, shipped

ROOT = Path(__file__).parents[1]
CARD = ROOT / "docs" / "tagger.md"
MODEL = ROOT / "data" / "tagger" / "model.json"
NAME = "spectool-bfcl-1"
TRAINED_ON = "outputs of five models for BFCL v3 and v4 (Apache-2.0), those that the rules leave clean without gold"


def transfers(data: Path) -> Iterator[tuple[str, list[Kept]]]:
    """The sets that nothing was trained or set on."""
    tau = list(trajectories(data / "tau_bench/gpt-4o-airline.json", tools=data / "tau_bench/tools_airline.json"))
    yield "tau-bench airline, GPT-4o, four samples a task", list(kept(tau, [run.task or run.id for run in tau]))
    alpaca = list(trajectories(data / "toolalpaca/rows.jsonl", tasks=[data / "toolalpaca/data"]))
    yield "ToolAlpaca", list(kept(alpaca, [run.task or run.id for run in alpaca]))


def main(argv: list[str] | None = None) -> int:
    """Prints the figures; with ``--write`` also the tagger and its card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--examples", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args(argv)
    every = _examples(args.data, args.examples)
    _tell(f"{len(every):,} rule-clean outputs")
    held = held_out(every, _tell)
    if args.write:
        model = fit([each.example for each in every], name=NAME, data=TRAINED_ON, tell=_tell)
        MODEL.parent.mkdir(exist_ok=True)
        MODEL.write_bytes(msgspec.json.encode(model) + b"\n")
    model = load_model(MODEL if args.write else shipped())
    told = card(model, _sections(every, held), [(name, *_transferred(model, runs)) for name, runs in transfers(args.data)])
    if args.write:
        CARD.write_text(told)
    print(told)
    return 0


def _examples(data: Path, path: Path | None) -> list[Kept]:
    if path is not None and path.is_file():
        return msgspec.msgpack.decode(path.read_bytes(), type=list[Kept])
    every = list(kept(list(bfcl(data))))
    if path is not None:
        path.write_bytes(msgspec.msgpack.encode(every))
    return every


def _sections(every: Sequence[Kept], held: Held) -> dict[str, str]:
    return {
        "verdict": verdict(every, held, lambda each: (each.example.model, each.example.category)),
        "due": verdict(every, held, lambda each: (each.example.model, each.example.category), lambda each: not _no_call_due(each)),
        "cells": by_cell(every, held),
        "goal": reached(every, held),
        "calls": among_calls(every, held),
        "tiers": tiers(every, held),
        "reliability": "\n\n".join(reliable(every, held)),
    }


def _no_call_due(each: Kept) -> bool:
    return each.example.category.endswith("irrelevance")


def _transferred(model: TaggerModel, runs: Sequence[Kept]) -> tuple[str, ...]:
    """The figures of a set that was never trained on, as for the others, and against the harness's own verdict."""
    examples = [each.example for each in runs]
    held = Held({}, {})
    for sight in SIGHTS:
        for pattern, values in chances(model, examples, sight).items():
            held.said[sight, pattern] = values
            held.tiers[sight, pattern] = [tier_of(model, pattern, sight, *each) for each in zip(examples, values, strict=True)]
            held.said["disagreement", pattern] = [each.disagreement for each in runs]
    told = verdict(runs, held, lambda each: each.example.model)
    return told, by_model(runs, held), against_reward(runs, held), tiers(runs, held), "\n\n".join(reliable(runs, held))


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())

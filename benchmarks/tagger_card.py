"""The tagger's model card: what it is for, how it was made, and every figure, as ``python -m benchmarks.tagger`` writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.loading import table
from spectool.tagger.features.registry import Unit, meanings
from spectool.tagger.tagger_model import TaggerModel
from spectool.tagger.truth import UNIT_OF

_INTRO = """# The tagger: what is most likely wrong, without gold

<!-- Written by `python -m benchmarks.tagger DATA --write`; do not edit. -->

    spectool classify outputs.jsonl -o results/a
    spectool tagger apply results/a

Without gold the rules judge names, types and sources of values, and much that is wrong looks clean to them. The tagger gives such outputs
a probability for each of five patterns: `IAV`, `IAC`, `wrong_tool`, `unneeded_call`, `extra_call`, with the place, the features that
speak most for it, and the value that is ungrounded or the entity that no call holds. Its opinions lie in `tagged.parquet`, are marked
`likely` or `candidate`, and change no rate. What the rules do not leave clean is skipped, and says so; so is what no tools or no words of
users were kept of.

**Run several samples, or several models, of each task if you can.** Seen alone an output tells little of whether its values are what the
user meant; beside other attempts at the same task in the same folder it tells much more. The tables keep the two apart."""

_HOW = """## How it was made

- **Truth**: the rules' own findings with gold, certain or likely, on outputs that the same rules leave clean when the gold is hidden.
  Features are computed without gold. One slip is charged once: a value of a call that is itself wrong is no wrong value.
- **Units**: each declared argument (given or left out) for `IAV`, each call for the three about calls, the whole for `IAC`. A trajectory's
  score is that of at least one wrong unit, as if they were independent; Platt's scaling makes it a probability, one for outputs seen alone
  and one for those beside others.
- **Three disjoint groups of questions**, by a hash of the question and the names of its tools: one fits the trees, one calibrates, one sets
  the tiers: `likely` from where at least {likely} of those flagged were wrong, `candidate` from where {candidate} of the rest were,
  both at the lower end of the 95 % interval and on at least 20 flagged. A pattern for which no probability reached that has no such tier.
  That precision is of the models trained on; the tables below say what became of it on a model never seen.
- **Form**: gradient-boosted trees of at most eight leaves (scikit-learn's `HistGradientBoostingClassifier`), kept as lists of numbers in
  JSON and evaluated by SpecTool's own code; nothing in the file can run. Half of the training rows have what other attempts tell hidden,
  so that one model does with it and without.
- A model's category in which more than nine in ten outputs are wrong is not trained on: there, being wrong looks like the category.
- Your own: `spectool tagger train results/a results/b -o tagger.json` on result folders with gold, then `apply --model tagger.json`.

Trained on {data}: {trajectories:,} outputs to {questions:,} questions; seed {seed}; {versions}. The models:
{models}."""

_CELLS = """## How good it is

Each model and each half of the questions was held out in turn: the tagger that judged an output had seen neither its model nor its
question, in any version of BFCL, nor that model's outputs as other attempts. Figures are taken within a model's category with at least
five wrong and five right outputs, and then averaged; the interval draws questions anew. "Any" is any of the five. BFCL has one sample a
model, so *other attempts* are those of the other models (up to four), with their own mistakes; samples of one model agree more in what
they get wrong, so expect less of them. No log-probabilities are in these logs: their features were never more than unknown here, and
*lowest log-probability alone* can not be measured. Within `irrelevance` nothing is due, so any call is unneeded and its AUROC says
nothing; the second table does. Features, training filter, the share that is fitted and the rule for the tiers were chosen on these same
outputs, so the figures are somewhat optimistic."""

_TRIVIAL = """Without the categories in which no call is due, where to call at all is to be wrong:"""

_CALLS = """Among outputs that call (for `extra_call`: call more than once), within a model's live or other questions, over all categories.
(A category of BFCL tells whether a call is due, which is why it is a perfect rival there for `unneeded_call`; no log has one.)"""

_ELSEWHERE = """## Elsewhere

The shipped tagger on two sets that nothing was trained on. They were scored three times: after the first time the rule for the tiers was
made stricter (for the tiers on BFCL; features and trees stayed), so AUROC is untouched and the counts of tiers are not quite. Other
attempts are the samples of the same model (tau-bench), or the other size of the model (ToolAlpaca)."""

_LIMITS = """## What to know before believing it

- It learnt BFCL's idea of right. Gold there is narrow and sometimes wrong (docs/patterns.md names suspect items), and an output that the
  tagger rightly doubts may count as right here, or the other way round.
- Probabilities hold where slips are about as frequent as in the training data; elsewhere trust the order more than the number.
- It has no language model: it compares words, figures, shapes and names. What needs knowledge of the world it can not see.
- Short, single-turn English requests are nearly all that it saw. See what is left of it elsewhere, above."""


def card(model: TaggerModel, sections: Mapping[str, str], transfers: Sequence[tuple[str, ...]]) -> str:
    """The whole card."""
    made = model.training
    how = _HOW.format(
        **{tier: f"{100 * wanted:.0f} %" for tier, wanted in made.precision.items()},
        data=made.data,
        trajectories=made.trajectories,
        questions=made.questions,
        seed=made.seed,
        versions=", ".join(f"{name} {version}" for name, version in made.versions.items()),
        models=", ".join(made.models),
    )
    parts = [
        _INTRO,
        how,
        _shipped(model),
        _CELLS,
        sections["verdict"],
        _TRIVIAL,
        sections["due"],
        sections["cells"],
        sections["goal"],
        _CALLS,
        sections["calls"],
    ]
    parts += ["How often each tier was right on outputs held out; one that is not listed was never given:", sections["tiers"]]
    parts += ["### Reliability", "All outputs held out, by the probability said.", sections["reliability"]]
    parts.append(_ELSEWHERE)
    for name, *sheets in transfers:
        parts += [f"### {name}", *sheets]
    return "\n\n".join([*parts, _LIMITS, "## Features", *_features()]) + "\n"


def _shipped(model: TaggerModel) -> str:
    lines = []
    for pattern, head in model.heads.items():
        for sight, scale in head.scales.items():
            tiers = ["–" if each is None else f"{each:.2f}" for each in (scale.likely, scale.candidate)]
            counts = [f"{wrong:,} of {of:,}" for of, wrong in ((head.rows, head.wrong), scale.calibrated_on, scale.thresholded_on)]
            lines.append([pattern, UNIT_OF[pattern], sight, *counts, *tiers])  # type: ignore[index]
    head_row = ("pattern", "unit", "seen", "units fitted, wrong", "calibrated, wrong", "tiers set, wrong", "likely from", "candidate from")
    return "What is shipped, by pattern (units fitted are arguments, calls or outputs; the others are outputs):\n\n" + table(
        head_row, lines, 3
    )


def _features() -> list[str]:
    units: tuple[Unit, ...] = ("argument", "call", "trajectory")
    return [
        f"Of {'an' if unit == 'argument' else 'a'} {unit}: " + "; ".join(f"`{n}` {m}" for n, m in meanings(unit).items()) + "."
        for unit in units
    ]

"""Measures of agreement against worked examples and scikit-learn; intervals against a plain bootstrap."""

from __future__ import annotations

import random

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, precision_recall_fscore_support

from spectool.results.agreement_measures import Answers, Figure, Square, alpha, as_answers, f1, kappa, precision, recall
from spectool.results.interval import wilson

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", part A: two observers, ten units.
MEG = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0)
OWEN = (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
# Four observers, twelve units, some unseen; the value is that of the package krippendorff 0.9.0.
FOUR = (
    (1, 0, None, 1, 0, 0, 1, None, 1, 0, 1, 1),
    (1, 0, 0, 1, 0, 1, 1, 0, 1, None, 0, 1),
    (None, 0, 0, 1, 1, 0, 1, 0, None, None, 1, 1),
    (1, None, 0, None, 0, 0, 0, 0, 1, None, None, 1),
)


def square(left, right, tasks=1):
    """One task in which two sides say this of its units, in order."""
    pairs = list(zip(left, right, strict=True))
    counts = [pairs.count(pair) for pair in ((1, 1), (1, 0), (0, 1), (0, 0))]
    return Square(both=counts[0], left=counts[1], right=counts[2], neither=counts[3], tasks=tasks)


def answers(*sides):
    """One task a unit, of what several sides say; ``None`` says nothing."""
    found = []
    for unit in zip(*sides, strict=True):
        said = [each for each in unit if each is not None]
        yes, n = sum(said), len(said)
        if n > 1:
            found.append(Answers(units=1, yes=yes, no=n - yes, apart=2 * yes * (n - yes) / (n - 1)))
    return found


@pytest.mark.parametrize(
    ("found", "value", "n"),
    [
        pytest.param(alpha(answers(MEG, OWEN)), 0.095, 10, id="alpha of Krippendorff's two observers"),
        pytest.param(alpha(as_answers([square(MEG, OWEN)])), 0.095, 10, id="alpha from the square of both"),
        pytest.param(alpha(answers(*FOUR)), 0.5764705882, 11, id="alpha of four observers who did not see everything"),
        pytest.param(kappa([Square(both=20, left=5, right=10, neither=15)]), 0.4, 50, id="kappa of a textbook's grant proposals"),
        pytest.param(kappa([Square(both=45, left=15, right=25, neither=15)]), 0.1304, 100, id="kappa, 60 % alike and 54 % by chance"),
        pytest.param(kappa([Square(both=1, tasks=5), Square(neither=1, tasks=5)]), 1.0, 10, id="kappa of two who always agree"),
    ],
)
def test_worked_examples_come_out(found, value, n):
    assert (found.n, found.value) == (n, pytest.approx(value, abs=5e-4))
    assert found.low is not None
    assert found.low <= found.value <= found.high


@pytest.mark.parametrize(
    "squares",
    [
        pytest.param([Square(neither=9)], id="nobody ever sees it"),
        pytest.param([Square(both=9)], id="both always see it"),
        pytest.param([], id="nobody looked"),
    ],
)
def test_where_chance_alone_agrees_always_there_is_no_figure(squares):
    n = sum(each.both + each.neither for each in squares)
    assert kappa(squares) == alpha(as_answers(squares)) == Figure(n=n)


def test_measures_are_those_of_scikit_learn():
    draw = random.Random(5)
    for _ in range(50):
        rate = draw.uniform(0.1, 0.9)
        right = [int(draw.random() < rate) for _ in range(60)]
        left = [each if draw.random() < 0.8 else 1 - each for each in right]
        tasks = [square(left[at : at + 3], right[at : at + 3]) for at in range(0, 60, 3)]
        expected = precision_recall_fscore_support(right, left, average="binary")
        assert (precision(tasks).rate, recall(tasks).rate, f1(tasks).value) == pytest.approx(expected[:3])
        assert kappa(tasks).value == pytest.approx(cohen_kappa_score(left, right))


def clustered(tasks, seed):
    """Tasks of four units each: whether one is hard decides how often the left side errs in all of its units."""
    draw = random.Random(seed)
    found = []
    for _ in range(tasks):
        hard = draw.random() < 0.3
        right = [int(draw.random() < 0.4) for _ in range(4)]
        found.append(square([each if draw.random() > (0.6 if hard else 0.05) else 1 - each for each in right], right))
    return found


@pytest.mark.parametrize(("measure", "number"), [pytest.param(kappa, 0, id="kappa"), pytest.param(alpha, 1, id="alpha")])
def test_the_interval_is_that_of_drawing_tasks_again(measure, number):
    tasks = clustered(150, 3)
    sums = np.array([(each.both, each.left, each.right, each.neither) for each in tasks])
    draw = np.random.default_rng(1)
    values = []
    for _ in range(2000):
        both, left, right, neither = sums[draw.integers(0, len(tasks), len(tasks))].sum(0)
        n, first, second = both + left + right + neither, both + left, both + right
        chance = (first * (n - second) + (n - first) * second) / n**2
        pooled = (first + second) / (2 * n)
        values.append(1 - (left + right) / n / (chance if number == 0 else 2 * pooled * (1 - pooled) * 2 * n / (2 * n - 1)))
    found = measure(tasks if number == 0 else as_answers(tasks))
    assert found.method == "bootstrap by task"
    assert (found.low, found.high) == pytest.approx(tuple(np.percentile(values, [2.5, 97.5])), abs=0.012)
    alone = [Square(both=1, tasks=int(sums[:, 0].sum())), Square(left=1, tasks=int(sums[:, 1].sum()))]
    alone += [Square(right=1, tasks=int(sums[:, 2].sum())), Square(neither=1, tasks=int(sums[:, 3].sum()))]
    narrow = measure(alone if number == 0 else as_answers(alone))
    assert found.high - found.low > 1.15 * (narrow.high - narrow.low)


def test_tasks_that_look_alike_are_the_same_as_each_by_itself():
    once = [Square(both=2, left=1, tasks=12), Square(neither=3, tasks=20), Square(both=1, right=2, tasks=11)]
    apart = [Square(both=each.both, left=each.left, right=each.right, neither=each.neither) for each in once for _ in range(each.tasks)]
    assert kappa(once).value == kappa(apart).value
    assert kappa(once).n == kappa(apart).n == 3 * 43
    assert (kappa(once).low, kappa(once).high) == pytest.approx((kappa(apart).low, kappa(apart).high), abs=0.03)


def test_few_disagreements_widen_the_interval_instead_of_closing_it():
    found = kappa([Square(both=1, tasks=10), Square(neither=1, tasks=30)])
    _, high = wilson(0.0, 40)
    expected = 2 * 0.25 * 0.75
    assert (found.value, found.high, found.method) == (1.0, 1.0, "wilson over tasks")
    assert found.low == pytest.approx(1 - high / expected)
    lone = f1([Square(both=1, tasks=5)])
    low, _ = wilson(1.0, 5)
    assert (lone.value, lone.low, lone.high) == (1.0, pytest.approx(2 * low / (1 + low)), 1.0)

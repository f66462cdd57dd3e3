"""Probabilities from features: the fit, strengths held out by role, reliability, and verdict thresholds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.evaluation.graded import Bools, Floats, Pairs
from matcher.evaluation.measures import BINS, bin_of, interval, share_of
from matcher.evaluation.tables import Cell

FOLDS = 10
RIDGE = 1.0  # of the squared weights, on standardised features: as good as none with 3,000 pairs

# What a verdict's threshold is chosen for: the lowest one above which this share of pairs is graded 2 or 3.
STRONG_PRECISION = 0.90
PARTIAL_PRECISION = 0.80
GRID = np.arange(0.20, 0.961, 0.01).round(2)


def fit_logistic(seen: Floats, wanted: Bools) -> Floats:
    """Intercept and one weight per column of `seen`, by Newton's method on standardised columns."""
    middle, spread = seen.mean(0), seen.std(0)
    spread[spread == 0] = 1.0
    x = np.column_stack([np.ones(len(seen)), (seen - middle) / spread])
    ridge = RIDGE * np.eye(x.shape[1])
    ridge[0, 0] = 0.0
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1.0 / (1.0 + np.exp(-x @ beta))
        gradient = x.T @ (wanted - p) - ridge @ beta
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, gradient)
        beta += step
        if np.abs(step).max() < 1e-9:
            break
    weights = beta[1:] / spread
    return np.concatenate([[beta[0] - weights @ middle], weights])


def predict(fitted: Floats, seen: Floats) -> Floats:
    """The probability of each row of `seen` by what `fit_logistic` returned."""
    return np.asarray(1.0 / (1.0 + np.exp(-(fitted[0] + seen @ fitted[1:]))), dtype=np.float64)


def folds_by_role(roles: Sequence[str]) -> NDArray[np.int64]:
    """The fold of each pair: a role is in one fold, and roles are dealt out by a digest of their names."""
    names = sorted(set(roles), key=lambda role: hashlib.sha256(role.encode()).hexdigest())
    fold_of = {role: place % FOLDS for place, role in enumerate(names)}
    return np.array([fold_of[role] for role in roles])


def held_out(seen: Floats, wanted: Bools, folds: NDArray[np.int64]) -> Floats:
    """The strength of each pair by a model fitted on the other folds alone."""
    result = np.zeros(len(seen))
    for fold in np.unique(folds):
        held = folds == fold
        result[held] = predict(fit_logistic(seen[~held], wanted[~held]), seen[held])
    return result


def reliability(strength: Floats, pairs: Pairs) -> list[tuple[Cell, ...]]:
    """For each bin of strength that is not empty: its name, pairs, mean strength, share graded 2 or 3, and
    the share's 95 % interval."""
    bins = bin_of(strength)
    rows: list[tuple[Cell, ...]] = []
    for number in range(BINS):
        at = bins == number
        if not at.any():
            continue
        wanted = pairs.evidence[at]
        roles = [role for role, inside in zip(pairs.roles, at.tolist(), strict=True) if inside]
        low, high = interval(share_of(wanted), roles)
        name = f"{number / BINS:.1f}-{(number + 1) / BINS:.1f}"
        rows.append((name, int(at.sum()), float(strength[at].mean()), float(wanted.mean()), low, high))
    return rows


def lowest_threshold(strength: Floats, wanted: Bools, precision: float) -> float:
    """The lowest threshold of GRID from which on every one has at least this precision; the highest of GRID
    when there is none."""
    found = float(GRID[-1])
    for at in GRID[::-1]:
        shown = strength >= at
        if shown.any() and wanted[shown].mean() < precision:
            break
        found = float(at)
    return found


@dataclass(frozen=True)
class Chosen:
    """A threshold chosen without the pairs it is measured on: one per fold, and which pairs it shows."""

    thresholds: tuple[float, ...]
    shown: Bools


def nested_threshold(seen: Floats, wanted: Bools, folds: NDArray[np.int64], precision: float) -> Chosen:
    """Choose a threshold on the inner folds and apply it to the outer one, for each fold in turn.

    The inner strengths are held out within the other folds, the outer ones fitted on all of these.
    """
    shown = np.zeros(len(seen), dtype=np.bool_)
    thresholds = []
    for fold in np.unique(folds):
        held = folds == fold
        inner = held_out(seen[~held], wanted[~held], folds[~held])
        at = lowest_threshold(inner, wanted[~held], precision)
        thresholds.append(at)
        shown[held] = predict(fit_logistic(seen[~held], wanted[~held]), seen[held]) >= at
    return Chosen(tuple(thresholds), shown)

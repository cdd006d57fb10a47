"""Whether the labels of a moving instance are drawn some frames early or late against the picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.check.shift_fit import Fit, fit_of
from viewer.check.shift_pictures import Grey
from viewer.check.shift_track import stretch_of, track_of
from viewer.shapes.sketch import Bounds

DRAWS = 500
BLOCK = 8
"""Steps that are drawn together: what goes wrong on one frame goes wrong on the next."""
SURE_ENOUGH = 0.5

TOO_SHORT = "There are too few labelled frames in a row to measure a shift"
NO_MOTION = "The label hardly moves, so that every shift looks the same"
NO_PICTURES = "There are too few pictures around the label to measure a shift"
NO_TEXTURE = "The picture is too flat in and around the label to see what moves"
EVEN = "The label moves too slowly or too evenly to tell neighbouring shifts apart"
BEYOND = "The labels fit best beyond the shifts that could be tried"
STOPPED = "The measurement was stopped"


@dataclass(frozen=True, slots=True)
class Shift:
    """By how many frames the labels of an instance have to be moved to fit the picture.

    +2: the label that stands on frame n belongs to frame n + 2, it is drawn two frames early. -2: two frames late.
    """

    shift: int
    certainty: float
    """0 to 1: how often this shift wins when the steps are drawn anew and the boxes are taken to lie a little beside
    their things and to be a little too small or large. Below one half `reason` says that it cannot be told."""
    scores: Mapping[int, float]
    """How well each shift fits: more is better, only to be compared with one another. Empty where nothing was measured."""
    steps: int
    """Frames that were compared with their neighbours."""
    reason: str = ""
    """A sentence for the reviewer where the shift cannot be told; otherwise empty."""


def measure_shift(
    bounds: Mapping[int, Bounds],
    grey: Callable[[int], Grey | None],
    most: int = 10,
    around: int | None = None,
    budget: int = 120,
    stop: Callable[[], bool] = lambda: False,
) -> Shift:
    """The shift from -most to most that fits the picture best.

    `bounds`: frame number to the box of one instance, in pixels of the picture. `grey` gives the grey picture of a
    frame, uint8 (rows, columns), None where there is none; it is asked in ascending order, once a frame, for at most
    `budget` frames nearest to the frame `around`.
    """
    track = track_of(bounds)
    stretch = stretch_of(track, most, around, budget)
    if stretch is None:
        return _nothing(TOO_SHORT)
    if stretch.travel() < max(3.0, stretch.size * 0.05):
        return _nothing(NO_MOTION)
    fit = fit_of(stretch, grey, stop)
    if fit is None:
        return _nothing(STOPPED if stop() else NO_PICTURES)
    return _verdict(fit)


def _nothing(reason: str) -> Shift:
    return Shift(0, 0.0, {}, 0, reason)


def _verdict(fit: Fit) -> Shift:
    wins = _wins(fit)
    best = int(wins.argmax())
    centred = fit.moments.mean(axis=0) @ fit.ways[:, fit.likely.argmax()]
    inner = slice(1, -1)
    scores = dict(zip(fit.shifts[inner], centred[inner].tolist(), strict=True))
    steps = len(fit.moments)
    if fit.texture < 0.02:
        return Shift(0, 0.0, scores, steps, NO_TEXTURE)
    certainty, shift = float(wins[best]), min(max(fit.shifts[best], min(scores)), max(scores))
    if certainty < SURE_ENOUGH:
        return Shift(shift, certainty, scores, steps, EVEN)
    if shift != fit.shifts[best]:
        return Shift(shift, 0.0, scores, steps, BEYOND)
    return Shift(shift, certainty, scores, steps)


def _wins(fit: Fit) -> NDArray[np.float64]:
    """How often each shift fits best, summing to 1: the bootstrap over blocks of steps and ways of lying on the thing."""
    steps, shifts, parts = fit.moments.shape
    # the same answer for the same labels
    chance = np.random.default_rng(0)
    length = max(1, min(BLOCK, steps // 3))
    starts = chance.integers(0, steps, (DRAWS, math.ceil(steps / length)))
    drawn = ((starts[:, :, None] + np.arange(length)) % steps).reshape(DRAWS, -1)
    counts = np.array([np.bincount(one, minlength=steps) for one in drawn])
    ways = fit.ways[:, chance.choice(len(fit.likely), DRAWS, p=fit.likely)]
    totals = (counts @ fit.moments.reshape(steps, -1)).reshape(DRAWS, shifts, parts)
    best = np.einsum("dsp,pd->ds", totals, ways).argmax(axis=1)
    return np.bincount(best, minlength=shifts) / DRAWS

"""Bars of the lanes in view: hundreds of thousands of ranges as no more runs of pixels than can be seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.scene.runs import Pixels, Runs, widened
from viewer.sound.chart import SoundChart
from viewer.sound.rows import SoundRows

NARROW = 4
"""Columns below which bars of one colour that touch become one."""
WHOLE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Bars:
    """Runs by lane and from left to right; `rows` of the runs count lanes from the first in view."""

    runs: Runs
    labels: NDArray[np.int64]
    """Index of the label of each run; of the first of several that became one."""
    places: NDArray[np.int64]
    """Its range in `Stretches`; `WHOLE` for the whole sound."""
    is_one: NDArray[np.bool_]
    """Whether the run is one range."""


def seen_bars(chart: SoundChart, fills: Pixels) -> Bars | None:
    """What is seen of the ranges; `fills` are the labels' colours. None while nothing is known."""
    rows = chart.rows
    if rows is None or not rows.rows:
        return None
    lanes = chart.bands.lanes_seen(chart.scroll, rows.lane_count)
    places = _in_view(chart, rows, lanes)
    lefts, rights = _columns(chart, rows.stretches.starts[places], rows.stretches.ends[places])
    labels = rows.stretches.owners[places].astype(np.int64)
    which = rows.lanes[places] - lanes.start
    whole = [row for row in rows.rows if row.kind == "whole" and row.first_lane in lanes]
    if whole:
        edges = _columns(chart, np.zeros(1), np.array([chart.axis.milliseconds(chart.axis.count)]))
        places = np.concatenate([np.full(len(whole), WHOLE), places])
        lefts = np.concatenate([np.repeat(edges[0], len(whole)), lefts])
        rights = np.concatenate([np.repeat(edges[1], len(whole)), rights])
        labels = np.concatenate([[row.label for row in whole], labels])
        which = np.concatenate([[row.first_lane - lanes.start for row in whole], which])
        order = np.argsort(which, kind="stable")
        places, lefts, rights, labels, which = (part[order] for part in (places, lefts, rights, labels, which))
    return _joined(Bars(Runs(which, lefts, rights), labels, places, np.ones(len(places), dtype=np.bool_)), chart, fills)


def _in_view(chart: SoundChart, rows: SoundRows, lanes: range) -> NDArray[np.int64]:
    """Ranges of these lanes that the axis shows, by lane and start."""
    axis = chart.axis
    slack = axis.per_column * chart.least_bar
    return rows.seen(lanes, axis.milliseconds(axis.first - slack), axis.milliseconds(axis.first + axis.span + slack))


def _columns(
    chart: SoundChart, starts: NDArray[np.float64], ends: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First columns of ranges, and those after their last: edges at the nearest edge of a column."""
    lefts, rights = columns_of(chart, starts), columns_of(chart, ends)
    return lefts, np.maximum(rights, lefts + 1)


def columns_of(chart: SoundChart, milliseconds: NDArray[np.float64]) -> NDArray[np.int64]:
    """The edges of columns that are nearest to moments; those far out of view somewhere out of view."""
    axis = chart.axis
    made = milliseconds * (axis.rate / 1000)
    made -= axis.first
    made /= axis.per_column
    np.clip(made, -100, axis.width + 100, out=made)
    return np.rint(made, out=made).astype(np.int64)


def _joined(bars: Bars, chart: SoundChart, fills: Pixels) -> Bars:
    """Narrow neighbours of one colour as one, the others apart by a hair, none too narrow to be seen."""
    runs = bars.runs
    if not len(bars.places):
        return bars
    same = runs.rows[1:] == runs.rows[:-1]
    touching = same & (runs.lefts[1:] <= runs.rights[:-1])
    narrow = runs.rights - runs.lefts < NARROW * chart.ratio
    alike = fills[bars.labels[1:]] == fills[bars.labels[:-1]]
    firsts = np.flatnonzero(np.append(True, ~(touching & narrow[1:] & narrow[:-1] & alike)))
    lasts = np.append(firsts[1:], len(runs.lefts)) - 1
    joined = widened(Runs(runs.rows[firsts], runs.lefts[firsts], runs.rights[lasts]), chart.least_bar)
    close = (joined.rows[1:] == joined.rows[:-1]) & (joined.lefts[1:] <= joined.rights[:-1])
    hair = np.append(close, False) & (joined.rights - joined.lefts > NARROW)
    apart = Runs(joined.rows, joined.lefts, joined.rights - hair)
    return Bars(apart, bars.labels[firsts], bars.places[firsts], firsts == lasts)

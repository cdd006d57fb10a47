"""Paints the ruler, the density under it, the loop and the playhead."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from viewer.paint.colours import ChartColours
from viewer.paint.paint_bars import image_of
from viewer.paint.paint_playhead import chip_left, paint_chip
from viewer.paint.paint_text import Fonts
from viewer.scene.colours import rgb
from viewer.scene.contrast import mixed
from viewer.scene.runs import packed
from viewer.scene.ticks import Steps, position_steps, time_digits, time_step, time_words
from viewer.timeline.bands import RULER
from viewer.timeline.chart import Chart

LABEL_ROOM, TIME_ROOM = 58, 76
"""Pixels from one mark with words to the next, at least."""
TICK = 4
TALLEST_AWAY = 4
"""Pixels left free above the tallest bar of the density."""
LEAST_BAR = 2.0
SHADE = 0.62
"""Of quiet text over the ground: the density whispers."""


def paint_ruler(painter: QPainter, chart: Chart, colours: ChartColours, fonts: Fonts) -> None:
    """Frame numbers above; times below them where positions are moments."""
    bands = chart.bands
    painter.fillRect(QRectF(bands.left, 0, bands.chart, bands.ruler + bands.density), QColor(colours.ruler))
    painter.setFont(fonts.small.font)
    _paint_frames(painter, chart, colours, fonts)
    if bands.ruler > RULER and chart.fps:
        _paint_times(painter, chart, chart.fps, colours, fonts)
    painter.fillRect(QRectF(bands.left, bands.ruler, bands.chart, 1), QColor(colours.line))


def marks(chart: Chart, step: int) -> list[tuple[int, float]]:
    """Every so many positions: those in view, and where their middles stand on the widget."""
    first, last = chart.axis.seen()
    positions = np.arange(first // step * step, last, step)
    columns = chart.axis.middles(positions)
    return [(at, chart.x_of(column)) for at, column in zip(positions.tolist(), columns.tolist(), strict=True)]


def steps_of(chart: Chart, fonts: Fonts) -> Steps:
    """How far apart the marks of positions are."""
    return position_steps(chart.axis.scale, _room(chart, fonts))


def _room(chart: Chart, fonts: Fonts) -> float:
    longest = fonts.small.width(f"{chart.frame_at(len(chart.frames) - 1):,}")
    return max(LABEL_ROOM, longest + 24) * chart.ratio


def _paint_frames(painter: QPainter, chart: Chart, colours: ChartColours, fonts: Fonts) -> None:
    steps = steps_of(chart, fonts)
    line, quiet = QColor(colours.line), QColor(colours.quiet)
    if steps.small < steps.large:
        for _, x in marks(chart, steps.small):
            painter.fillRect(QRectF(x, RULER - TICK / 2, 1, TICK / 2), line)
    for position, x in marks(chart, steps.large):
        painter.fillRect(QRectF(x, RULER - TICK, 1, TICK), quiet)
        _paint_words(painter, chart, x, f"{chart.frame_at(position):,}", 1, quiet, fonts)


def _paint_times(painter: QPainter, chart: Chart, fps: float, colours: ChartColours, fonts: Fonts) -> None:
    axis = chart.axis
    offset = chart.frame_at(0)
    step = time_step(axis.scale * fps, TIME_ROOM * chart.ratio)
    digits = time_digits(step)
    first, last = axis.seen()
    colour = QColor(*mixed(rgb(colours.quiet), rgb(colours.ruler), 0.15))
    for at in range(math.floor((first + offset) / fps / step), math.ceil((last + offset) / fps / step) + 1):
        x = chart.x_of(axis.x_of(at * step * fps - offset))
        _paint_words(painter, chart, x, time_words(at * step, digits), RULER - 2, colour, fonts)


def _paint_words(
    painter: QPainter, chart: Chart, x: float, words: str, top: float, colour: QColor, fonts: Fonts
) -> None:
    """In the middle over a mark; those at the ends stay inside, those further out are not there."""
    bands, width = chart.bands, fonts.small.width(words)
    if x < bands.left or x > bands.left + bands.chart:
        return
    left = min(max(x - width / 2, bands.left + 3), bands.left + bands.chart - width - 3)
    painter.setPen(colour)
    painter.drawText(QPointF(left, top + fonts.small.ascent), words)


def paint_density(painter: QPainter, chart: Chart, colours: ChartColours) -> None:
    """A bar a column; frames wide enough are bars with a gap."""
    bands, ratio, axis = chart.bands, chart.ratio, chart.axis
    rows = max(round((bands.density - TALLEST_AWAY) * ratio), 1)
    heights = chart.density.heights(axis)
    tall = np.where(heights > 0, np.maximum(np.rint(heights * rows), round(LEAST_BAR * ratio)), 0)
    filled = np.arange(rows, 0, -1)[:, np.newaxis] <= tall
    if axis.scale >= 4 * ratio:
        filled[:, _last_columns(chart)] = False
    shade = mixed(rgb(colours.ruler), rgb(colours.quiet), SHADE)
    pixels = np.where(filled, packed([shade]), np.uint32(0))
    bottom = bands.density_top + bands.density - 1
    target = QRectF(bands.left, bottom - rows / ratio, axis.width / ratio, rows / ratio)
    painter.drawImage(target, image_of(pixels), QRectF(0, 0, axis.width, rows))
    painter.fillRect(QRectF(bands.left, bottom, bands.chart, 1), QColor(colours.line))


def _last_columns(chart: Chart) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The last column of each position, which is left free between bars."""
    first, last = chart.axis.seen()
    positions = np.arange(first, last)
    ends = chart.axis.columns(positions, positions + 1)[1] - 1
    return ends[(ends >= 0) & (ends < chart.axis.width)]


def paint_loop(painter: QPainter, chart: Chart, colours: ChartColours) -> None:
    """The stretch that is played again and again, down to the last row."""
    if chart.loop is None:
        return
    bands, axis = chart.bands, chart.axis
    left = max(chart.x_of(axis.x_of(chart.loop[0])), bands.left)
    right = min(chart.x_of(axis.x_of(chart.loop[1])), bands.left + bands.chart)
    if right <= left:
        return
    accent = QColor(colours.accent)
    accent.setAlphaF(0.13)
    painter.fillRect(QRectF(left, 0, right - left, bands.height), accent)
    accent.setAlphaF(0.9)
    painter.fillRect(QRectF(left, 0, right - left, 2), accent)
    accent.setAlphaF(0.5)
    for x in (left, right - 1):
        painter.fillRect(QRectF(x, 0, 1, bands.height), accent)


def paint_pointer(painter: QPainter, chart: Chart, colours: ChartColours) -> None:
    """A hair where the pointer is."""
    hit = chart.hovered
    if hit is None or hit.zone in ("names", "corner", "edge"):
        return
    x = chart.x_of(chart.axis.middle(hit.position))
    colour = QColor(colours.quiet)
    colour.setAlphaF(0.55)
    painter.fillRect(QRectF(x, 0, 1, chart.bands.height), colour)


def paint_playhead(painter: QPainter, chart: Chart, colours: ChartColours, fonts: Fonts) -> None:
    """One accent line in the middle of its frame, with the frame's number in a chip that stays inside."""
    bands = chart.bands
    x = chart.x_of(chart.axis.middle(chart.position))
    if not bands.left <= x < bands.left + bands.chart:
        return
    accent = QColor(colours.accent)
    # two device columns at one to one would be heavy, one at two to one too thin
    line = max(round(1.5 * chart.ratio), 1) / chart.ratio
    painter.fillRect(QRectF(x, RULER - 2, line, bands.height), accent)
    words = f"{chart.frame_at(chart.position):,}"
    ink = fonts.small_strong
    width = ink.width(words) + 10
    left = chip_left(x + line / 2, width, bands.left, bands.left + bands.chart)
    chip = QRectF(left, 1, width, RULER - 2)
    # a number of the ruler that the chip covers in part must not look like a part of it
    painter.fillRect(
        chip.adjusted(-4, -1, 4, 0).intersected(QRectF(bands.left, 0, bands.chart, RULER)), QColor(colours.ruler)
    )
    paint_chip(painter, chip, words, 1 + (RULER - 2 - ink.height) / 2 + ink.ascent, ink, colours)

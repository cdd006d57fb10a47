"""Paints the rows of labels: names at the left, a bar for each range with its words."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from viewer.errors import escaped
from viewer.paint.colours import ChartColours
from viewer.paint.paint_bars import bar_sheet, image_of
from viewer.paint.paint_text import Fonts
from viewer.scene.colours import rgb
from viewer.scene.contrast import mixed
from viewer.scene.runs import packed
from viewer.sound.bands import BAR, COVER, LANE
from viewer.sound.bars import Bars, columns_of, seen_bars
from viewer.sound.chart import SoundChart
from viewer.sound.inks import Inks
from viewer.sound.words import bar_words

CORNER, WORD_SIDE, WORDS_FROM = 2, 5, 26
"""Pixels: of a rounded corner, beside words, and of the narrowest bar with words."""
SWATCH, SIDE = 8, 10
HATCH = 6


def paint_rows(painter: QPainter, chart: SoundChart, inks: Inks, colours: ChartColours, fonts: Fonts) -> None:
    """Bars of the lanes in view, and the selected one's outline."""
    bands = chart.bands
    painter.save()
    painter.setClipRect(QRectF(bands.left, bands.rows_top, bands.chart, bands.rows_height))
    _paint_grounds(painter, chart, colours, bands.left, bands.chart)
    bars = seen_bars(chart, inks.fills) if not chart.state.hide_all else None
    if bars is not None and len(bars.places):
        _paint_bars(painter, chart, bars, inks)
        _paint_words(painter, chart, bars, inks, fonts)
        _paint_selected(painter, chart, colours)
    painter.restore()


def _paint_grounds(painter: QPainter, chart: SoundChart, colours: ChartColours, left: int, width: int) -> None:
    """The selected label's row is raised; a hair under each row."""
    if chart.rows is None:
        return
    lanes = chart.bands.lanes_seen(chart.scroll, chart.lane_count)
    chosen = chart.selected_row
    under = chart.row_at(chart.hovered.lane) if chart.hovered is not None else None
    for at in dict.fromkeys(chart.rows.row_at_lane[lanes.start : lanes.stop].tolist()):
        row = chart.rows.rows[at]
        top, height = chart.bands.top_of(row.first_lane, chart.scroll), row.lanes * LANE
        if row is chosen or row is under:
            ground = colours.selection if row is chosen else colours.raised
            painter.fillRect(QRectF(left, top, width, height), QColor(ground))
        painter.fillRect(QRectF(left, top + height - 1, width, 1), QColor(colours.line))


def _paint_bars(painter: QPainter, chart: SoundChart, bars: Bars, inks: Inks) -> None:
    lanes = chart.bands.lanes_seen(chart.scroll, chart.lane_count)
    corner = round(CORNER * chart.ratio)
    fills, edges = inks.fills[bars.labels], inks.edges[bars.labels]
    sheet = bar_sheet(bars.runs, len(lanes), chart.axis.width, corner, fills, edges)
    for place, lane in enumerate(lanes):
        top = chart.bands.top_of(lane, chart.scroll) + (LANE - 1 - BAR) / 2
        sheet.draw(painter, place, chart.bands.left, top, BAR, chart.ratio)


def _paint_words(painter: QPainter, chart: SoundChart, bars: Bars, inks: Inks, fonts: Fonts) -> None:
    """As much as fits of what each range says, within the part of it that is in view."""
    if chart.rows is None or chart.state.look.captions == "none":
        return
    runs, ink = bars.runs, fonts.small
    low, high = np.maximum(runs.lefts, 0), np.minimum(runs.rights, chart.axis.width)
    wide = np.flatnonzero(bars.is_one & (high - low >= WORDS_FROM * chart.ratio))
    lanes = chart.bands.lanes_seen(chart.scroll, chart.lane_count)
    labels, names = chart.rows.stretches.labels, chart.rows.by == "class"
    painter.setFont(ink.font)
    for at in wide.tolist():
        label = labels[bars.labels[at]]
        x = chart.bands.left + int(low[at]) / chart.ratio + WORD_SIDE
        room = int(high[at] - low[at]) / chart.ratio - 2 * WORD_SIDE
        said = ink.fitting(escaped(bar_words(label, names=names and not label.is_classification)), room)
        if said:
            painter.setPen(QColor(*inks.texts[bars.labels[at]]))
            top = chart.bands.top_of(lanes.start + int(runs.rows[at]), chart.scroll)
            painter.drawText(QPointF(x, top + (LANE - 1 + ink.capitals) / 2), said)


def _paint_selected(painter: QPainter, chart: SoundChart, colours: ChartColours) -> None:
    """A ring around the selected range."""
    at = chart.selected
    if at is None or chart.rows is None:
        return
    start, end = chart.samples_of(at)
    left, right = chart.x_of(start), chart.x_of(end)
    least = chart.least_bar / chart.ratio
    if right - left < least:
        left, right = left - least / 2, left + least / 2
    top = chart.bands.top_of(int(chart.rows.lanes[at]), chart.scroll) + (LANE - 1 - BAR) / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.text), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(left, top, right - left, BAR).adjusted(-0.5, -0.5, 0.5, 0.5), 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_names(painter: QPainter, chart: SoundChart, inks: Inks, colours: ChartColours, fonts: Fonts) -> None:
    """A swatch of each row's colour, its title, and how many ranges it has."""
    bands = chart.bands
    painter.save()
    painter.setClipRect(QRectF(0, bands.rows_top, bands.left - 1, bands.rows_height))
    _paint_grounds(painter, chart, colours, 0, bands.left - 1)
    if chart.rows is not None:
        lanes = bands.lanes_seen(chart.scroll, chart.lane_count)
        for at in dict.fromkeys(chart.rows.row_at_lane[lanes.start : lanes.stop].tolist()):
            _paint_name(painter, chart, at, inks, colours, fonts)
    painter.restore()


def _paint_name(painter: QPainter, chart: SoundChart, at: int, inks: Inks, colours: ChartColours, fonts: Fonts) -> None:
    assert chart.rows is not None
    row = chart.rows.rows[at]
    # of a row higher than the view, the name stays in view
    top = chart.bands.top_of(row.first_lane, chart.scroll)
    last = top + (row.lanes - 1) * LANE
    top = min(max(top, chart.bands.rows_top), last)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(*inks.colours[row.label]))
    painter.drawRoundedRect(QRectF(SIDE, top + (LANE - 1 - SWATCH) / 2, SWATCH, SWATCH), 2, 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    count = "whole" if row.kind == "whole" else f"{row.count:,}"
    ink, quiet = fonts.plain, fonts.small
    right = chart.bands.left - SIDE - quiet.width(count)
    painter.setPen(QColor(colours.quiet))
    painter.setFont(quiet.font)
    painter.drawText(QPointF(right, top + (LANE - 1 + quiet.capitals) / 2), count)
    left = SIDE + SWATCH + 7
    painter.setPen(QColor(colours.text))
    painter.setFont(ink.font)
    painter.drawText(
        QPointF(left, top + (LANE - 1 + ink.capitals) / 2), ink.fitting(escaped(row.title), right - left - 8)
    )


def paint_cover(painter: QPainter, chart: SoundChart, colours: ChartColours) -> None:
    """Stretches without a label hatched, those with two of one class in the colour of warnings."""
    bands, axis, ratio = chart.bands, chart.axis, chart.ratio
    painter.fillRect(QRectF(0, bands.cover_top, bands.width, COVER), QColor(colours.ruler))
    painter.fillRect(QRectF(0, bands.cover_top + COVER - 1, bands.width, 1), QColor(colours.line))
    if chart.coverage is None:
        return
    height = max(round((COVER - 5) * ratio), 1)
    hatch, warning = packed([mixed(rgb(colours.ruler), rgb(colours.quiet), 0.75), rgb(colours.warning)])
    slope = np.arange(axis.width) + np.arange(height)[:, np.newaxis]
    is_line = slope % round(HATCH * ratio) < max(round(1.5 * ratio), 1)
    gaps = _covered(chart, chart.coverage.gaps, 1)
    pixels = np.where(is_line & gaps, hatch, np.uint32(0))
    pixels = np.where(_covered(chart, chart.coverage.overlaps, chart.least_bar), warning, pixels)
    top = math.floor((bands.cover_top + 2) * ratio + 0.5) / ratio
    painter.drawImage(QRectF(bands.left, top, axis.width / ratio, height / ratio), image_of(pixels))


def _covered(chart: SoundChart, edges: np.ndarray, least: int) -> np.ndarray:
    """Which columns some stretches touch, shape (width,); each at least `least` wide."""
    width, axis = chart.axis.width, chart.axis
    slack = least * axis.per_column
    low = int(np.searchsorted(edges[:, 1], axis.milliseconds(axis.first - slack)))
    high = int(np.searchsorted(edges[:, 0], axis.milliseconds(axis.first + axis.span + slack)))
    lefts, rights = columns_of(chart, edges[low:high, 0]), columns_of(chart, edges[low:high, 1])
    rights = np.maximum(rights, lefts + least)
    steps = np.bincount(np.clip(lefts, 0, width), minlength=width + 1)
    steps = steps - np.bincount(np.clip(rights, 0, width), minlength=width + 1)
    return np.cumsum(steps)[:width] > 0

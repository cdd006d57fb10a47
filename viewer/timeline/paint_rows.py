"""Paints the rows: grounds, bars, answers in them with their words, and the names at the left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from viewer.paint.colours import ChartColours
from viewer.paint.paint_bars import bar_sheet, segment_sheet
from viewer.paint.paint_text import Fonts
from viewer.scene.colours import rgb
from viewer.scene.contrast import FAINT, contrasting, edge_of, mixed
from viewer.scene.marks import Colour
from viewer.scene.runs import packed
from viewer.scene.words import shown
from viewer.timeline.bands import BAR, ROW
from viewer.timeline.chart import Chart
from viewer.timeline.ink import colour_of, tints_of
from viewer.timeline.paint_ruler import marks, steps_of
from viewer.timeline.rows import Row, is_hidden
from viewer.timeline.spans import runs_of

CORNER = 2
CLASS_BAR = 4
GRID = 0.5
"""Of the colour of lines over the ground."""
SPINE = 3
"""Of a bar below the answers in it, that keeps the label's own colour."""
STACKED = 3
"""Attributes that are shown in the bar itself; all of them have rows when it is opened."""
WORDS_FROM = 22
"""Pixels that a segment must have before its words are tried."""
WORD_SIDE = 4


class Stripe(NamedTuple):
    """A row of answers as it is painted."""

    answers: int
    """In `Tracks.answers`."""
    colour: Colour
    top: float
    height: float


def paint_rows(painter: QPainter, chart: Chart, colours: ChartColours, fonts: Fonts) -> None:
    """Everything below the strips and right of the names."""
    bands = chart.bands
    area = QRectF(bands.left, bands.rows_top, bands.chart, bands.rows_height)
    painter.fillRect(area, QColor(colours.ground))
    seen = bands.rows_seen(chart.scroll, len(chart.rows))
    painter.setClipRect(area)
    _paint_grounds(painter, chart, seen, colours, bands.left, bands.chart)
    line = QColor(*mixed(rgb(colours.ground), rgb(colours.line), GRID))
    for _, x in marks(chart, steps_of(chart, fonts).large):
        painter.fillRect(QRectF(x, bands.rows_top, 1, bands.rows_height), line)
    rows = [chart.rows[row] for row in seen]
    tops = [chart.bands.top_of(row, chart.scroll) for row in seen]
    inks = [_ink_of(chart, row, colours) for row in rows]
    _paint_bars(painter, chart, rows, tops, inks, colours)
    stripes = [
        stripe for row, top, ink in zip(rows, tops, inks, strict=True) for stripe in _stripes(chart, row, top, ink)
    ]
    _paint_stripes(painter, chart, stripes, fonts)
    painter.setClipping(False)


def _paint_grounds(painter: QPainter, chart: Chart, seen: range, colours: ChartColours, left: int, width: int) -> None:
    """The selected row, the one under the pointer, and the heads of classes stand out."""
    own = chart.row_of(chart.selected) if chart.selected is not None else None
    under = chart.hovered.row if chart.hovered is not None else None
    for row in seen:
        is_head = chart.rows[row].kind == "class"
        ground = (
            colours.selection if row == own else colours.raised if row == under else colours.ruler if is_head else ""
        )
        if ground:
            painter.fillRect(QRectF(left, chart.bands.top_of(row, chart.scroll), width, ROW), QColor(ground))


def _ink_of(chart: Chart, row: Row, colours: ChartColours) -> Colour:
    assert chart.tracks is not None
    source = chart.tracks.classes[row.at] if row.kind == "class" else chart.tracks.tracks[row.at]
    colour = colour_of(source, chart.state.look)
    return mixed(rgb(colours.ground), colour, FAINT) if is_hidden(source, chart.state) else colour


def _paint_bars(
    painter: QPainter,
    chart: Chart,
    rows: Sequence[Row],
    tops: Sequence[int],
    inks: Sequence[Colour],
    colours: ChartColours,
) -> None:
    """Where labels are; heads of classes have a thin line of where any of theirs is."""
    if chart.tracks is None:
        return
    ground, text = rgb(colours.ground), rgb(colours.text)
    for is_head, spans, height in ((True, chart.tracks.unions, CLASS_BAR), (False, chart.tracks.presence, BAR)):
        own = [at for at, row in enumerate(rows) if (row.kind == "class") == is_head and row.kind != "attribute"]
        if not own:
            continue
        runs = runs_of(spans, [rows[at].at for at in own], chart.axis, chart.least_bar)
        fills = packed([inks[at] for at in own])
        edges = packed([edge_of(inks[at], ground, text) for at in own])
        corner = 0 if is_head else round(CORNER * chart.ratio)
        sheet = bar_sheet(runs, len(own), chart.axis.width, corner, fills[runs.rows], edges[runs.rows])
        for place, at in enumerate(own):
            sheet.draw(painter, place, chart.bands.left, tops[at] + (ROW - height) / 2, height, chart.ratio)


def _stripes(chart: Chart, row: Row, top: int, ink: Colour) -> list[Stripe]:
    """The answers that are seen in a row: side by side in a label's bar, or one attribute in a row of its own."""
    track = chart.track(row)
    if track is None or not track.attributes:
        return []
    first = top + (ROW - BAR) / 2
    if row.kind == "attribute":
        return [Stripe(track.attributes[row.attribute].row, ink, first, BAR)]
    if row.kind == "classification":
        return [Stripe(track.attributes[0].row, ink, first + 1, BAR - 2)]
    shown_here = track.attributes[:STACKED]
    each = (BAR - 1 - SPINE) / len(shown_here)
    return [Stripe(a.row, ink, first + 1 + at * each, each) for at, a in enumerate(shown_here)]


def _paint_stripes(painter: QPainter, chart: Chart, stripes: Sequence[Stripe], fonts: Fonts) -> None:
    if not stripes or chart.tracks is None:
        return
    axis, answers = chart.axis, chart.tracks.answers
    spans = answers.spans.for_scale(axis.scale)
    places, owners = spans.seen([stripe.answers for stripe in stripes], axis)
    lefts, rights = axis.columns(spans.starts[places], spans.ends[places])
    places = spans.origin[places] if spans.origin is not None else places
    tints = [tints_of(stripe.colour) for stripe in stripes]
    palette = packed([tint for row in tints for tint in row]).reshape(len(stripes), -1)
    sheet = segment_sheet(owners, lefts, rights, palette[owners, answers.tints[places]], len(stripes), axis.width)
    for at, stripe in enumerate(stripes):
        sheet.draw(painter, at, chart.bands.left, stripe.top, stripe.height, chart.ratio)
    painter.setFont(fonts.small.font)
    left, right = np.maximum(lefts, 0), np.minimum(rights, axis.width)
    tall = np.array([stripe.height >= fonts.small.capitals for stripe in stripes])
    for at in np.flatnonzero((right - left >= WORDS_FROM * chart.ratio) & tall[owners]).tolist():
        stripe = stripes[owners[at]]
        colour = tints[owners[at]][answers.tints[places[at]]]
        _paint_word(painter, chart, stripe, answers.words[places[at]], (int(left[at]), int(right[at])), colour, fonts)


def _paint_word(
    painter: QPainter, chart: Chart, stripe: Stripe, words: str, columns: tuple[int, int], colour: Colour, fonts: Fonts
) -> None:
    """As much of an answer as fits in its segment."""
    x = chart.x_of(columns[0]) + WORD_SIDE
    said = fonts.small.fitting(shown(words), chart.x_of(columns[1]) - x - WORD_SIDE)
    if said:
        painter.setPen(QColor(*contrasting(colour)))
        y = stripe.top + (stripe.height + fonts.small.capitals) / 2
        painter.drawText(QPointF(x, y), said)

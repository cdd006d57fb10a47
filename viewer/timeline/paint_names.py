"""Paints the column at the left: names of rows, with what folds and opens them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from viewer.paint.colours import ChartColours
from viewer.paint.paint_text import Fonts, Ink
from viewer.scene.colours import rgb
from viewer.scene.contrast import edge_of
from viewer.scene.marks import Colour
from viewer.scene.words import shown
from viewer.timeline.bands import ROW
from viewer.timeline.chart import Chart
from viewer.timeline.ink import colour_of
from viewer.timeline.rows import Row, is_hidden

SIDE = 8
CHEVRON = 14
"""Room of the sign that folds."""
SWATCH = 9
MOST = 200
"""Characters of a name; the whole one stands in the preview."""


def paint_names(painter: QPainter, chart: Chart, colours: ChartColours, fonts: Fonts) -> None:
    bands = chart.bands
    area = QRectF(0, bands.rows_top, bands.left, bands.rows_height)
    painter.fillRect(area, QColor(colours.ground))
    painter.setClipRect(area)
    own = chart.row_of(chart.selected) if chart.selected is not None else None
    under = chart.hovered.row if chart.hovered is not None else None
    for at in bands.rows_seen(chart.scroll, len(chart.rows)):
        row, top = chart.rows[at], bands.top_of(at, chart.scroll)
        ground = colours.selection if at == own else colours.raised if at == under else ""
        if not ground and row.kind == "class":
            ground = colours.ruler
        if ground:
            painter.fillRect(QRectF(0, top, bands.left, ROW), QColor(ground))
        _paint_name(painter, chart, row, top, colours, fonts)
    painter.setClipping(False)
    painter.fillRect(QRectF(bands.left - 1, 0, 1, bands.height), QColor(colours.line))
    painter.fillRect(QRectF(0, bands.rows_top - 1, bands.width, 1), QColor(colours.line))


def _paint_name(painter: QPainter, chart: Chart, row: Row, top: int, colours: ChartColours, fonts: Fonts) -> None:
    assert chart.tracks is not None
    grouped = chart.wanted.order == "class"
    source = chart.tracks.classes[row.at] if row.kind == "class" else chart.tracks.tracks[row.at]
    hidden = is_hidden(source, chart.state)
    text = QColor(colours.quiet if hidden or row.kind == "attribute" else colours.text)
    left, note, ink, words = float(SIDE), "", fonts.plain, source.title
    track = chart.track(row)
    if row.kind == "class":
        found = chart.tracks.classes[row.at]
        is_open = found.feature_hash not in chart.wanted.folded or bool(chart.wanted.query.strip())
        paint_chevron(painter, left + CHEVRON / 2 - 2, top + ROW / 2, is_open, QColor(colours.quiet))
        ink, note = fonts.strong, f"{len(found.members):,}"
        left += CHEVRON
    elif track is not None:
        left += CHEVRON
        if row.kind == "attribute":
            words = track.attributes[row.attribute].title
            left += CHEVRON + 8
        elif row.kind == "label":
            left += 8 if grouped else 0
            if track.attributes:
                is_open = track.label in chart.wanted.opened
                paint_chevron(painter, left - CHEVRON / 2 - 2, top + ROW / 2, is_open, QColor(colours.quiet))
    if row.kind == "class" or (row.kind == "label" and not grouped):
        _paint_swatch(painter, left, top + ROW / 2, colour_of(source, chart.state.look), colours)
        left += SWATCH + 7
    right = chart.bands.left - SIDE
    if note:
        right -= fonts.small.width(note)
        _write(painter, fonts.small, right, top, note, QColor(colours.quiet))
        right -= SIDE
    end = f" {track.number:,}" if track is not None and row.kind == "label" else ""
    _write(painter, ink, left, top, ink.fitting_with(shown(words, most=MOST), end, right - left), text)


def _paint_swatch(painter: QPainter, left: float, middle: float, colour: Colour, colours: ChartColours) -> None:
    edge = edge_of(colour, rgb(colours.ground), rgb(colours.text))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(*edge), 1))
    painter.setBrush(QColor(*colour))
    painter.drawRoundedRect(QRectF(left + 0.5, middle - SWATCH / 2 + 0.5, SWATCH - 1, SWATCH - 1), 1.5, 1.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _write(painter: QPainter, ink: Ink, left: float, top: float, words: str, colour: QColor) -> None:
    painter.setFont(ink.font)
    painter.setPen(colour)
    painter.drawText(QPointF(left, top + (ROW - ink.height) / 2 + ink.ascent), words)


def paint_chevron(painter: QPainter, x: float, y: float, is_open: bool, colour: QColor) -> None:
    """Around a middle: down where what belongs to a row is listed, else to the right."""
    points = [(-3.5, -1.75), (0.0, 1.75), (3.5, -1.75)] if is_open else [(-1.75, -3.5), (1.75, 0.0), (-1.75, 3.5)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in points]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def name_width(chart: Chart, fonts: Fonts) -> float:
    """What the longest name needs."""
    if chart.tracks is None:
        return 0.0
    # the longest by letters is the widest, nearly enough; measuring thousands would take too long
    titles = sorted((track.title for track in chart.tracks.tracks), key=len)[-20:]
    heads = sorted((found.title for found in chart.tracks.classes), key=len)[-20:]
    widths = [fonts.plain.width(shown(title, most=MOST)) + 2 * SIDE + CHEVRON + 10 for title in titles]
    widths += [fonts.strong.width(shown(title, most=MOST)) + 2 * SIDE + CHEVRON + SWATCH + 48 for title in heads]
    return max(widths, default=0.0)

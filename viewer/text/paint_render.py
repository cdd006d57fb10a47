"""A text or page with its ranges as one picture: the same painting as in the window, on paper."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QTextDocument,
)

from viewer.errors import ViewerError
from viewer.media.html_page import Page
from viewer.media.text import Text
from viewer.paint.colours import PRINTED
from viewer.scene.stretches import Stretches
from viewer.scene.view_state import ViewState
from viewer.scene.words import counted
from viewer.text.lines import lines_of
from viewer.text.marks import Marks
from viewer.text.page_flow import flow_of
from viewer.text.paint_leaf import paint_leaf
from viewer.text.paint_marks import MarkStyle
from viewer.text.paint_page import PageWriter
from viewer.text.paint_page_marks import PageMarks
from viewer.text.paint_passage import MARGIN, Passage, text_font
from viewer.text.sheet import SIDE

WIDTH = 1_000
"""Pixels, before it is scaled."""
HIGHEST = 20_000
"""Pixels; of longer texts the lines around labels are drawn, as far as they fit."""
AROUND = 2
"""Lines before and after a label."""
SENTENCE = 40.0
"""Height of what says that something is left out."""

Part = int | str
"""A piece of the text, or a sentence in the place of some."""


def render_passage(
    passage: Text | Page, stretches: Stretches, state: ViewState, *, scale: float, most_pixels: float, words: bool
) -> QImage:
    """`words` False: only the ranges, on a transparent ground. Raises ViewerError where the picture would be too large."""
    if isinstance(passage, Page):
        return _render_page(passage, stretches, state, scale, most_pixels, words)
    lines = lines_of(passage.content)
    sheet = Passage(lines, PRINTED)
    sheet.marks = Marks(stretches, len(passage.content), state)
    sheet.resize(float(WIDTH), float(HIGHEST), text_font(1.0))
    parts = list(_fitting(sheet, _parts(sheet)))
    height = sum(_height(sheet, part) for part in parts)
    image, painter = _begin(height, scale, most_pixels, words)
    style, top = MarkStyle(PRINTED), 0.0
    for part in parts:
        if isinstance(part, str):
            if words:
                _say(painter, part, top)
        else:
            y = top + sheet.pad(part)
            if words:
                sheet.paint_number(painter, part, y)
            paint_leaf(painter, sheet.leaf(part), sheet.column.left, y, style, words=words)
        top += _height(sheet, part)
    painter.end()
    return image


def _parts(sheet: Passage) -> Iterator[Part]:
    """All pieces of a text that is short enough, else those around its labels."""
    lines, marks = sheet.lines, sheet.marks
    assert marks is not None
    rows = QFontMetricsF(sheet.font).height() * len(lines)
    wanted = np.ones(len(lines), dtype=bool)
    if rows > HIGHEST or len(lines.content) > HIGHEST * 10:
        wanted[:] = False
        for key in np.flatnonzero(marks.shown).tolist():
            start, end = marks.bounds(key)
            wanted[max(lines.piece_at(start) - AROUND, 0) : lines.piece_at(max(end - 1, start)) + AROUND + 1] = True
        if not wanted.any():
            wanted[: HIGHEST // 10] = True
    left_out = 0
    for at in range(len(lines)):
        if not wanted[at]:
            left_out += 1
            continue
        if left_out:
            yield f"{counted(left_out, 'line')} without labels left out"
        left_out = 0
        yield at
    if left_out:
        yield f"{counted(left_out, 'line')} without labels left out"


def _fitting(sheet: Passage, parts: Iterator[Part]) -> Iterator[Part]:
    """As many as fit; a sentence says that there is more."""
    height = 0.0
    for part in parts:
        height += _height(sheet, part)
        if height > HIGHEST - SENTENCE:
            yield "The text goes on; it is too long for one picture"
            return
        yield part


def _height(sheet: Passage, part: Part) -> float:
    return SENTENCE if isinstance(part, str) else sheet.height_of(part)


def _say(painter: QPainter, words: str, top: float) -> None:
    font = text_font(0.9)
    font.setItalic(True)
    painter.setFont(font)
    painter.setPen(QColor(PRINTED.quiet))
    painter.drawText(QRectF(0, top, WIDTH, SENTENCE), Qt.AlignmentFlag.AlignCenter, words)


def _begin(height: float, scale: float, most_pixels: float, words: bool) -> tuple[QImage, QPainter]:
    wide, high = round(WIDTH * scale), max(round(height * scale), 1)
    if wide * high > most_pixels:
        raise ViewerError(
            f"the picture would be {wide:,} x {high:,} pixels large, which is too much: a smaller --scale helps"
        )
    image = QImage(max(wide, 1), high, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(QColor(PRINTED.ground) if words else Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    return image, painter


def _render_page(
    page: Page, stretches: Stretches, state: ViewState, scale: float, most_pixels: float, words: bool
) -> QImage:
    document = QTextDocument()
    document.setDefaultFont(text_font(1.0))
    document.setDocumentMargin(SIDE)
    writer = PageWriter(document, PRINTED)
    for piece in flow_of(page.tree):
        writer.write(piece)
    marks = PageMarks(document, *writer.done())
    document.setTextWidth(WIDTH)
    marks.show(Marks(stretches, len(page.content), state), state.look.captions != "none")
    height = min(document.size().height() + MARGIN, float(HIGHEST))
    image, painter = _begin(height, scale, most_pixels, words)
    painter.setClipRect(QRectF(0, 0, WIDTH, height))
    blocks, style = marks.blocks_between(0.0, height), MarkStyle(PRINTED)
    if words:
        marks.paint_grounds(painter, blocks, style)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(context.palette.ColorRole.Text, QColor(PRINTED.text))  # pyright: ignore[reportAttributeAccessIssue]
        document.documentLayout().draw(painter, context)
    marks.paint_bands(painter, blocks, style)
    painter.end()
    return image

"""Paints ranges under a line of text: a band each in its lane, with its class on a chip where it begins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QLinearGradient, QPainter, QPen

from viewer.paint.colours import ChartColours
from viewer.scene.colours import rgb
from viewer.scene.contrast import contrasting
from viewer.scene.words import shown
from viewer.text.fragments import BAND, CHIP, CHIPS, GAP, LEAST_WIDTH, Fragment, lane_tops
from viewer.text.ink import FAINT, visible_on

TEXT_SIZE = 10.5
"""Pixels of a caption's letters."""
PADDING = 4.0
CORNER = 3.0
LONGEST = 220.0
"""Pixels of a caption; the whole one is told by the card under the pointer."""
SERIF = 3.0
"""How far a band's closed ends rise."""
FADE = 10.0
"""Over so many pixels an open end fades away."""
SELECTED = 1.0
"""So much thicker is a selected or hovered band."""
TINT = 0.14
"""Opacity of the ground behind the words of a hovered range."""


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """How fragments are painted just now."""

    colours: ChartColours
    selected: int = -1
    """Key of the selected range."""
    hovered: int = -1
    related: frozenset[int] = frozenset()
    """Keys of the other ranges of the selected label."""


@lru_cache(maxsize=2)
def caption_font(scale: float = 1.0) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(max(round(TEXT_SIZE * scale), 1))
    return font


@lru_cache(maxsize=8192)
def caption_width(caption: str) -> float:
    """Pixels that a chip with the whole caption needs, up to the longest that is painted."""
    return min(math.ceil(QFontMetricsF(caption_font()).horizontalAdvance(shown(caption))) + 2 * PADDING, LONGEST)


@lru_cache(maxsize=8192)
def _fitting(caption: str, room: int) -> str:
    """As much of a caption as fits; empty where no two letters would be left."""
    metrics, words = QFontMetricsF(caption_font()), shown(caption)
    if metrics.horizontalAdvance(words) <= room:
        return words
    made = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    return made if len(made) > 2 else ""


def paint_grounds(
    painter: QPainter, fragments: Sequence[Fragment], top: float, height: float, style: MarkStyle
) -> None:
    """What lies behind the words: the selected range's ground and outline, a tint under the pointer."""
    for fragment in fragments:
        area = QRectF(fragment.left, top, max(fragment.right - fragment.left, LEAST_WIDTH), height)
        if fragment.key == style.selected:
            painter.fillRect(area, QColor(style.colours.selection))
        elif fragment.key in (style.hovered, *style.related):
            tint = QColor(*fragment.colour)
            tint.setAlphaF(TINT)
            painter.fillRect(area, tint)


def paint_marks(
    painter: QPainter, fragments: Sequence[Fragment], left: float, top: float, style: MarkStyle, beyond: int = 0
) -> None:
    """Bands and captions of one line under its words; `top` is the upper edge of its first lane, x from `left` on.

    `beyond`: how many more ranges are on the line, which are not drawn.
    """
    tops = lane_tops(fragments)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # what stands out comes last, so that nothing lies over it
    for fragment in sorted(fragments, key=lambda found: (found.key == style.selected, found.key == style.hovered)):
        painter.setOpacity(FAINT if fragment.faint and fragment.key != style.selected else 1.0)
        _paint_band(painter, fragment, left, top + tops[fragment.lane], style)
    for fragment in fragments:
        at = tops[fragment.lane]
        if fragment.caption and tops[fragment.lane + 1] - at > BAND + GAP:
            painter.setOpacity(FAINT if fragment.faint and fragment.key != style.selected else 1.0)
            _paint_chip(painter, fragment, left, top + at + BAND, style)
    painter.setOpacity(1.0)
    _paint_count(painter, fragments, (left, top + tops[-1]), style, beyond)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_band(painter: QPainter, fragment: Fragment, left: float, top: float, style: MarkStyle) -> None:
    """A line with upright ends where the range begins and ends, fading where it goes on."""
    ratio = painter.device().devicePixelRatioF()
    begin = _snapped(left + fragment.left, ratio)
    end = max(_snapped(left + fragment.right, ratio), begin + LEAST_WIDTH)
    if not fragment.open_right and end - begin > 2 * LEAST_WIDTH:
        # a hair between neighbours of one lane
        end -= 1.0 / ratio
    is_strong = fragment.key in (style.selected, style.hovered)
    thick = BAND + (SELECTED if is_strong else 0.0)
    colour = QColor(*band_colour(fragment, style))
    area = QRectF(begin, top, end - begin, thick)
    if fragment.open_left or fragment.open_right:
        painter.fillRect(area, _faded(area, colour, fragment))
    else:
        painter.fillRect(area, colour)
    upright = max(1.0, round(1.5 * ratio) / ratio)
    if not fragment.open_left:
        painter.fillRect(QRectF(begin, top - SERIF, upright, SERIF), colour)
    if not fragment.open_right:
        painter.fillRect(QRectF(end - upright, top - SERIF, upright, SERIF), colour)


def band_colour(fragment: Fragment, style: MarkStyle) -> tuple[int, int, int]:
    return visible_on(rgb(style.colours.ground), rgb(style.colours.text), fragment.colour)


def _snapped(x: float, ratio: float) -> float:
    return round(x * ratio) / ratio


def _faded(area: QRectF, colour: QColor, fragment: Fragment) -> QLinearGradient:
    made = QLinearGradient(area.topLeft(), area.topRight())
    share = min(FADE / max(area.width(), 1.0), 0.5)
    clear = QColor(colour)
    clear.setAlphaF(0.25)
    made.setColorAt(0, clear if fragment.open_left else colour)
    made.setColorAt(share, colour)
    made.setColorAt(1 - share, colour)
    made.setColorAt(1, clear if fragment.open_right else colour)
    return made


def _paint_chip(painter: QPainter, fragment: Fragment, left: float, top: float, style: MarkStyle) -> None:
    """The caption hangs from its band, where the range begins."""
    room = min(fragment.room, LONGEST)
    words = _fitting(fragment.caption, int(room - 2 * PADDING))
    if not words:
        return
    is_selected = fragment.key == style.selected
    colour = band_colour(fragment, style)
    width = min(QFontMetricsF(caption_font()).horizontalAdvance(words) + 2 * PADDING, room)
    chip = QRectF(left + fragment.left, top, width, CHIP)
    painter.setPen(QPen(QColor(style.colours.text), 1.0) if is_selected else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(*colour))
    painter.drawRoundedRect(chip.adjusted(0.5, 0, -0.5, -0.5) if is_selected else chip, CORNER, CORNER)
    painter.fillRect(QRectF(chip.left(), chip.top(), min(CORNER, width), CORNER), QColor(*colour))
    _write(painter, words, chip.left() + PADDING, top, QColor(*contrasting(colour)))


def _paint_count(
    painter: QPainter, fragments: Sequence[Fragment], corner: tuple[float, float], style: MarkStyle, beyond: int
) -> None:
    """What found no room, under the lowest of the bands; `corner`: the left one under all of them."""
    words = count_words(fragments, beyond)
    if words:
        unnamed = _without_room(fragments) or fragments
        lowest = max(unnamed, key=lambda found: found.lane)
        _write(painter, words, corner[0] + lowest.left, corner[1] - 1, QColor(style.colours.quiet))


def _without_room(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Those whose caption is not painted."""
    tops = lane_tops(fragments)
    return [f for f in fragments if f.caption and tops[f.lane + 1] - tops[f.lane] <= BAND + GAP]


def count_words(fragments: Sequence[Fragment], beyond: int) -> str:
    """'+12' captions, '+162, 150 of them not drawn'; empty where everything found room."""
    unnamed = len(_without_room(fragments))
    if beyond:
        return f"+{unnamed + beyond:,}, {beyond:,} of them not drawn" if unnamed else f"+{beyond:,} not drawn"
    return f"+{unnamed:,}" if unnamed else ""


def count_height(fragments: Sequence[Fragment], beyond: int = 0) -> float:
    """Room below the last lane for what `count_words` says."""
    captioned = {fragment.lane for fragment in fragments if fragment.caption}
    return CHIP if len(captioned) > CHIPS or beyond else 0.0


def marks_height(fragments: Sequence[Fragment], beyond: int = 0) -> float:
    """Pixels that all bands and captions of a line need under it."""
    return lane_tops(fragments)[-1] + count_height(fragments, beyond)


def _write(painter: QPainter, words: str, x: float, top: float, colour: QColor) -> None:
    metrics = QFontMetricsF(caption_font())
    painter.setFont(caption_font())
    painter.setPen(colour)
    painter.drawText(QPointF(x, top + (CHIP - metrics.height()) / 2 + metrics.ascent()), words)

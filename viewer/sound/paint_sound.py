"""Paints the whole of a sound: what stands still, and over it what moves while it plays."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from viewer.paint.colours import ChartColours
from viewer.paint.paint_playhead import chip_left, paint_chip
from viewer.paint.paint_text import Fonts
from viewer.scene.colours import rgb
from viewer.scene.ticks import time_digits, time_step, time_words
from viewer.sound.bands import RULER
from viewer.sound.chart import SoundChart
from viewer.sound.detail import Spectrum
from viewer.sound.inks import Inks
from viewer.sound.paint_rows import paint_cover, paint_names, paint_rows
from viewer.sound.paint_wave import Strip, paint_media_ground, paint_spectrum, paint_waves

TIME_ROOM, TICK = 84, 5
SELECTED, LOOPED = 0.22, 0.12
"""Opacity of the bands through the waveform."""


def paint_still(
    painter: QPainter,
    chart: SoundChart,
    strips: Sequence[Strip],
    spectrum: Spectrum | None,
    inks: Inks | None,
    colours: ChartColours,
    fonts: Fonts,
    message: str = "",
    *,
    with_ground: bool = True,
) -> None:
    """Everything but cursor and bands; `message` in the place of a sound that is not there."""
    bands = chart.bands
    if with_ground:
        painter.fillRect(QRectF(0, RULER, bands.left - 1, bands.height - RULER), QColor(colours.ruler))
        rows = QRectF(bands.left, bands.rows_top, bands.chart, bands.rows_height)
        painter.fillRect(rows, QColor(colours.ground))
        paint_media_ground(painter, chart, colours, has_waves=not message)
    if spectrum is not None:
        paint_spectrum(painter, chart, spectrum)
    paint_waves(painter, chart, strips, colours.quiet, bands.width)
    if inks is not None:
        paint_rows(painter, chart, inks, colours, fonts)
        paint_names(painter, chart, inks, colours, fonts)
    paint_cover(painter, chart, colours)
    _paint_channels(painter, chart, colours, fonts, is_there=bool(strips) or spectrum is not None)
    _paint_ruler(painter, chart, colours, fonts)
    painter.fillRect(QRectF(bands.left - 1, 0, 1, bands.height), QColor(colours.line))
    _say(painter, chart, colours, fonts, message)


def _say(painter: QPainter, chart: SoundChart, colours: ChartColours, fonts: Fonts, message: str) -> None:
    bands = chart.bands
    painter.setPen(QColor(colours.quiet))
    painter.setFont(fonts.plain.font)
    if message:
        room = QRectF(bands.left + 12, bands.media_top, bands.chart - 24, bands.media)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, message)
    if chart.rows is not None and not chart.rows.rows:
        room = QRectF(bands.left, bands.rows_top, bands.chart, min(bands.rows_height, 60))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, "No labels on this sound")


def _paint_channels(
    painter: QPainter, chart: SoundChart, colours: ChartColours, fonts: Fonts, *, is_there: bool
) -> None:
    """Which channel is which, and how high the spectrogram reaches."""
    bands, ink = chart.bands, fonts.small
    painter.setPen(QColor(colours.quiet))
    painter.setFont(ink.font)
    for at, (top, height) in enumerate(bands.waves() or bands.spectra()):
        if is_there and bands.channels > 1 and height >= ink.height:
            name = ("Left", "Right")[at] if bands.channels == 2 else f"Channel {at + 1}"
            painter.drawText(QPointF(10, top + 4 + ink.ascent), name)
    for top, height in bands.spectra() if is_there else ():
        for words, y in ((f"{chart.axis.rate / 2000:,g} kHz", top + 4 + ink.ascent), ("0", top + height - 5)):
            if height >= 3 * ink.height:
                painter.drawText(QPointF(bands.left - 8 - ink.width(words), y), words)


def _paint_ruler(painter: QPainter, chart: SoundChart, colours: ChartColours, fonts: Fonts) -> None:
    bands, axis = chart.bands, chart.axis
    painter.fillRect(QRectF(0, 0, bands.width, RULER), QColor(colours.ruler))
    painter.fillRect(QRectF(0, RULER - 1, bands.width, 1), QColor(colours.line))
    a_second = axis.rate / axis.per_column
    small = time_step(a_second, TIME_ROOM * chart.ratio) / 5
    first, last = axis.first / axis.rate, (axis.first + axis.span) / axis.rate
    for at in range(math.floor(first / small), math.ceil(last / small) + 1):
        seconds = at * small
        x = chart.x_of(seconds * axis.rate)
        if seconds < 0 or x < bands.left or seconds * axis.rate > axis.count:
            continue
        is_large = at % 5 == 0
        tick = TICK if is_large else TICK / 2
        painter.fillRect(
            QRectF(x, RULER - 1 - tick, 1 / chart.ratio, tick), QColor(colours.quiet if is_large else colours.line)
        )
    painter.setFont(fonts.small.font)
    painter.setPen(QColor(colours.quiet))
    for x, words in _ruler_words(chart, fonts):
        painter.drawText(QPointF(x, 3 + fonts.small.ascent), words)


def _ruler_words(chart: SoundChart, fonts: Fonts) -> Iterator[tuple[float, str]]:
    """The times of the ruler, and where each begins."""
    axis = chart.axis
    step = time_step(axis.rate / axis.per_column, TIME_ROOM * chart.ratio)
    digits = time_digits(step)
    first, last = axis.first / axis.rate, min(axis.first + axis.span, axis.count) / axis.rate
    for at in range(max(math.ceil(first / step), 0), math.floor(last / step) + 1):
        x, words = chart.x_of(at * step * axis.rate) + 4, time_words(at * step, digits)
        if x + fonts.small.width(words) < chart.bands.width:
            yield x, words


def paint_moving(
    painter: QPainter, chart: SoundChart, strips: Sequence[Strip], colours: ChartColours, fonts: Fonts, *, focused: bool
) -> None:
    """The played part, the selected range, the loop, the pointer, the cursor."""
    bands = chart.bands
    paint_waves(painter, chart, strips, colours.accent, chart.x_of(chart.state.position))
    at = chart.selected
    if at is not None:
        _paint_band(painter, chart, chart.samples_of(at), _selected_colour(chart, at), SELECTED, bands.cover_top)
    if chart.loop is not None:
        _paint_band(painter, chart, chart.loop, colours.accent, LOOPED, bands.height)
        _paint_loop_line(painter, chart, chart.loop, colours)
    hit = chart.hovered
    if hit is not None and hit.zone not in ("names", "corner", "edge", "split"):
        hair = QColor(colours.quiet)
        hair.setAlphaF(0.55)
        painter.fillRect(QRectF(chart.x_of(hit.sample), 0, 1, bands.height), hair)
    _paint_cursor(painter, chart, colours, fonts)
    if focused:
        painter.setPen(QColor(colours.accent))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(0.5, 0.5, bands.width - 1, bands.height - 1))


def _selected_colour(chart: SoundChart, at: int) -> str:
    assert chart.rows is not None
    return chart.rows.stretches.label_of(at).colour


def _paint_band(
    painter: QPainter, chart: SoundChart, samples: tuple[float, float], colour: str, opacity: float, bottom: float
) -> None:
    """Through the waveform, its edges a little stronger."""
    bands = chart.bands
    left, right = chart.x_of(samples[0]), chart.x_of(samples[1])
    seen = QRectF(left, RULER, max(right - left, 1), bottom - RULER).intersected(
        QRectF(bands.left, RULER, bands.chart, bottom - RULER)
    )
    ink = QColor(*rgb(colour))
    ink.setAlphaF(opacity)
    painter.fillRect(seen, ink)
    ink.setAlphaF(min(3 * opacity, 1))
    for x in (left, right - 1):
        if bands.left <= x < bands.width:
            painter.fillRect(QRectF(x, RULER, 1, bottom - RULER), ink)


def _paint_loop_line(painter: QPainter, chart: SoundChart, loop: tuple[int, int], colours: ChartColours) -> None:
    bands = chart.bands
    left, right = (min(max(chart.x_of(edge), bands.left), bands.width) for edge in loop)
    painter.fillRect(QRectF(left, RULER - 3, right - left, 3), QColor(colours.accent))


def _paint_cursor(painter: QPainter, chart: SoundChart, colours: ChartColours, fonts: Fonts) -> None:
    """One accent line with the time in a chip that stays inside."""
    bands, position = chart.bands, chart.state.position
    x = chart.x_of(position)
    if not bands.left <= x <= bands.width:
        return
    accent = QColor(colours.accent)
    line = max(round(1.5 * chart.ratio), 1) / chart.ratio
    painter.fillRect(QRectF(min(x, bands.width - line), RULER - 2, line, bands.height), accent)
    ink = fonts.small_strong
    words = time_words(chart.axis.milliseconds(position) / 1000)
    width = ink.width(words) + 10
    left = chip_left(x + line / 2, width, bands.left, bands.width)
    chip = QRectF(left, 2, width, RULER - 5)
    room, ruler = chip.adjusted(-4, 0, 4, 0), QRectF(bands.left, 0, bands.chart, RULER - 1 - TICK)
    # a time of the ruler that the chip covers in part must not look like a part of it
    for at, said in _ruler_words(chart, fonts):
        if at < room.right() and room.left() < at + fonts.small.width(said):
            room = room.united(QRectF(at, room.top(), fonts.small.width(said), room.height()))
    painter.fillRect(room.intersected(ruler), QColor(colours.ruler))
    paint_chip(painter, chip, words, chip.top() + (chip.height() + ink.capitals) / 2, ink, colours)

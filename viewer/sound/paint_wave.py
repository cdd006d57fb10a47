"""Paints waveforms and spectrograms: columns of least and largest samples, lines from sample to sample when zoomed in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from viewer.paint.colours import ChartColours
from viewer.sound.chart import SoundChart
from viewer.sound.detail import Spectrum
from viewer.sound.wave import DOTS_FROM, wave_mask

Values = NDArray[np.float32]
DOT = 2.0


@dataclass(slots=True)
class Strip:
    """One channel's waveform: a mask of pixels, or lines from sample to sample."""

    top: float
    height: float
    """Pixels of the widget, on whole rows of the screen."""
    mask: NDArray[np.bool_] | None = None
    lines: tuple[QPolygonF, ...] = ()
    has_dots: bool = False

    def paint(self, painter: QPainter, chart: SoundChart, colour: str) -> None:
        if self.mask is not None:
            rows, columns = self.mask.shape
            image = QImage(self.mask.data, columns, rows, columns, QImage.Format.Format_Indexed8)
            image.setColorTable([0, QColor(colour).rgba()])
            painter.drawImage(QRectF(chart.bands.left, self.top, columns / chart.ratio, self.height), image)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in self.lines:
            painter.setPen(QPen(QColor(colour), 1.2))
            painter.drawPolyline(line)
            if self.has_dots:
                painter.setPen(QPen(QColor(colour), 2 * DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                painter.drawPoints(line)
        painter.restore()


def strips_of_columns(chart: SoundChart, lows: Values, highs: Values) -> list[Strip]:
    """From the extremes of each column, both of shape (channels, columns)."""
    made: list[Strip] = []
    for (top, height), low, high in zip(chart.bands.waves(), lows, highs, strict=False):
        first, last = math.floor(top * chart.ratio + 0.5), math.floor((top + height) * chart.ratio + 0.5)
        mask = wave_mask(low, high, max(last - first, 1), chart.gain)
        made.append(Strip(first / chart.ratio, (last - first) / chart.ratio, mask))
    return made


def strips_of_samples(chart: SoundChart, first: int, samples: Values) -> list[Strip]:
    """From the samples themselves, shape (channels, n), the first of which is number `first`."""
    axis, made = chart.axis, list[Strip]()
    xs = chart.bands.left + (np.arange(samples.shape[1]) + first - axis.first) / axis.per_column / chart.ratio
    for (top, height), values in zip(chart.bands.waves(), samples, strict=False):
        ys = top + (1 - np.clip(values * chart.gain, -1, 1)) / 2 * (height - 1) + 0.5
        has_dots = 1 / axis.per_column >= DOTS_FROM * chart.ratio
        made.append(Strip(top, height, None, tuple(_lines(xs, ys)), has_dots))
    return made


def _lines(xs: NDArray[np.floating], ys: NDArray[np.floating]) -> list[QPolygonF]:
    """Broken where samples are no numbers."""
    known = np.flatnonzero(np.isfinite(ys))
    parts = np.split(known, np.flatnonzero(np.diff(known) > 1) + 1)
    return [QPolygonF([QPointF(float(xs[at]), float(ys[at])) for at in part.tolist()]) for part in parts if len(part)]


def paint_waves(painter: QPainter, chart: SoundChart, strips: Sequence[Strip], colour: str, until: float) -> None:
    """All strips, up to a place of the widget."""
    bands = chart.bands
    right = min(max(until, bands.left), bands.width)
    if right <= bands.left:
        return
    painter.save()
    painter.setClipRect(QRectF(bands.left, bands.media_top, right - bands.left, bands.media))
    for strip in strips:
        strip.paint(painter, chart, colour)
    painter.restore()


def paint_media_ground(painter: QPainter, chart: SoundChart, colours: ChartColours, *, has_waves: bool) -> None:
    """Hairs between the channels, and the middle lines of waveforms; both end where the sound does."""
    bands = chart.bands
    length = min(max(chart.x_of(chart.end) - bands.left, 0), bands.chart)
    painter.fillRect(QRectF(bands.left, bands.media_top, bands.chart, bands.media), QColor(colours.ruler))
    painter.fillRect(QRectF(bands.left, bands.media_top, length, bands.media), QColor(colours.ground))
    for top, height in bands.waves() if has_waves else ():
        painter.fillRect(QRectF(bands.left, top + height // 2, length, 1), QColor(colours.line))
    for top, height in [*bands.waves(), *bands.spectra()]:
        painter.fillRect(QRectF(0, top + height, bands.width, 1), QColor(colours.line))


def paint_spectrum(painter: QPainter, chart: SoundChart, spectrum: Spectrum) -> None:
    """Where its samples lie now."""
    bands, made, ratio = chart.bands, spectrum.axis, chart.ratio
    left = bands.left + chart.axis.x_of(made.first) / ratio
    width = made.span / chart.axis.per_column / ratio
    painter.save()
    painter.setClipRect(QRectF(bands.left, bands.media_top, bands.chart, bands.media))
    for (top, height), picture in zip(bands.spectra(), spectrum.pictures, strict=False):
        rows, columns = picture.shape[:2]
        image = QImage(picture.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32)
        painter.drawImage(QRectF(left, top, width, height), image)
    painter.restore()

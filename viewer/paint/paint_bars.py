"""Bars as small pictures, one line of pixels a row, stretched to a bar's height: as fast for a million bars as for one."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from viewer.scene.runs import Pixels, Runs, cells_of


def image_of(pixels: Pixels) -> QImage:
    """Of shape (height, width); Qt looks at the same bytes, so they must outlive the image."""
    height, width = pixels.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)


@dataclass(frozen=True, slots=True, eq=False)
class BarSheet:
    """Pictures of several rows of bars: `corner` lines of each row's upper end, then one line of its body."""

    pixels: Pixels
    """Shape (rows * (corner + 1), columns)."""
    corner: int
    """Columns of a rounded corner."""

    def draw(self, painter: QPainter, row: int, left: float, top: float, height: float, ratio: float) -> None:
        """One row at a place of the widget; `ratio`: columns to a pixel."""
        image = image_of(self.pixels)
        columns, first = self.pixels.shape[1], row * (self.corner + 1)
        # on whole rows of the screen, else lines would come apart at scales such as 1.5; always halves up, so that
        # all bars are equally high
        upper, lower = math.floor(top * ratio + 0.5), math.floor((top + height) * ratio + 0.5)

        def draw_line(line: int, begin: int, end: int) -> None:
            target = QRectF(left, begin / ratio, columns / ratio, (end - begin) / ratio)
            painter.drawImage(target, image, QRectF(0, first + line, columns, 1))

        for line in range(self.corner):
            draw_line(line, upper + line, upper + line + 1)
            draw_line(line, lower - line - 1, lower - line)
        draw_line(self.corner, upper + self.corner, lower - self.corner)


def bar_sheet(runs: Runs, rows: int, width: int, corner: int, fill: Pixels, outline: Pixels) -> BarSheet:
    """Of runs of `rows` rows in `width` columns; a colour and an outline for each run, equal for none."""
    lines = corner + 1
    pixels = np.zeros((rows, lines, width), dtype=np.uint32)
    # narrow bars keep their corners: little would be left of them
    is_wide = runs.rights - runs.lefts > 3 * corner
    for line in range(lines):
        inset = np.where(is_wide, _inset(corner, line), 0)
        owners, columns, which = cells_of(runs.rows, runs.lefts + inset, runs.rights - inset, width)
        # a narrow bar is all outline
        inside = is_wide[which] & (line > 0)
        pixels[owners, line, columns] = np.where(inside, fill[which], outline[which])
        for ends in (runs.lefts + inset, runs.rights - inset - 1):
            seen = is_wide & (ends >= 0) & (ends < width)
            pixels[runs.rows[seen], line, ends[seen]] = outline[seen]
    return BarSheet(pixels.reshape(rows * lines, width), corner)


def _inset(corner: int, line: int) -> int:
    """Columns that a rounded corner leaves out on its line, counted from the end of the bar."""
    return round(corner - (corner**2 - (corner - line - 0.5) ** 2) ** 0.5) if line < corner else 0


def segment_sheet(
    owners: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    colours: Pixels,
    rows: int,
    width: int,
) -> BarSheet:
    """Of segments, each in its colour; where several share a column, the last one is seen."""
    pixels = np.zeros((rows, width), dtype=np.uint32)
    # a hair between neighbours, through which the bar is seen
    rights = np.where(rights - lefts >= 4, rights - 1, rights)
    places, columns, which = cells_of(owners, lefts, rights, width)
    pixels[places, columns] = colours[which]
    return BarSheet(pixels, 0)

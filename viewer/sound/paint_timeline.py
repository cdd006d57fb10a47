"""The whole timeline of a sound as a picture: for `render`, by the code that paints the window."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter

from viewer.media.kinds import Sound
from viewer.paint.colours import PRINTED
from viewer.paint.paint_text import Fonts
from viewer.scene.coverage import coverage_of
from viewer.scene.stretches import Stretches
from viewer.scene.view_state import ViewState
from viewer.sound.bands import COVER, LANE, NAMES, RULER, Bands
from viewer.sound.chart import SoundChart
from viewer.sound.detail import Wave
from viewer.sound.inks import inks_of
from viewer.sound.paint_sound import paint_still
from viewer.sound.paint_wave import strips_of_columns
from viewer.sound.rows import rows_of

WIDTH, CHANNEL_HEIGHT, TEXT_HEIGHT = 1600, 120, 13
"""Pixels at scale 1."""


def timeline_chart(stretches: Stretches, sound: Sound | None, milliseconds: float, state: ViewState) -> SoundChart:
    """All of a sound and all of its rows; `milliseconds` is how long it is where there is no sound."""
    rows = rows_of(stretches, "instance")
    channels = sound.channels if sound is not None else 1
    media = CHANNEL_HEIGHT * min(channels, 4)
    height = RULER + media + COVER + max(rows.lane_count, 3) * LANE
    last = float(stretches.ends.max()) if len(stretches) else 0.0
    rate, count = (sound.rate, sound.count) if sound is not None else (1000, max(milliseconds, last))
    chart = SoundChart(state=state, rows=rows, coverage=coverage_of(stretches, count * 1000 / rate))
    chart.bands = Bands(WIDTH, height, NAMES, media, channels, "wave")
    chart.show_length(rate, count, last * rate / 1000)
    return chart


def timeline_image(
    chart: SoundChart, wave: Wave | None, scale: float, message: str = "", *, with_ground: bool = True
) -> QImage:
    """As large as the chart times `scale`; without a ground labels on nothing. `message` in the place of a waveform."""
    chart.place(chart.bands, scale)
    image = QImage(
        round(chart.bands.width * scale), round(chart.bands.height * scale), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.fill(QColor(0, 0, 0, 0))
    image.setDevicePixelRatio(scale)
    axis, strips = chart.axis, []
    if wave is not None:
        strips = strips_of_columns(chart, *wave.fine(axis.first, axis.per_column, axis.width))
    assert chart.rows is not None
    font = QFont(QGuiApplication.font())
    font.setPixelSize(TEXT_HEIGHT)
    painter = QPainter(image)
    try:
        inks = inks_of(chart.rows.stretches, chart.state, PRINTED)
        paint_still(painter, chart, strips, None, inks, PRINTED, Fonts(font), message, with_ground=with_ground)
    finally:
        painter.end()
    return image

"""The sound: waveform and spectrogram over the rows of its labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from viewer.media.kinds import Sound
from viewer.paint.colours import ChartColours
from viewer.scene.coverage import Coverage
from viewer.scene.view_state import ViewState
from viewer.sound.bands import NAMES_LEAST, NAMES_MOST, Bands
from viewer.sound.detail import Detail, Spectrum, Wave, detail_of, spectrum_of, wants_detail, wants_samples
from viewer.sound.head_pane import HEIGHT, HeadPane
from viewer.sound.inks import key_of
from viewer.sound.paint_wave import strips_of_columns, strips_of_samples
from viewer.sound.rows import SoundRows
from viewer.sound.sound_look import SoundLook
from viewer.sound.view_pane import ViewPane
from viewer.sound.words import moment_words, range_words, shorter_range_words

Run = Callable[[str, Callable[[], Any], Callable[[Any], None]], None]
"""(key, work in a worker, then on the interface thread); the newest of a key counts."""
BAR = 10
"""Of a scroll bar."""
ZOOM_STEP = 1.6
"""Of a key."""
WHOLE = 1_000_000
"""The scroll bar across counts in parts of the whole."""


class SoundPane(QWidget):
    """Only the owner moves the cursor and selects."""

    position_requested = Signal(int)
    """A sample; a millisecond where there is no sound."""
    selected = Signal(object, int)
    """The hash of a label or None, and which of its ranges."""
    part_marked = Signal(object)
    """Two samples, or None."""
    look_changed = Signal(object)
    """A SoundLook, to be remembered; the rows are the owner's to make."""

    def __init__(self, run: Run, colours: ChartColours) -> None:
        super().__init__()
        self._run = run
        self.look = SoundLook()
        self.head = HeadPane()
        self.view = ViewPane(self, colours)
        self._across = QScrollBar(Qt.Orientation.Horizontal, self)
        self._down = QScrollBar(Qt.Orientation.Vertical, self)
        self._sound: Sound | None = None
        self._wave: Wave | None = None
        self._detail: Detail | None = None
        self._striped: object = None
        """What the waveform on screen was made for."""
        self._awaited: set[str] = set()
        self._requests = 0
        self.head.setParent(self)
        self.setAccessibleName("Sound")
        self.setFocusProxy(self.view)
        self._connect()
        self.set_colours(colours)

    def _connect(self) -> None:
        view = self.view
        view.position_requested.connect(self.position_requested)
        view.selected.connect(self.selected)
        view.part_marked.connect(self.part_marked)
        view.names_dragged.connect(
            lambda width: self._choose(replace(self.look, names=min(max(width, NAMES_LEAST), NAMES_MOST)))
        )
        view.media_dragged.connect(
            lambda height: self._choose(replace(self.look, media=view.chart.bands.fitted(height)))
        )
        view.media_reset.connect(lambda: self._choose(replace(self.look, media=SoundLook().media)))
        view.moved.connect(self._on_moved)
        view.rested.connect(self._ask)
        self.head.look_chosen.connect(self._choose)
        self._across.valueChanged.connect(self._pan)
        self._down.valueChanged.connect(self._scroll)

    # ---------------------------------------------------------------- what is shown

    def show_length(self, rate: float, end: float, last: float = 0.0) -> None:
        """Samples a second, how many, and where the last range ends; 1000 a second where there is no sound, so that
        positions are milliseconds."""
        self.view.chart.show_length(rate, end, last)
        self._lay_out()

    def show_sound(self, sound: Sound | None, wave: Wave | None, message: str = "") -> None:
        """The sound and its overview, or words in their place."""
        self._sound, self._wave, self.view.message = sound, wave, message
        self._detail, self.view.spectrum = None, None
        self._striped = None
        self._lay_out()

    def wave_grew(self) -> None:
        """More of the overview is known."""
        self._make_strips()
        self.view.redraw()

    def show_rows(self, rows: SoundRows | None, coverage: Coverage | None) -> None:
        """Rows of the labels; None while they are not known."""
        chart = self.view.chart
        chart.rows, chart.coverage = rows, coverage
        chart.scroll_to(chart.scroll)
        self._lay_out()
        self._say()

    def set_state(self, state: ViewState) -> None:
        """Cursor, selection, what is hidden. Says nothing back."""
        chart, view = self.view.chart, self.view
        old, chart.state = chart.state, state
        if old.position != state.position:
            followed = chart.axis.following(state.position)
            if followed != chart.axis:
                chart.axis = followed
                view.show_moved()
        is_other_range = (old.selected, old.stretch) != (state.selected, state.stretch)
        if is_other_range:
            self.show_selected()
        same_look = key_of(old, view.colours) == key_of(state, view.colours)
        if is_other_range or old.hide_all != state.hide_all or not same_look:
            view.redraw()
        self._say()
        view.update()

    def show_selected(self) -> None:
        """Bring the selected range into view."""
        if self.view.chart.selected is not None:
            self.view.chart.reveal(self.view.chart.selected)
            self.view.show_moved()

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        """What is marked, or played again and again."""
        self.view.chart.loop = loop
        self.view.update()

    def set_look(self, look: SoundLook) -> None:
        """How it is drawn. Says nothing back."""
        self.look = look
        self.head.show_look(look)
        self.view.spectrum = None
        self._lay_out()

    def set_colours(self, colours: ChartColours) -> None:
        self.view.colours = colours
        self.head.set_colours(colours)
        self.setStyleSheet(f"SoundPane {{ background: {colours.ruler}; }}")
        self.view.redraw()

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is complete and sharp."""
        return not self._awaited and self.view.rests

    # ---------------------------------------------------------------- what keys do

    def zoom_in(self) -> None:
        self.view.zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        self.view.zoom(1 / ZOOM_STEP)

    def fit(self) -> None:
        """All of the sound, as loud as it is."""
        axis = self.view.chart.axis
        self.view.chart.axis = type(axis).fit(axis.rate, axis.count, axis.width)
        self.view.chart.gain = 1.0
        self.view.show_moved()

    def one_to_one(self) -> None:
        """A sample is a pixel of the screen."""
        axis = self.view.chart.axis
        self.view.zoom(axis.per_column)

    def zoom_to_selected(self) -> None:
        at = self.view.chart.selected
        if at is not None:
            self.view.zoom_to(at)

    def pan(self, across: int, down: int) -> None:
        """By so many pixels."""
        chart = self.view.chart
        chart.axis = chart.axis.panned(-across * chart.ratio)
        chart.scroll_to(chart.scroll - down)
        self.view.show_moved()

    @property
    def span(self) -> float:
        """Samples that are seen."""
        return self.view.chart.axis.span

    def cycle_show(self) -> None:
        """Waveform, both, spectrogram."""
        after = {"wave": "both", "both": "spectrum", "spectrum": "wave"}
        self._choose(replace(self.look, show=after[self.look.show]))

    def _choose(self, look: SoundLook) -> None:
        self.set_look(look)
        self.look_changed.emit(look)

    # ---------------------------------------------------------------- prepared in a worker

    def _on_moved(self) -> None:
        chart = self.view.chart
        if self._striped != (chart.axis, chart.bands, chart.gain):
            self._make_strips()
        self._show_bars()

    def _make_strips(self) -> None:
        """The waveform of the present view, from what is known."""
        chart, wave, detail = self.view.chart, self._wave, self._detail
        self._striped = (chart.axis, chart.bands, chart.gain)
        if wave is None or not chart.bands.waves():
            self.view.strips = []
        elif detail is not None and detail.samples is not None and wants_samples(chart.axis):
            self.view.strips = strips_of_samples(chart, detail.first, detail.samples)
        else:
            axis = chart.axis
            known = detail.columns if detail is not None and detail.axis == axis else None
            self.view.strips = strips_of_columns(
                chart, *(known or wave.columns(axis.first, axis.per_column, axis.width))
            )

    def _ask(self) -> None:
        """Have made in a worker what the view wants."""
        sound, wave, chart = self._sound, self._wave, self.view.chart
        if sound is None or wave is None:
            return
        axis = chart.axis
        if chart.bands.waves() and wants_detail(axis) and (self._detail is None or self._detail.axis != axis):
            self._await("detail", lambda: detail_of(sound, wave, axis), lambda made: self._detailed(wave, made))
        spectrum, settings = self.view.spectrum, self.look.spectrogram
        strips = chart.bands.spectra()
        if strips and (spectrum is None or (spectrum.axis, spectrum.settings) != (axis, settings)):
            heights = [max(round(height * chart.ratio), 1) for _, height in strips]
            self._requests += 1
            mine = self._requests

            def stop() -> bool:
                return mine != self._requests or sound is not self._sound

            self._await(
                "spectrum",
                lambda: spectrum_of(sound, axis, heights, settings, stop),
                lambda made: self._drawn(sound, made),
            )

    def _await(self, key: str, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        def arrived(made: Any) -> None:
            self._awaited.discard(key)
            then(made)

        self._awaited.add(key)
        self._run(key, work, arrived)

    def _detailed(self, wave: Wave, detail: Detail | None) -> None:
        if wave is self._wave and detail is not None:
            self._detail = detail
            self._make_strips()
            self.view.redraw()

    def _drawn(self, sound: Sound, made: Spectrum | None) -> None:
        if sound is self._sound and made is not None and self.view.chart.bands.spectra():
            self.view.spectrum = made
            self.view.redraw()

    # ---------------------------------------------------------------- sizes and words

    def _say(self) -> None:
        chart = self.view.chart
        at = chart.selected
        self.head.say_moment(chart.axis.milliseconds(chart.state.position), chart.axis.milliseconds(chart.end))
        words, shorter = "", tuple[str, ...]()
        if chart.rows is not None and at is not None:
            words, shorter = range_words(chart.rows.stretches, at), shorter_range_words(chart.rows.stretches, at)
        self.head.range.say(words, *shorter)
        self.view.setAccessibleDescription(f"{moment_words(chart.axis, chart.state.position)}  {words}")

    def _lay_out(self) -> None:
        width, height = max(self.width() - BAR, 1), max(self.height() - HEIGHT - BAR, 1)
        chart, look = self.view.chart, self.look
        channels = self._sound.channels if self._sound is not None else 1
        show = look.show if self._sound is not None else "wave"
        self.head.setGeometry(0, 0, self.width(), HEIGHT)
        self.view.setGeometry(0, HEIGHT, width, height)
        chart.place(Bands.of(width, height, look.names, look.media, channels, show), self.view.devicePixelRatioF())
        self._down.setGeometry(width, HEIGHT + chart.bands.rows_top, BAR, max(height - chart.bands.rows_top, 1))
        self._across.setGeometry(chart.bands.left, HEIGHT + height, max(width - chart.bands.left, 1), BAR)
        self.view.show_moved()

    def _show_bars(self) -> None:
        """Scroll bars as the chart is."""
        chart = self.view.chart
        axis = chart.axis
        page = min(round(WHOLE * axis.span / axis.count), WHOLE)
        for bar, value, most, step in (
            (self._down, chart.scroll, chart.most_scroll, chart.bands.rows_height),
            (self._across, round(WHOLE * axis.first / axis.count), WHOLE - page, max(page, 1)),
        ):
            bar.blockSignals(True)
            bar.setRange(0, most)
            bar.setPageStep(step)
            bar.setSingleStep(max(step // 10, 1))
            bar.setValue(value)
            bar.blockSignals(False)
            bar.setVisible(most > 0)

    def _scroll(self, value: int) -> None:
        self.view.chart.scroll_to(value)
        self.view.redraw()

    def _pan(self, value: int) -> None:
        chart = self.view.chart
        chart.axis = chart.axis.from_sample(value / WHOLE * chart.axis.count)
        self.view.show_moved()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.view.setFocus(event.reason())

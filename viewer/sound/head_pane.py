"""The strip above a sound: where the cursor is, which range is selected, how it is drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup, QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from viewer.media.spectrogram import Scale
from viewer.paint.colours import ChartColours
from viewer.scene.ticks import time_words
from viewer.scene.words import tip
from viewer.sound.sound_look import RANGES, WINDOWS, Palette, SoundLook

HEIGHT = 30
SHOW_WORDS = {"wave": "Waveform", "both": "Waveform and spectrogram", "spectrum": "Spectrogram"}
BY_WORDS = {"instance": "One row for each label", "class": "One row for each class"}


class Line(QLabel):
    """Plain words, fewer of them where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._words, self._shorter = "", tuple[str, ...]()

    def say(self, words: str, *shorter: str) -> None:
        """The first of them for which there is room."""
        self._words, self._shorter = words, shorter
        self.setAccessibleName(words)
        self._elide()

    @property
    def words(self) -> str:
        """All of them, however few are seen."""
        return self._words

    def resizeEvent(self, event: object) -> None:
        self._elide()

    def _elide(self) -> None:
        room, metrics = max(self.width() - 4, 0), self.fontMetrics()
        ways = [self._words, *self._shorter]
        words = next((way for way in ways if metrics.horizontalAdvance(way) <= room), ways[-1])
        self.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))


class HeadPane(QWidget):
    """Only the owner changes the look."""

    look_chosen = Signal(object)
    """A SoundLook."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.setAutoFillBackground(True)
        self._look = SoundLook()
        self.moment, self.range = QLabel(), Line()
        self.moment.setTextFormat(Qt.TextFormat.PlainText)
        figures = QFont(self.font())
        figures.setFeature(QFont.Tag("tnum"), 1)
        for label in (self.moment, self.range):
            label.setFont(figures)
        self.chip = QLabel()
        self.chip.setTextFormat(Qt.TextFormat.PlainText)
        self.chip.setObjectName("chip")
        self.chip.setFixedHeight(HEIGHT - 10)
        self.chip.hide()
        self._menus: list[tuple[QActionGroup, str]] = []
        self.drawn = self._button("What is drawn of the sound, and how the spectrogram is made")
        self.rows = self._button("Whether each label or each class has a row")
        self._fill_menus()
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 6, 0)
        row.setSpacing(10)
        for widget, stretch in ((self.moment, 0), (self.range, 1), (self.chip, 0), (self.drawn, 0), (self.rows, 0)):
            row.addWidget(widget, stretch)
        self.show_look(self._look)

    def _button(self, title: str) -> QToolButton:
        made = QToolButton(self)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setToolTip(title)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setMenu(QMenu(made))
        return made

    def _fill_menus(self) -> None:
        drawn, rows = self.drawn.menu(), self.rows.menu()
        self._choices(drawn, "show", SHOW_WORDS)
        drawn.addSeparator()
        for title, name, words in (
            ("Window of the spectrogram", "window", {size: f"{size:,} samples" for size in WINDOWS}),
            ("Range", "decibels", {size: f"{size} dB" for size in RANGES}),
            ("Frequencies", "scale", {scale: scale.capitalize() for scale in get_args(Scale)}),
            ("Colours", "palette", {palette: palette.capitalize() for palette in get_args(Palette)}),
        ):
            self._choices(drawn.addMenu(title), name, words)
        self._choices(rows, "by", BY_WORDS)

    def _choices(self, menu: QMenu, name: str, words: dict[Any, str]) -> None:
        group = QActionGroup(self)
        for value, said in words.items():
            action = menu.addAction(said)
            action.setCheckable(True)
            action.setData(value)
            group.addAction(action)
        group.triggered.connect(lambda action: self._choose(name, action.data()))
        self._menus.append((group, name))

    def _choose(self, name: str, value: Any) -> None:
        self.look_chosen.emit(replace(self._look, **{name: value}))

    def show_look(self, look: SoundLook) -> None:
        """Bring buttons and menus in line."""
        self._look = look
        for group, name in self._menus:
            for action in group.actions():
                action.setChecked(action.data() == getattr(look, name))
        self.drawn.setText(f"{'Both' if look.show == 'both' else SHOW_WORDS[look.show]} ▾")
        self.rows.setText("By label ▾" if look.by == "instance" else "By class ▾")

    def say_moment(self, milliseconds: float, whole: float) -> None:
        """Where the cursor stands, and how long all of it is."""
        self.moment.setText(f"{time_words(milliseconds / 1000)} / {time_words(whole / 1000)}")

    def say_silent(self, words: str, reason: str) -> None:
        """That nothing is heard, in few words and all of them; empty where sound is heard."""
        self.chip.setText(words)
        self.chip.setToolTip(tip(reason))
        self.chip.setVisible(bool(words))

    def set_colours(self, colours: ChartColours) -> None:
        self.setStyleSheet(
            f"""
            HeadPane {{ background: {colours.ruler}; border-bottom: 1px solid {colours.line}; }}
            QLabel {{ color: {colours.text}; background: transparent; }}
            QLabel#chip {{ color: {colours.warning}; border: 1px solid {colours.warning}; border-radius: 4px;
                padding: 0 6px; }}
            QToolButton {{ border: none; border-radius: 4px; padding: 3px 6px; color: {colours.text}; }}
            QToolButton:hover {{ background: {colours.raised}; }}
            QToolButton:focus {{ border: 1px solid {colours.accent}; padding: 2px 5px; }}
            QToolButton::menu-indicator {{ image: none; }}
            """
        )

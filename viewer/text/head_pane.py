"""The bar over a text: how it was read, how long it is, how offsets count; and the field that finds words in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from viewer.paint.colours import ChartColours
from viewer.scene.offsets import Reading, Score, better
from viewer.scene.words import tip
from viewer.text.head_words import reading_tip, reading_title, suggestion

HEIGHT = 30
ROOMY = 720
"""Pixels of the bar from which figures stand in it."""
FIND_AFTER = 150
"""Milliseconds after a letter before a long text is searched."""


class FindField(QLineEdit):
    """Enter goes on, Shift+Enter back, Escape closes."""

    stepped = Signal(int)
    left = Signal()

    def event(self, event: QEvent) -> bool:
        # before the window's own keys, of which Escape is one
        own = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in own:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Elided(QLabel):
    """Words of foreign origin on one line, cut where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._words = ""

    def say(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width()))


class HeadPane(QWidget):
    """Says what is chosen; the owner changes it."""

    reading_chosen = Signal(object)
    """A `Reading`."""
    words_searched = Signal(str)
    find_stepped = Signal(int)
    find_left = Signal()

    def __init__(self, colours: ChartColours) -> None:
        super().__init__()
        self._colours = colours
        self._reading = Reading()
        self._scores: tuple[Score, ...] = ()
        self._is_astral = False
        self._facts = Elided()
        self.hint = QToolButton()
        self.hint.clicked.connect(lambda: self.reading_chosen.emit(better(self._scores)))
        self.switch = QToolButton()
        self.switch.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.switch.setAccessibleName("How offsets are read")
        self._menu = QMenu(self)
        self.switch.setMenu(self._menu)
        self.field = FindField()
        self.field.setPlaceholderText("Find in the text")
        self.field.setAccessibleName("Find in the text")
        self.field.setMaxLength(1000)
        self.field.setFixedWidth(200)
        self.field.stepped.connect(self.find_stepped)
        self.field.left.connect(self.find_left)
        self.count = self._label()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(FIND_AFTER)
        self._soon.timeout.connect(lambda: self.words_searched.emit(self.field.text()))
        self.field.textChanged.connect(lambda _: self._soon.start())
        for button in (self.hint, self.switch):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self.show_find(False)
        self.set_colours(colours)

    def _label(self) -> QLabel:
        made = QLabel()
        made.setTextFormat(Qt.TextFormat.PlainText)
        return made

    def _lay_out(self) -> None:
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._facts, 1)
        for widget in (self.field, self.count, self.hint, self.switch):
            row.addWidget(widget)

    def set_colours(self, colours: ChartColours) -> None:
        self._colours = colours
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("text-head")
        self.setStyleSheet(
            f"""
            #text-head {{ background: {colours.ruler}; border-bottom: 1px solid {colours.line}; }}
            QLabel {{ color: {colours.quiet}; }}
            QLabel[doubtful="true"] {{ color: {colours.warning}; }}
            QToolButton {{ border: none; border-radius: 4px; padding: 2px 6px; color: {colours.text}; }}
            QToolButton:hover {{ background: {colours.raised}; }}
            QToolButton:focus {{ border: 1px solid {colours.accent}; }}
            QToolButton::menu-indicator {{ image: none; }}
            QToolButton[hint="true"] {{ color: {colours.warning}; }}
            QLineEdit {{ background: {colours.ground}; color: {colours.text}; border: 1px solid {colours.line};
                border-radius: 4px; padding: 0 4px; }}
            QLineEdit:focus {{ border-color: {colours.accent}; }}
            """
        )
        self.hint.setProperty("hint", True)

    # ---------------------------------------------------------------- how it was read

    def show_facts(self, facts: str, whole: str, *, is_doubtful: bool) -> None:
        """Encoding and size on one line, cut where there is no room; `whole` is in the tooltip."""
        if self._facts.property("doubtful") != is_doubtful:
            self._facts.setProperty("doubtful", is_doubtful)
            self.set_colours(self._colours)
        self._facts.say(facts)
        self._facts.setToolTip(tip(whole))

    # ---------------------------------------------------------------- how offsets are read

    def show_reading(self, reading: Reading, scores: Sequence[Score], *, is_astral: bool, matters: bool) -> None:
        """`scores` of all readings, empty while they are not known; `matters`: whether there is a choice at all."""
        self._reading, self._scores, self._is_astral = reading, tuple(scores), is_astral
        self.switch.setVisible(matters)
        self.switch.setText(reading_title(reading, is_astral) + "  ▾")
        self.switch.setToolTip(reading_tip(scores, is_astral))
        said = suggestion(reading, scores) if matters else ""
        self.hint.setVisible(bool(said))
        short, _, figures = said.partition(" (")
        self.hint.setText(said if self.width() >= ROOMY else short)
        self.hint.setToolTip(f"{figures.removesuffix(')')}\nA click reads the offsets so")
        self._fill_menu()

    def _fill_menu(self) -> None:
        self._menu.clear()
        scores = {score.reading: score for score in self._scores}

        def offer(group: QActionGroup, title: str, reading: Reading, enabled: bool = True) -> None:
            score = scores.get(reading)
            said = f"{title}  ({score.words})" if score is not None and enabled and score.total else title
            action = self._menu.addAction(said)
            action.setCheckable(True)
            action.setChecked(reading == self._reading)
            action.setEnabled(enabled)
            action.triggered.connect(lambda: self.reading_chosen.emit(reading))
            group.addAction(action)

        now, ends, units = self._reading, QActionGroup(self._menu), QActionGroup(self._menu)
        offer(ends, "End excluded", Reading(now.units, "excluded"))
        offer(ends, "End included", Reading(now.units, "included"))
        self._menu.addSeparator()
        offer(units, "Offsets count code points", Reading("code points", now.end))
        other = "Offsets count UTF-16 units"
        offer(
            units,
            other if self._is_astral else f"{other}: the same in this text",
            Reading("utf-16", now.end),
            self._is_astral,
        )

    # ---------------------------------------------------------------- finding

    def show_find(self, shown: bool) -> None:
        self.field.setVisible(shown)
        self.count.setVisible(shown)
        if shown:
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.field.selectAll()

    def say_found(self, words: str) -> None:
        """'3 of 12', beside the field."""
        self.count.setText(words)

"""The few widgets that panels are made of besides lists: a panel, plain text, flat buttons, a filter field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from viewer.panels.colours import PanelColours
from viewer.panels.line import Tone
from viewer.panels.list_pane import LineList
from viewer.panels.paint_signs import SignPainter
from viewer.panels.paint_style import Icons, Style
from viewer.panels.paint_text import emphasised, scaled, with_figures
from viewer.panels.words import shown, tip

_TEXT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class Pane(QWidget):
    """A panel: a column of parts that stands on the palette's Base."""

    def __init__(self, colours: PanelColours, icons: Icons, name: str) -> None:
        """`name` for screen readers."""
        super().__init__()
        self.style_of_parts = Style(colours, icons)
        self.setAccessibleName(name)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def set_colours(self, colours: PanelColours) -> None:
        """Another theme; the palette comes from Qt as ever."""
        self.style_of_parts.colours = colours
        for part in self.findChildren(QWidget):
            if isinstance(part, Text | LineList):
                part.restyle()
            part.update()

    def header(self, *parts: QWidget, margins: tuple[int, int, int, int] = (8, 4, 4, 4)) -> QHBoxLayout:
        """A row of parts at the top; the first takes the room that is left."""
        row = QHBoxLayout()
        row.setContentsMargins(*margins)
        row.setSpacing(4)
        for part in parts:
            row.addWidget(part, 1 if part is parts[0] else 0)
        self.column.addLayout(row)
        return row


class Text(QLabel):
    """One line of plain text, or several where it may wrap; too long a line is elided and whole in the tooltip."""

    def __init__(
        self, style: Style, text: str = "", tone: Tone = "plain", *, wrap: bool = False, middle: bool = False
    ) -> None:
        super().__init__()
        self._style = style
        self._tone: Tone = tone
        self._middle = middle
        self._note = ""
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setFont(with_figures(emphasised(self.font()) if tone in ("strong", "section") else self.font()))
        if not wrap:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.say(text)
        self.restyle()

    def say(self, text: str, tone: Tone | None = None) -> None:
        """Shows a foreign text safely."""
        self.setText(shown(text, self._middle, 1000 if self.wordWrap() else 300))
        self.setToolTip("" if self.wordWrap() else tip(text))
        if tone is not None and tone != self._tone:
            self._tone = tone
            self.restyle()

    def say_note(self, note: str) -> None:
        """Quiet words after the text: a count."""
        self._note = note
        self.update()

    def restyle(self) -> None:
        colours = self._style.colours
        tones = {"quiet": colours.quiet, "section": colours.quiet, "link": colours.accent}
        tones |= {"warning": colours.warning, "error": colours.error, "ok": colours.ok}
        palette = QPalette()
        if self._tone in tones:
            palette.setColor(QPalette.ColorRole.WindowText, QColor(tones[self._tone]))
        self.setPalette(palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.wordWrap():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        mode = Qt.TextElideMode.ElideMiddle if self._middle else Qt.TextElideMode.ElideRight
        room = self.contentsRect()
        said = self.fontMetrics().elidedText(self.text(), mode, room.width())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        flags = int(self.alignment()) | Qt.TextFlag.TextSingleLine
        painter.drawText(room, flags, said)
        if self._note:
            room.setLeft(room.left() + self.fontMetrics().horizontalAdvance(said) + 8)
            font = self.font()
            font.setWeight(QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(self._style.quiet)
            painter.drawText(room, flags, painter.fontMetrics().elidedText(self._note, mode, room.width()))


class FlatButton(QAbstractButton):
    """An icon, a word, or both; a ground only under the pointer, while pressed, or when checked."""

    def __init__(
        self,
        style: Style,
        text: str = "",
        icon: str = "",
        *,
        title: str = "",
        framed: bool = False,
        strong: bool = False,
    ) -> None:
        """`title`: tooltip and accessible name; `framed`: with a border; `strong`: the one that is meant to be pressed."""
        super().__init__()
        self._style = style
        self._signs = SignPainter(style.icons)
        self.icon_name = icon
        self.tone: Tone = "plain" if text else "quiet"
        self.dims = False
        """Shows by fading, not by its ground, that it is not checked."""
        self._framed, self._strong = framed, strong
        self._by_keyboard = False
        self.setText(text)
        self.setToolTip(tip(title))
        self.setAccessibleName(title or text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str) -> None:
        self.icon_name = name
        self.update()

    def sizeHint(self) -> QSize:
        height = max(24, self.fontMetrics().height() + 8) + (4 if self._framed or self._strong else 0)
        if not self.text():
            return QSize(height, height)
        sides = 24 if self._framed or self._strong else 16
        icon = 20 if self.icon_name else 0
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + sides + icon, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _ground(self) -> QColor | None:
        colours = self._style.colours
        if self._strong:
            ground = QColor(colours.accent)
            return ground.lighter(108) if self.underMouse() and self.isEnabled() else ground
        if self.isEnabled() and (self.isDown() or self.underMouse() or (self.isChecked() and not self.dims)):
            return QColor(colours.raised)
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._style.colours
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = self._ground()
        painter.setPen(QPen(QColor(colours.line), 1) if self._framed and not self._strong else Qt.PenStyle.NoPen)
        painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
        if self.hasFocus() and self._by_keyboard:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 1.5))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        if not self.isEnabled() or (self.dims and not self.isChecked()):
            painter.setOpacity(0.4)
        ink = self._ink()
        content = self.rect()
        if self.icon_name:
            side = content.height() if not self.text() else 16
            left = (content.width() - side) // 2 if not self.text() else (12 if self._framed or self._strong else 8)
            self._signs.icon(painter, QRect(left, 0, side, content.height()), self.icon_name, ink.name())
            content = content.adjusted(left + 16 + 4, 0, 0, 0) if self.text() else content
        painter.setPen(ink)
        flags = _TEXT if self.icon_name else Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(content, flags, self.text())

    def _ink(self) -> QColor:
        if self._strong:
            return self._style.ink_on(self._style.colours.accent)
        if self.tone == "plain" and (self.isChecked() or not self.isCheckable()):
            return self.palette().color(QPalette.ColorRole.Text)
        colours = self._style.colours
        tones = {"warning": colours.warning, "error": colours.error, "ok": colours.ok, "link": colours.accent}
        return QColor(tones.get(self.tone, colours.quiet))

    def focusInEvent(self, event: QFocusEvent) -> None:
        keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        self._by_keyboard = event.reason() in keys
        super().focusInEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)


class FilterField(QLineEdit):
    """A field for plain words. Down goes to what it filters, Escape empties it and then leaves it."""

    down = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, style: Style, words: str, *, icon: str = "search") -> None:
        """`words`: what stands in the empty field, and its accessible name."""
        super().__init__()
        self._style = style
        self._signs = SignPainter(style.icons)
        self._icon = icon
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setFrame(False)
        self.setMaxLength(1000)
        self.setTextMargins(24 if icon else 2, 0, 20, 0)
        self.setFixedHeight(max(26, self.fontMetrics().height() + 10))
        self._clear = FlatButton(style, icon="close", title="Empty this field")
        self._clear.setParent(self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.height() - 6
        self._clear.setGeometry(self.width() - side - 3, 3, side, side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.down.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._style.colours
        colour = colours.accent if self.hasFocus() else colours.line
        painter.setPen(QPen(QColor(colour), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if self._icon:
            self._signs.icon(painter, QRect(6, 0, 16, self.height()), self._icon, colours.quiet)


class Rule(QWidget):
    """A hairline."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(self._style.colours.line))


def choices(style: Style, titles: Sequence[str], hints: Sequence[str]) -> list[FlatButton]:
    """Buttons of which exactly one is checked, the first at the beginning."""
    made = [FlatButton(style, title, title=hint) for title, hint in zip(titles, hints, strict=True)]
    group = QButtonGroup(made[0])
    for button in made:
        button.setCheckable(True)
        group.addButton(button)
    made[0].setChecked(True)
    return made


def small(text: Text) -> Text:
    """The same text a little smaller."""
    text.setFont(scaled(text.font(), 0.92))
    return text

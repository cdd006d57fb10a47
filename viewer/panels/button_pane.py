"""Buttons of a panel: flat until they are pointed at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy

from viewer.paint.gestures_pane import came_by_key
from viewer.panels.line import Tone
from viewer.panels.paint_signs import SignPainter
from viewer.panels.paint_style import Style
from viewer.scene.words import tip

_TEXT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


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
            painter.setPen(QPen(self._ink() if self._strong else QColor(colours.accent), 1.5))
            painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)
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
        self._by_keyboard = came_by_key(event)
        super().focusInEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)


def choices(style: Style, titles: Sequence[str], hints: Sequence[str]) -> list[FlatButton]:
    """Buttons of which exactly one is checked, the first at the beginning."""
    made = [FlatButton(style, title, title=hint) for title, hint in zip(titles, hints, strict=True)]
    group = QButtonGroup(made[0])
    for button in made:
        button.setCheckable(True)
        group.addButton(button)
    made[0].setChecked(True)
    return made

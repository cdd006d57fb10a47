"""The page before anything is open: drop something, open something, or see the demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from viewer.panels.button_pane import FlatButton
from viewer.panels.colours import PanelColours
from viewer.panels.line import Cell, Line, Symbol
from viewer.panels.list_pane import LineList
from viewer.panels.paint_style import Icons, Style
from viewer.panels.parts_pane import Pane
from viewer.panels.text_pane import Text
from viewer.scene.words import shown

WIDTH = 640
MOST_RECENT = 8
FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Recent:
    """Something that was opened before."""

    path: str
    title: str
    note: str
    """When it was opened, and how far it was reviewed."""


class DropZone(QWidget):
    """A dashed line around what may be dropped here; lit up while something is over it."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self.lit = False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._style.colours
        edge = QColor(colours.accent if self.lit else colours.quiet)
        edge.setAlphaF(1.0 if self.lit else 0.55)
        pen = QPen(edge, 2 if self.lit else 1.5, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        if self.lit:
            ground = QColor(colours.accent)
            ground.setAlphaF(0.10)
            painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


class StartPane(Pane):
    open_export_requested = Signal()
    open_folder_requested = Signal()
    demo_requested = Signal()
    dropped = Signal(list)
    """Paths of files and folders, as texts."""
    recent_chosen = Signal(str)
    """A path."""
    recent_forgotten = Signal(str)

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        super().__init__(colours, icons, "Start")
        style = self.style_of_parts
        self._recent: Sequence[Recent] = ()
        self.setAcceptDrops(True)
        page = QWidget()
        page.setMaximumWidth(WIDTH)
        page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._page = QVBoxLayout(page)
        self._page.setContentsMargins(16, 24, 16, 16)
        self._page.setSpacing(24)
        self._zone = DropZone(style)
        self._fill_zone()
        self._page.addWidget(self._zone)
        self._page.addLayout(self._below())
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(page, 100)
        row.addStretch(1)
        self.column.addStretch(1)
        self.column.addLayout(row, 6)
        self.column.addStretch(1)
        self._keys: list[Line] = []
        self._lists[0].entered_line.connect(self._choose)
        self._lists[0].clicked.connect(lambda index: self._choose(index.row()))
        self._lists[0].cell_clicked.connect(lambda at, cell: self.recent_forgotten.emit(self._recent[at].path))
        self.set_recent(())

    def _fill_zone(self) -> None:
        style = self.style_of_parts
        inside = QVBoxLayout(self._zone)
        inside.setContentsMargins(24, 28, 24, 28)
        inside.setSpacing(12)
        title = Text(style, "Drop a label export here", "strong")
        what = Text(style, "A JSON file, a zip archive, or a folder that also holds the media", "quiet")
        media = Text(style, "Labels on images, videos, slices, sounds, texts and PDF; nothing is ever changed", "quiet")
        for text in (title, what, media):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(text)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self._open = FlatButton(style, "Open export…", "open", title="Open a label export", strong=True)
        folder = FlatButton(style, "Open folder…", "folder", title="Open a folder of exports and media", framed=True)
        demo = FlatButton(style, "Open the demo", "play", title="Open the demo export", framed=True)
        for button, signal in (
            (self._open, self.open_export_requested),
            (folder, self.open_folder_requested),
            (demo, self.demo_requested),
        ):
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        inside.addSpacing(4)
        inside.addLayout(row)
        self.setFocusProxy(self._open)

    def _below(self) -> QHBoxLayout:
        """What was open before, and the keys that matter."""
        style = self.style_of_parts
        row = QHBoxLayout()
        row.setSpacing(24)
        self._lists = (LineList(style, "Opened before"), LineList(style, "Keys", calm=True))
        self._titles = (Text(style, "Opened before", "section"), Text(style, "Keys that matter", "section"))
        for title, lines, stretch in zip(self._titles, self._lists, (3, 2), strict=True):
            column = QVBoxLayout()
            column.setSpacing(4)
            title.setContentsMargins(8, 0, 0, 0)
            column.addWidget(title)
            column.addWidget(lines, 1)
            row.addLayout(column, stretch)
        self._lists[1].setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return row

    def set_recent(self, recent: Sequence[Recent]) -> None:
        """The latest first."""
        self._recent = recent[:MOST_RECENT]
        lines = [_recent_line(entry) for entry in self._recent]
        self._lists[0].show_lines(len(lines), lines.__getitem__, "What you open is listed here")

    def set_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """(key, what it does), the few that matter."""
        lines = [Line(title, cells=(Cell(key, tone="strong"),)) for key, title in keys]
        self._lists[1].show_lines(len(lines), lines.__getitem__)

    def set_dragging(self, is_dragging: bool) -> None:
        """Something that could be dropped is over the window."""
        self._zone.lit = is_dragging
        self._zone.update()

    def _choose(self, place: int) -> None:
        self.recent_chosen.emit(self._recent[place].path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.set_dragging(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.set_dragging(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.set_dragging(False)
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)


def _recent_line(entry: Recent) -> Line:
    return Line(
        text=shown(entry.title, middle=True),
        middle=True,
        sign=Symbol("json"),
        below=shown(entry.note, most=120),
        cells=(Cell(icon="close", id=FORGET, title="Take off this list", shy=True),),
        tip=f"{entry.path}\n{entry.note}",
        copy=entry.path,
    )

"""The two planes across the one of acquisition, one above the other, with a crosshair through all three."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from viewer.canvas.colours import DARK, CanvasColours
from viewer.canvas.plane_view_pane import PlaneViewPane, Words
from viewer.media.grey import Window
from viewer.media.plane import opposite, towards
from viewer.scene.reslice import NAMES, Cuts, PlaneView
from viewer.scene.sections import Body

Point = tuple[int, int, int]
"""Slice of the volume, row and column of the picture."""


class PlanesPane(QWidget):
    """Knows the volume, its labels and the crosshair; moves nothing but its own views."""

    crosshair_moved = Signal(int, int, int)
    """Column and row of the picture, and the frame, that the reviewer goes to."""
    adjust_dragged = Signal(float, float)
    """How far the right button's drag moved, in view pixels: right and down."""

    def __init__(self, colours: CanvasColours = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Planes across the slices")
        self.setMinimumWidth(160)
        self._cuts: Cuts | None = None
        self._body: Body | None = None
        self._at: Point = (0, 0, 0)
        self._window: Window | None = None
        self._inverted = False
        self._fill, self._line_width = 0.22, 2.0
        self.panes = PlaneViewPane(colours), PlaneViewPane(colours)
        """The upper and the lower one."""
        self._said = QLabel()
        self._notes = QLabel()
        self._lay_out()
        for pane in self.panes:
            pane.pointed.connect(lambda x, y, pane=pane: self._on_pointed(pane, x, y))
            pane.stepped.connect(lambda notches, pane=pane: self._on_stepped(pane, notches))
            pane.adjust_dragged.connect(self.adjust_dragged)
        self.show_volume(None)

    def _lay_out(self) -> None:
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        for pane in self.panes:
            self._split.addWidget(pane)
        for label in (self._said, self._notes):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setContentsMargins(8, 4, 8, 4)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._split, 1)
        column.addWidget(self._said, 1)
        column.addWidget(self._notes)

    # ---------------------------------------------------------------- what is shown

    def show_volume(self, cuts: Cuts | None, said: str = "") -> None:
        """A volume with its crosshair in the middle; without one, why there is none, or that it is on its way."""
        self._cuts, self._body = cuts, None
        self._split.setVisible(cuts is not None)
        self._said.setVisible(cuts is None)
        self._said.setText(said)
        self._notes.setText("\n".join(cuts.volume.notes) if cuts is not None else "")
        self._notes.setVisible(bool(self._notes.text()))
        if cuts is not None:
            size = cuts.volume.size
            self._at = len(cuts.volume.frames) // 2, size.height // 2, size.width // 2
        self._show_planes()
        self._show_marks()

    def show_labels(self, body: Body | None) -> None:
        """Of the volume; None while they are not known."""
        self._body = body
        self._show_marks()

    def set_crosshair(self, column: int, row: int, frame: int) -> None:
        """To this pixel of a frame; says nothing back. A frame that the volume lacks leaves the crosshair on its slice."""
        if self._cuts is None:
            return
        size, place = self._cuts.volume.size, self._cuts.volume.slice_of(frame)
        place = self._at[0] if place is None else place
        self._go(place, min(max(row, 0), size.height - 1), min(max(column, 0), size.width - 1))

    @property
    def crosshair(self) -> tuple[int, int]:
        """Column and row of the picture."""
        return self._at[2], self._at[1]

    def set_window(self, window: Window | None, inverted: bool) -> None:
        if (window, inverted) != (self._window, self._inverted):
            self._window, self._inverted = window, inverted
            self._show_planes()

    def set_pens(self, fill: float, line_width: float) -> None:
        if (fill, line_width) != (self._fill, self._line_width):
            self._fill, self._line_width = fill, line_width
            self._show_marks()

    def set_selected(self, object_hash: str | None) -> None:
        for pane in self.panes:
            pane.set_selected(object_hash)

    def set_colours(self, colours: CanvasColours) -> None:
        for pane in self.panes:
            pane.set_colours(colours)
        for label in (self._said, self._notes):
            label.setStyleSheet(f"QLabel {{ color: {colours.quiet}; }}")

    # ---------------------------------------------------------------- inside

    def _shown(self) -> Iterator[tuple[PlaneViewPane, PlaneView, Cuts]]:
        """The panes with what they show, in the order in which radiology names planes."""
        if self._cuts is not None:
            views = sorted(self._cuts.views[1:], key=_order)
            for pane, view in zip(self.panes, views, strict=True):
                yield pane, view, self._cuts

    def _go(self, place: int, row: int, column: int) -> None:
        before, self._at = self._at, (place, row, column)
        for pane, view, cuts in self._shown():
            if before[view.normal] != self._at[view.normal]:
                self._show_plane(pane, view, cuts)
                self._show_marks_on(pane, view)
            pane.set_crosshair(cuts.place_of(view, self._at))

    def _show_planes(self) -> None:
        for pane, view, cuts in self._shown():
            self._show_plane(pane, view, cuts)
            pane.set_crosshair(cuts.place_of(view, self._at))

    def _show_plane(self, pane: PlaneViewPane, view: PlaneView, cuts: Cuts) -> None:
        index = self._at[view.normal]
        picture = cuts.picture(view, index, self._window, inverted=self._inverted)
        pane.show_plane(picture, cuts.size_of(view), Words(_title(cuts, view, index), view.letters))

    def _show_marks(self) -> None:
        for pane, view, _ in self._shown():
            self._show_marks_on(pane, view)

    def _show_marks_on(self, pane: PlaneViewPane, view: PlaneView) -> None:
        marks = self._body.marks(view, self._at[view.normal]) if self._body is not None else ()
        pane.show_marks(marks, self._fill, self._line_width)

    def _on_pointed(self, pane: PlaneViewPane, x: float, y: float) -> None:
        for other, view, cuts in self._shown():
            if other is pane:
                self._tell(cuts, cuts.point_at(view, self._at, x, y))
                return

    def _on_stepped(self, pane: PlaneViewPane, notches: int) -> None:
        for other, view, cuts in self._shown():
            if other is pane:
                moved = list(self._at)
                last = (len(cuts.volume.frames), cuts.volume.size.height, cuts.volume.size.width)[view.normal] - 1
                moved[view.normal] = min(max(moved[view.normal] + notches, 0), last)
                self._tell(cuts, (moved[0], moved[1], moved[2]))
                return

    def _tell(self, cuts: Cuts, at: Point) -> None:
        if at != self._at:
            self._go(*at)
            self.crosshair_moved.emit(at[2], at[1], cuts.volume.frames[at[0]])


def _order(view: PlaneView) -> int:
    """Axial, coronal, sagittal; planes without a name as they come."""
    words = view.name.split()
    return -NAMES.index(words[-1]) if words[-1] in NAMES else view.normal


def _title(cuts: Cuts, view: PlaneView, index: int) -> str:
    """'Coronal · P 34.2 mm'."""
    name = view.name[:1].upper() + view.name[1:]
    position = cuts.position(view, index)
    if view.direction is None or cuts.volume.origin is None:
        return f"{name} · {position:,.1f} mm"
    side = towards(view.direction if position >= 0 else opposite(view.direction))[:1]
    return f"{name} · {side} {abs(position):,.1f} mm"

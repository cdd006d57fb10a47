"""The timeline: all frames of a unit, where its labels are on them, a place to seek and to select."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

from viewer.paint.colours import ChartColours
from viewer.scene.view_state import ViewState
from viewer.timeline.bands import GUTTER, HEAD, NAMES_LEAST, NAMES_MOST, ROW, SLIM, Bands
from viewer.timeline.chart_pane import ChartPane
from viewer.timeline.head_pane import HeadPane, Icons
from viewer.timeline.paint_names import name_width
from viewer.timeline.tracks import Tracks

FEW_FRAMES = 12
"""Up to so many pictures of a group, the list of labels says as much as rows would."""
BAR = 10
"""Of a scroll bar."""
TALL = 190
"""Height at the first start."""
USUAL_NAMES = 260
"""The names are at most so wide until the reviewer drags their edge."""
AS_LARGE_AS_IT_GETS = 16_777_215
WHOLE = 1_000_000
"""The horizontal scroll bar counts in parts of the whole."""


class TimelinePane(QWidget):
    """Hides itself for units with one frame. Only the owner moves the playhead and selects."""

    frame_requested = Signal(int)
    selected = Signal(object)
    """The hash of a label, or None."""
    preview_wanted = Signal(int)
    """The frame under the pointer, or -1."""
    thumbnails_wanted = Signal(object)
    """Frames whose pictures are missing, as a tuple, the most wanted first; told when the view rests."""
    slim_changed = Signal(bool)

    def __init__(self, colours: ChartColours, icons: Icons) -> None:
        super().__init__()
        self._slim = True
        self.chosen_slim: bool | None = None
        """As the reviewer wants it; None where nobody said."""
        self._names: int | None = None
        """As dragged; None for what the names need."""
        self._needed = 0
        """Pixels of the longest name."""
        self.tall_height = TALL
        """What it had when it last was not slim."""
        self.is_wanted = True
        """Whether the owner wants a timeline at all."""
        self.setAccessibleName("Timeline")
        self.view = ChartPane(self, colours)
        self.model = self.view.chart
        self.head = HeadPane(self, icons)
        self._down = QScrollBar(Qt.Orientation.Vertical, self)
        self._across = QScrollBar(Qt.Orientation.Horizontal, self)
        for bar in (self._down, self._across):
            bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.view)
        self._connect()
        self.set_colours(colours)
        self._size_up()
        self.hide()

    def _connect(self) -> None:
        view, head = self.view, self.head
        view.frame_requested.connect(self.frame_requested)
        view.selected.connect(self.selected)
        view.preview_wanted.connect(self.preview_wanted)
        view.pictures_wanted.connect(self.thumbnails_wanted)
        view.names_dragged.connect(self._drag_names)
        view.moved.connect(self._follow)
        head.fit_asked.connect(self.fit_all)
        head.zoom_asked.connect(self.zoom_to_selected)
        head.fold_asked.connect(self.fold_all)
        head.slim_asked.connect(lambda: self.choose_slim(not self._slim))
        head.order_chosen.connect(lambda order: self._arrange(order=order))
        head.field.textChanged.connect(lambda text: self._arrange(query=text))
        head.field.left.connect(view.setFocus)
        self._down.valueChanged.connect(self._scroll)
        self._across.valueChanged.connect(self._pan)

    # ---------------------------------------------------------------- what is shown

    def show_unit(self, frames: NDArray[np.int64], counts: NDArray[np.int64], fps: float | None) -> None:
        """All frames of a unit by number, ascending, and the labels on each, both of shape (n,).

        The view stays as long as the frames are the same.
        """
        model = self.model
        if not np.array_equal(frames, model.frames):
            self.forget_thumbnails()
            self._names = None
        model.show_unit(frames, counts, fps)
        self._size_up()
        self.view.tell()

    def set_tracks(self, tracks: Tracks | None) -> None:
        """Rows of the unit; None while they are not known."""
        self.model.set_tracks(tracks)
        self._measure()
        self.view.empty = "" if tracks is not None else "Reading the labels…"
        self._size_up()
        self._reveal()

    def set_frame(self, frame: int) -> None:
        """The frame on screen; says nothing back."""
        model = self.model
        if not len(model.frames):
            return
        position = model.position_of(frame)
        # a frame that is only drawn again leaves the view where the reviewer moved it
        followed = model.axis.following(position) if position != model.position else model.axis
        model.position = position
        if followed != model.axis:
            model.axis = followed
            self.view.show_moved()
        self.view.tell()
        self.view.update()

    def set_selected(self, label: str | None) -> None:
        """The selected label by its hash; unfolds its class. Says nothing back."""
        if label != self.model.selected:
            self.model.selected = label
            self._reveal()

    def set_hidden(self, state: ViewState) -> None:
        """What is hidden and how labels are coloured."""
        old = self.model.state
        self.model.state = state
        kept = ("hidden_objects", "hidden_classes", "hidden_shapes", "look")
        if any(getattr(old, name) != getattr(state, name) for name in kept):
            self.view.redraw()

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        """First and last frame of what is played again and again."""
        model = self.model
        known = loop is not None and len(model.frames) > 0
        model.loop = (model.position_of(loop[0]), model.position_of(loop[1]) + 1) if loop and known else None
        self.view.update()

    def set_thumbnail(self, frame: int, picture: NDArray[np.uint8]) -> None:
        """The small picture of a frame, of shape (height, width, 4): blue, green, red, unused."""
        model = self.model
        if not len(model.frames):
            return
        is_first = not len(self.view.pictures)
        self.view.put_picture(model.position_of(frame), picture)
        if is_first:
            # the strip takes room from the rows
            self._size_up()
            self._reveal()

    def renew_thumbnails(self) -> None:
        """Their frames look otherwise now."""
        self.view.renew_pictures()

    def forget_thumbnails(self) -> None:
        self.view.forget_pictures()
        self._size_up()

    def set_colours(self, colours: ChartColours) -> None:
        self.view.colours = self.view.hover.card.colours = colours
        self.head.set_colours(colours)
        self.setStyleSheet(f"TimelinePane {{ background: {colours.ruler}; }}")
        self.view.redraw()

    # ---------------------------------------------------------------- what the buttons do

    def fit_all(self) -> None:
        model = self.model
        model.axis = type(model.axis).fit(model.axis.count, model.axis.width)
        self.view.show_moved()

    def zoom_to_selected(self) -> None:
        extent = self.model.extent(self.model.selected)
        if extent is not None:
            self.view.zoom_to(extent)

    def fold_all(self) -> None:
        """All classes; or unfold them if all are folded."""
        tracks = self.model.tracks
        if tracks is not None:
            every = frozenset(found.feature_hash for found in tracks.classes)
            self._arrange(folded=frozenset() if self.model.all_folded else every)

    def _arrange(self, **changes: object) -> None:
        model = self.model
        model.arrange(replace(model.wanted, **changes))  # pyright: ignore[reportArgumentType]
        self.view.empty = "No row holds these words" if model.wanted.query.strip() else ""
        self.view.show_moved()

    def choose_slim(self, slim: bool) -> None:
        """As the reviewer wants it from now on, for every unit that has rows."""
        self.chosen_slim = slim
        self._size_up()

    def focus_filter(self) -> None:
        if self._slim and self._has_rows():
            self.choose_slim(False)
        self.head.field.setFocus()
        self.head.field.selectAll()

    @property
    def is_slim(self) -> bool:
        """Whether only ruler and density are shown."""
        return self._slim

    def set_shown(self, shown: bool) -> None:
        """Whether the owner wants a timeline at all; it stays away from units with one frame."""
        self.is_wanted = shown
        self._size_up()

    # ---------------------------------------------------------------- sizes

    def _has_rows(self) -> bool:
        """As far as is known: while rows are still made, whether anything is labelled."""
        model = self.model
        return len(model.tracks) > 0 if model.tracks is not None else model.density.most > 0

    def _wants_slim(self) -> bool:
        if not self._has_rows():
            return True
        few = not self.model.is_timed() and len(self.model.frames) <= FEW_FRAMES
        return few if self.chosen_slim is None else self.chosen_slim

    def _size_up(self) -> None:
        """Slim or with rows, by what there is to show."""
        slim = self._wants_slim()
        self.setVisible(len(self.model.frames) > 1 and self.is_wanted)
        changed = slim != self._slim
        if changed and slim:
            # before the limit below makes it lower at once
            self.tall_height = self.height()
        self._slim = slim
        self.view.slim = slim
        self.setMinimumHeight(SLIM if slim else HEAD + 2 * ROW)
        self.setMaximumHeight(SLIM if slim else AS_LARGE_AS_IT_GETS)
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed if slim else QSizePolicy.Policy.Preferred
        )
        self._lay_out()
        if changed:
            self.slim_changed.emit(slim)

    def sizeHint(self) -> QSize:
        return QSize(400, SLIM if self._slim else self.tall_height)

    def _lay_out(self) -> None:
        model, slim = self.model, self._slim
        across = BAR if not slim and not model.axis.fits else 0
        width, height = max(self.width() - BAR, 1), max(self.height() - across, 1)
        wanted = self._names or min(self._needed, USUAL_NAMES)
        pictured = len(self.view.pictures) > 0
        bands = Bands.of(width, height, wanted, slim=slim, timed=model.is_timed(), pictured=pictured)
        self.view.setGeometry(0, 0, width, height)
        self.view.place(bands)
        self.head.setGeometry(0, 0, GUTTER if slim else bands.left - 1, SLIM if slim else HEAD)
        self.head.setVisible(self._has_rows())
        self._down.setGeometry(width, bands.rows_top, BAR, max(height - bands.rows_top, 1))
        self._across.setGeometry(bands.left, height, max(width - bands.left, 1), BAR)
        self._across.setVisible(across > 0)
        self._show_state()

    def _show_state(self) -> None:
        """Buttons and scroll bars as the chart is."""
        model = self.model
        can_zoom = model.extent(model.selected) is not None
        self.head.show_state(slim=self._slim, order=model.wanted.order, all_folded=model.all_folded, can_zoom=can_zoom)
        for bar, value, most, page in (
            (self._down, model.scroll, model.most_scroll, model.bands.rows_height),
            (self._across, *self._parts()),
        ):
            bar.blockSignals(True)
            bar.setRange(0, most)
            bar.setPageStep(page)
            bar.setSingleStep(max(page // 10, 1))
            bar.setValue(value)
            bar.blockSignals(False)
        self._down.setVisible(not self._slim and model.most_scroll > 0)

    def _parts(self) -> tuple[int, int, int]:
        """First, most and page of the horizontal scroll bar."""
        axis = self.model.axis
        page = round(WHOLE * axis.span / axis.count)
        return round(WHOLE * axis.first / axis.count), max(WHOLE - page, 0), max(page, 1)

    def _follow(self) -> None:
        """The view moved: the scroll bar across comes and goes with it."""
        if self._across.isHidden() == (not self._slim and not self.model.axis.fits):
            self._lay_out()
        else:
            self._show_state()

    def _scroll(self, value: int) -> None:
        self.model.scroll_to(value)
        self.view.redraw()

    def _pan(self, value: int) -> None:
        axis = self.model.axis
        self.model.axis = axis.panned((value / WHOLE * axis.count - axis.first) * axis.scale)
        self.view.redraw()

    def _drag_names(self, width: int) -> None:
        self._names = min(max(width, NAMES_LEAST), NAMES_MOST)
        self._lay_out()

    def _reveal(self) -> None:
        """Unfold and scroll to the selected label."""
        model = self.model
        model.unfold(model.selected)
        row = model.row_of(model.selected)
        if row is not None:
            model.reveal(row)
        self.view.tell()
        self.view.show_moved()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def _measure(self) -> None:
        """How much room the names need."""
        self._needed = round(name_width(self.model, self.view.fonts))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._measure()
            self._lay_out()
        super().changeEvent(event)

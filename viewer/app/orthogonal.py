"""Orthogonal planes: the volume and the labels of all its slices are made in the background, and what is seen follows."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from viewer.app.background import Background
from viewer.app.session import Session
from viewer.app.shown_frames import shown_frames
from viewer.canvas.canvas_pane import CanvasPane
from viewer.canvas.planes_pane import PlanesPane
from viewer.errors import ViewerError, escaped
from viewer.export.unit_media import MediaOf
from viewer.labels.records import Unit
from viewer.labels.row import LabelRow
from viewer.media.progress import Stopped
from viewer.media.volume import build_volume
from viewer.scene.reslice import Cuts
from viewer.scene.sections import Body, Layer, layers_of
from viewer.scene.view_state import ViewState
from viewer.shapes.sketch import Bounds

KINDS = ("dicom", "nifti")
"""Of units whose frames may be slices of a body."""
TELL_AFTER = 0.25
"""Seconds between two words on how far it is."""
SHARE = 0.5
"""Of the memory for decoded frames that a volume may take."""
_log = logging.getLogger(__name__)


class Orthogonal(QObject):
    """Belongs to one window; the volume is kept as long as its unit is on screen."""

    changed = Signal()
    """The planes were switched on or off."""

    def __init__(
        self,
        session: Session,
        background: Background,
        pane: PlanesPane,
        canvas: CanvasPane,
        budget_bytes: Callable[[], int],
    ) -> None:
        super().__init__()
        self._session, self._background = session, background
        self._pane, self._canvas = pane, canvas
        self._budget = budget_bytes
        self._wanted: tuple[MediaOf, str, bool] | None = None
        """What the volume is made of, or will be."""
        self._cuts: Cuts | None = None
        self._layers: Sequence[Layer] = ()
        self._is_making = False
        self._turns = False
        """Whether a label was selected to which the crosshair has still to be led."""
        self.is_on = self._were_on = False
        pane.crosshair_moved.connect(self._go)
        canvas.clicked_at.connect(self._on_clicked)
        session.row_shown.connect(self._follow)
        session.frame_shown.connect(self._follow)
        session.index_ready.connect(self._show_labels)
        session.changed.connect(self._on_changed)

    def is_possible(self) -> bool:
        """Whether the unit on screen has slices."""
        unit = self._session.unit
        return unit is not None and unit.kind in KINDS and len(shown_frames(self._session)) > 1

    def toggle(self) -> None:
        self.is_on = not self.is_on
        self._follow()
        self._show_look()
        self._show_labels()
        self.changed.emit()

    def set_away(self, away: bool) -> None:
        """Away for a while, for the picture alone; back as they were, unless they were asked for in between."""
        if away:
            self._were_on = self.is_on
        if self.is_on if away else self._were_on and not self.is_on:
            self.toggle()

    def close(self) -> None:
        """The window goes: what is being made stops."""
        self._wanted = None

    # ---------------------------------------------------------------- making

    def _follow(self) -> None:
        """Show planes of what is on screen, where they are wanted and there can be any."""
        session = self._session
        row, media, unit = session.row, session.media, session.unit
        shown = self.is_on and row is not None and media is not None and unit is not None and self.is_possible()
        self._pane.setVisible(shown)
        here = None if media is None or unit is None else (media, unit.id, session.state.other_orientation)
        if self._wanted is not None and (self._wanted != here or (self._is_making and not shown)):
            self._forget()
        if not shown or row is None or unit is None or here is None:
            self._canvas.set_crosshair(None)
        elif self._wanted is None:
            self._make(row, unit, here)
        else:
            self._aim()

    def _forget(self) -> None:
        for key in ("volume", "layers"):
            self._background.cancel(key)
        self._done()
        self._wanted, self._cuts, self._layers = None, None, ()
        self._pane.show_volume(None)

    def _done(self) -> None:
        """Nothing more is on its way."""
        if self._is_making:
            self._is_making = False
            self._session.say_busy("")

    def _make(self, row: LabelRow, unit: Unit, wanted: tuple[MediaOf, str, bool]) -> None:
        self._wanted, self._is_making = wanted, True
        media, _, other_orientation = wanted
        self._pane.show_volume(None, "Reading the slices…")
        budget = int(self._budget() * SHARE)

        def is_stale() -> bool:
            return self._wanted is not wanted

        def work() -> Cuts | ViewerError | None:
            try:
                slices = media.slices(unit, other_orientation)
                if slices is None:
                    return ViewerError("The slices were not found")
                return Cuts(build_volume(slices, self._progress("Building the volume", is_stale), is_stale, budget))
            except ViewerError as error:
                return error
            except Stopped:
                return None

        def then(made: Cuts | ViewerError | None) -> None:
            if is_stale() or made is None:
                return
            if isinstance(made, ViewerError):
                self._done()
                self._pane.show_volume(None, str(made))
            else:
                self._show_volume(made)
                self._read_labels(row, unit, made, is_stale)

        self._background.run("volume", work, then, self._failed)

    def _failed(self, error: Exception) -> None:
        """A mistake of ours must not leave a pane that waits for ever."""
        _log.error("the planes could not be made", exc_info=error)
        self._done()
        self._pane.show_volume(None, f"Something went wrong with these slices ({escaped(repr(error))[:200]})")

    def _progress(self, words: str, is_stale: Callable[[], bool]) -> Callable[[float], None]:
        told = [time.monotonic()]

        def progress(part: float) -> None:
            if time.monotonic() - told[0] > TELL_AFTER:
                told[0] = time.monotonic()
                text = f"{words} {part:.0%}"
                self._background.post(lambda: None if is_stale() else self._session.say_busy(text))

        return progress

    def _read_labels(self, row: LabelRow, unit: Unit, cuts: Cuts, is_stale: Callable[[], bool]) -> None:
        """The labels of every slice of the volume that has any."""
        labels, size = row.labels[unit.id], cuts.volume.size
        listed = set(labels.frames.tolist())
        slices = [(place, frame) for place, frame in enumerate(cuts.volume.frames) if frame in listed]
        progress = self._progress("Cutting the labels", is_stale)

        def work() -> list[Layer] | None:
            made: list[Layer] = []
            for done, (place, frame) in enumerate(slices):
                if is_stale():
                    return None
                made += layers_of(labels.read(frame, size), place, size)
                progress(done / len(slices))
            return made

        def then(made: list[Layer] | None) -> None:
            if made is not None and not is_stale():
                self._done()
                self._layers = made
                self._show_labels()

        self._background.run("layers", work, then, self._failed)

    # ---------------------------------------------------------------- showing

    def _show_volume(self, cuts: Cuts) -> None:
        self._cuts = cuts
        self._show_window()
        self._show_look()
        self._pane.show_volume(cuts)
        size = cuts.volume.size
        self._turn_to(self._selected_bounds() or Bounds(0, 0, size.width, size.height))
        self._turns = False
        self._aim()

    def _selected_bounds(self) -> Bounds | None:
        """Of the selected label, where it is on the frame that is shown."""
        view, selected = self._session.view, self._session.state.selected
        for annotation in view.labels.annotations if view is not None else ():
            if annotation.object_hash == selected and annotation.sketch is not None:
                return annotation.sketch.bounds
        return None

    def _turn_to(self, bounds: Bounds) -> None:
        x, y = (bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2
        self._pane.set_crosshair(int(x), int(y), self._session.state.frame)

    def _turn(self) -> None:
        """To the middle of a label that was just selected, unless the crosshair is in it already, as after a click."""
        bounds = self._selected_bounds() if self._turns else None
        if bounds is not None:
            self._turns = False
            column, row = self._pane.crosshair
            if not (bounds.left <= column + 0.5 <= bounds.right and bounds.top <= row + 0.5 <= bounds.bottom):
                self._turn_to(bounds)

    def _aim(self) -> None:
        """The crosshair of the planes and of the picture at the frame that is shown."""
        if self._cuts is None:
            self._canvas.set_crosshair(None)
            return
        self._turn()
        column, row = self._pane.crosshair
        self._pane.set_crosshair(column, row, self._session.state.frame)
        self._show_window()
        self._canvas.set_crosshair((column + 0.5, row + 0.5))

    def _show_window(self) -> None:
        """As the picture is seen: by the reviewer's window, else by the frame's own."""
        state, view = self._session.state, self._session.view
        picture = view.picture if view is not None else None
        own = picture.grey.windows[0] if picture is not None and picture.grey is not None else None
        self._pane.set_window(state.window or own, state.inverted)

    def _show_look(self) -> None:
        state = self._session.state
        self._pane.set_pens(1.0 if state.fill_solid else state.look.fill, state.look.line_width)
        self._pane.set_selected(state.selected)

    def _show_labels(self) -> None:
        if self._cuts is not None:
            self._pane.show_labels(Body(self._cuts, self._layers, self._session.state, self._session.naming))

    def _on_changed(self, old: ViewState, new: ViewState) -> None:
        if self._cuts is None or self._pane.isHidden():
            return
        if old.selected != new.selected:
            self._turns = new.selected is not None
        if old.frame != new.frame or (self._turns and self._selected_bounds() is not None):
            self._aim()
        if (old.window, old.inverted) != (new.window, new.inverted):
            self._show_window()
        self._show_look()
        if _labels_look(old) != _labels_look(new):
            self._show_labels()

    # ---------------------------------------------------------------- the pointer

    def _go(self, column: int, row: int, frame: int) -> None:
        """The reviewer moved the crosshair in a plane."""
        self._canvas.set_crosshair((column + 0.5, row + 0.5))
        self._session.set(frame=frame)

    def _on_clicked(self, x: float, y: float) -> None:
        """On the picture itself."""
        if self._cuts is not None and not self._pane.isHidden():
            size = self._cuts.volume.size
            if 0 <= x < size.width and 0 <= y < size.height:
                self._pane.set_crosshair(int(x), int(y), self._session.state.frame)
                self._aim()


def _labels_look(state: ViewState) -> tuple[object, ...]:
    """What decides which labels are shown and in which colours."""
    look = state.look
    chosen = state.selected if state.solo or look.dim else None
    hidden = state.hidden_objects, state.hidden_classes, state.hidden_shapes, state.hide_all
    return *hidden, state.solo, chosen, look.colour_by, look.safe_palette, look.dim

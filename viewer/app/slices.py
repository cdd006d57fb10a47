"""Slices of a body: what is said on them, how the mouse steps through them, and the strip beside them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject

from viewer.app.moving import Moving
from viewer.app.session import Session
from viewer.app.times import is_cine
from viewer.canvas.canvas_pane import CanvasPane
from viewer.canvas.slice_words import slice_words
from viewer.export.unit_media import SLICE_KINDS
from viewer.labels.records import Instance
from viewer.media.grey import Window
from viewer.scene.colours import SAFE, rgb
from viewer.scene.marks import Colour
from viewer.scene.shown import is_hidden
from viewer.scene.view_state import ViewState
from viewer.timeline.slice_strip_pane import SliceStripPane
from viewer.timeline.slice_ticks import SliceTicks


class SliceFeed(QObject):
    """One direction: from the session to the canvas and the strip, but for steps and clicks."""

    def __init__(self, session: Session, moving: Moving, canvas: CanvasPane, strip: SliceStripPane) -> None:
        super().__init__()
        self._session, self._moving, self._canvas, self._strip = session, moving, canvas, strip
        session.row_shown.connect(self._on_row)
        session.index_ready.connect(self._show_strip)
        session.medium_opened.connect(self._count)
        session.frame_shown.connect(self._say)
        session.changed.connect(self._on_changed)
        canvas.stepped.connect(moving.step)
        strip.frame_requested.connect(moving.go_to)

    def _has_slices(self) -> bool:
        unit = self._session.unit
        return unit is not None and unit.kind in SLICE_KINDS and len(self._moving.frames()) > 1

    def _on_row(self) -> None:
        unit = self._session.unit
        self._canvas.set_shows_slices(unit is not None and unit.kind in SLICE_KINDS)
        self._canvas.clear_rulers()
        self._count()

    def _count(self) -> None:
        """How many there are may be known only once their files are."""
        self._canvas.set_wheel_steps(self._has_slices())
        self._show_strip()

    def _show_strip(self) -> None:
        ticks = self._ticks() if self._has_slices() else None
        if ticks is not None and is_cine(self._session):
            ticks = replace(ticks, noun="picture")
        self._strip.show_ticks(ticks)
        self._strip.set_frame(self._session.state.frame)

    def _ticks(self) -> SliceTicks:
        """Of the labels that are not hidden; without any before the index is there."""
        session, frames = self._session, self._moving.frame_numbers()
        index = session.index
        presence = index.presence.get(session.unit.id) if index is not None and session.unit is not None else None
        if index is None or presence is None:
            return SliceTicks(frames)
        state, kinds = session.state, {i.feature_hash: i for i in reversed(index.instances)}
        order = tuple(dict.fromkeys(i.feature_hash for i in index.instances))
        place = {feature_hash: at for at, feature_hash in enumerate(order)}
        shown = np.array([not is_hidden(instance, state) for instance in index.instances], dtype=np.bool_)
        classes = np.array([place.get(i.feature_hash, 0) for i in index.instances], dtype=np.int64)
        seen = shown[presence.objects] if len(shown) else np.zeros(0, dtype=np.bool_)
        first = [kinds[feature_hash] for feature_hash in order]
        return SliceTicks.of(
            frames,
            presence.frames[seen],
            classes[presence.objects[seen]],
            [instance.name for instance in first],
            [_colour(instance, at, state) for at, instance in enumerate(first)],
        )

    def _say(self) -> None:
        """Of the slice that is shown; nothing on other pictures."""
        view = self._session.view
        picture = view.picture if view is not None else None
        if view is None or picture is None or picture.plane is None:
            self._canvas.set_words(())
            return
        frame, frames = view.key.frame, self._moving.frame_numbers()
        state = self._session.state
        window: Window | None = (state.window or picture.grey.windows[0]) if picture.grey is not None else None
        place = int(np.searchsorted(frames, frame))
        said = slice_words(
            picture.plane, frame, place, len(frames), window, state.inverted, is_cine=is_cine(self._session)
        )
        self._canvas.set_words(said)

    def _on_changed(self, old: ViewState, new: ViewState) -> None:
        self._canvas.set_slice_hud(new.look.slice_hud)
        if old.frame != new.frame:
            # at once, though the picture may take a while: a click has to show that it was heard
            self._strip.set_frame(new.frame)
        if old.view == new.view:
            self._say()
        if _shown_by(old) != _shown_by(new):
            self._show_strip()


def _shown_by(state: ViewState) -> tuple[object, ...]:
    """What the strip depends on."""
    return state.hidden_objects, state.hidden_classes, state.hidden_shapes, state.look.safe_palette


def _colour(instance: Instance, at: int, state: ViewState) -> Colour:
    """Of a class, by one of its labels and the place of the class in the row."""
    return SAFE[at % len(SAFE)] if state.look.safe_palette else rgb(instance.colour)

"""Showing: what is hidden, how labels and picture are drawn, what is zoomed to."""

from __future__ import annotations

import math
from typing import get_args

import numpy as np

from viewer.app.session import Session
from viewer.app.windowing import Windowing
from viewer.labels.records import Annotation
from viewer.media.kinds import Picture
from viewer.scene.view_state import Alike, Captions, ColourBy
from viewer.shapes.sketch import Bounds


class Showing:
    """What the keys of the Labels menu do."""

    def __init__(self, session: Session, windowing: Windowing) -> None:
        self._session = session
        self._windowing = windowing

    def reset_contrast(self) -> None:
        """The picture as its file wants it."""
        self._session.set(window=None, inverted=False)
        self._session.set_look(brightness=0.0, contrast=0.0, gamma=1.0)

    def annotation(self, object_hash: str | None) -> Annotation | None:
        """A label on the present frame."""
        view = self._session.view
        found = view.labels.annotations if view else ()
        return next((a for a in found if a.object_hash == object_hash), None)

    def cycle_captions(self) -> None:
        self._session.set_look(captions=_after(self._session.state.look.captions, get_args(Captions)))

    def cycle_colouring(self) -> None:
        self._session.set_look(colour_by=_after(self._session.state.look.colour_by, get_args(ColourBy)))

    def toggle_safe_palette(self) -> None:
        self._session.set_look(safe_palette=not self._session.state.look.safe_palette)

    def toggle_trail(self) -> None:
        self._session.set_look(trail=not self._session.state.look.trail)

    def toggle_slice_hud(self) -> None:
        self._session.set_look(slice_hud=not self._session.state.look.slice_hud)

    def cycle_dim(self) -> None:
        """None, then all but the selected label, all but its class, all but its shape."""
        self._session.set_look(dim=_after(self._session.state.look.dim, get_args(Alike)))

    def change_fill(self, by: float) -> None:
        self._session.set_look(fill=round(min(max(self._session.state.look.fill + by, 0.0), 1.0), 2))

    def change_line(self, by: float) -> None:
        self._session.set_look(line_width=min(max(self._session.state.look.line_width + by, 0.0), 8.0))

    def toggle_solo(self, object_hash: str | None = None, by: Alike = "instance") -> None:
        """Only this label, or those like it, or all again; without a hash the selected one."""
        state = self._session.state
        wanted = object_hash or state.selected
        is_on = state.solo == by and wanted == state.selected
        self._session.set(solo="" if is_on else by, selected=wanted)

    def toggle_selected_visibility(self) -> None:
        selected = self._session.state.selected
        if selected is not None:
            self.show_object(selected, selected in self._session.state.hidden_objects)

    def show_object(self, object_hash: str, shown: bool) -> None:
        self._session.set(hidden_objects=_with(self._session.state.hidden_objects, object_hash, hidden=not shown))

    def show_class(self, feature_hash: str, shown: bool) -> None:
        self._session.set(hidden_classes=_with(self._session.state.hidden_classes, feature_hash, hidden=not shown))

    def show_shape(self, word: str, shown: bool) -> None:
        self._session.set(hidden_shapes=_with(self._session.state.hidden_shapes, word, hidden=not shown))

    def show_everything(self) -> None:
        nothing = frozenset[str]()
        self._session.set(hidden_objects=nothing, hidden_classes=nothing, hidden_shapes=nothing, solo="")

    def drag_adjust(self, right: float, down: float) -> None:
        """A right drag: up more brightness; to the right more contrast, or on slices a wider window."""
        if self._windowing.drag(right, down):
            return
        look = self._session.state.look
        self._session.set_look(
            contrast=min(max(look.contrast + right / 400, -1.0), 1.0),
            brightness=look.brightness - down / 400,
        )

    def stretch_to(self, visible: Bounds) -> None:
        """Brightness and contrast so that the visible part of the picture uses the whole range."""
        view = self._session.view
        if view is not None and view.picture is not None:
            left, top, right, bottom = (int(edge) for edge in visible)
            if self._windowing.stretch_to(left, top, right + 1, bottom + 1):
                return
            brightness, contrast = stretch(view.picture, left, top, right + 1, bottom + 1)
            self._session.set_look(brightness=brightness, contrast=contrast, gamma=1.0)


def _after(value: str, choices: tuple[str, ...]) -> str:
    return choices[(choices.index(value) + 1) % len(choices)]


def _with(names: frozenset[str], name: str, *, hidden: bool) -> frozenset[str]:
    return names | {name} if hidden else names - {name}


def stretch(picture: Picture, left: int, top: int, right: int, bottom: int) -> tuple[float, float]:
    """(brightness, contrast) that make this part of the picture use the whole range, but for a hundredth at each end."""
    part = picture.shown[max(top, 0) : max(bottom, top + 1), max(left, 0) : max(right, left + 1)]
    if not part.size:
        return 0.0, 0.0
    grey = part if part.ndim == 2 else part[..., :3].max(axis=2)
    low, high = np.percentile(grey[:: max(grey.shape[0] // 500, 1), :: max(grey.shape[1] // 500, 1)], (1, 99))
    span = max(float(high - low), 4.0)
    return level_for(float(low), float(low) + span)


def level_for(low: float, high: float) -> tuple[float, float]:
    """(brightness, contrast) with which the canvas takes the grey `low` to black and `high` to white."""
    slope = 255.0 / (high - low)
    return (0.5 - low / 255.0) * slope - 0.5, math.atan(slope) * 4.0 / math.pi - 1.0

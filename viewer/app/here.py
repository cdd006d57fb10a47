"""Here: what the keys act on, by the kind of what is on screen. The one place where this is told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.app.moving import Moving
from viewer.app.player import Player
from viewer.app.sound_player import SoundPlayer
from viewer.app.stretch_moving import StretchMoving
from viewer.canvas.canvas_pane import CanvasPane
from viewer.export.unit_media import PASSAGE_KINDS
from viewer.sound.sound_pane import SoundPane

if TYPE_CHECKING:
    from viewer.app.window import Window
from viewer.text.text_pane import TextPane


class Here:
    """Frames of pictures, a sound, or a text."""

    def __init__(self, window: Window) -> None:
        self._session, panes = window.session, window.panes
        self._canvas, self._sound, self._text = panes.canvas, panes.sound, panes.text
        self._frames = window.moving
        self.stretches = StretchMoving(window.session, window.stretches, window.sounds, panes.text)
        self._film, self.sound_player = window.player, window.sound_player
        self._zoom_to_label, self._step_label = window.following.zoom_to_selected, window.step_label

    @property
    def is_sound(self) -> bool:
        unit = self._session.unit
        return unit is not None and unit.kind == "audio"

    @property
    def is_passage(self) -> bool:
        unit = self._session.unit
        return unit is not None and unit.kind in PASSAGE_KINDS

    @property
    def moving(self) -> Moving | StretchMoving:
        return self.stretches if self.is_sound or self.is_passage else self._frames

    @property
    def player(self) -> Player | SoundPlayer:
        return self.sound_player if self.is_sound else self._film

    @property
    def can_step(self) -> bool:
        """Whether there is another place to go to."""
        return self.is_sound or self.is_passage or len(self._frames.frames()) > 1

    @property
    def can_play(self) -> bool:
        return self.is_sound or (not self.is_passage and len(self._frames.frames()) > 1)

    @property
    def view(self) -> CanvasPane | SoundPane | TextPane:
        if self.is_passage:
            return self._text
        return self._sound if self.is_sound else self._canvas

    def zoom_to_label(self) -> None:
        if self.is_sound:
            self._sound.zoom_to_selected()
        elif self.is_passage:
            self._text.show_selected()
        else:
            self._zoom_to_label()

    def step_label(self, step: int) -> None:
        """The next label on a frame, the next range in time or in the text."""
        if self.is_sound or self.is_passage:
            self.stretches.step_label(step)
        else:
            self._step_label(step)

    def play_stretch(self, *, with_lead: bool = False) -> None:
        """Once: what is marked in a sound, else the selected range; of a film where the selected label is."""
        if self.is_sound:
            part = self._marked() or self.stretches.part()
            if part is not None:
                self.sound_player.play_part(part, with_lead=with_lead)
        elif (stretch := self._frames.stretch()) is not None:
            self._film.play_stretch(stretch)

    def _marked(self) -> tuple[int, int] | None:
        return self.sound_player.bounds if not self.sound_player.loops else None

    def toggle_loop(self) -> None:
        if self.is_sound:
            self.sound_player.toggle_loop(self.stretches.part())
        else:
            self._film.toggle_loop(self._frames.stretch())

"""Here: what the keys act on, by the kind of what is on screen. The one place where this is told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.app.moving import Moving
from viewer.app.player import Player
from viewer.app.sound_player import SoundPlayer
from viewer.app.stretch_moving import StretchMoving
from viewer.app.times import times_of
from viewer.canvas.canvas_pane import CanvasPane
from viewer.export.unit_media import PASSAGE_KINDS
from viewer.panels.goto import Question, frame_question, moment_question
from viewer.sound.sound_pane import SoundPane
from viewer.sound.words import clock
from viewer.text.text_pane import TextPane

if TYPE_CHECKING:
    from viewer.app.window import Window


class Here:
    """Frames of pictures, a sound, or a text."""

    def __init__(self, window: Window) -> None:
        self._session, panes = window.session, window.panes
        self._canvas, self._sound, self._text = panes.canvas, panes.sound, panes.text
        self._frames, self._sounds = window.moving, window.sounds
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

    def question(self) -> Question | None:
        """Where to go, among frames or in a sound; None where there is nowhere else to be."""
        session, sounds = self._session, self._sounds
        if self.is_sound:
            here = clock(sounds.milliseconds(session.state.position)), session.state.position
            samples = sounds.count if sounds.sound is not None else 0
            return moment_question(sounds.count / sounds.rate, here, sounds.sample_of, samples)
        if self.is_passage or not self._frames.frames():
            return None
        times = times_of(session) if session.video is not None else None
        frame_at = times.frame_at if times is not None else None
        return frame_question(self._frames.frame_numbers(), session.state.frame, frame_at)

    def go_to(self, place: int) -> None:
        """What was answered to the question."""
        if self.is_sound:
            self._sounds.go_to(place)
        else:
            self._frames.go_to(place)

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

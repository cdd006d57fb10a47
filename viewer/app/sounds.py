"""Sounds: keeps the pane of the sound in line with the session, and reads the sound for it in the background."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QObject

from viewer.app.attempt import attempt
from viewer.app.background import Background
from viewer.app.session import Session
from viewer.app.settings import Settings
from viewer.app.sound_player import SoundPlayer
from viewer.app.stretch_book import StretchBook
from viewer.check.sounds import sound_problems
from viewer.errors import ViewerError
from viewer.export.unit_media import MediaOf
from viewer.media.kinds import Sound
from viewer.media.waveform import Waveform
from viewer.scene.coverage import Coverage, coverage_of
from viewer.scene.stretches import Stretches
from viewer.scene.view_state import ViewState
from viewer.scene.words import shown
from viewer.sound.rows import By, SoundRows, rows_of
from viewer.sound.sound_look import SoundLook
from viewer.sound.sound_pane import SoundPane

BUDGET_BYTES = 64_000_000
"""For the overview of one sound."""
GROWN_SECONDS, TELL_SECONDS = 0.1, 0.5
"""Between two looks at how far the overview is, and before it is said that it takes a while."""
SHORT = 60
"""Characters at most of why nothing is heard; all of it is in a tooltip."""
NO_RATE = 1000.0
"""Positions are milliseconds where there is no sound."""


class SoundFeed(QObject):
    """One direction: from the session to the pane; a click there seeks and selects."""

    def __init__(
        self,
        session: Session,
        book: StretchBook,
        background: Background,
        pane: SoundPane,
        player: SoundPlayer,
        settings: Settings,
    ) -> None:
        super().__init__()
        self._session, self._book, self._background = session, book, background
        self.pane, self._player, self._settings = pane, player, settings
        self.sound: Sound | None = None
        self.coverage: Coverage | None = None
        self.rate = NO_RATE
        """Samples a second."""
        self.count = 0
        """Samples that the cursor can stand on."""
        self._shown: tuple[MediaOf, str] | None = None
        """The unit whose sound is shown, or is being opened."""
        self._rows: tuple[Stretches, By, float] | None = None
        """What rows are shown, or being made, of."""
        self._is_building = False
        pane.set_look(settings.sound_look)
        book.changed.connect(self._show_rows)
        session.row_shown.connect(self._on_row)
        session.changed.connect(self._on_changed)
        player.changed.connect(self._on_player)
        pane.position_requested.connect(self.go_to)
        pane.selected.connect(self._select)
        pane.part_marked.connect(player.mark_part)
        pane.look_changed.connect(self._on_look)

    @property
    def is_on_screen(self) -> bool:
        unit = self._session.unit
        return unit is not None and unit.kind == "audio"

    @property
    def is_behind(self) -> bool:
        """Whether what is shown is not complete and sharp yet."""
        return self.is_on_screen and (self._is_building or not self.pane.is_settled)

    def sample_of(self, milliseconds: float) -> int:
        """The sample that is heard at a moment of the export: the first that is not before it, but for rounding."""
        return math.ceil(milliseconds * self.rate / 1000 - 1e-6)

    def milliseconds(self, sample: float) -> float:
        return sample * 1000 / self.rate

    def go_to(self, sample: int) -> None:
        """The cursor, as far as the sound goes."""
        self._session.set(position=min(max(sample, 0), self.count))

    # ---------------------------------------------------------------- the sound

    def _on_row(self) -> None:
        session, media, unit = self._session, self._session.media, self._session.unit
        key = (media, unit.id) if media is not None and unit is not None and self.is_on_screen else None
        if key == self._shown and key is not None:
            return
        self._shown = key
        self.sound, self.coverage, self._rows = None, None, None
        self._is_building = key is not None
        for name in ("sound", "sound overview"):
            self._background.cancel(name)
        self.pane.show_rows(None, None)
        self.pane.show_sound(None, None, "Opening the sound…" if key is not None else "")
        self._player.leave()
        self._measure()
        self.pane.fit()
        if key is None or media is None or unit is None:
            return
        self.pane.set_state(session.state)

        def work() -> Sound | ViewerError | None:
            return attempt(lambda: media.sound(unit), "this sound")

        self._background.run("sound", work, lambda found: self._opened(key, found))

    def _opened(self, key: tuple[MediaOf, str], found: Sound | ViewerError | None) -> None:
        if key != self._shown:
            return
        if found is None or isinstance(found, ViewerError):
            self._is_building = False
            self._look_for_problems(key)
            said = str(found or "the sound was not found")
            self.pane.show_sound(None, None, f"{said[:1].upper()}{said[1:]}")
            self._measure()
            return
        self.sound = found
        wave = Waveform(found, BUDGET_BYTES)
        self._measure()
        self.pane.show_sound(found, wave)
        self._build(key, found, wave)

    def _build(self, key: tuple[MediaOf, str], sound: Sound, wave: Waveform) -> None:
        """Read all of it once; the waveform is seen growing."""
        began = time.monotonic()
        grown = [began]

        def stop() -> bool:
            return key != self._shown

        def tell(part: float) -> None:
            if not stop():
                self.pane.wave_grew()
                if time.monotonic() - began > TELL_SECONDS:
                    self._session.say_busy(f"Reading the sound {part:.0%}")

        def progress(part: float) -> None:
            if time.monotonic() - grown[0] > GROWN_SECONDS:
                grown[0] = time.monotonic()
                self._background.post(lambda: tell(part))

        def work() -> str:
            return str(attempt(lambda: wave.build(progress, stop), "this sound") or "")

        self._background.run("sound overview", work, lambda trouble: self._built(key, sound, wave, trouble))

    def _built(self, key: tuple[MediaOf, str], sound: Sound, wave: Waveform, trouble: str) -> None:
        if key != self._shown:
            return
        self._is_building = False
        self._look_for_problems(key)
        if self._session.busy.startswith("Reading the sound"):
            self._session.say_busy("")
        # only now is it known how long it is: headers guess, and some lie
        self._measure()
        self._show_rows()
        self.go_to(self._session.state.position)
        if trouble and not wave.known:
            self.pane.show_sound(None, None, f"{trouble[:1].upper()}{trouble[1:]}")
        self.pane.wave_grew()
        self.pane.set_state(self._session.state)

    def _look_for_problems(self, key: tuple[MediaOf, str]) -> None:
        """What is wrong with the sound, now that as much of it as there is was read."""
        row, unit, media = self._session.row, self._session.unit, key[0]
        if row is not None and unit is not None:
            self._background.run(
                "sound problems",
                lambda: tuple(sound_problems(row, media, unit)),
                lambda found: self._session.note_medium(media, found),
            )

    def _measure(self) -> None:
        """How long it is: as long as its samples, or as the export says; ranges beyond the end are seen too."""
        unit, stretches, sound = self._session.unit, self._book.stretches, self.sound
        said = unit.duration * NO_RATE if unit is not None and unit.duration else 0.0
        last = float(stretches.ends.max()) if stretches is not None and len(stretches) else 0.0
        self.rate = float(sound.rate) if sound is not None else NO_RATE
        length = float(sound.count) if sound is not None else max(said, last)
        self.count = math.ceil(length)
        self.pane.show_length(self.rate, length, last * self.rate / 1000)
        self._player.use(sound, self.rate, length)

    # ---------------------------------------------------------------- labels

    def _show_rows(self) -> None:
        """Make rows of the ranges, in a worker: there may be hundreds of thousands."""
        stretches = self._book.stretches
        if not self.is_on_screen or stretches is None:
            return
        self._measure()
        key = (stretches, self.pane.look.by, self.milliseconds(self.count))
        if key == self._rows:
            return
        self._rows = key

        def work() -> tuple[SoundRows, Coverage]:
            return rows_of(stretches, key[1]), coverage_of(stretches, key[2])

        def then(made: tuple[SoundRows, Coverage]) -> None:
            if key == self._rows:
                self.coverage = made[1]
                self.pane.show_rows(*made)
                self.pane.set_state(self._session.state)

        self._background.run("sound rows", work, then)

    def _select(self, label: str | None, place: int) -> None:
        """A click on a bar: the cursor goes to where it starts."""
        stretches = self._book.stretches
        at = stretches.find(label, place) if stretches is not None else None
        if at is None or stretches is None:
            self._session.set(selected=label, stretch=place)
        else:
            self._session.set(selected=label, stretch=place, position=self.sample_of(float(stretches.starts[at])))

    def _on_changed(self, old: ViewState, new: ViewState) -> None:
        if self.is_on_screen:
            self.pane.set_state(new)

    def _on_look(self, look: SoundLook) -> None:
        self._settings.sound_look = look
        self._show_rows()

    def _on_player(self) -> None:
        player = self._player
        self.pane.set_loop(player.bounds)
        words = shown(player.silence.partition(": ")[0], most=SHORT) + (": plays silently" if player.has_clock else "")
        self.pane.head.say_silent(words if player.is_silent else "", player.silence)

    def close(self) -> None:
        """The window is about to go."""
        self._shown = None
        self._player.pause()

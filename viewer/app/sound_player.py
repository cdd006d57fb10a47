"""Playing a sound: the cursor stands where is heard. Nothing plays unasked."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from viewer.app.session import Session
from viewer.app.sound_output import Clock, MakeOutput, Output, Speaker
from viewer.media.kinds import Sound
from viewer.sound.course import Course
from viewer.sound.words import clock

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
TICK = 10
"""Milliseconds between two looks at what is heard."""
BACK_SECONDS, LEAD_SECONDS = 5, 1

Part = tuple[int, int]
"""A sample, and the one after the last."""


class SoundPlayer(QObject):
    """Moves the session's position while it plays."""

    changed = Signal()
    """Whether it plays, how fast, or what is looped has changed."""

    def __init__(self, session: Session, make_output: MakeOutput) -> None:
        super().__init__()
        self._session, self._make_output = session, make_output
        self.speed = 1.0
        self.is_playing = False
        self.loops = False
        self.bounds: Part | None = None
        """What was marked, or is looped."""
        self.silence = ""
        """Why nothing is heard; empty where something is, or nothing was played yet."""
        self._sound: Sound | None = None
        self._rate, self._count = 1000.0, 0
        self._output: Output | None = None
        self._course = Course(0, 0)
        self._last = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tick)

    def use(self, sound: Sound | None, rate: float, count: float) -> None:
        """Another sound, or none of which only the length is known; the same one plays on if its length was another."""
        if sound is self._sound and rate == self._rate:
            self._use_length(int(count))
            return
        self.pause()
        self._output = None
        self._sound, self._rate, self._count = sound, rate, int(count)
        self._forget()

    def leave(self) -> None:
        """What was played and marked is not on screen any more."""
        self.pause()
        self._forget()

    def _forget(self) -> None:
        self.loops, self.bounds, self.silence = False, None, ""
        self.changed.emit()

    def _use_length(self, count: int) -> None:
        """What went to the end, as far as that was known, goes to the true one."""
        before, self._count = self._count, count
        if count == before:
            return

        def moved(end: int) -> int:
            return count if end == before else min(end, count)

        if self.bounds is not None:
            first, end = self.bounds[0], moved(self.bounds[1])
            self.bounds = (first, end) if first < end else None
        course, position = self._course, self._session.state.position
        if self.is_playing and moved(course.end) != course.end:
            again = course.again_from if course.again_from is not None and course.again_from < count else None
            if position < count:
                self._start(Course(position, count, course.speed, again))
            else:
                self.pause()
        self.changed.emit()

    @property
    def words(self) -> list[str]:
        """What is not seen otherwise: ['plays at 1.5x'], ['loops 0:01.000 to 0:02.000']."""
        said: list[str] = []
        if self.speed != 1:
            said.append(f"{'plays' if self.is_playing else 'will play'} at {self.speed:g}x")
        if self.loops and self.bounds is not None:
            said.append(f"loops {self._clock(self.bounds[0])} to {self._clock(self.bounds[1])}")
        elif self.loops:
            said.append("loops")
        return said

    def _clock(self, sample: int) -> str:
        return clock(round(sample * 1000 / self._rate))

    # ---------------------------------------------------------------- what keys do

    def toggle(self) -> None:
        """Space: play on, or stop."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """From the cursor on; from the beginning where that stands at the end."""
        position = self._session.state.position
        if self.loops:
            first, end = self.bounds or (0, self._count)
            start = position if first <= position < end else first
            self._start(Course(start, end, self.speed, first))
        else:
            self._start(Course(position if position < self._count else 0, self._count, self.speed))

    def pause(self) -> None:
        if self.is_playing:
            self.is_playing = False
            self._timer.stop()
            if self._output is not None:
                self._output.stop()
            self.changed.emit()

    def press(self, direction: int) -> None:
        """L: play; again: faster. J: some seconds back."""
        if direction > 0 and self.is_playing:
            self.change_speed(1)
        elif direction > 0:
            self.play()
        else:
            back = self._session.state.position - round(BACK_SECONDS * self._rate)
            self._session.set(position=max(back, 0))

    def change_speed(self, step: int) -> None:
        """To the next faster or slower one; the pitch stays."""
        nearest = min(range(len(SPEEDS)), key=lambda place: abs(SPEEDS[place] - self.speed))
        self.speed = SPEEDS[min(max(nearest + step, 0), len(SPEEDS) - 1)]
        if self.is_playing:
            self._go_on(self._session.state.position)
        self.changed.emit()

    def play_part(self, part: Part, *, with_lead: bool = False) -> None:
        """Once, from its first sample to its last, or from a second before."""
        lead = round(LEAD_SECONDS * self._rate) if with_lead else 0
        end = min(max(part[1], part[0] + 1), self._count)
        start = max(part[0] - lead, 0)
        if start < end:
            self._start(Course(start, end, self.speed))

    def toggle_loop(self, part: Part | None) -> None:
        """Loop what was marked, else this part, else everything; or no more."""
        self.loops = not self.loops
        if self.loops and self.bounds is None and part is not None and part[0] < part[1]:
            self.bounds = part
        elif not self.loops:
            self.bounds = None
        if self.is_playing:
            self.play()
        self.changed.emit()

    def mark(self, *, start: bool) -> None:
        """Loop from the cursor on, or up to it."""
        here = self._session.state.position
        first, end = self.bounds or (0, self._count)
        self.bounds = (here, end if end > here else self._count) if start else (first if first < here else 0, here)
        self.loops = True
        self.changed.emit()

    def mark_part(self, part: Part | None) -> None:
        """What was dragged over; None takes it back, unless it is looped."""
        if part is not None or not self.loops:
            self.bounds = part
            self.changed.emit()

    # ---------------------------------------------------------------- playing

    def _start(self, course: Course) -> None:
        if course.start >= course.end:
            return
        if self._output is None:
            self._output, self.silence = self._make_output(self._sound, self._rate)
            if isinstance(self._output, Speaker):
                self._output.lost.connect(self._on_lost)
        else:
            self._output.stop()
        self._course, self._last = course, course.start
        self._session.set(position=course.start)
        self._output.start(course)
        self.is_playing = True
        self._timer.start()
        self.changed.emit()

    def _go_on(self, position: int) -> None:
        """From another place, or at another speed, to the end that was wanted."""
        course = self._course
        end = course.end if position < course.end else self._count
        if position < end:
            self._start(Course(position, end, self.speed, course.again_from if end == course.end else None))
        else:
            self.pause()

    def _tick(self) -> None:
        if self._output is None or not self.is_playing:
            return
        if self._session.state.position != self._last:
            self._go_on(self._session.state.position)  # somebody went elsewhere
            return
        heard, frames = self._output.heard(), self._course.frames
        self._last = int(self._course.source_of(heard))
        self._session.set(position=self._last)
        if frames is not None and heard >= frames:
            self.pause()

    def _on_lost(self, why: str) -> None:
        """The device was unplugged: the next time another one is looked for."""
        self.pause()
        self._output = None
        self.silence = why
        self.changed.emit()

    @property
    def is_silent(self) -> bool:
        """Whether it was found that nothing is heard."""
        return bool(self.silence) and (self._output is None or self.has_clock)

    @property
    def has_clock(self) -> bool:
        """Whether the cursor moves in silence while it plays."""
        return isinstance(self._output, Clock)

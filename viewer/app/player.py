"""Playing: frame numbers follow a clock. Frames are left out where decoding is slower, and the number is always true."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from viewer.app.session import Session
from viewer.app.times import Times, times_of
from viewer.labels.answers import Range

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)
TICK = 5
"""Milliseconds between two looks at the clock."""


class Player(QObject):
    """Moves the session from frame to frame while it plays."""

    changed = Signal()
    """Whether it plays, how fast, or what is looped has changed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.speed = 1.0
        """At which it plays, or will; forwards."""
        self.direction = 0
        """1 forwards, -1 backwards, 0 while it stands."""
        self.loops = False
        self.bounds: Range | None = None
        """First and last frame that are looped; None for all."""
        self._until: int | None = None
        self._times: Times | None = None
        self._began = 0.0
        self._from = 0.0
        self._last: int | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tick)
        session.row_shown.connect(self._on_row)
        session.medium_opened.connect(self._on_video)

    @property
    def is_playing(self) -> bool:
        return self.direction != 0

    @property
    def words(self) -> list[str]:
        """What is not seen otherwise: ['plays back at 2x'], ['loops 10 to 40']."""
        way = "back " if self.direction < 0 else ""
        said = [f"plays {way}at {self.speed:g}x"] if self.is_playing and (way or self.speed != 1) else []
        if not self.is_playing and self.speed != 1:
            said = [f"will play at {self.speed:g}x"]
        if self.loops:
            said.append(f"loops {self.bounds[0]:,} to {self.bounds[1]:,}" if self.bounds else "loops")
        return said

    def toggle(self) -> None:
        """Space: play on, or stop."""
        if self.is_playing:
            self.pause()
        else:
            self.play(1)

    def play(self, direction: int, until: int | None = None) -> None:
        """Forwards or backwards from the present frame; from the start again at the end. `until`: stop at this frame."""
        times = times_of(self._session)
        if times is None or len(times.frames) < 2:
            return
        first, last = self._ends(times)
        frame = self._session.state.frame
        if until is None and (frame >= last if direction > 0 else frame <= first):
            frame = first if direction > 0 else last
            self._session.set(frame=frame)
        self._times, self._until, self.direction = times, until, direction
        self._start_clock(frame)
        self._timer.start()
        self.changed.emit()

    def pause(self) -> None:
        if self.is_playing:
            self._timer.stop()
            self.direction = 0
            self._until = None
            self.changed.emit()

    def press(self, direction: int) -> None:
        """L or J: play that way; again: twice as fast, up to the fastest."""
        if self.direction != direction:
            self.speed = 1.0
        elif self.speed < SPEEDS[-1]:
            self.speed *= 2
        self.play(direction, self._until if self.direction == direction else None)

    def change_speed(self, step: int) -> None:
        """To the next faster or slower one."""
        nearest = min(range(len(SPEEDS)), key=lambda place: abs(SPEEDS[place] - self.speed))
        self.speed = SPEEDS[min(max(nearest + step, 0), len(SPEEDS) - 1)]
        if self.is_playing:
            self._start_clock(self._session.state.frame)
        self.changed.emit()

    def play_stretch(self, stretch: Range) -> None:
        """From its first frame to its last, once."""
        self.pause()
        self._session.set(frame=stretch[0])
        self.play(1, stretch[1])

    def toggle_loop(self, stretch: Range | None) -> None:
        """Loop what was marked, else this stretch, else everything; or no more."""
        self.loops = not self.loops
        if self.loops and self.bounds is None:
            self.bounds = stretch
        elif not self.loops:
            self.bounds = None
        self.changed.emit()

    def mark(self, *, start: bool) -> None:
        """Loop from the present frame on, or up to it."""
        times = times_of(self._session)
        if times is None:
            return
        frame = self._session.state.frame
        first, last = self._ends(times)
        if start:
            self.bounds = (frame, last if last > frame else times.frames[-1])
        else:
            self.bounds = (first if first < frame else times.frames[0], frame)
        self.loops = True
        self.changed.emit()

    def _ends(self, times: Times) -> Range:
        if self.loops and self.bounds is not None:
            return self.bounds
        return times.frames[0], times.frames[-1]

    def _on_row(self) -> None:
        self.pause()
        if self.bounds is not None or self.loops:
            self.bounds, self.loops = None, False
            self.changed.emit()

    def _on_video(self) -> None:
        """Its times are known now, or its numbers are read in another way: play on by them."""
        times = times_of(self._session)
        if self.is_playing and times is not None:
            self._times = times
            self._start_clock(self._session.state.frame)

    def _start_clock(self, frame: int) -> None:
        assert self._times is not None
        self._began, self._from = time.monotonic(), self._times.seconds_of(frame)
        self._last = frame

    def _tick(self) -> None:
        session, times = self._session, self._times
        if times is None or not self.is_playing:
            return
        if session.state.frame != self._last:
            self._start_clock(session.state.frame)  # somebody went elsewhere: play on from there
        if not session.is_current():
            return  # the frame asked for is still being decoded; those whose time passes meanwhile are left out
        passed = (time.monotonic() - self._began) * self.speed * self.direction
        frame = times.frame_at(self._from + passed)
        first, last = self._ends(times)
        end = self._until if self._until is not None else last if self.direction > 0 else first
        if (frame >= end) if self.direction > 0 else (frame <= end):
            self._at_end(passed, end, first, last)
        elif frame != session.state.frame:
            self._show(frame)

    def _at_end(self, passed: float, end: int, first: int, last: int) -> None:
        assert self._times is not None
        since = abs(self._from + passed - self._times.seconds_of(end))
        if self._session.state.frame != end:
            self._show(end)
        elif since < 1 / self._times.rate:
            return  # the last one is seen as long as the others
        elif self.loops and self._until is None:
            frame = first if self.direction > 0 else last
            self._show(frame)
            self._start_clock(frame)
        else:
            self.pause()

    def _show(self, frame: int) -> None:
        self._last = frame
        self._session.set(frame=frame)

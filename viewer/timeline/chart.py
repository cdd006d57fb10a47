"""Chart: what the timeline shows and where, without Qt: pixels to frames, labels and words, and back."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from viewer.scene.view_state import ViewState
from viewer.timeline.axis import Axis
from viewer.timeline.bands import EDGE, ROW, Bands
from viewer.timeline.density import Density
from viewer.timeline.rows import Row, Wanted, rows_of
from viewer.timeline.spans import runs_of
from viewer.timeline.tracks import Track, Tracks

LEAST_BAR = 3
"""Pixels of the widget that a bar is wide at least, so that a single frame is seen in a long video."""
NONE = np.zeros(0, dtype=np.int64)

Zone = Literal["ruler", "density", "pictures", "rows", "names", "edge", "corner"]


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under a pixel."""

    zone: Zone
    position: int
    """The position that a click there means."""
    row: int | None = None
    bar: tuple[int, int] | None = None
    """Start and exclusive end of the bar, in positions."""
    label: str | None = None
    """Of the row, or of the answer under the pixel."""
    said: tuple[int, ...] = ()
    """Answers under the pixel, in `Tracks.answers`."""


@dataclass(slots=True)
class Chart:
    """Everything that painting and the mouse need to know; the panes change it and repaint."""

    frames: NDArray[np.int64] = field(default_factory=lambda: NONE)
    """Numbers of all frames, ascending."""
    density: Density = field(default_factory=lambda: Density(NONE))
    fps: float | None = None
    tracks: Tracks | None = None
    wanted: Wanted = field(default_factory=Wanted)
    rows: tuple[Row, ...] = ()
    row_by_track: dict[int, int] = field(default_factory=dict[int, int])
    """Rows of labels and classifications."""
    state: ViewState = field(default_factory=ViewState)
    """What is hidden, and how labels are coloured."""
    bands: Bands = field(default_factory=lambda: Bands(1, 1, 0, 0, 0, 0))
    ratio: float = 1.0
    """Columns to a pixel of the widget."""
    axis: Axis = field(default_factory=lambda: Axis.fit(1, 1))
    scroll: int = 0
    """Pixels that the rows are scrolled by."""
    position: int = 0
    """Of the playhead."""
    selected: str | None = None
    loop: tuple[int, int] | None = None
    """First and exclusive last position."""
    hovered: Hit | None = None

    # ---------------------------------------------------------------- what is shown

    def show_unit(self, frames: NDArray[np.int64], counts: NDArray[np.int64], fps: float | None) -> None:
        """Other frames; as long as they are the same, the view stays."""
        self.density, self.fps = Density(counts), fps
        if not np.array_equal(frames, self.frames):
            self.frames = frames
            self.axis = Axis.fit(len(frames), self.axis.width)
            self.scroll = self.position = 0
            self.loop = self.hovered = None

    def set_tracks(self, tracks: Tracks | None) -> None:
        self.tracks = tracks
        self.arrange(self.wanted)

    def arrange(self, wanted: Wanted) -> None:
        """List the rows in another way."""
        self.wanted = wanted
        self.rows = rows_of(self.tracks, wanted) if self.tracks is not None else ()
        self.row_by_track = {row.at: i for i, row in enumerate(self.rows) if row.kind in ("label", "classification")}
        self.scroll_to(self.scroll)

    def place(self, bands: Bands, ratio: float) -> None:
        self.bands, self.ratio = bands, ratio
        self.axis = self.axis.resized(round(bands.chart * ratio))
        self.scroll_to(self.scroll)

    @property
    def most_scroll(self) -> int:
        return max(len(self.rows) * ROW - self.bands.rows_height, 0)

    def scroll_to(self, scroll: int) -> None:
        self.scroll = min(max(scroll, 0), self.most_scroll)

    def position_of(self, frame: int) -> int:
        """Of a frame by its number, or of the nearest one before it."""
        return max(0, int(np.searchsorted(self.frames, frame, side="right")) - 1)

    def frame_at(self, position: int) -> int:
        return int(self.frames[position])

    def is_timed(self) -> bool:
        """Whether positions are moments: a picture of a group has no time."""
        return self.fps is not None and self.fps > 0

    def track(self, row: Row) -> Track | None:
        """Of a row, unless it is the head of a class."""
        return self.tracks.tracks[row.at] if self.tracks is not None and row.kind != "class" else None

    def label_of(self, row: Row) -> str | None:
        """Of a label's row itself; of a classification the answer that holds at the playhead, else its first one."""
        track = self.track(row)
        if track is None or self.tracks is None or track.label is not None:
            return track.label if track else None
        said = self.said_at(row, self.position)
        first = int(self.tracks.answers.spans.offsets[track.attributes[0].row])
        return self.tracks.answers.labels[said[0] if said else first] if track.length else None

    def toggle(self, row: Row) -> None:
        """Fold or unfold a class, or list the answers of a label."""
        if self.tracks is None:
            return
        wanted = self.wanted
        if row.kind == "class":
            self.arrange(replace(wanted, folded=wanted.folded ^ {self.tracks.classes[row.at].feature_hash}))
            return
        track = self.tracks.tracks[row.at]
        if track.label is not None and track.attributes:
            self.arrange(replace(wanted, opened=wanted.opened ^ {track.label}))

    @property
    def all_folded(self) -> bool:
        """Whether of no class more than its head is listed."""
        classes = self.tracks.classes if self.tracks is not None else ()
        return bool(classes) and all(found.feature_hash in self.wanted.folded for found in classes)

    def row_of(self, label: str | None) -> int | None:
        """The row of a label, if it is listed."""
        at = self.tracks.track_of(label) if self.tracks is not None else None
        return self.row_by_track.get(at) if at is not None else None

    def unfold(self, label: str | None) -> None:
        """List the row of a label that a folded class hides."""
        at = self.tracks.track_of(label) if self.tracks is not None else None
        if self.tracks is not None and at is not None:
            key = self.tracks.tracks[at].feature_hash
            if key in self.wanted.folded and self.tracks.tracks[at].label is not None:
                self.arrange(replace(self.wanted, folded=self.wanted.folded - {key}))

    def reveal(self, row: int) -> None:
        """Scroll no further than needed to see a row, and those of its answers as far as they fit."""
        last = row + 1
        while last < len(self.rows) and self.rows[last].kind == "attribute":
            last += 1
        self.scroll_to(min(max(self.scroll, last * ROW - self.bands.rows_height), row * ROW))

    # ---------------------------------------------------------------- what lies where

    def column_at(self, x: float) -> int:
        """The column of pixels under a point of the widget."""
        return math.floor((x - self.bands.left) * self.ratio)

    def x_of(self, column: float) -> float:
        """A column in pixels of the widget."""
        return self.bands.left + column / self.ratio

    @property
    def least_bar(self) -> int:
        return round(LEAST_BAR * self.ratio)

    def hit(self, x: float, y: float, *, slim: bool = False) -> Hit | None:
        """What lies under a point of the widget; None where there are no frames."""
        if not len(self.frames):
            return None
        bands, column = self.bands, self.column_at(x)
        position = self.axis.position_at(column)
        if not slim and abs(x - bands.left) <= EDGE:
            return Hit("edge", position)
        row = bands.row_at(y, self.scroll, len(self.rows))
        if x < bands.left:
            return (
                Hit("names", position, row, label=self._label_of(row))
                if y >= bands.rows_top
                else Hit("corner", position)
            )
        if y < bands.density_top:
            return Hit("ruler", position)
        if y < bands.pictures_top:
            return Hit("density", self.density.fullest(self.axis, column))
        if y < bands.rows_top:
            return Hit("pictures", position)
        return self._hit_row(row, column, position)

    def _label_of(self, row: int | None) -> str | None:
        track = self.track(self.rows[row]) if row is not None else None
        return track.label if track else None

    def _hit_row(self, row: int | None, column: int, position: int) -> Hit:
        if row is None or self.tracks is None:
            return Hit("rows", position)
        found = self.rows[row]
        spans = self.tracks.unions if found.kind == "class" else self.tracks.presence
        runs = runs_of(spans, [found.at], self.axis, self.least_bar)
        under = (runs.lefts <= column) & (column < runs.rights)
        if not under.any():
            return Hit("rows", position, row)
        position = spans.nearest(found.at, position) or 0
        at = spans.covering(found.at, position)
        bar = (int(spans.starts[at]), int(spans.ends[at])) if at is not None else None
        said = self.said_at(found, position)
        label = self._label_of(row)
        if found.kind == "classification" and said:
            label = self.tracks.answers.labels[said[0]]
        return Hit("rows", position, row, bar, label, said)

    def said_at(self, row: Row, position: int) -> tuple[int, ...]:
        """Answers of a row's track that hold on a position, in `Tracks.answers`."""
        track = self.track(row)
        if track is None or self.tracks is None:
            return ()
        found = (self.tracks.answers.spans.covering(a.row, position) for a in track.attributes)
        return tuple(at for at in found if at is not None)

    def extent(self, label: str | None) -> tuple[int, int] | None:
        """First and exclusive last position of a label."""
        at = self.tracks.track_of(label) if self.tracks is not None else None
        if at is None or self.tracks is None:
            return None
        spans, row = self.tracks.presence, at
        if self.tracks.tracks[at].label is None and label is not None:
            answers = self.tracks.answers
            own = [i for i, owner in enumerate(answers.labels) if owner == label]
            return int(answers.spans.starts[own[0]]), int(answers.spans.ends[own[-1]])
        starts, ends = spans.of_row(row)
        return (int(starts[0]), int(ends[-1])) if len(starts) else None

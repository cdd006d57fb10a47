"""What the timeline says about a place under the pointer, and to screen readers."""

from __future__ import annotations

from viewer.scene.ticks import time_words
from viewer.scene.words import counted, shown
from viewer.timeline.chart import Chart, Hit

MOST_LINES = 8
MOST = 80
"""Characters of a line."""


def place_words(chart: Chart, position: int) -> str:
    """'frame 17 · 0:00.567'."""
    said = f"frame {chart.frame_at(position):,}"
    return f"{said} · {time_words(chart.frame_at(position) / chart.fps)}" if chart.fps else said


def hit_lines(chart: Chart, hit: Hit) -> list[str]:
    """The place first, then what is there; every text on one line."""
    lines = [place_words(chart, hit.position)]
    if hit.row is None or chart.tracks is None:
        lines.append(counted(int(chart.density.counts[hit.position]), "label"))
        return lines
    row = chart.rows[hit.row]
    if row.kind == "class":
        found = chart.tracks.classes[row.at]
        lines.append(f"{shown(found.title, most=MOST)} · {counted(len(found.members), 'label')}")
        return lines
    track = chart.tracks.tracks[row.at]
    lines.append(shown(track.title, most=MOST))
    if hit.zone == "names":
        lines.append(f"on {counted(track.length, 'frame')}")
    elif hit.bar is None:
        lines.append("not here")
        return lines
    else:
        first, last = chart.frame_at(hit.bar[0]), chart.frame_at(hit.bar[1] - 1)
        lines.append(f"frame {first:,}" if first == last else f"frames {first:,}–{last:,}")
    titles = {a.row: a.title for a in track.attributes}
    for at in hit.said[:MOST_LINES]:
        title = titles.get(_row_of(chart, at), "")
        words = chart.tracks.answers.words[at]
        lines.append(shown(words if track.label is None else f"{title}: {words}", most=MOST))
    return lines


def _row_of(chart: Chart, segment: int) -> int:
    assert chart.tracks is not None
    offsets = chart.tracks.answers.spans.offsets
    return int(offsets.searchsorted(segment, side="right")) - 1


def description(chart: Chart) -> str:
    """For screen readers: where the playhead is, and what is selected."""
    if not len(chart.frames):
        return ""
    said = f"{place_words(chart, chart.position)}, last frame {chart.frame_at(len(chart.frames) - 1):,}"
    at = chart.tracks.track_of(chart.selected) if chart.tracks is not None else None
    if chart.tracks is not None and at is not None:
        said += f", {shown(chart.tracks.tracks[at].title, most=MOST)} selected"
    return said

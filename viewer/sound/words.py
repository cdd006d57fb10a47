"""What is said of ranges and moments of a sound."""

from __future__ import annotations

from viewer.scene.stretches import Stretches, StretchLabel
from viewer.scene.ticks import time_words
from viewer.scene.words import shown
from viewer.sound.axis import SoundAxis
from viewer.sound.chart import Hit, SoundChart

LONGEST = 400
"""Characters of an answer that are said of a range."""


def clock(milliseconds: float) -> str:
    """'1:03.500'; parts of a millisecond where there are any, as exported."""
    sign = "-" if milliseconds < 0 else ""
    part = abs(milliseconds) * 1000
    exact = abs(part / 1000 - round(part / 1000)) < 1e-6
    return sign + time_words(abs(milliseconds) / 1000, 3 if exact else 6)


def extent_words(start: float, end: float) -> str:
    """'0:01.200 to 0:02.500 · 1.300 s long', of milliseconds."""
    length = (end - start) / 1000
    digits = 3 if abs(length * 1000 - round(length * 1000)) < 1e-6 else 6
    return f"{clock(start)} to {clock(end)}  ·  {length:,.{digits}f} s long"


def range_words(stretches: Stretches, at: int) -> str:
    """'Speaker 2  ·  0:01.200 to 0:02.500  ·  1.300 s long  ·  range 3 of 7'."""
    label = stretches.label_of(at)
    said = [shown(label.title, most=80), extent_words(float(stretches.starts[at]), float(stretches.ends[at]))]
    if len(label.ranges) > 1:
        said.append(f"range {int(stretches.places[at]) + 1:,} of {len(label.ranges):,}")
    return "  ·  ".join(said)


def shorter_range_words(stretches: Stretches, at: int) -> tuple[str, str]:
    """Without the name, then without the length: the name stands in the list, the times do not."""
    start, end = float(stretches.starts[at]), float(stretches.ends[at])
    return extent_words(start, end), f"{clock(start)} to {clock(end)}"


def bar_words(label: StretchLabel, *, names: bool) -> str:
    """What stands on a bar: its answers, and its title where the row does not name it, or where nothing is answered."""
    words = " ".join(label.words[:LONGEST].split())
    if not words:
        return label.title
    return f"{label.title} · {words}" if names else words


def hover_words(chart: SoundChart, hit: Hit) -> list[str]:
    """Lines about what is under the pointer; none where there is nothing to say."""
    rows, axis = chart.rows, chart.axis
    if hit.zone == "rows" and rows is not None and hit.at is not None:
        label = rows.stretches.label_of(hit.at)
        words = label.words[:LONGEST]
        return [range_words(rows.stretches, hit.at), *([words] if words else [])]
    if hit.zone in ("rows", "names") and rows is not None and (row := chart.row_at(hit.lane)) is not None:
        label = rows.stretches.labels[row.label]
        if row.kind == "whole":
            return [f"{label.title}  ·  the whole sound", label.words[:LONGEST]]
        if hit.zone == "names":
            return [row.title, f"{row.count:,} range{'s' * (row.count != 1)}"]
    if hit.zone == "cover" and chart.coverage is not None:
        for edges, what in ((chart.coverage.overlaps, "Two labels of one class"), (chart.coverage.gaps, "No label")):
            found = chart.edges_near(edges, hit.sample)
            if found is not None:
                return [f"{what}  ·  {extent_words(*found)}"]
    if hit.zone in ("media", "ruler"):
        return [moment_words(axis, hit.sample)]
    return []


def moment_words(axis: SoundAxis, sample: float) -> str:
    """'0:01.200 · sample 52,920'; only the time where there is no sound."""
    return f"{clock(round(axis.milliseconds(sample), 3))}  ·  sample {int(sample):,}"

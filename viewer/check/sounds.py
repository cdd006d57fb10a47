"""What is wrong with a sound, held against what the export says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from viewer.errors import Place, Problem, Severity, ViewerError, escaped, in_full
from viewer.export.facts import number_of, whole_of
from viewer.export.stretches import odd_stretch
from viewer.export.unit_media import MediaOf
from viewer.labels.records import Unit
from viewer.labels.row import LabelRow
from viewer.media.kinds import Sound

SAME_MOMENT, SAME_SHARE = 0.1, 0.001
"""Seconds and share by which two durations may differ: decoders add a delay, exports round."""
ROUNDED = 1.0
"""Milliseconds by which a range may end beyond a sound that is exactly as long as it."""
PIECE = 1 << 20
"""Samples read at once."""


def sound_problems(row: LabelRow, media: MediaOf, unit: Unit) -> Iterator[Problem]:
    """Of a unit's sound, which is opened for it; nothing for other units, and for those whose file was not found."""
    source = media.match(unit, 0).source if unit.kind == "audio" else None
    if source is None:
        return
    where, at = escaped(source.name), Place(row.head.index, unit.id)
    try:
        sound = media.sound(unit)
    except ViewerError as error:
        yield Problem("error", where, f"{error}; the timeline is shown without its sound", at)
        return
    if sound is not None:
        for severity, what in (*_of_file(sound), *_of_facts(sound, unit), *_of_duration(sound, unit)):
            yield Problem(severity, where, what, at)
        yield from _beyond_the_end(row, unit, sound, where)


def heard_problems(
    row: LabelRow, media: MediaOf, unit: Unit, stop: Callable[[], bool] = lambda: False
) -> Iterator[Problem]:
    """The same once every sample was read, which tells of damage and of a header that lies."""
    try:
        sound = media.sound(unit)
        at = 0
        while sound is not None and not stop():
            at += PIECE
            if sound.samples(at - PIECE, at).shape[1] < PIECE:
                break
    except ViewerError:
        pass  # of a sound that cannot be opened or read on, which is said with the rest that is wrong with it
    yield from sound_problems(row, media, unit)


def _of_file(sound: Sound) -> Iterator[tuple[Severity, str]]:
    for what in sound.warnings:
        yield "warning", what
    for what in sound.notes:
        yield "note", what


def _of_facts(sound: Sound, unit: Unit) -> Iterator[tuple[Severity, str]]:
    """Notes: some exports say what the original file had, and ranges are in milliseconds whatever the rate is."""
    rate, channels = number_of(unit.facts, "audio_sample_rate"), whole_of(unit.facts, "audio_num_channels")
    if rate and rate != sound.rate:
        yield "note", f"the sound has {sound.rate:,} samples a second, the export says {in_full(rate)}"
    if channels and channels != sound.channels:
        count = f"{sound.channels:,} channel{'s' * (sound.channels != 1)}"
        yield "note", f"the sound has {count}, the export says {channels:,}"


def _of_duration(sound: Sound, unit: Unit) -> Iterator[tuple[Severity, str]]:
    found, said = sound.count / sound.rate, unit.duration
    if said is not None and abs(found - said) > max(SAME_MOMENT, SAME_SHARE * said):
        yield (
            "warning",
            f"the duration of the sound is {found:,.3f} s, the export's duration is {said:,.3f} s; "
            "labels are shown at their milliseconds",
        )


def _beyond_the_end(row: LabelRow, unit: Unit, sound: Sound, where: str) -> Iterator[Problem]:
    """Ranges that end after the sound; those that the export's own duration tells of are told of by it."""
    end = sound.count / sound.rate * 1000 + ROUNDED
    told = unit.duration * 1000 + ROUNDED if unit.duration is not None else None
    if told is not None and told <= end + SAME_MOMENT * 1000:
        return
    index = row.index()
    labels: list[tuple[str, tuple[Any, ...]]] = [
        *((i.object_hash, i.ranges) for i in index.instances if i.unit == unit.id and i.range_unit == "ms"),
        *((c.classification_hash, c.ranges) for c in index.classifications if c.unit == unit.id),
    ]
    count, first = 0, None
    for label, ranges in labels:
        beyond = sum(odd_stretch(pair) is None and end < pair[1] <= (told or float("inf")) for pair in ranges)
        count, first = count + beyond, first if first is not None or not beyond else label
    if count:
        lie = f"{count:,} range{'s end' if count != 1 else ' ends'}"
        what = f"{lie} beyond the end of the sound, whose duration is {sound.count / sound.rate * 1000:,.0f} ms"
        yield Problem("warning", where, what, Place(row.head.index, unit.id, None, first))

"""Pictures of sounds and texts for `render`: the timeline of a sound, the passage of a text or page."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from viewer.errors import ViewerError
from viewer.export.unit_media import MediaOf
from viewer.labels.records import Unit
from viewer.media.waveform import Waveform
from viewer.scene.offsets import USUAL
from viewer.scene.placed import Place, placed_moments
from viewer.scene.placing import placing
from viewer.scene.stretches import Stretches, stretches_of
from viewer.scene.view_state import Look, ViewState
from viewer.size import Size
from viewer.sound.paint_timeline import timeline_chart, timeline_image
from viewer.text.paint_render import render_passage

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

OVERVIEW_BYTES = 64_000_000
"""For the waveform of a sound."""
LARGEST_SIDE = 65_000
MOST_PIXELS = 250_000_000


def check_size(size: Size, scale: float) -> None:
    """Raises ViewerError for a picture that is too large to be made."""
    width, height = size.width * scale, size.height * scale
    if max(width, height) > LARGEST_SIDE or width * height > MOST_PIXELS:
        raise ViewerError(f"the picture would be {size} times {scale:g} pixels large, which is too much")


def passage_picture(media: MediaOf, unit: Unit, options: argparse.Namespace) -> QImage:
    """A text or page with its ranges, in the usual reading of their offsets. Raises ViewerError where there is none."""
    passage = media.passage(unit)
    place = placing(unit.kind, passage, USUAL)
    if passage is None or place is None:
        raise ViewerError(f"the {'page' if unit.kind == 'html' else 'text'} was not found, so there is nothing to draw")
    state = ViewState(unit=unit.id, look=Look(captions="none" if options.no_captions else "name"))
    return render_passage(
        passage,
        _wanted(media, unit, place, options),
        state,
        scale=options.scale,
        most_pixels=MOST_PIXELS,
        words=not options.overlay_only,
    )


def timeline_picture(media: MediaOf, unit: Unit, options: argparse.Namespace) -> QImage:
    """A sound with the rows of its labels; the rows alone where there is no sound, as in the window."""
    stretches = _wanted(media, unit, placed_moments, options)
    sound, trouble = None, "The sound was not found"
    try:
        sound = media.sound(unit)
    except ViewerError as error:
        trouble = str(error)
    state = ViewState(unit=unit.id, look=Look(captions="none" if options.no_captions else "answers"))
    chart = timeline_chart(stretches, sound, (unit.duration or 0) * 1000, state)
    check_size(Size(chart.bands.width, chart.bands.height), options.scale)
    wave = None
    if sound is not None and not options.overlay_only:
        wave = Waveform(sound, OVERVIEW_BYTES)
        wave.build(lambda _: None, lambda: False)
    message = "" if sound is not None or options.overlay_only else trouble
    return timeline_image(chart, wave, options.scale, message, with_ground=not options.overlay_only)


def _wanted(media: MediaOf, unit: Unit, place: Place, options: argparse.Namespace) -> Stretches:
    """The ranges of the labels that are asked for."""
    objects, names = {*options.object}, {*options.only}
    return stretches_of(media.row.index(), unit.id, place).only(
        lambda label: (not objects or label.object_hash in objects) and (not names or label.name in names)
    )

"""The labels of the phantom's slices, from the formulas of its organs.

One is wrong on purpose, for reviewers to find: "kidney left" lies `LATE_BY` slices too far towards the feet and is
mirrored, so that it stands on the liver and the right kidney.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from viewer.demo.geometry import Geometry, Point
from viewer.demo.organs import CARINA, CORE, HEART, KIDNEY, SATELLITE, TUMOUR
from viewer.demo.phantom_grid import COUNT, FRAME, height, pixel_of
from viewer.demo.phantom_masks import Mask, liver, lungs, ring, spine
from viewer.demo.rows import CHECKED, SECOND, Judgement, Made, Thing
from viewer.demo.solids import Ellipsoid

LATE_BY = 3
_SEGMENTED = Made("segmenter@example.org", checked_by="reviewer-1@example.org", confidence=0.93, manual=False)
_FIRST_LIVER, _LAST_LUNG = 20, 32
"""Frames from which the abdomen is seen, and to which the chest is."""


def phantom_things() -> Iterator[Thing]:
    finding = {"Margin": "Spiculated", "Longest diameter (mm)": 52, "Finding": "Necrotic core, satellite nodule"}
    yield Thing("Tumour", "tumour", _tumour(), finding, made=CHECKED)
    pairs = [lungs(frame) for frame in range(COUNT)]
    for index, side in enumerate(("Right", "Left")):
        places = _masks([pair[index] for pair in pairs])
        yield Thing("Lung", f"lung {side.lower()}", places, {"Side": side}, made=_SEGMENTED)
    yield Thing("Liver", "liver", _masks([liver(frame) for frame in range(COUNT)]), made=_SEGMENTED)
    yield Thing("Heart", "heart", {frame: FRAME.polygon([points]) for frame, points in _rings(HEART)}, made=CHECKED)
    mirrored = {
        frame + LATE_BY: FRAME.polygon([[(FRAME.width - x, y) for x, y in points]])
        for frame, points in _rings(KIDNEY)
        if frame + LATE_BY < COUNT
    }
    yield Thing("Kidney", "kidney left", mirrored, {"Side": "Left"}, made=SECOND)
    yield Thing("Spine", "spine", {frame: _box(spine(frame)) for frame in range(COUNT)})
    x, y, z = CARINA
    nearest = min(range(COUNT), key=lambda frame: abs(height(frame) - z))
    yield Thing("Carina", "carina", {nearest: FRAME.point(*pixel_of(x, y))}, made=CHECKED)


def phantom_judgements() -> tuple[Judgement, ...]:
    return (
        Judgement("Usable?", {"Usable?": "Yes"}, ranges=()),
        Judgement("Region", {"Region": "Chest"}, ((0, _FIRST_LIVER - 1),)),
        Judgement("Region", {"Region": "Chest and abdomen"}, ((_FIRST_LIVER, _LAST_LUNG),), key="both"),
        Judgement("Region", {"Region": "Abdomen"}, ((_LAST_LUNG + 1, COUNT - 1),), key="abdomen"),
        Judgement("Note", {"Note": "Left kidney: see the slices above"}, ((32, 34),), generation=2),
    )


def _rings(solid: Ellipsoid) -> Iterator[tuple[int, list[Point]]]:
    """Frames with the solid's outline."""
    for frame in range(COUNT):
        points = ring(solid, frame)
        if points:
            yield frame, points


def _tumour() -> dict[int, Geometry]:
    """With its core as a hole, and the satellite as an island."""
    cores, islands = dict(_rings(CORE)), dict(_rings(SATELLITE))
    outlines = dict(_rings(TUMOUR))
    places = {}
    for frame in sorted(set(outlines) | set(islands)):
        main = [rings[frame] for rings in (outlines, cores) if frame in rings]
        island = [islands[frame]] if frame in islands else []
        places[frame] = FRAME.polygon(*(region for region in (main, island) if region))
    return places


def _masks(masks: list[Mask]) -> dict[int, Geometry]:
    """Of those slices that have any."""
    return {frame: FRAME.bitmask(mask) for frame, mask in enumerate(masks) if mask.any()}


def _box(mask: Mask) -> Geometry:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    left, top = int(columns[0]), int(rows[0])
    return FRAME.box(left, top, int(columns[-1]) + 1 - left, int(rows[-1]) + 1 - top)

"""Build: all the work between what is to be shown and what is painted. Pure and without Qt, for any thread."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from viewer.canvas.ink import Canvas
from viewer.canvas.levels import UNADJUSTED, Adjust, Levels, build_levels
from viewer.canvas.outlines import Outlines, weight
from viewer.canvas.overlay import REACH, Pens, build_overlay
from viewer.canvas.region import Region
from viewer.media.kinds import Picture
from viewer.scene.hit import HitIndex
from viewer.scene.marks import Scene
from viewer.scene.stretch import UNSTRETCHED, Stretch
from viewer.size import Size

MARGIN = 256
"""Device pixels around the viewport that an overlay covers as well, so that panning only moves it."""
LIGHT_WEIGHT = 8_000
LIGHT_BYTES = 10_000_000
"""Labels and pictures up to here are built at once, in some milliseconds; beyond in the background."""


@dataclass(frozen=True, slots=True, eq=False)
class Exhibit:
    """What is to be shown together: a picture and the labels on it."""

    picture: Picture | None
    size: Size
    """Of the frame as it is shown; the picture is stretched to it."""
    scene: Scene
    """In pixels of the frame as it is shown."""
    adjust: Adjust = UNADJUSTED
    message: str = ""
    """Why there is no picture."""
    view: int = 0
    """Another number than before asks for the whole picture to be seen."""
    stretch: Stretch = UNSTRETCHED
    """From the labels' own pixels to those in which frame and scene are shown."""
    words: tuple[str, ...] = ()
    """What is said of a slice, a line each."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """An exhibit and what was made of it once."""

    exhibit: Exhibit
    levels: Levels | None
    outlines: Outlines
    hits: HitIndex


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """Labels painted for one scale and a region of the device around the viewport."""

    image: Canvas
    scale: float
    region: Region
    extent: Region
    """Everything there is to see at this scale."""
    draft: bool

    def serves(self, scale: float, view: Region) -> bool:
        """Whether it shows all that is in view as sharp as can be, drafts aside."""
        return self.scale == scale and self.region.holds(view.meet(self.extent))


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One thing to build."""

    exhibit: Exhibit
    before: Prepared | None
    """What was made before, to take over what is the same."""
    scale: float
    view: Region
    unit: float
    draft: bool


@dataclass(frozen=True, slots=True, eq=False)
class Built:
    prepared: Prepared
    overlay: Overlay


def build(job: Job) -> Built:
    prepared = prepare(job.exhibit, job.before)
    scene = job.exhibit.scene
    pens = Pens(scene.fill, scene.line_width, job.unit, draft=job.draft)
    return Built(prepared, lay(prepared.outlines, job.exhibit.size, job.scale, job.view, pens))


def prepare(exhibit: Exhibit, before: Prepared | None) -> Prepared:
    old = None if before is None else before.exhibit
    if before is None or old is None or old.picture is not exhibit.picture or old.adjust != exhibit.adjust:
        levels = None if exhibit.picture is None else build_levels(exhibit.picture, exhibit.adjust)
    else:
        levels = before.levels
    if before is not None and old is not None and old.scene.marks is exhibit.scene.marks:
        return Prepared(exhibit, levels, before.outlines, before.hits)
    return Prepared(exhibit, levels, Outlines(exhibit.scene.marks), HitIndex(exhibit.scene))


def lay(outlines: Outlines, size: Size | None, scale: float, view: Region, pens: Pens) -> Overlay:
    """An overlay for what is in view and a margin around it, as far as there are labels or a picture of `size`."""
    extent = _extent(outlines, size, scale, pens.unit)
    region = view.grown(MARGIN, MARGIN).meet(extent)
    return Overlay(build_overlay(outlines, scale, region, pens), scale, region, extent, pens.draft)


def _extent(outlines: Outlines, size: Size | None, scale: float, unit: float) -> Region:
    bounds = outlines.bounds[np.isfinite(outlines.bounds[:, 0])]
    if size is not None:
        bounds = np.vstack([bounds, (0, 0, size.width, size.height)])
    if not len(bounds):
        return Region(0, 0, 0, 0)
    left, top = (math.floor(low * scale - REACH * unit) for low in bounds[:, :2].min(axis=0).tolist())
    right, bottom = (math.ceil(high * scale + REACH * unit) for high in bounds[:, 2:].max(axis=0).tolist())
    return Region(left, top, right - left, bottom - top)


def is_heavy_picture(exhibit: Exhibit, before: Prepared | None) -> bool:
    """Whether there is a new picture to prepare that takes more than some milliseconds."""
    if exhibit.picture is None or exhibit.picture.shown.size <= LIGHT_BYTES:
        return False
    old = None if before is None else before.exhibit
    return old is None or old.picture is not exhibit.picture or old.adjust != exhibit.adjust


def has_many_labels(exhibit: Exhibit, before: Prepared | None, scale: float, view: Region) -> bool:
    """Whether drawing the labels in view takes more than some milliseconds."""
    if before is not None and before.exhibit.scene.marks is exhibit.scene.marks:
        left, top, right, bottom = (before.outlines.bounds * scale).T
        seen = (left < view.right + MARGIN) & (right > view.left - MARGIN)
        seen &= (top < view.bottom + MARGIN) & (bottom > view.top - MARGIN)
        return bool(before.outlines.weights[seen].sum() > LIGHT_WEIGHT)
    left_over = LIGHT_WEIGHT
    for mark in exhibit.scene.marks:
        left_over -= weight(mark)
        if left_over < 0:
            return True
    return False

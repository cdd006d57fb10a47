"""Accents: overlays for the labels that stand out, kept for as long as they serve."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from viewer.canvas.build import LIGHT_WEIGHT, Overlay, lay
from viewer.canvas.outlines import Outlines, weight
from viewer.canvas.overlay import Pens
from viewer.canvas.region import Region
from viewer.scene.marks import Mark, Scene

HOVER_FILL = 0.34
HOVER_WIDER, SELECTED_WIDER = 0.5, 1.0


class Accents:
    def __init__(self) -> None:
        self._kept: dict[Hashable, Overlay] = {}

    def overlays(
        self, scene: Scene, selected: Mark | None, pointed: Mark | None, scale: float, view: Region, unit: float
    ) -> tuple[Overlay, ...]:
        """The label under the pointer filled more strongly, over it the selected one with a wide line and its corners."""
        fill = _extra(scene.fill)
        asked: list[tuple[Mark, Pens]] = []
        if pointed is not None and pointed is not selected:
            asked.append((pointed, Pens(fill, scene.line_width + HOVER_WIDER, unit)))
        if selected is not None:
            own = fill if pointed is selected else 0.0
            asked.append((selected, Pens(own, scene.line_width + SELECTED_WIDER, unit, corners=True)))
        kept, self._kept = self._kept, {}
        for mark, pens in asked:
            key = (mark, pens)
            overlay = kept.get(key)
            if overlay is None or not overlay.serves(scale, view):
                overlay = _accent(mark, pens, scale, view)
            self._kept[key] = overlay
        return tuple(self._kept.values())


def _accent(mark: Mark, pens: Pens, scale: float, view: Region) -> Overlay:
    bright = replace(mark, dimmed=False)
    return lay(Outlines((bright,)), None, scale, view, replace(pens, draft=weight(mark) > LIGHT_WEIGHT))


def _extra(fill: float) -> float:
    """What must be laid over a fill to make it as strong as one under the pointer."""
    goal = max(HOVER_FILL, fill + 0.12)
    return 0.0 if goal >= 1 else 1 - (1 - goal) / (1 - fill)

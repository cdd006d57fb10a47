"""The canvas's own colours, '#rrggbb'; whoever makes a pane says which."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class CanvasColours:
    canvas: str
    """Around the picture."""
    field: str
    """In the place of a picture that is not there."""
    hatch: str
    """Lines across that place, if the picture cannot be decoded."""
    checks: tuple[str, str]
    """Squares behind what is transparent."""
    panel: str
    line: str
    text: str
    quiet: str
    accent: str

    def on_slices(self) -> CanvasColours:
        """Greys are judged against black: around slices it is dark in every theme, and only what floats has its colours."""
        return replace(self, canvas=DARK.canvas, field=DARK.field, hatch=DARK.hatch, accent=DARK.accent)


DARK = CanvasColours(
    canvas="#141517",
    field="#3f4247",
    hatch="#4c5056",
    checks=("#55585d", "#6a6d73"),
    panel="#26282b",
    line="#3a3d42",
    text="#e6e7e9",
    quiet="#a0a5ad",
    accent="#5aa2ff",
)
LIGHT = CanvasColours(
    canvas="#dfe2e5",
    field="#bfc4c9",
    hatch="#b0b5bb",
    checks=("#f4f5f6", "#d3d6da"),
    panel="#ffffff",
    line="#d8dbdf",
    text="#1d1f23",
    quiet="#5d646e",
    accent="#1668dc",
)

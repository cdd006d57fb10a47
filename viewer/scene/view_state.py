"""What the reviewer looks at and how: one frozen value. Changing it means replacing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from viewer.media.grey import Window
from viewer.scene.offsets import USUAL, Reading

ColourBy = Literal["class", "instance", "annotator", "confidence"]
Captions = Literal["none", "name", "answers"]
Alike = Literal["", "instance", "class", "shape"]
"""In what labels are like the selected one: the same label, the same class, the same shape. Empty: it does not matter."""


@dataclass(frozen=True, slots=True)
class Look:
    """How labels and picture are drawn; kept from row to row and remembered between starts."""

    colour_by: ColourBy = "class"
    safe_palette: bool = False
    """Colours for colour-blind eyes instead of the export's."""
    fill: float = 0.22
    """Opacity of areas, 0 to 1."""
    line_width: float = 2.0
    """Of outlines, in screen pixels; 0 for none."""
    captions: Captions = "name"
    dim: Alike = ""
    """Labels that are not like the selected one are dimmed."""
    trail: bool = True
    """The path of the selected label through the frames is drawn."""
    brightness: float = 0.0
    """-1 to 1."""
    contrast: float = 0.0
    """-1 to 1."""
    gamma: float = 1.0
    """0.2 to 5."""
    slice_hud: bool = True
    """Words, orientation and a scale float on slices."""


@dataclass(frozen=True, slots=True)
class ViewState:
    """Where we are and what is hidden. Object, class and shape sets name what is *not* shown."""

    row: int | None = None
    unit: str | None = None
    frame: int = 0
    selected: str | None = None
    """Object hash, or classification hash, of the selected label."""
    stretch: int = 0
    """Which of the selected label's ranges on a sound or text, by its place in the export."""
    position: int = 0
    """The sample of a sound at which the cursor stands."""
    reading: Reading = USUAL
    """What the offsets of ranges on texts count."""
    hidden_objects: frozenset[str] = frozenset()
    hidden_classes: frozenset[str] = frozenset()
    """Feature hashes."""
    hidden_shapes: frozenset[str] = frozenset()
    """Shape words of the export."""
    solo: Alike = ""
    """Only labels that are like the selected one are shown."""
    shift: int = 0
    """The labels of so many frames before are drawn over the picture: whether they fit better there."""
    other_orientation: bool = False
    """The picture as the EXIF rule did not choose it."""
    window: Window | None = None
    """The range of values seen from black to white; None: the file's own."""
    inverted: bool = False
    """Black and white turned about."""
    look: Look = Look()
    hide_all: bool = False
    """While a key is held."""
    fill_solid: bool = False
    """While a key is held."""
    name_points: bool = False
    """While a key is held."""

    @property
    def view(self) -> tuple[int | None, str | None, int, bool, int]:
        """What is fetched: with another one another picture, or other labels, are to be shown."""
        return self.row, self.unit, self.frame, self.other_orientation, self.shift

"""The colours and icons that the widgets of one panel share."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QColor, QIcon

from viewer.panels.colours import PanelColours
from viewer.scene.colours import rgb
from viewer.scene.contrast import contrasting


class Icons(Protocol):
    """The drawn set: names are files of resources/icons, colours '#rrggbb'."""

    def icon(self, name: str, colour: str, /) -> QIcon: ...

    def shape_icon(self, shape: str, colour: str, /) -> QIcon: ...


class Style:
    """Looked up at each painting, so that another theme needs one assignment."""

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        self.colours = colours
        self.icons = icons

    @property
    def quiet(self) -> QColor:
        return QColor(self.colours.quiet)

    def ink_on(self, ground: str) -> QColor:
        """Black or white, whichever can be read on `ground`."""
        return QColor(*contrasting(rgb(ground)))

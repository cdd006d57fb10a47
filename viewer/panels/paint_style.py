"""The colours and icons that the widgets of one panel share."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QColor, QIcon

from viewer.panels.colours import PanelColours


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
        colour = QColor(ground)
        light = 0.2126 * colour.redF() ** 2.2 + 0.7152 * colour.greenF() ** 2.2 + 0.0722 * colour.blueF() ** 2.2
        return QColor("#000000" if light > 0.18 else "#ffffff")

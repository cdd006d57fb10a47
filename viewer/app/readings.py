"""How offsets of texts are read, as the reviewer chooses; remembered for each export."""

from __future__ import annotations

import json
from typing import Any, get_args

from PySide6.QtCore import QObject

from viewer.app.session import Session
from viewer.app.settings import Settings
from viewer.scene.offsets import USUAL, End, Reading, Units

KEPT = 200
"""Choices that are remembered; the oldest go first."""


class Readings(QObject):
    """Sets the reading of an export when it is opened."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        session.opened.connect(self._on_opened)

    def choose(self, reading: Reading) -> None:
        """From now on, and whenever this export is opened again."""
        self._session.set(reading=reading)
        known = {key: kept for key, kept in self._known().items() if key != self._key()}
        if reading != USUAL:
            known[self._key()] = [reading.units, reading.end]
        self._settings.set_text("readings", json.dumps(dict(list(known.items())[-KEPT:])))

    def count(self, units: Units) -> None:
        self.choose(Reading(units, self._session.state.reading.end))

    def end(self, end: End) -> None:
        self.choose(Reading(self._session.state.reading.units, end))

    def _on_opened(self) -> None:
        self._session.set(reading=_reading(self._known().get(self._key())))

    def _key(self) -> str:
        paths = self._session.paths
        return str(paths[0]) if paths else ""

    def _known(self) -> dict[str, Any]:
        try:
            found: Any = json.loads(self._settings.text("readings") or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def _reading(kept: Any) -> Reading:
    """What makes no sense is the usual one."""
    if isinstance(kept, list) and len(kept) == 2 and kept[0] in get_args(Units) and kept[1] in get_args(End):
        return Reading(*kept)
    return USUAL

"""What is remembered between starts: theme, look, recent exports, their media folders, the last place, the window."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from viewer.app.key_sets import KeySet
from viewer.app.numberings import Numberings
from viewer.app.theme import Choice
from viewer.scene.view_state import Alike, Look
from viewer.sound.sound_look import SoundLook, look_of

BUDGET_MB, SMALLEST_BUDGET_MB, LARGEST_BUDGET_MB = 1_000, 100, 32_000
RECENT = 12
"""Exports that are listed as recent."""


@dataclass(frozen=True, slots=True)
class Recent:
    """An export that was opened before."""

    paths: tuple[Path, ...]
    at: datetime
    media: tuple[Path, ...] = ()
    """Folders of media that were added for it."""
    row: str = ""
    """Label hash, unit and frame that were looked at last."""
    branch: str = ""
    unit: str = ""
    frame: int | None = None


class Settings:
    """A file of the user's own. Values that make no sense are dropped; a folder that cannot be written is no error."""

    def __init__(self, file: Path | None = None, *, in_memory: bool = False) -> None:
        """`in_memory`: nothing is read from disk and nothing is written."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
        if in_memory:
            file = Path(os.devnull) / "settings.ini"
        self._store = QSettings(str(file or Path(folder) / "settings.ini"), QSettings.Format.IniFormat)

    def write(self) -> None:
        """Now, not some time later."""
        self._store.sync()

    @property
    def theme(self) -> Choice:
        found = self._store.value("theme", "system")
        return next((choice for choice in get_args(Choice) if choice == found), "system")

    @theme.setter
    def theme(self, choice: Choice) -> None:
        self._store.setValue("theme", choice)

    @property
    def frame_budget(self) -> int:
        """Bytes for decoded pictures of what is open in a window."""
        found = self._store.value("frame_budget_mb", BUDGET_MB)
        try:
            return min(max(int(str(found)), SMALLEST_BUDGET_MB), LARGEST_BUDGET_MB) * 1_000_000
        except ValueError:
            return BUDGET_MB * 1_000_000

    @frame_budget.setter
    def frame_budget(self, nbytes: int) -> None:
        self._store.setValue("frame_budget_mb", nbytes // 1_000_000)

    @property
    def numberings(self) -> Numberings:
        """How frame numbers of videos are to be read."""
        return Numberings(
            str(self._store.value("numberings", "")), lambda text: self._store.setValue("numberings", text)
        )

    @property
    def key_set(self) -> KeySet:
        found = self._store.value("keys", "own")
        return next((known for known in get_args(KeySet) if known == found), "own")

    @key_set.setter
    def key_set(self, key_set: KeySet) -> None:
        self._store.setValue("keys", key_set)

    @property
    def hides_identity(self) -> bool:
        """Whether it is hidden who a patient is."""
        return self.flag("hides_identity", True)

    @hides_identity.setter
    def hides_identity(self, hides: bool) -> None:
        self.set_flag("hides_identity", hides)

    @property
    def look(self) -> Look:
        """The last look, each part of it checked against the kind of its default."""
        found = self._json("look", {})
        default = Look()
        known: dict[str, Any] = {}
        for field in fields(Look):
            value = found.get(field.name) if isinstance(found, dict) else None
            if type(value) is type(getattr(default, field.name)):
                known[field.name] = value
        made = replace(default, **known)
        sensible = (
            made.dim in get_args(Alike)
            and made.colour_by in ("class", "instance", "annotator", "confidence")
            and made.captions
            in (
                "none",
                "name",
                "answers",
            )
        )
        in_range = 0 <= made.fill <= 1 and 0 <= made.line_width <= 10 and 0.2 <= made.gamma <= 5
        return made if sensible and in_range else default

    @look.setter
    def look(self, look: Look) -> None:
        self._store.setValue("look", json.dumps(asdict(look)))

    @property
    def sound_look(self) -> SoundLook:
        """How sounds are drawn."""
        found = self._json("sound", {})
        return look_of(found if isinstance(found, dict) else {})

    @sound_look.setter
    def sound_look(self, look: SoundLook) -> None:
        self._store.setValue("sound", json.dumps(asdict(look)))

    @property
    def recent(self) -> list[Recent]:
        """The newest first."""
        found = self._json("recent", [])
        made = [_recent(entry) for entry in found] if isinstance(found, list) else []
        return [entry for entry in made if entry is not None]

    def remember(self, entry: Recent) -> None:
        """Put an export first among the recent ones."""
        others = [other for other in self.recent if other.paths != entry.paths]
        self._store.setValue("recent", json.dumps([_as_json(e) for e in (entry, *others)[:RECENT]]))

    def known(self, paths: tuple[Path, ...]) -> Recent | None:
        """What is remembered of an export."""
        return next((entry for entry in self.recent if entry.paths == paths), None)

    def forget(self, path: str) -> None:
        """Take what was opened from this path off the list."""
        kept = [_as_json(entry) for entry in self.recent if str(entry.paths[0]) != path]
        self._store.setValue("recent", json.dumps(kept))

    def bytes(self, key: str) -> QByteArray | None:
        """The window's geometry and the like."""
        found = self._store.value(key)
        return found if isinstance(found, QByteArray) else None

    def set_bytes(self, key: str, value: QByteArray) -> None:
        self._store.setValue(key, value)

    def flag(self, key: str, default: bool) -> bool:
        found = self._store.value(key, "true" if default else "false")
        return str(found).lower() == "true"

    def set_flag(self, key: str, value: bool) -> None:
        self._store.setValue(key, "true" if value else "false")

    def text(self, key: str) -> str:
        return str(self._store.value(key, ""))

    def set_text(self, key: str, value: str) -> None:
        self._store.setValue(key, value)

    def number(self, key: str, default: int) -> int:
        try:
            return int(str(self._store.value(key, default)))
        except ValueError:
            return default

    def set_number(self, key: str, value: int) -> None:
        self._store.setValue(key, value)

    def _json(self, key: str, default: Any) -> Any:
        try:
            return json.loads(str(self._store.value(key, "")) or "null") or default
        except ValueError:
            return default


def _as_json(entry: Recent) -> dict[str, Any]:
    return {
        "paths": [str(path) for path in entry.paths],
        "at": entry.at.isoformat(timespec="seconds"),
        "media": [str(path) for path in entry.media],
        "row": entry.row,
        "branch": entry.branch,
        "unit": entry.unit,
        "frame": entry.frame,
    }


def _recent(entry: Any) -> Recent | None:
    try:
        return Recent(
            paths=tuple(Path(path) for path in entry["paths"]),
            at=datetime.fromisoformat(entry["at"]),
            media=tuple(Path(path) for path in entry.get("media", ())),
            row=str(entry.get("row", "")),
            branch=str(entry.get("branch", "")),
            unit=str(entry.get("unit", "")),
            frame=entry.get("frame") if isinstance(entry.get("frame"), int) else None,
        )
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


def cache_folder() -> Path:
    """For what can be made again, such as the demo export."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    return Path(folder) / "label-viewer"

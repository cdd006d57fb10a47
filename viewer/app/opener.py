"""Opening exports, and opening them again where they were left."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject

from viewer.app.background import Background
from viewer.app.opening import Start
from viewer.app.session import Session
from viewer.app.settings import Recent, Settings
from viewer.panels.start_pane import Recent as RecentLine
from viewer.panels.start_pane import StartPane


class Opener(QObject):
    """Between the session, which opens what it is told, and the settings, which know what was open before."""

    def __init__(self, session: Session, background: Background, settings: Settings, start_pane: StartPane) -> None:
        super().__init__()
        self._session = session
        self._background = background
        self._settings = settings
        self._start_pane = start_pane
        self._ontology: Path | None = None
        self.failure = ""
        """What the last attempt to open something ended with; empty where it went well."""
        self.opened_at = 0.0
        """When the last attempt began, by the monotonic clock."""
        session.failed.connect(self._on_failed)
        start_pane.recent_chosen.connect(self._open_recent)
        start_pane.recent_forgotten.connect(self._forget)
        start_pane.demo_requested.connect(self.open_demo)
        start_pane.dropped.connect(lambda texts: self.open_paths([Path(text) for text in texts]))
        self._list_recent()

    def open(self, start: Start) -> None:
        """Open an export; where it was left is where it is shown again, with the folders that were added for it."""
        self.remember_place()
        known = self._settings.known(start.paths)
        if known is not None:
            there = [folder for folder in known.media if folder.is_dir()]
            start = replace(start, media=tuple(dict.fromkeys((*start.media, *there))))
            if start.row is None and start.frame is None and known.row:
                place = {"row": known.row, "branch": known.branch, "unit": known.unit or None, "frame": known.frame}
                start = replace(start, **place, is_wish=True)
        self._begin(start)

    def open_paths(self, paths: list[Path]) -> None:
        if paths:
            self.open(Start(tuple(paths)))

    def open_demo(self) -> None:
        """Draw the demo export at the first time, and open it."""
        from viewer.app.demo_folder import demo_folder

        self._session.say_busy("Drawing the demo")
        self._background.run(
            "demo",
            demo_folder,
            lambda folder: self.open_paths([folder]),
            lambda error: self._session.failed.emit(str(error)),
        )

    def reload(self) -> None:
        """Read the files again and stay where we are."""
        session = self._session
        if session.export is None or session.row is None:
            return
        head, state = session.row.head, session.state
        self._begin(
            Start(
                paths=session.paths,
                media=session.export.places.added,
                ontology=self._ontology,
                row=head.label_hash or head.data_hash,
                unit=state.unit,
                frame=state.frame,
                selected=state.selected,
                stretch=state.stretch,
                branch=head.branch,
                is_wish=True,
            )
        )

    def remember_place(self) -> None:
        """Keep where we are, for the next time this export is opened."""
        session = self._session
        if session.export is None or not session.paths:
            return
        head = session.row.head if session.row else None
        self._settings.remember(
            Recent(
                paths=session.paths,
                at=datetime.now().astimezone(),
                media=session.export.places.added,
                row=(head.label_hash or head.data_hash) if head else "",
                branch=head.branch if head else "",
                unit=session.state.unit or "",
                frame=session.state.frame,
            )
        )

    def _begin(self, start: Start) -> None:
        self.failure = ""
        self.opened_at = time.monotonic()
        self._ontology = start.ontology
        self._session.open(start)

    def _on_failed(self, what: str) -> None:
        self.failure = what

    def _open_recent(self, path: str) -> None:
        entry = next((entry for entry in self._settings.recent if str(entry.paths[0]) == path), None)
        if entry is not None:
            self.open(Start(entry.paths))

    def _forget(self, path: str) -> None:
        self._settings.forget(path)
        self._list_recent()

    def _list_recent(self) -> None:
        self._start_pane.set_recent([_line(entry) for entry in self._settings.recent])


def _line(entry: Recent) -> RecentLine:
    names = ", ".join(path.name or str(path) for path in entry.paths)
    return RecentLine(str(entry.paths[0]), names, f"{entry.at:%d %b %Y, %H:%M}")

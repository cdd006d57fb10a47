"""What asks for a file: the only windows that stand in the way, and only when they were asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget


class Dialogs(QObject):
    """File choosers that do not block; the answer comes as a signal."""

    export_chosen = Signal(list)
    """Paths."""
    media_chosen = Signal(object)
    ontology_chosen = Signal(object)
    picture_chosen = Signal(object)
    budget_chosen = Signal(int)
    """Megabytes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)

    def set_folder(self, folder: Path) -> None:
        """Where the choosers start."""
        self._folder = str(folder)

    def ask_for_export(self) -> None:
        chooser = self._chooser("Open export", "Exports (*.json *.zip *.jsonl);;All files (*)")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.filesSelected.connect(lambda files: self.export_chosen.emit([Path(file) for file in files]))
        chooser.open()

    def ask_for_folder(self) -> None:
        chooser = self._folder_chooser("Open a folder of exports")
        chooser.fileSelected.connect(lambda file: self.export_chosen.emit([Path(file)]))
        chooser.open()

    def ask_for_media(self) -> None:
        chooser = self._folder_chooser("Where are the pictures?")
        chooser.fileSelected.connect(lambda file: self.media_chosen.emit(Path(file)))
        chooser.open()

    def ask_for_ontology(self) -> None:
        chooser = self._chooser("Use ontology", "Ontologies (*.json);;All files (*)")
        chooser.fileSelected.connect(lambda file: self.ontology_chosen.emit(Path(file)))
        chooser.open()

    def ask_where_to_save(self, name: str) -> None:
        chooser = self._chooser("Save picture of this frame", "Pictures (*.png)")
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("png")
        chooser.selectFile(name)
        chooser.fileSelected.connect(lambda file: self.picture_chosen.emit(Path(file)))
        chooser.open()

    def ask_for_budget(self, present: int, least: int, most: int) -> None:
        """Megabytes for decoded pictures."""
        asking = QInputDialog(self._parent)
        asking.setWindowTitle("Memory for decoded frames")
        asking.setLabelText(
            "Megabytes that decoded frames of a window may take.\nMore of them make going back smoother."
        )
        asking.setInputMode(QInputDialog.InputMode.IntInput)
        asking.setIntRange(least, most)
        asking.setIntStep(100)
        asking.setIntValue(present)
        asking.intValueSelected.connect(self.budget_chosen)
        asking.finished.connect(asking.deleteLater)
        asking.open()

    def open_link(self, link: str) -> None:
        """In the user's browser; nothing but the web is followed."""
        url = QUrl(link)
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)

    def _folder_chooser(self, title: str) -> QFileDialog:
        chooser = self._chooser(title, "")
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly, True)
        return chooser

    def _chooser(self, title: str, kinds: str) -> QFileDialog:
        chooser = QFileDialog(self._parent, title, self._folder, kinds)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.finished.connect(chooser.deleteLater)
        return chooser

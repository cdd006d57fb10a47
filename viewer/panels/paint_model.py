"""Lines as a model of Qt: made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

from viewer.panels.line import Line
from viewer.scene.words import tip

MakeLine = Callable[[int], Line]
Index = QModelIndex | QPersistentModelIndex
_KEPT = 4096


class LinesModel(QStringListModel):
    """Lines made when they are asked for, so that a long list costs nothing but its length.

    Qt asks for the number of lines once for each of them when it lays them out: a model of its own answers in no time.
    """

    def __init__(self, parent: QObject, uniform: bool = False) -> None:
        """`uniform`: all lines are of one height."""
        super().__init__(parent)
        self._uniform = uniform
        self._count = 0
        self._make: MakeLine = lambda row: Line("")
        self._kept: dict[int, Line] = {}

    def show(self, count: int, make: MakeLine) -> None:
        """The same number of lines as before only repaints, so that nothing jumps."""
        self._kept.clear()
        if count == self._count:
            self._make = make
            self.refresh()
            return
        self._count, self._make = count, make
        self.setStringList([""] * count)

    def refresh(self, row: int | None = None) -> None:
        """Lines say something new: one of them, or all."""
        if row is None:
            self._kept.clear()
        else:
            self._kept.pop(row, None)
        if row is None and self._uniform:
            return  # Qt would lay out all of them again, which takes long for very many; painting them is enough
        first, last = (0, self._count - 1) if row is None else (row, row)
        if last >= 0:
            self.dataChanged.emit(self.index(first), self.index(last))

    def line(self, row: int) -> Line:
        made = self._kept.get(row)
        if made is None:
            if len(self._kept) > _KEPT:
                self._kept.clear()
            made = self._kept[row] = self._make(row)
        return made

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.line(index.row()).tone == "section":
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.line(index.row()).text
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self.line(index.row()).tip)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.line(index.row()).spoken
            case _:
                return None

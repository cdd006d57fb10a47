"""Lines as a model of Qt: made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from viewer.panels.line import Line
from viewer.panels.words import tip

MakeLine = Callable[[int], Line]
Index = QModelIndex | QPersistentModelIndex
_KEPT = 4096


class LinesModel(QAbstractListModel):
    """Lines made when they are asked for, so that a long list costs nothing but its length."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
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
        self.beginResetModel()
        self._count, self._make = count, make
        self.endResetModel()

    def refresh(self, row: int | None = None) -> None:
        """Lines say something new: one of them, or all."""
        if row is None:
            self._kept.clear()
        else:
            self._kept.pop(row, None)
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

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

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

"""What is wrong with the export and its media: a list that leads to each place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QGuiApplication

from viewer.errors import SEVERITIES, Place, Problem, Severity
from viewer.labels.records import RowHead
from viewer.panels.button_pane import FlatButton
from viewer.panels.colours import PanelColours
from viewer.panels.line import SEVERITY_ICONS, Line, Tone
from viewer.panels.list_pane import LineList
from viewer.panels.paint_style import Icons
from viewer.panels.parts_pane import FilterField, Pane, menu_of
from viewer.panels.problem_groups import Group, Item, as_text, flattened, grouped, head_line, kept, problem_line
from viewer.panels.text_pane import Text
from viewer.scene.words import counted

TONES: dict[Severity, Tone] = {"error": "error", "warning": "warning", "note": "quiet"}


class ProblemsPane(Pane):
    """Problems grouped by what they say, filtered by severity and by words."""

    jump = Signal(object)
    """The `Place` of a problem that was picked."""
    copied = Signal(str)

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        super().__init__(colours, icons, "Problems")
        style = self.style_of_parts
        self._heads: Sequence[RowHead] = ()
        self._problems: Sequence[Problem] = ()
        self._groups: list[Group] = []
        self._kept: list[Group] = []
        self._items: list[Item] = []
        self._unfolded: set[tuple[Severity, str]] = set()
        self._title = Text(style, "Problems", "strong")
        self._filters: dict[Severity, FlatButton] = {}
        for severity in SEVERITIES:
            button = FlatButton(style, "0", SEVERITY_ICONS[severity])
            button.tone = TONES[severity]
            button.setCheckable(True)
            button.dims = True
            button.setChecked(True)
            button.toggled.connect(self._rebuild)
            self._filters[severity] = button
        copying = FlatButton(style, icon="copy", title="Copy the list as text")
        copying.clicked.connect(self.copy_all)
        self.header(self._title, *self._filters.values(), copying)
        self._field = FilterField(style, "Filter problems")
        self.header(self._field, margins=(8, 0, 8, 6))
        self._list = LineList(style, "Problems", uniform=False)
        self.column.addWidget(self._list, 1)
        self.setFocusProxy(self._list)
        self._connect()
        self.set_problems(())

    def _connect(self) -> None:
        self._field.textChanged.connect(self._rebuild)
        self._field.down.connect(self._list.setFocus)
        self._field.left.connect(self._list.setFocus)
        self._list.clicked.connect(lambda index: self._press(index.row()))
        self._list.entered_line.connect(self._press)
        self._list.opened.connect(self._open)
        self._list.menu_asked.connect(self._ask_menu)

    def set_heads(self, heads: Sequence[RowHead]) -> None:
        """The rows that problems name."""
        self._heads = heads
        self._rebuild()

    def set_problems(self, problems: Sequence[Problem]) -> None:
        """All problems; what was unfolded, filtered and selected stays so."""
        self._problems = problems
        self._groups = grouped(problems)
        counts = Counter(problem.severity for problem in problems)
        for severity, button in self._filters.items():
            button.setText(f"{counts[severity]:,}")
            button.setAccessibleName(counted(counts[severity], severity))
            button.setToolTip(f"Show {counted(counts[severity], severity)}")
            button.setVisible(counts[severity] > 0)
            button.updateGeometry()
        self._rebuild()

    def focus_filter(self) -> None:
        self._field.setFocus()
        self._field.selectAll()

    def _row_name(self, index: int) -> str:
        return self._heads[index].name if 0 <= index < len(self._heads) else f"row {index + 1:,}"

    def _rebuild(self, *_: object) -> None:
        severities: frozenset[Severity] = frozenset(
            severity for severity in SEVERITIES if self._filters[severity].isChecked()
        )
        current = self._list.current_row()
        item = self._items[current] if current is not None and current < len(self._items) else None
        self._kept = kept(self._groups, severities, self._field.text(), self._row_name)
        self._items = flattened(self._kept, self._unfolded)
        empty = "No problem holds these words" if self._problems else "No problems found"
        self._list.show_lines(len(self._items), self._line, empty)
        self._list.set_current_row(self._place_of(item))
        shown = sum(len(group.problems) for group in self._kept)
        total = len(self._problems)
        self._title.say_note(f"{total:,}" if shown == total else f"{shown:,} of {total:,}")

    def _place_of(self, wanted: Item | None) -> int | None:
        if wanted is None:
            return None
        key = (wanted[0].severity, wanted[0].what)
        for at, (group, problem) in enumerate(self._items):
            if (group.severity, group.what) == key and problem == wanted[1]:
                return at
        return None

    def _line(self, place: int) -> Line:
        group, problem = self._items[place]
        if problem is not None:
            return problem_line(problem, self._row_name)
        return head_line(group, (group.severity, group.what) in self._unfolded, self._row_name)

    def _press(self, place: int) -> None:
        line = self._list.line(place)
        if line.open is not None:
            self._open(place, not line.open)
        elif isinstance(line.target, Place):
            self.jump.emit(line.target)

    def _open(self, place: int, unfold: bool) -> None:
        group = self._items[place][0]
        (self._unfolded.add if unfold else self._unfolded.discard)((group.severity, group.what))
        self._rebuild()

    def copy_all(self) -> None:
        """What is listed, to the clipboard."""
        self._copy(as_text([problem for group in self._kept for problem in group.problems]))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)

    def _ask_menu(self, place: int, position: QPoint) -> None:
        menu = menu_of(self)
        menu.addAction("Copy", lambda: self._copy(self._list.line(place).copy))
        menu.addAction("Copy all that are listed", self.copy_all)
        menu.popup(position)

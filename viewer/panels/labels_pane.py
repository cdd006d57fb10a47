"""The labels of what is on screen: by class, with what is hidden, walked by key."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication

from viewer.labels.records import FrameLabels
from viewer.labels.row import RowIndex
from viewer.panels.button_pane import FlatButton, choices
from viewer.panels.colours import PanelColours
from viewer.panels.label_groups import CLASSIFICATIONS, DELETED, Entry, Group, RowLabels
from viewer.panels.label_lines import ColourOf, Item, LabelLook, WordsOf, entry_line, flattened, head_line
from viewer.panels.line import Line
from viewer.panels.list_pane import LineList
from viewer.panels.paint_style import Icons
from viewer.panels.parts_pane import FilterField, Pane, Rule, menu_of
from viewer.panels.text_pane import Text
from viewer.scene.view_state import ViewState
from viewer.scene.words import counted, filter_words, shown
from viewer.shapes import shape_title

NO_LABELS = FrameLabels(0, None)


def _export_colour(object_hash: str) -> str | None:
    return None


def _no_words(label: str, most: int) -> str:
    return ""


class LabelsPane(Pane):
    """What is labelled on this frame, or in the whole row. What is hidden and selected is told by ViewState."""

    selected = Signal(str)
    """The hash of an object or classification."""
    jump_requested = Signal(str)
    """To the first frame, or range, of a label."""
    class_visibility = Signal(str, bool)
    """Feature hash, and whether its labels shall be shown."""
    object_visibility = Signal(str, bool)
    shape_visibility = Signal(str, bool)
    """A shape's word as exported."""
    solo_requested = Signal(str)
    """Only this label, or all again where it is alone already."""
    show_all_requested = Signal()

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        super().__init__(colours, icons, "Labels")
        style = self.style_of_parts
        self._index: RowIndex | None = None
        self._row = RowLabels(None, None)
        self._unit: str | None = None
        self._labels = NO_LABELS
        self._frame = 0
        self._medium = ""
        self._state = ViewState()
        self._groups: list[Group] = []
        self._items: list[Item] = []
        self._on_frame: dict[str, Entry] = {}
        """Labels of this frame that are not marked as deleted, by hash."""
        self._folded = {DELETED}
        self._colour_of: ColourOf = _export_colour
        self._words_of: WordsOf = _no_words
        self._most = 0
        self._title = Text(style, "Labels", "strong")
        self._scope = choices(
            style,
            ("Frame", "Row"),
            ("Labels of this frame", "Labels of the whole row; those of other frames are quiet"),
        )
        self._shapes = FlatButton(style, icon="eye", title="Show and hide by shape")
        self.header(self._title, *self._scope, self._shapes)
        self._field = FilterField(style, "Filter labels")
        self.header(self._field, margins=(8, 0, 8, 6))
        self._list = LineList(style, "Labels", walks_heads=False)
        self.column.addWidget(self._list, 1)
        self._hidden = FlatButton(style, icon="eye-off", title="Show all labels again")
        self._hidden.hide()
        self._rule = Rule(style)
        self.column.addWidget(self._rule)
        self.column.addWidget(self._hidden, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self._list)
        self._connect()
        self._rebuild()

    def _connect(self) -> None:
        self._field.textChanged.connect(self._rebuild)
        self._field.down.connect(self._list.setFocus)
        self._field.left.connect(self._list.setFocus)
        self._field.entered.connect(self._enter)
        self._scope[1].toggled.connect(self._rebuild)
        self._shapes.clicked.connect(self._ask_shapes)
        self._hidden.clicked.connect(self.show_all_requested)
        self._list.chosen.connect(self._choose)
        self._list.opened.connect(self._open)
        self._list.clicked.connect(lambda index: self._press(index.row()))
        self._list.cell_clicked.connect(self._press_cell)
        self._list.entered_line.connect(self._jump)
        self._list.doubleClicked.connect(lambda index: self._jump(index.row()))
        self._list.menu_asked.connect(self._ask_menu)

    def show_row(self, index: RowIndex | None) -> None:
        """The index of the row on screen; None for another row whose index is not made yet."""
        if index is None:
            self._labels = NO_LABELS
        self._index = index
        self._row = RowLabels(index, self._unit)
        self._rebuild()

    def set_medium(self, medium: str) -> None:
        """'sound', 'text' or 'page' where all labels of the unit are here at once; empty where they are on frames."""
        self._medium = medium
        for part in (*self._scope, self._shapes):
            part.setVisible(not medium)

    def show_frame(self, labels: FrameLabels, frame: int, state: ViewState) -> None:
        """The labels of the frame on screen, what is hidden, and what is selected."""
        if state.unit != self._unit:
            self._unit = state.unit
            self._row = RowLabels(self._index, self._unit)
        if state.selected != self._state.selected:
            self._list.set_current_row(None)
        self._labels, self._frame, self._state = labels, frame, state
        self._rebuild()

    def set_selected(self, label: str | None) -> None:
        """The selected label, by its hash; unfolds its class. Says nothing back."""
        self._state = replace(self._state, selected=label)
        self._list.set_current_row(None)
        group = next((g for g in self._groups if any(e.hash == label for e in g.entries)), None)
        if group is not None and group.key in self._folded:
            self._folded.discard(group.key)
            self._rebuild()
        else:
            self._list.refresh()
            self._list.set_current_row(self._place_of(label))

    def set_colouring(self, colour_of: ColourOf | None) -> None:
        """How labels are coloured on the picture where that is not by the export's colours; None: as exported."""
        self._colour_of = colour_of or _export_colour
        self._list.refresh()

    def set_words(self, words_of: WordsOf | None) -> None:
        """What labels hold of a text; None where there is none, or none is known yet."""
        self._words_of = words_of or _no_words
        self._list.refresh()

    def neighbour(self, step: int) -> str | None:
        """The label on this frame `step` places after the current one in the list; None beyond the ends."""
        here = [at for at, (_, entry) in enumerate(self._items) if entry is not None and entry.on_frame]
        current = self._list.current_row()
        if current is None:
            wanted = 0 if step > 0 else len(here) - 1
        elif step > 0:
            wanted = sum(at <= current for at in here) + step - 1
        else:
            wanted = sum(at < current for at in here) + step
        entry = self._items[here[wanted]][1] if 0 <= wanted < len(here) else None
        return entry.hash if entry else None

    def focus_filter(self) -> None:
        self._field.setFocus()
        self._field.selectAll()

    def _place_of(self, label: str | None) -> int | None:
        if label is None:
            return None
        return next((at for at, (_, entry) in enumerate(self._items) if entry and entry.hash == label), None)

    def _place_of_head(self, key: str) -> int | None:
        return next((at for at, (group, entry) in enumerate(self._items) if group.key == key and entry is None), None)

    def _current_head(self) -> str | None:
        """The key of the group whose head the keyboard is on; a label is found again by what is selected."""
        row = self._list.current_row()
        group, entry = self._items[row] if row is not None and row < len(self._items) else (None, None)
        return group.key if group is not None and entry is None else None

    @property
    def _whole_row(self) -> bool:
        return self._scope[1].isChecked() and not self._medium

    @property
    def _look(self) -> LabelLook:
        selected = self._on_frame.get(self._state.selected or "")
        return LabelLook(
            self._state,
            selected,
            self._frame,
            self._whole_row,
            self._colour_of,
            self._medium,
            self._most,
            self._words_of,
        )

    def _rebuild(self, *_: object) -> None:
        head = self._current_head()
        words = filter_words(self._field.text())
        groups = self._row.groups(self._labels, self._frame, self._whole_row)
        unseen = (DELETED,) if self._medium else (CLASSIFICATIONS, DELETED)
        labels = [entry for group in groups if group.key not in unseen for entry in group.entries]
        self._on_frame = {entry.hash: entry for entry in labels if entry.on_frame}
        on_frame = sum(group.on_frame for group in groups if group.key != DELETED)
        self._groups = self._row.kept(groups, words) if words else groups
        self._items = flattened(self._groups, frozenset() if words else frozenset(self._folded))
        self._most = max((group.on_frame for group in self._groups), default=0)
        if self._medium:
            self._most = max([self._most, *(entry.ranges for group in self._groups for entry in group.entries)])
        self._title.say_note(f"{on_frame:,}")
        self._title.setAccessibleName(f"{counted(on_frame, 'label')} on this {self._medium or 'frame'}")
        self._list.show_lines(len(self._items), self._line, self._empty_words(bool(words)))
        self._list.set_current_row(self._place_of(self._state.selected) if head is None else self._place_of_head(head))
        self._show_hidden()

    def _empty_words(self, filtered: bool) -> str:
        if filtered:
            return "No label holds these words"
        return "No labels in this row" if self._whole_row else f"No labels on this {self._medium or 'frame'}"

    def _show_hidden(self) -> None:
        state = self._state
        said = [
            counted(len(state.hidden_classes), "class", "classes") if state.hidden_classes else "",
            counted(len(state.hidden_objects), "label") if state.hidden_objects else "",
            counted(len(state.hidden_shapes), "shape") if state.hidden_shapes else "",
            {"": "", "instance": "all but one label", "class": "all but one class", "shape": "all but one shape"}[
                state.solo
            ],
        ]
        words = ", ".join(word for word in said if word)
        self._hidden.setText(f"{words} hidden · Show all" if words else "")
        self._hidden.setVisible(bool(words))
        self._rule.setVisible(bool(words))
        self._hidden.updateGeometry()
        self._shapes.set_icon("eye-off" if state.hidden_shapes else "eye")

    def _line(self, place: int) -> Line:
        group, entry = self._items[place]
        if entry is not None:
            return entry_line(group, entry, self._look)
        return head_line(group, self._look, self._is_open(group), self._most)

    def _is_open(self, group: Group) -> bool:
        return group.key not in self._folded or bool(self._field.text().strip())

    def _choose(self, place: int) -> None:
        entry = self._items[place][1]
        if entry is not None:
            self.selected.emit(entry.hash)

    def _press(self, place: int) -> None:
        """A click on a head folds it."""
        group, entry = self._items[place]
        if entry is None:
            self._open(place, not self._is_open(group))

    def _open(self, place: int, unfold: bool) -> None:
        group = self._items[place][0]
        (self._folded.discard if unfold else self._folded.add)(group.key)
        self._rebuild()
        self._list.set_current_row(self._place_of_head(group.key))

    def _press_cell(self, place: int, cell: str) -> None:
        group, entry = self._items[place]
        if entry is None:
            self.class_visibility.emit(group.feature_hash, group.feature_hash in self._state.hidden_classes)
        elif cell == "eye":
            self.object_visibility.emit(entry.hash, entry.hash in self._state.hidden_objects)
        else:
            self.solo_requested.emit(entry.hash)

    def _jump(self, place: int) -> None:
        entry = self._items[place][1]
        if entry is not None:
            self.jump_requested.emit(entry.hash)

    def _enter(self) -> None:
        """Enter in the filter selects the first label that is left."""
        found = next((entry.hash for _, entry in self._items if entry), None)
        if found is not None:
            self._list.set_current_row(self._place_of(found))
            self.selected.emit(found)

    def _ask_shapes(self) -> None:
        words = dict.fromkeys(entry.word for _, entry in self._items if entry and entry.word)
        menu = menu_of(self)
        for word in sorted({*words, *self._state.hidden_shapes}):
            action = menu.addAction(_menu_words(shape_title(word)))
            action.setCheckable(True)
            action.setChecked(word not in self._state.hidden_shapes)
            action.triggered.connect(lambda on, word=word: self.shape_visibility.emit(word, on))
        if menu.isEmpty():
            menu.addAction("No shapes on this frame").setEnabled(False)
        menu.popup(self._shapes.mapToGlobal(QPoint(0, self._shapes.height())))

    def _ask_menu(self, place: int, position: QPoint) -> None:
        group, entry = self._items[place]
        state = self._state
        menu = menu_of(self)
        if entry is not None:
            menu.addAction(
                f"Go to its first {'range' if self._medium else 'frame'}", lambda: self.jump_requested.emit(entry.hash)
            )
            menu.addAction("Copy its hash", lambda: QGuiApplication.clipboard().setText(entry.hash))
        if entry is not None and (entry.word or self._medium):
            hidden = entry.hash in state.hidden_objects
            menu.addSeparator()
            menu.addAction("Show only this label", lambda: self.solo_requested.emit(entry.hash))
            menu.addAction(
                "Show this label" if hidden else "Hide this label",
                lambda: self.object_visibility.emit(entry.hash, hidden),
            )
        if entry is not None and entry.word and not self._medium:
            menu.addAction(
                _menu_words(f"Hide every {shape_title(entry.word)}"),
                lambda: self.shape_visibility.emit(entry.word, False),
            )
        if group.feature_hash:
            gone = group.feature_hash in state.hidden_classes
            menu.addAction(
                _menu_words(f"{'Show' if gone else 'Hide'} every {group.title}"),
                lambda: self.class_visibility.emit(group.feature_hash, gone),
            )
        if not menu.isEmpty():
            menu.popup(position)


def _menu_words(text: str) -> str:
    """Safe in a menu, where `&` would mark a key."""
    return shown(text, most=60).replace("&", "&&")

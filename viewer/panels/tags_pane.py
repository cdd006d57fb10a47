"""The tags of the file on screen, searched, and what the export says of it beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent

from viewer.media.dicom_tags import Tag
from viewer.panels.button_pane import FlatButton
from viewer.panels.colours import PanelColours
from viewer.panels.fields import section
from viewer.panels.line import Line
from viewer.panels.list_pane import LineList
from viewer.panels.paint_style import Icons
from viewer.panels.parts_pane import FilterField, Pane, menu_of
from viewer.panels.tag_lines import group_title, pair_lines, tag_line
from viewer.panels.tag_pairs import Pair, differences
from viewer.panels.tag_tree import Path, TagTree, tag_words
from viewer.panels.text_pane import Text
from viewer.scene.words import counted, holds, searchable, tip

MOST_FOUND = 2000
"""Lines that a search lists."""
TITLES = {True: "Show patient identity", False: "Hide patient identity"}

Entry = int | Line
"""A place in the tags, or a line of another kind."""


class TagsPane(Pane):
    """What it shows is handed to it whole; what was unfolded and looked for stays from slice to slice."""

    identity_asked = Signal()
    """Patient identity shall be hidden, or shown again."""
    seen = Signal()
    """It has come on screen, and what it shows may be of another slice."""
    copied = Signal(str)
    """What went to the clipboard."""

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        super().__init__(colours, icons, "DICOM tags")
        style = self.style_of_parts
        self._pairs: Sequence[Pair] = ()
        self._tree = TagTree(())
        self._words = ""
        self._hides = True
        self._turned: set[Path] = set()
        self._entries: list[Entry] = []
        self._is_filtered = False
        self._title = Text(style, "Tags", "strong")
        self._eye = FlatButton(style, icon="eye-off")
        self._eye.clicked.connect(self.identity_asked)
        copying = FlatButton(style, icon="copy", title="Copy everything that is listed")
        copying.clicked.connect(self.copy_all)
        self.header(self._title, self._eye, copying)
        self._field = FilterField(style, "Filter tags by number, name, value")
        self.header(self._field, margins=(8, 0, 8, 6))
        self._list = LineList(style, "DICOM tags", calm=True, uniform=False)
        self.column.addWidget(self._list, 1)
        self.setFocusProxy(self._list)
        self._field.textChanged.connect(self._refresh)
        self._field.down.connect(self._list.setFocus)
        self._field.left.connect(self._list.setFocus)
        self._list.opened.connect(lambda row, _: self._turn(row))
        self._list.clicked.connect(lambda index: self._turn(index.row()))
        self._list.entered_line.connect(self._turn)
        self._list.menu_asked.connect(self._ask_menu)
        self.set_identity_hidden(True)

    def show_tags(self, pairs: Sequence[Pair], tags: Sequence[Tag], words: str = "") -> None:
        """Of one slice. `words` say why there are no tags."""
        current = self._current_path()
        self._pairs = pairs
        self._tree = TagTree(tags)
        self._words = words
        self._rebuild(current)

    def show_nothing(self, words: str) -> None:
        self.show_tags((), (), words)

    def set_identity_hidden(self, hidden: bool) -> None:
        """Grey bars in the place of all that tells who somebody is."""
        self._hides = hidden
        self._eye.set_icon("eye-off" if hidden else "eye")
        self._eye.setAccessibleName(TITLES[hidden])
        self._eye.setToolTip(tip(TITLES[hidden]))
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.seen.emit()

    def focus_filter(self) -> None:
        self._field.setFocus()
        self._field.selectAll()

    def _refresh(self, *_: object) -> None:
        self._rebuild(self._current_path())

    def _rebuild(self, current: Path | None) -> None:
        """`current`: of the tag that stays the current one."""
        words = tag_words(self._field.text())
        self._is_filtered = bool(words)
        count, total = len(self._tree.tags), len(self._tree.tags)
        if words:
            places, count = self._tree.holding(words, self._hides)
        else:
            places = self._tree.unfolded(self._turned)
        self._entries = self._paired(words)
        self._entries += self._grouped(places, first=not self._entries)
        empty = "No tag holds these words" if words and total else self._words
        if self._words and self._entries:
            self._entries.append(Line(self._words, tone="quiet", rule=True, wrap=4))
        self._list.show_lines(len(self._entries), self._line, empty)
        self._list.set_current_row(self._row_of(current))
        self._say_counts(count, total)

    def _say_counts(self, count: int, total: int) -> None:
        said = [f"{total:,}" if count == total else f"{count:,} of {total:,}"] if total else []
        wrong = differences(self._pairs)
        said += [counted(wrong, "difference")] if wrong else []
        self._title.say_note(" · ".join(said))

    def _paired(self, words: tuple[str, ...]) -> list[Entry]:
        lines: list[Entry] = []
        for pair in self._pairs:
            values = ("", "") if self._hides and pair.is_identity else (pair.exported, pair.filed)
            if holds(words, searchable(pair.what, *values)):
                lines += pair_lines(pair, self._hides)
        return [section("Export and file", first=True), *lines] if lines else []

    def _grouped(self, places: Sequence[int], first: bool) -> list[Entry]:
        """With a heading where another group begins, and an end where there are too many."""
        made: list[Entry] = []
        group = ""
        for place in places[:MOST_FOUND] if self._is_filtered else places:
            tag = self._tree.tags[place]
            if not tag.depth and tag.tag[1:5] != group:
                group = tag.tag[1:5]
                made.append(section(group_title(group), first=first and not made))
            made.append(place)
        if self._is_filtered and len(places) > MOST_FOUND:
            made.append(Line(f"{len(places) - MOST_FOUND:,} more lines", tone="quiet"))
        return made

    def _line(self, row: int) -> Line:
        entry = self._entries[row]
        if isinstance(entry, Line):
            return entry
        can_fold = self._tree.below[entry] and not self._is_filtered
        is_open = self._tree.is_open(entry, self._turned) if can_fold else None
        return tag_line(self._tree.tags[entry], is_open, self._hides, self._tree.has_heads)

    def _turn(self, row: int) -> None:
        entry = self._entries[row]
        if isinstance(entry, int) and self._list.line(row).open is not None:
            self._turned ^= {self._tree.paths[entry]}
            self._refresh()

    def _current_path(self) -> Path | None:
        row = self._list.current_row()
        entry = self._entries[row] if row is not None and row < len(self._entries) else None
        return self._tree.paths[entry] if isinstance(entry, int) else None

    def _row_of(self, path: Path | None) -> int | None:
        if path is None:
            return None
        paths = self._tree.paths
        return next((r for r, e in enumerate(self._entries) if isinstance(e, int) and paths[e] == path), None)

    def copy_all(self) -> None:
        """What is listed, a line each, to the clipboard."""
        lines = [self._line(row) for row in range(len(self._entries))]
        self._copy("\n".join("  " * line.level + (line.copy or line.text) for line in lines))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)

    def _ask_menu(self, row: int, position: QPoint) -> None:
        entry, line = self._entries[row], self._list.line(row)
        menu = menu_of(self)
        if line.copy:
            menu.addAction("Copy", lambda: self._copy(line.copy))
        if isinstance(entry, int) and self._tree.tags[entry].value:
            tag = self._tree.tags[entry]
            value = line.text if line.bar else tag.value
            menu.addAction("Copy the value", lambda: self._copy(value))
            menu.addAction("Copy the number", lambda: self._copy(tag.tag))
        menu.addAction("Copy everything that is listed", self.copy_all)
        menu.popup(position)

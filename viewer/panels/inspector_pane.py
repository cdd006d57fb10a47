"""The inspector: everything that the export says about the selected label, or about the row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from viewer.errors import Problem
from viewer.labels.answers import LabelAnswers
from viewer.labels.ontology import OntologyClass
from viewer.labels.records import Annotation, Classification, FrameClassification, Instance, Unit, numbered
from viewer.labels.row import LabelRow
from viewer.labels.track import Track
from viewer.panels.colours import PanelColours
from viewer.panels.fields import COPY, ToFrame, ToLink, ToObject, ToProblem, ToRange
from viewer.panels.inspected import Context, classification_lines, object_lines
from viewer.panels.inspected_ranges import OnStretch
from viewer.panels.inspected_row import row_lines
from viewer.panels.line import Line
from viewer.panels.list_pane import LineList
from viewer.panels.paint_signs import paint_swatch
from viewer.panels.paint_style import Icons, Style
from viewer.panels.parts_pane import Pane, menu_of
from viewer.panels.size_plot_pane import SizePlot
from viewer.panels.text_pane import Text
from viewer.panels.words import type_word
from viewer.scene.words import counted
from viewer.shapes import shape_title

NameOf = Callable[[str], str | None]


def _nameless(object_hash: str) -> str | None:
    return None


class ColourSquare(QWidget):
    """The colour of what the head is about."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self.colour = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(16, max(20, self.fontMetrics().height() + 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.colour:
            painter = QPainter(self)
            paint_swatch(painter, QRect(0, (self.height() - 16) // 2, 16, 16), self.colour, self._style.colours.line)


class InspectorPane(Pane):
    """Shows one thing at a time; what it shows is handed to it whole at each change."""

    object_requested = Signal(str)
    """Select another label of the row: a relation was followed."""
    frame_requested = Signal(int)
    range_requested = Signal(int)
    """Another range of the label that is shown, by its place in the export."""
    link_requested = Signal(str)
    """Open a web address outside the program."""
    problem_requested = Signal(object)
    """A `Problem` of the label was picked."""
    copied = Signal(str)
    """What went to the clipboard."""

    def __init__(self, colours: PanelColours, icons: Icons) -> None:
        super().__init__(colours, icons, "Inspector")
        style = self.style_of_parts
        self._key = ""
        self._hides = True
        self._lines: list[Line] = []
        self._square = ColourSquare(style)
        self._title = Text(style, "", "strong", middle=True)
        self._what = Text(style, "", "quiet", wrap=True)
        self._state = Text(style, "", "warning")
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(6)
        row.addWidget(self._square)
        row.setAlignment(self._square, row.alignment().__class__.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for text in (self._title, self._what, self._state):
            texts.addWidget(text)
        row.addLayout(texts, 1)
        self.column.addLayout(row)
        self._plot = SizePlot(style)
        self._plot.frame_requested.connect(self.frame_requested)
        self.column.addWidget(self._plot)
        self._list = LineList(style, "Details", calm=True, uniform=False)
        self.column.addWidget(self._list, 1)
        self.setFocusProxy(self._list)
        self._list.entered_line.connect(self._follow)
        self._list.clicked.connect(lambda index: self._follow(index.row()))
        self._list.cell_clicked.connect(self._press_cell)
        self._list.menu_asked.connect(self._ask_menu)
        self.show_nothing()

    def show_object(
        self,
        annotation: Annotation | None,
        instance: Instance | None,
        answers: LabelAnswers,
        *,
        frame: int,
        kind: OntologyClass | None = None,
        problems: Sequence[Problem] = (),
        name_of: NameOf = _nameless,
        colour: str | None = None,
        on: OnStretch | None = None,
    ) -> None:
        """An object. `annotation` is None off its frames, `instance` None while the row is not indexed; not both.

        `kind`: its class in the ontology; `problems`: those that name it; `name_of`: names of related objects;
        `colour`: where it is drawn in another colour than the export's; `on`: where it is on a sound or text.
        """
        source = annotation or instance
        if source is None:
            self.show_nothing()
            return
        title = numbered(source.name, instance.number) if instance else source.name
        shape = annotation.shape if annotation else None
        what = shape_title(source.word) + (f" · {shape.measure()}" if shape else f" · {on.words}" if on else "")
        self._head(title, what, _object_state(annotation, instance, frame), colour or source.colour)
        context = Context(frame, kind, problems, name_of, on)
        self._show(f"object {source.object_hash}", object_lines(annotation, instance, answers, context))

    def show_track(self, track: Track | None, colour: str, frame: int) -> None:
        """How large the label is over time; None for nothing to be shown."""
        self._plot.show_track(track, colour, frame)

    def show_classification(
        self,
        found: Classification | None,
        placed: FrameClassification | None,
        *,
        frame: int,
        kind: OntologyClass | None = None,
        problems: Sequence[Problem] = (),
        name_of: NameOf = _nameless,
        on: OnStretch | None = None,
    ) -> None:
        """A classification. `placed`: its entry on the frame, if there is one; `found` None while the row is not indexed.

        `on`: where it is on a sound or text.
        """
        source = found or placed
        if source is None:
            self.show_nothing()
            return
        self._head(source.name, f"classification · {on.words}" if on else "classification", "", "")
        context = Context(frame, kind, problems, name_of, on)
        self._show(f"classification {source.classification_hash}", classification_lines(found, placed, context))

    def show_row(self, row: LabelRow, unit: Unit | None, frame: int) -> None:
        """The row itself, while no label is selected."""
        what = f"{type_word(row.head.data_type)} · {counted(len(row.units), 'unit')}"
        self._head(row.head.name, what, "its data was deleted" if row.head.deleted else "", "")
        self._show(f"row {row.head.index}", row_lines(row, unit, frame, self._hides))

    def set_identity_hidden(self, hidden: bool) -> None:
        """Grey bars in the place of all that tells who a patient is, from the next thing on that is shown."""
        self._hides = hidden

    def show_nothing(self, words: str = "Nothing is open") -> None:
        self._head("", "", "", "")
        self._show("", [], words)

    def _head(self, title: str, what: str, state: str, colour: str) -> None:
        self._square.colour = colour
        self._square.setVisible(bool(colour))
        for text, said in ((self._title, title), (self._what, what), (self._state, state)):
            text.say(said)
            text.setVisible(bool(said))
        self._square.update()

    def _show(self, key: str, lines: list[Line], empty: str = "") -> None:
        """Stays where it was scrolled to while it is about the same thing."""
        if key != self._key:
            self._list.set_current_row(None)
            self._list.scrollToTop()
        self._key = key
        self._lines = lines
        self._list.show_lines(len(lines), lines.__getitem__, empty)

    def _follow(self, place: int) -> None:
        match self._lines[place].target:
            case ToObject(object_hash):
                self.object_requested.emit(object_hash)
            case ToFrame(frame):
                self.frame_requested.emit(frame)
            case ToRange(place):
                self.range_requested.emit(place)
            case ToLink(url):
                self.link_requested.emit(url)
            case ToProblem(problem):
                self.problem_requested.emit(problem)
            case _:
                pass

    def _press_cell(self, place: int, cell: str) -> None:
        if cell == COPY:
            self._copy(self._lines[place].copy)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)

    def _ask_menu(self, place: int, position: QPoint) -> None:
        line = self._lines[place]
        menu = menu_of(self)
        if line.copy:
            menu.addAction("Copy", lambda: self._copy(line.copy))
        menu.addAction("Copy everything here", lambda: self._copy(self.as_text()))
        menu.popup(position)

    def as_text(self) -> str:
        """All that is shown, a line each, values whole."""
        head = [text.text() for text in (self._title, self._what, self._state) if text.text()]
        body = [f"\n{line.text}" if line.tone == "section" else _plain(line) for line in self._lines]
        return "\n".join([*head, *body])


def _plain(line: Line) -> str:
    name = f"{'  ' * line.level}{line.name.strip()}: " if line.name.strip() else "  "
    return f"{name}{line.copy or line.text}"


def _object_state(annotation: Annotation | None, instance: Instance | None, frame: int) -> str:
    """What is out of the ordinary, in a few words."""
    if annotation is None:
        return f"not on frame {frame:,}" if instance and not instance.range_unit else ""
    if annotation.deleted:
        return "marked as deleted, so not drawn"
    return "cannot be drawn" if annotation.sketch is None else ""

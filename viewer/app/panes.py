"""The panes of the window and where they stand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from viewer.app import icons
from viewer.app.background import Background
from viewer.app.settings import Settings
from viewer.app.theme import Theme
from viewer.canvas.canvas_pane import CanvasPane
from viewer.canvas.planes_pane import PlanesPane
from viewer.panels.bar_pane import BarPane
from viewer.panels.goto_pane import GotoPane
from viewer.panels.inspector_pane import InspectorPane
from viewer.panels.labels_pane import LabelsPane
from viewer.panels.parts_pane import Pane
from viewer.panels.problems_pane import ProblemsPane
from viewer.panels.ranges_pane import RangesPane
from viewer.panels.raw_pane import RawPane
from viewer.panels.rows_pane import RowsPane
from viewer.panels.start_pane import StartPane
from viewer.panels.tags_pane import TagsPane
from viewer.panels.units_pane import UnitsPane
from viewer.sound.sound_pane import SoundPane
from viewer.text.text_pane import TextPane
from viewer.timeline.slice_strip_pane import SliceStripPane
from viewer.timeline.timeline_pane import TALL, TimelinePane

PROGRESS = 2
"""Pixels of the line that shows that something is being opened."""
LEFT, RIGHT, BOTTOM, PLANES = 260, 290, 170, 320
"""Sizes of the panels at the first start, in pixels."""


class Panes(QWidget):
    """Left: rows above labels. Middle: the picture, the timeline under it. Right: inspector and raw data. Bottom: problems."""

    def __init__(self, background: Background, theme: Theme) -> None:
        super().__init__()
        colours = theme.panels
        self.rows = RowsPane(colours, icons)
        self.units = UnitsPane(colours, icons)
        self.labels = LabelsPane(colours, icons)
        self.inspector = InspectorPane(colours, icons)
        self.ranges = RangesPane(colours, icons, lambda key, work, then: background.run(f"ranges {key}", work, then))
        self.raw = RawPane(colours, icons)
        self.tags = TagsPane(colours, icons)
        self.problems = ProblemsPane(colours, icons)
        self.goto = GotoPane(colours, icons)
        self.start = StartPane(colours, icons)
        self.bar = BarPane(colours, icons)
        self.shift_bar = BarPane(colours, icons, can_be_dismissed=False)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)  # how long a file takes to be read is not known before
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(PROGRESS)
        self.progress.setAccessibleName("Opening")
        self.canvas = CanvasPane(lambda key, work, then: background.run(f"canvas {key}", work, then), theme.canvas)
        self.sound = SoundPane(lambda key, work, then: background.run(f"sound {key}", work, then), theme.chart)
        self.text = TextPane(theme.chart)
        self.slice_strip = SliceStripPane(theme.chart)
        self.planes = PlanesPane(theme.canvas)
        self.timeline = TimelinePane(theme.chart, icons)
        self._panels: tuple[Pane, ...] = (
            self.rows,
            self.units,
            self.labels,
            self.inspector,
            self.ranges,
            self.raw,
            self.tags,
            self.problems,
            self.goto,
            self.start,
            self.bar,
            self.shift_bar,
        )
        self._lay_out()

    def _lay_out(self) -> None:
        upper_left = QWidget()
        column = QVBoxLayout(upper_left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.rows, 1)
        column.addWidget(self.units)
        self._left = self._splitter(Qt.Orientation.Vertical, upper_left, self.labels)
        self._upper_left = upper_left
        self.details = QTabWidget()
        self.details.setDocumentMode(True)
        # in a narrow column the words of all tabs lose their ends, rather than one of them being out of sight
        self.details.setUsesScrollButtons(False)
        self.details.setElideMode(Qt.TextElideMode.ElideRight)
        self.details.addTab(self.inspector, "Inspector")
        self.details.setTabVisible(self.details.addTab(self.ranges, "Ranges"), False)
        self.details.addTab(self.raw, "Raw JSON")
        self.details.setTabVisible(self.details.addTab(self.tags, "Tags"), False)
        centre = self._centre()
        self._across = self._splitter(Qt.Orientation.Horizontal, self._left, centre, self.details)
        self._across.setStretchFactor(1, 1)
        self._across.setSizes([LEFT, 900, RIGHT])
        self._left.setSizes([240, 420])
        self._down = self._splitter(Qt.Orientation.Vertical, self._across, self.problems)
        self._down.setStretchFactor(0, 1)
        self._down.setSizes([700, BOTTOM])
        self.problems.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._down)
        for name in ("rows", "labels", "inspector"):
            self.show_panel(name, False)

    def _centre(self) -> QWidget:
        """The picture with the strip and the planes at its right, the timeline under them, bars above."""
        self.middle = QStackedWidget()
        self.middle.addWidget(self.start)
        for pane in (self.canvas, self.sound, self.text):
            self.middle.addWidget(pane)
        centre = QWidget()
        middle = QVBoxLayout(centre)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        for widget in (self.progress, self.bar, self.shift_bar, self.goto):
            middle.addWidget(widget)
            widget.hide()
        picture = QWidget()
        across = QHBoxLayout(picture)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.middle, 1)
        across.addWidget(self.slice_strip)
        self._beside = self._splitter(Qt.Orientation.Horizontal, picture, self.planes)
        self._beside.setStretchFactor(0, 1)
        self._beside.setSizes([600, PLANES])
        self.planes.hide()
        self._over_time = self._splitter(Qt.Orientation.Vertical, self._beside, self.timeline)
        self._over_time.setStretchFactor(0, 1)
        self.timeline.slim_changed.connect(self._on_slim)
        middle.addWidget(self._over_time, 1)
        return centre

    def _splitter(self, orientation: Qt.Orientation, *widgets: QWidget) -> QSplitter:
        made = QSplitter(orientation)
        made.setHandleWidth(1)
        made.setChildrenCollapsible(False)
        for widget in widgets:
            made.addWidget(widget)
        return made

    def _on_slim(self, slim: bool) -> None:
        """With rows again, the timeline gets back the height that it had with them."""
        if not slim:
            wanted = self.timeline.tall_height
            self._over_time.setSizes([self._over_time.height() - wanted, wanted])

    def main_pane(self, kind: str | None) -> QWidget:
        """What shows a unit of this kind."""
        return {"audio": self.sound, "text": self.text, "html": self.text}.get(kind or "", self.canvas)

    def panel(self, name: str) -> QWidget:
        """The widget that is shown or hidden under this name."""
        return {
            "rows": self._upper_left,
            "labels": self.labels,
            "inspector": self.details,
            "problems": self.problems,
        }[name]

    def show_panel(self, name: str, shown: bool) -> None:
        """Show or hide a panel; the column at the left goes with the last of its panels."""
        if name == "timeline":
            # it stays away from what has one frame, whatever is wanted
            self.timeline.set_shown(shown)
            self.text.set_strip_shown(shown)
            return
        self.panel(name).setVisible(shown)
        self._left.setVisible(not (self._upper_left.isHidden() and self.labels.isHidden()))

    def panel_shown(self, name: str) -> bool:
        """Whether a panel is switched on."""
        return self.timeline.is_wanted if name == "timeline" else not self.panel(name).isHidden()

    def focusable(self) -> list[QWidget]:
        """Panes that F6 walks through, in the order of reading."""
        every = (
            self.rows,
            self.labels,
            self.canvas,
            self.sound,
            self.text,
            *self.planes.panes,
            self.timeline,
            self.inspector,
            self.ranges,
            self.raw,
            self.tags,
            self.problems,
        )
        return [pane for pane in every if pane.isVisible()]

    def set_theme(self, theme: Theme) -> None:
        for panel in self._panels:
            panel.set_colours(theme.panels)
        self.canvas.set_colours(theme.canvas)
        self.planes.set_colours(theme.canvas)
        self.sound.set_colours(theme.chart)
        self.text.set_colours(theme.chart)
        self.timeline.set_colours(theme.chart)
        self.slice_strip.set_colours(theme.chart)

    def save(self, settings: Settings) -> None:
        for name, splitter in self._splitters().items():
            settings.set_bytes(f"layout/{name}", splitter.saveState())
        height = self.timeline.tall_height if self.timeline.is_slim else self.timeline.height()
        settings.set_number("timeline/height", height)
        if self.timeline.chosen_slim is not None:
            settings.set_number("timeline/slim", int(self.timeline.chosen_slim))

    def restore(self, settings: Settings) -> None:
        for name, splitter in self._splitters().items():
            state = settings.bytes(f"layout/{name}")
            if state is not None:
                splitter.restoreState(state)
        self.timeline.tall_height = settings.number("timeline/height", TALL)
        slim = settings.number("timeline/slim", -1)
        if slim in (0, 1):
            self.timeline.choose_slim(bool(slim))

    def _splitters(self) -> dict[str, QSplitter]:
        return {"left": self._left, "across": self._across, "down": self._down, "planes": self._beside}

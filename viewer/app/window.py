"""The window: panes, toolbar and status line around one session, and what the actions ask of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from viewer.app import theme as themes
from viewer.app.action_bars import ActionBars
from viewer.app.actions import ACTIONS, BY_ID
from viewer.app.adjusting import Adjusting
from viewer.app.background import Background
from viewer.app.dialogs import Dialogs
from viewer.app.display import Display
from viewer.app.focus import Focus
from viewer.app.following import Following
from viewer.app.here import Here
from viewer.app.key_sets import KeySet, key_and_title, keys_in
from viewer.app.keys import HeldKeys
from viewer.app.moving import Moving
from viewer.app.opener import Opener
from viewer.app.opening import Start
from viewer.app.orthogonal import Orthogonal
from viewer.app.panes import Panes
from viewer.app.player import Player
from viewer.app.ranges import RangesFeed
from viewer.app.readings import Readings
from viewer.app.saving import Saving
from viewer.app.session import Session
from viewer.app.settings import LARGEST_BUDGET_MB, SMALLEST_BUDGET_MB, Settings
from viewer.app.sheets import Sheets
from viewer.app.shift_probe import ShiftProbe
from viewer.app.showing import Showing
from viewer.app.slices import SliceFeed
from viewer.app.sound_output import make_output
from viewer.app.sound_player import SoundPlayer
from viewer.app.sounds import SoundFeed
from viewer.app.status_line import StatusLine
from viewer.app.status_words import headline
from viewer.app.stretch_book import StretchBook
from viewer.app.tags import Tags
from viewer.app.texts import TextFeed
from viewer.app.timeline_feed import TimelineFeed
from viewer.app.toolbar import Toolbar
from viewer.app.tracking import Tracking
from viewer.app.video_numbers import VideoNumbers
from viewer.app.windowing import Windowing
from viewer.errors import Place, escaped

HINTED = ("next_label", "hide_all")
"""Actions whose keys stand in the status line until they were used once."""
COUNTING_SECONDS = 5.0
"""A picture of the window waits so long at most for the counts in the list of rows."""
PAN_STEP = 80
"""Pixels that a key moves the picture."""
FIRST_KEYS = ("open", "next_label", "next_frame", "hide_all", "zoom_to_label", "shortcuts")
"""Actions whose keys the start page names."""


class Window(QMainWindow):
    """One export, looked at."""

    def __init__(self, settings: Settings, theme_choice: themes.Choice) -> None:
        super().__init__()
        self.settings = settings
        self.theme_choice: themes.Choice = theme_choice
        self.theme = self._chosen_theme()
        self.key_set: KeySet = settings.key_set
        self.background = Background()
        self.session = Session(self.background, settings.look, settings.frame_budget, settings.numberings)
        self.moving = Moving(self.session)
        self.windowing = Windowing(self.session)
        self.showing = Showing(self.session, self.windowing)
        self.player = Player(self.session)
        self.sound_player = SoundPlayer(self.session, make_output(self.background))
        self.tracking = Tracking(self.session, self.background)
        self.probe = ShiftProbe(self.session, self.tracking, self.background)
        self.numbers = VideoNumbers(self.session)
        self.panes = Panes(self.background, self.theme)
        self.canvas = self.panes.canvas
        self.focus = Focus(self.panes, self.show_panel)
        self.following = Following(self.session, self.showing, self.canvas)
        self.orthogonal = Orthogonal(
            self.session, self.background, self.panes.planes, self.canvas, lambda: settings.frame_budget
        )
        self.dialogs = Dialogs(self)
        self.saving = Saving(self.session, self.dialogs)
        self.opener = Opener(self.session, self.background, settings, self.panes.start)
        self.bars = ActionBars(self)
        self.presents = False
        self._build()
        self._connect()
        self._keys = HeldKeys(self._held_letters())
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self._keys)
        self._take_keys(self.key_set)
        self._restore()
        self._refresh()

    # ---------------------------------------------------------------- building

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.setMinimumSize(640, 400)
        self.resize(1366, 768)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.toolbar = Toolbar(self, self.bars)
        self.status = StatusLine(self)
        for widget, stretch in ((self.toolbar, 0), (self.panes, 1), (self.status, 0)):
            column.addWidget(widget, stretch)
        self.setCentralWidget(whole)
        self.setWindowTitle("Label Viewer")
        self.sheets = Sheets(whole, self.theme)
        self.adjusting = Adjusting(self)
        self.display = Display(
            self.session,
            self.panes,
            self.toolbar,
            self.status,
            self.settings,
            self.moving,
            self.showing,
            self.tracking,
            self.probe,
        )
        self.tags = Tags(self.session, self.background, self.panes)
        self._timeline_feed = TimelineFeed(self.session, self.moving, self.player, self.background, self.panes.timeline)
        self._slice_feed = SliceFeed(self.session, self.moving, self.canvas, self.panes.slice_strip)
        self.stretches = StretchBook(self.session, self.background)
        self._ranges_feed = RangesFeed(
            self.session, self.stretches, self.background, self.panes, self.display.inspecting
        )
        self.sounds = SoundFeed(
            self.session, self.stretches, self.background, self.panes.sound, self.sound_player, self.settings
        )
        self.readings = Readings(self.session, self.settings)
        self.texts = TextFeed(self.session, self.stretches, self.background, self.panes.text, self.readings)
        self.here = Here(self)
        self._colour()

    def _connect(self) -> None:
        panes, session, showing, dialogs = self.panes, self.session, self.showing, self.dialogs
        self.display.updated.connect(self._refresh)
        self.display.selection_shown.connect(self.following.follow)
        self.following.changed.connect(self._refresh)
        self.orthogonal.changed.connect(self._refresh)
        session.row_shown.connect(self._say_title)
        self.player.changed.connect(self._refresh)
        self.sound_player.changed.connect(self._refresh)
        session.opening.connect(self._on_opening)
        panes.rows.chosen.connect(session.go_to)
        panes.units.unit_chosen.connect(session.show_unit)
        for chosen in (panes.units.branch_chosen, self.toolbar.branch_chosen):
            chosen.connect(self._go_to_branch)
        panes.labels.selected.connect(self.select)
        panes.labels.jump_requested.connect(self._jump_to_label)
        panes.labels.class_visibility.connect(showing.show_class)
        panes.labels.object_visibility.connect(showing.show_object)
        panes.labels.shape_visibility.connect(showing.show_shape)
        panes.labels.solo_requested.connect(showing.toggle_solo)
        panes.labels.show_all_requested.connect(showing.show_everything)
        panes.inspector.object_requested.connect(self._jump_to_label)
        panes.inspector.frame_requested.connect(self.moving.go_to)
        panes.inspector.problem_requested.connect(lambda problem: self._jump(problem.place))
        panes.inspector.link_requested.connect(dialogs.open_link)
        panes.problems.jump.connect(self._jump)
        panes.timeline.frame_requested.connect(self.moving.go_to)
        panes.timeline.selected.connect(self.select)
        panes.goto.place_requested.connect(self._go_to_asked)
        panes.goto.closed.connect(self.escape)
        panes.start.open_export_requested.connect(dialogs.ask_for_export)
        panes.start.open_folder_requested.connect(dialogs.ask_for_folder)
        for bar in (panes.bar, panes.shift_bar):
            bar.action.connect(lambda action_id: BY_ID[action_id].run(self))
        self.canvas.picked.connect(self.select)
        for pane in (self.canvas, panes.planes):
            pane.adjust_dragged.connect(showing.drag_adjust)
        dialogs.export_chosen.connect(self.opener.open_paths)
        dialogs.media_chosen.connect(session.use_media)
        dialogs.ontology_chosen.connect(session.use_ontology)
        dialogs.budget_chosen.connect(self._use_budget)
        self.status.cancel_clicked.connect(session.cancel_opening)
        self.status.problems_clicked.connect(lambda: self.toggle_panel("problems"))
        self.sheets.action_chosen.connect(lambda action_id: BY_ID[action_id].run(self))
        self.sheets.closed.connect(self.canvas.setFocus)
        # queued: the signal comes while Qt is still changing its own palette
        QGuiApplication.styleHints().colorSchemeChanged.connect(
            self._on_system_theme, Qt.ConnectionType.QueuedConnection
        )

    def _held_letters(self) -> dict[str, tuple[Callable[[], None], Callable[[], None]]]:
        made: dict[str, tuple[Callable[[], None], Callable[[], None]]] = {}
        for action in ACTIONS:
            if action.release is not None:
                made[action.keys[0]] = (self._if_enabled(action.id), self._bound(action.release))
        return made

    def _other_letters(self) -> dict[str, Callable[[], None]]:
        keys = [(key, action.id) for action in ACTIONS if not action.held for key in keys_in(action, self.key_set)]
        return {key: self._if_enabled(action_id) for key, action_id in keys if len(key) == 1 and key.isalpha()}

    def _bound(self, call: Callable[[Window], None]) -> Callable[[], None]:
        return lambda: call(self)

    def _if_enabled(self, action_id: str) -> Callable[[], None]:
        def call() -> None:
            if self.isActiveWindow() and self.bars.actions[action_id].isEnabled():
                self.note_used(action_id)
                BY_ID[action_id].run(self)

        return call

    def _restore(self) -> None:
        self.panes.restore(self.settings)
        geometry = self.settings.bytes("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)

    def _refresh(self) -> None:
        self.bars.refresh(self.theme.text)
        unused = [BY_ID[name] for name in HINTED if not self.settings.flag(f"used/{name}", False)]
        shown = unused if self.session.view is not None else []
        hints = [f"{action.key_words}: {action.title.lower()}" for action in shown]
        self.status.say_hints("   ".join([*self.here.player.words, *hints]))

    def note_used(self, action_id: str) -> None:
        """An action was run; a key that the reviewer knows needs no hint any more."""
        if action_id in HINTED and not self.settings.flag(f"used/{action_id}", False):
            self.settings.set_flag(f"used/{action_id}", True)
            self._refresh()

    # ---------------------------------------------------------------- opening

    def open(self, start: Start) -> None:
        """Open an export; what is open stays until it is read."""
        self.opener.open(start)

    @property
    def failure(self) -> str:
        """What the last attempt to open something ended with; empty where it went well."""
        return self.opener.failure

    def _on_opening(self, start: Start) -> None:
        self.dialogs.set_folder(start.paths[0].parent)
        if self.session.export is None:
            self.setWindowTitle(escaped(start.paths[0].name))

    def _say_title(self) -> None:
        if self.session.export is not None:
            self.setWindowTitle(headline(self.session.export, self.session.row.head if self.session.row else None))

    # ---------------------------------------------------------------- labels and rows

    def select(self, label: str | None) -> None:
        """A label by its hash; None for none."""
        self.session.set(selected=label, stretch=0, solo=self.session.state.solo if label is not None else "")

    def step_label(self, step: int) -> None:
        found = self.panes.labels.neighbour(step)
        if found is not None:
            self.select(found)

    def step_row(self, step: int) -> None:
        self.moving.step_row(self.panes.rows.neighbour(step, self.session.wanted_row))

    def escape(self) -> None:
        """One step back towards nothing: the open sheet, the ruler, the picture-only view, the selection."""
        if self.panes.goto.isVisible():
            self.panes.goto.hide()
        elif not self.sheets.close():
            if self.canvas.has_ruler:
                self.toggle_ruler()
            elif self.presents:
                self.toggle_presentation()
            else:
                self.select(None)
        self.here.view.setFocus()

    def _jump(self, place: Place) -> None:
        self.session.jump(place.row, place.unit, place.frame, place.object_hash)

    def _jump_to_label(self, label: str) -> None:
        """To the present frame where the label is on it, else to its first."""
        instance = self.session.instance(label)
        frame = self.session.state.frame
        if instance is not None and instance.frames and not any(a <= frame <= b for a, b in instance.frames):
            frame = instance.frames[0][0]
        self.session.jump(None, None, frame, label)

    def _go_to_branch(self, row: int) -> None:
        state = self.session.state
        self.session.go_to(row, state.unit, state.frame, state.selected)

    def other_branch(self) -> int | None:
        """The row of the same data on the next branch."""
        export, row = self.session.export, self.session.row
        if export is None or row is None or not row.head.data_hash:
            return None
        same = [head.index for head in export.heads if head.data_hash == row.head.data_hash]
        return same[(same.index(row.head.index) + 1) % len(same)] if len(same) > 1 else None

    def hold_other_branch(self, held: bool) -> None:
        """The other branch's labels over the same picture, while the key is down."""
        other = self.other_branch()
        if held and other is not None:
            self.session.show_other_labels(other, self.canvas.show_scene)
        else:
            self.session.forget_other_labels()
            self.display.draw_labels()

    # ---------------------------------------------------------------- the picture

    def pan(self, across: int, down: int) -> None:
        self.here.view.pan(across * PAN_STEP, down * PAN_STEP)

    def stretch_contrast(self) -> None:
        self.showing.stretch_to(self.canvas.visible())

    def toggle_ruler(self) -> None:
        self.canvas.set_ruler(not self.canvas.has_ruler)
        self._refresh()

    def toggle_orientation(self) -> None:
        self.session.set(other_orientation=not self.session.state.other_orientation)

    def ask_for_frame(self) -> None:
        question = self.here.question()
        if question is not None:
            self.panes.goto.show()
            self.panes.goto.ask(question)

    def _go_to_asked(self, place: int) -> None:
        self.panes.goto.hide()
        self.here.go_to(place)
        self.here.view.setFocus()

    def ask_for_budget(self) -> None:
        self.dialogs.ask_for_budget(self.settings.frame_budget // 1_000_000, SMALLEST_BUDGET_MB, LARGEST_BUDGET_MB)

    def _use_budget(self, megabytes: int) -> None:
        self.settings.frame_budget = megabytes * 1_000_000
        self.session.set_budget(self.settings.frame_budget)

    # ---------------------------------------------------------------- the window itself

    def toggle_presentation(self) -> None:
        """Only the picture, on the whole screen; and back."""
        self.presents = not self.presents
        for widget in (self.toolbar, self.status):
            widget.setVisible(not self.presents)
        for name in ("rows", "labels", "inspector", "problems", "timeline"):
            wanted = self.settings.flag(f"panel/{name}", name != "problems")
            self.panes.show_panel(name, wanted and not self.presents)
        self.orthogonal.set_away(self.presents)
        if self.presents:
            self.showFullScreen()
        else:
            self.showNormal()
        self._refresh()

    def toggle_panel(self, name: str) -> None:
        self.show_panel(name, not self.panel_shown(name))

    def show_panel(self, name: str, shown: bool) -> None:
        self.panes.show_panel(name, shown)
        self.settings.set_flag(f"panel/{name}", shown)
        self._refresh()

    def panel_shown(self, name: str) -> bool:
        return self.panes.panel_shown(name)

    def show_details(self, pane: QWidget) -> None:
        """One of the tabs at the right."""
        self.show_panel("inspector", True)
        self.panes.details.setCurrentWidget(pane)

    def show_palette(self) -> None:
        self.sheets.ask_for_action({key for key, action in self.bars.actions.items() if action.isEnabled()})

    def show_shortcuts(self) -> None:
        self.sheets.show(self.sheets.keys)

    def show_about(self) -> None:
        self.sheets.show(self.sheets.about)

    def use_keys(self, key_set: KeySet) -> None:
        """This set of keys, in this window and from the next start on."""
        self.settings.key_set = key_set
        self._take_keys(key_set)

    def _take_keys(self, key_set: KeySet) -> None:
        self.key_set = key_set
        self.bars.use_keys(key_set)
        self.sheets.use_keys(key_set)
        self._keys.set_letters(self._other_letters())
        self.panes.start.set_keys([key_and_title(BY_ID[action_id], key_set) for action_id in FIRST_KEYS])
        self._refresh()

    def cycle_theme(self) -> None:
        order: tuple[themes.Choice, ...] = ("system", "light", "dark")
        self.theme_choice = order[(order.index(self.theme_choice) + 1) % 3]
        self.settings.theme = self.theme_choice
        self._on_system_theme()

    def _on_system_theme(self) -> None:
        self.theme = self._chosen_theme()
        self._colour()

    def _chosen_theme(self) -> themes.Theme:
        """The theme of the choice, given to the whole application."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme = themes.chosen(self.theme_choice)
        themes.apply(theme, application)
        return theme

    def _colour(self) -> None:
        """Tell every part the colours of the theme."""
        self.panes.set_theme(self.theme)
        self.toolbar.set_theme(self.theme)
        self.sheets.set_theme(self.theme)
        self.status.set_theme(self.theme)
        self.display.set_theme(self.theme)
        self._refresh()

    def new_window(self) -> None:
        window = Window(self.settings, self.theme_choice)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.show()

    def close_window(self) -> None:
        self.close()

    def quit(self) -> None:
        for window in QApplication.topLevelWidgets():
            window.close()

    def is_settled(self) -> bool:
        """Whether what is shown is complete and sharp, for pictures of the window."""
        session = self.session
        in_time = time.monotonic() < self.opener.opened_at + COUNTING_SECONDS
        counting = session.is_counting and in_time
        # a very long row is searched for problems for minutes, of which the picture of the window shows only a number
        may_go_on = ("facts",) if in_time else ("facts", "check")
        told = self.background.idle(but_for=may_go_on) and self.panes.rows.is_settled()
        if (
            session.busy
            or counting
            or not told
            or self.display.is_behind
            or self.tags.is_behind
            or not self.texts.is_settled
            or self.sounds.is_behind
        ):
            return False
        return session.row is None or session.unit is None or (session.is_current() and self.canvas.is_settled())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.panes.start.set_dragging(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.panes.start.set_dragging(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.panes.start.set_dragging(False)
        event.acceptProposedAction()
        self.opener.open_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def closeEvent(self, event: QCloseEvent) -> None:
        self.opener.remember_place()
        self.settings.set_bytes("geometry", self.saveGeometry())
        self.panes.save(self.settings)
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self._keys)
        self.display.close()
        self.tags.close()
        self.orthogonal.close()
        self.player.pause()
        self.sounds.close()
        self.session.close()
        self.background.close()
        super().closeEvent(event)

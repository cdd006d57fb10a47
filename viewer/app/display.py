"""Display: fills the panes from the session, whenever something of it changes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from viewer.app.frame_loader import FrameView
from viewer.app.identity import Identity
from viewer.app.inspecting import Inspecting
from viewer.app.moving import Moving
from viewer.app.panes import Panes
from viewer.app.session import Session
from viewer.app.settings import Settings
from viewer.app.shift_probe import ShiftProbe
from viewer.app.showing import Showing
from viewer.app.status_line import StatusLine
from viewer.app.status_words import place_words, size_words
from viewer.app.theme import Theme
from viewer.app.throttle import Throttle
from viewer.app.toolbar import Toolbar
from viewer.app.tracking import Tracking
from viewer.canvas.levels import Adjust
from viewer.export.unit_media import PICTURE_KINDS, SLICE_KINDS, STRETCH_KINDS, MediaOf
from viewer.panels.range_words import MEDIUM_WORDS
from viewer.scene.colours import colour_of, hex_of
from viewer.scene.view_state import ViewState
from viewer.size import Size


def adjust_of(state: ViewState) -> Adjust:
    """How the picture is shown."""
    look = state.look
    return Adjust(look.brightness, look.contrast, look.gamma, state.window, state.inverted)


UNKNOWN_SIZE = Size(1600, 900)
"""Of the field on which it is said why there is nothing to see."""


class Display(QObject):
    """One direction: from the session to the panes."""

    updated = Signal()
    """What can be done may have changed."""
    selection_shown = Signal()
    """Another label, or the same on another frame, is drawn as selected."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        toolbar: Toolbar,
        status: StatusLine,
        settings: Settings,
        moving: Moving,
        showing: Showing,
        tracking: Tracking,
        probe: ShiftProbe,
    ) -> None:
        super().__init__()
        self._session = session
        self._panes = panes
        self._toolbar = toolbar
        self._status = status
        self._settings = settings
        self._moving = moving
        self._showing = showing
        self._tracking = tracking
        self._probe = probe
        self._inspecting = Inspecting(session, tracking, panes.inspector, panes.raw)
        self.identity = Identity(settings, panes, self._inspecting)
        self._theme: Theme | None = None
        self._lists = Throttle(self._show_lists)
        self._is_opening = False
        self._bar_of: tuple[MediaOf, str] | None = None
        """The unit of whose missing slices it is told."""
        session.changed.connect(self._on_changed)
        session.opening.connect(self._on_opening)
        session.opened.connect(self._on_opened)
        session.row_shown.connect(self._on_row)
        session.index_ready.connect(self._on_index)
        session.frame_shown.connect(self._on_frame)
        session.medium_opened.connect(self._on_video)
        tracking.changed.connect(self._on_track)
        probe.changed.connect(self._say_shift)
        self.identity.changed.connect(self.updated)
        session.facts_found.connect(panes.rows.set_facts)
        session.counted.connect(self._say_empty)
        session.problems_changed.connect(self.show_problems)
        session.busy_changed.connect(self._on_busy)
        session.failed.connect(self._on_failed)
        panes.canvas.camera_changed.connect(lambda _: self._say_size())

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.show_problems()

    @property
    def inspecting(self) -> Inspecting:
        """What fills the inspector."""
        return self._inspecting

    # ---------------------------------------------------------------- an export

    def _on_opening(self) -> None:
        """The next frame that is shown is the first of what is being opened."""
        self._is_opening = True
        self._show_main_pane()

    def _on_opened(self) -> None:
        export, panes = self._session.export, self._panes
        assert export is not None
        self._show_main_pane()
        panes.rows.set_heads(export.heads)
        panes.problems.set_heads(export.heads)
        for name in ("rows", "labels", "inspector", "timeline"):
            panes.show_panel(name, self._settings.flag(f"panel/{name}", True))
        panes.bar.hide()
        self._main_pane().setFocus()
        if not export.heads:
            panes.bar.say("note", f"{export.title} holds no rows")
        self.updated.emit()

    def _main_pane(self) -> QWidget:
        """The picture, or the sound or text of a unit that has one."""
        unit = self._session.unit
        return self._panes.main_pane(unit.kind if unit is not None else None)

    def _show_main_pane(self) -> None:
        self._panes.middle.setCurrentWidget(self._main_pane())

    def _say_empty(self) -> None:
        """An export in which nothing is labelled would otherwise look like one that is not read."""
        export, facts = self._session.export, self._session.facts
        if export is not None and export.heads and not any(found.labels for found in facts.values()):
            count = len(export.heads)
            self._panes.bar.say("note", f"No labels in {count:,} row{'s' * (count != 1)}")

    def _on_failed(self, what: str) -> None:
        self._is_opening = False
        if self._session.export is None:
            self._panes.middle.setCurrentWidget(self._panes.start)
        self._panes.bar.say("error", what)
        self.updated.emit()

    def _on_busy(self, text: str) -> None:
        is_opening = text.startswith("Opening")
        self._status.say_busy(text, can_cancel=is_opening)
        self._panes.progress.setVisible(is_opening)

    # ---------------------------------------------------------------- a row

    def _on_row(self) -> None:
        session, panes = self._session, self._panes
        row, export = session.row, session.export
        if row is None or export is None:
            return
        head = row.head
        self._show_main_pane()
        panes.rows.set_current(head.index)
        branches = [h for h in export.heads if h.data_hash and h.data_hash == head.data_hash]
        panes.units.show_row(row.units, branches, head.index)
        panes.units.set_unit(session.state.unit)
        unit = session.unit
        panes.labels.set_medium(MEDIUM_WORDS.get(unit.kind, "") if unit is not None else "")
        panes.labels.show_row(row.index_if_ready)
        self._toolbar.show_row(head, branches)
        self.updated.emit()

    def _on_index(self) -> None:
        row = self._session.row
        if row is None:
            return
        self._panes.labels.show_row(row.index_if_ready)
        if self._session.view is not None:
            self.draw_labels()

    def _on_video(self) -> None:
        """Its frames are counted: more or fewer than the export says perhaps."""
        self._status.say_place(place_words(self._session, self._moving.frames()))
        self.updated.emit()

    def _on_track(self) -> None:
        self._draw_scene()
        self._inspecting.show_track()
        self.updated.emit()

    # ---------------------------------------------------------------- a frame

    def _on_frame(self) -> None:
        view, canvas = self._session.view, self._panes.canvas
        if view is None:
            return
        size = view.labels.size or (view.picture.size if view.picture else None)
        canvas.show_picture(view.picture, size or UNKNOWN_SIZE, keep_view=not self._is_opening and size is not None)
        canvas.set_message(view.trouble if size is None or (view.picture is None and self._is_damaged()) else "")
        self._select_first()
        self.draw_labels()
        self._is_opening = False
        self._say_missing_media()
        self.selection_shown.emit()

    def _is_damaged(self) -> bool:
        """Whether the file was found and cannot be shown, which is another thing than a file that is missing."""
        view, media = self._session.view, self._session.media
        if view is None or media is None:
            return False
        return media.match(view.unit, view.key.frame).source is not None

    def _select_first(self) -> None:
        """On opening the first label is selected, so that its answers are there at once."""
        view, state = self._session.view, self._session.state
        if view is not None and self._is_opening and state.selected is None and view.labels.annotations:
            self._session.set(selected=view.labels.annotations[0].object_hash)

    def draw_labels(self) -> None:
        """Labels of the present frame, on the picture and in the lists."""
        session, panes = self._session, self._panes
        view, scene = session.view, session.scene()
        if view is None or scene is None:
            return
        self._tracking.follow()
        panes.canvas.show_scene(self._tracking.with_trail(scene))
        panes.canvas.set_adjust(adjust_of(session.state))
        panes.canvas.set_selected(session.state.selected)
        self._say_place()
        self._lists.ask()

    def _show_lists(self) -> None:
        """What is beside the picture; while frames follow one another quickly, not for each of them."""
        session, labels = self._session, self._panes.labels
        view = session.view
        if view is not None:
            labels.set_colouring(self._list_colour)
            labels.show_frame(view.labels, view.labels.frame, session.state)
            labels.set_selected(session.state.selected)
            self._inspecting.refresh()
        self.updated.emit()

    def close(self) -> None:
        """The panes are about to go."""
        self._lists.stop()

    @property
    def is_behind(self) -> bool:
        """Whether lists are still to be brought in line with the picture."""
        return self._lists.waits

    def _draw_scene(self) -> None:
        scene = self._session.scene()
        if scene is not None:
            self._panes.canvas.show_scene(self._tracking.with_trail(scene))

    def _list_colour(self, object_hash: str) -> str | None:
        label = self._showing.annotation(object_hash) or self._inspecting.stretch_label(object_hash)
        if label is None:
            return None
        return hex_of(colour_of(label, self._session.state.look, self._session.naming.class_order))

    def _show_selection(self) -> None:
        selected = self._session.state.selected
        self._panes.canvas.set_selected(selected)
        self._panes.labels.set_selected(selected)
        self._inspecting.refresh()
        self._say_place()

    def _say_place(self) -> None:
        self._status.say_place(place_words(self._session, self._moving.frames()))
        self._say_size()

    def _say_shift(self) -> None:
        """Plainly, as long as labels do not stand where they belong."""
        told = self._probe.told()
        if told is None:
            self._panes.shift_bar.hide()
        else:
            self._panes.shift_bar.say(*told)
        self.updated.emit()

    def _on_changed(self, old: ViewState, new: ViewState) -> None:
        if old.shift != new.shift:
            self._say_shift()
        if old.look != new.look:
            self._settings.look = new.look
        if replace(old, position=new.position) == new:
            self._say_place()
        elif old.view == new.view:
            only_selected = replace(old, selected=new.selected, stretch=new.stretch) == new and not (
                new.solo or new.look.dim
            )
            if self._session.view is not None and replace(old, window=new.window, inverted=new.inverted) == new:
                self._panes.canvas.set_adjust(adjust_of(new))
            elif self._session.view is not None and only_selected:
                self._tracking.follow()
                self._show_selection()
            else:
                self.draw_labels()
            if old.selected != new.selected:
                self.selection_shown.emit()
            self.updated.emit()

    def show_problems(self) -> None:
        problems = self._session.problems()
        self._panes.problems.set_problems(problems)
        severities = [problem.severity for problem in problems]
        if self._theme is not None:
            self._status.say_problems(severities.count("error"), severities.count("warning"), self._theme)
        if self._session.view is not None:
            self._inspecting.refresh()

    def _say_missing_media(self) -> None:
        session, bar = self._session, self._panes.bar
        view, media = session.view, session.media
        if view is not None and media is not None and view.unit.kind in SLICE_KINDS:
            self._say_missing_slices(view, media)
            return
        self._bar_of = None
        if view is None or media is None or view.picture is not None:
            bar.hide()
            return
        matches = media.matches(view.unit)
        missing = sum(match.source is None for match in matches.values())
        if session.row is not None and session.row.head.deleted:
            bar.say("note", "The data of this row was deleted; its labels are shown on a plain canvas")
        elif view.unit.kind == "video" and not missing:
            # one frame that cannot be decoded is told in its place, a whole video here
            if session.video is None:
                bar.say("error", view.trouble)
            else:
                bar.hide()
        elif view.unit.kind == "pdf" and not missing:
            bar.say("error", f"{view.trouble[:1].upper()}{view.trouble[1:]}")
        elif view.unit.kind in STRETCH_KINDS and not missing:
            bar.hide()  # what is wrong with it is said in its place
        elif view.unit.kind not in (*PICTURE_KINDS, *STRETCH_KINDS, "video", "pdf"):
            bar.say("note", f"{view.trouble[:1].upper()}{view.trouble[1:]}")
        elif missing:
            several = len(matches) > 1
            one = {"video": "video", "pdf": "document", **MEDIUM_WORDS}.get(view.unit.kind, "picture")
            what = f"{missing:,} of {len(matches):,} pictures were not found" if several else f"The {one} was not found"
            where = "Where are the pictures?" if several else f"Where is the {one}?"
            bar.say("warning", f"{what} {self._where_looked()}", [("locate", where)])

    def _say_missing_slices(self, view: FrameView, media: MediaOf) -> None:
        """Of one that is damaged in its place; of those that are missing here, and from then on as long as the unit is
        on screen, lest the picture jump whenever one of them is passed."""
        bar, unit, frame = self._panes.bar, view.unit, view.key.frame
        slices = media.slices_if_open(unit)
        is_missing = view.picture is None and (slices is None or slices.source_of(frame) is None)
        if is_missing and self._bar_of != (media, unit.id):
            where = "Where are the slices?" if unit.kind == "dicom" else "Where is the volume?"
            bar.say("warning", self._missing_slices(view, media), [("locate", where)])
        elif self._bar_of != (media, unit.id):
            bar.hide()
        self._bar_of = (media, unit.id) if is_missing else self._bar_of

    def _missing_slices(self, view: FrameView, media: MediaOf) -> str:
        """How many, where others were found."""
        slices = media.slices_if_open(view.unit)
        found = media.finder(view.unit).found_if_ready if media.is_series(view.unit) else None
        if slices is None or found is None or not found.places:
            return f"{view.trouble[:1].upper()}{view.trouble[1:]}"
        missing = sum(frame not in found.places for frame in range(slices.count))
        verb = "was" if missing == 1 else "were"
        return f"{missing:,} of {slices.count:,} slices {verb} not found {self._where_looked()}"

    def _where_looked(self) -> str:
        export = self._session.export
        count = export.places.count if export else 0
        return f"among {count:,} file{'s' * (count != 1)}" if count else "beside the export"

    def _say_size(self) -> None:
        canvas = self._panes.canvas
        self._status.say_size(size_words(self._session, canvas.camera.scale * canvas.devicePixelRatioF()))

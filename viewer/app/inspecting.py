"""What the inspector and the raw view show: the selected label, else the row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from viewer.app.session import Session
from viewer.app.stretch_book import StretchBook
from viewer.app.tracking import Tracking
from viewer.errors import Problem
from viewer.export.facts import hidden_queries
from viewer.labels.records import Classification, FrameClassification
from viewer.labels.row import LabelRow
from viewer.media.html_page import Page
from viewer.panels.inspected_ranges import AROUND, OnStretch
from viewer.panels.inspector_pane import InspectorPane
from viewer.panels.raw_pane import RawPane
from viewer.scene.colours import colour_of, hex_of
from viewer.scene.stretches import StretchLabel
from viewer.text.page_around import around


class Inspecting:
    """Fills both panes from the session."""

    def __init__(self, session: Session, tracking: Tracking, inspector: InspectorPane, raw: RawPane) -> None:
        self._session = session
        self._tracking = tracking
        self._inspector = inspector
        self._raw = raw
        self._answers_of: tuple[LabelRow, str, str] | None = None
        """Row, hash and title of the label on ranges that the raw view shows."""
        self.book: StretchBook | None = None
        """Where ranges of sounds and texts lie."""

    def refresh(self) -> None:
        self.show_track()
        session = self._session
        if session.export is None or session.row is None:
            self._inspector.show_nothing("Nothing is open" if session.export is None else "No row is shown")
            self._answers_of = None
            self._raw.show_nothing()
        elif session.state.selected is None or not (self._show_object() or self._show_classification()):
            self._inspector.show_row(session.row, session.unit, session.state.frame)
            self._show_data(session.row.head.name, self._row_data())

    def show_track(self) -> None:
        """How large the selected label is over time, once that is known."""
        session = self._session
        instance = session.instance(session.state.selected)
        frame = session.view.labels.frame if session.view else session.state.frame
        self._inspector.show_track(
            self._tracking.track if instance else None, instance.colour if instance else "", frame
        )

    def _show_object(self) -> bool:
        session = self._session
        selected = session.state.selected or ""
        labels = session.view.labels if session.view else None
        annotation = next((a for a in labels.annotations if a.object_hash == selected), None) if labels else None
        if annotation is None and labels:
            annotation = next((a for a in labels.deleted if a.object_hash == selected), None)
        instance = session.instance(selected)
        if (annotation is None and instance is None) or session.row is None or session.export is None:
            return False
        answers = instance.answers if instance else session.row.answers_of(selected)
        feature_hash = annotation.feature_hash if annotation else instance.feature_hash if instance else ""
        look, classes = session.state.look, session.naming.class_order
        drawn = annotation or self.stretch_label(selected)
        self._inspector.show_object(
            annotation,
            instance,
            answers,
            frame=session.state.frame,
            kind=session.export.ontology.classes.get(feature_hash),
            problems=self._problems(selected),
            name_of=self._name_of,
            colour=hex_of(colour_of(drawn, look, classes)) if drawn else None,
            on=self._on_stretch(instance.ranges, instance.range_unit) if instance else None,
        )
        title = session.naming.title(annotation) if annotation else instance.title if instance else selected
        if annotation is None and instance is not None and instance.range_unit:
            self._show_answers(session.row, selected, title)
            return True
        data: dict[str, Any] = {}
        if annotation:
            data["label"] = hidden_queries(dict(annotation.entry))
        data |= session.row.raw_answers(selected)
        self._show_data(title, data)
        return True

    def _show_data(self, title: str, data: dict[str, Any]) -> None:
        self._answers_of = None
        self._raw.show_data(title, data)

    def _show_answers(self, row: LabelRow, key: str, title: str) -> None:
        """Of a label that is in its answers as a whole: once, not for each of its ranges, of which there may be many."""
        if self._answers_of != (row, key, title):
            self._answers_of = row, key, title
            self._raw.show_when_seen(title, lambda: row.raw_answers(key))

    def _show_classification(self) -> bool:
        session = self._session
        found, placed = self._classification(session.state.selected or "")
        if (found is None and placed is None) or session.row is None or session.export is None:
            return False
        feature_hash = found.feature_hash if found else placed.feature_hash if placed else ""
        key = found.classification_hash if found else placed.classification_hash if placed else ""
        self._inspector.show_classification(
            found,
            placed,
            frame=session.state.frame,
            kind=session.export.ontology.classes.get(feature_hash),
            problems=self._problems(key),
            name_of=self._name_of,
            on=self._on_stretch(found.ranges, found.range_unit, is_whole=not found.ranges) if found else None,
        )
        self._show_data(found.name if found else placed.name if placed else key, session.row.raw_answers(key))
        return True

    def _classification(self, key: str) -> tuple[Classification | None, FrameClassification | None]:
        index, view = self._session.index, self._session.view
        found = next((c for c in index.classifications if c.classification_hash == key), None) if index else None
        listed = view.labels.classifications if view else ()
        return found, next((c for c in listed if c.classification_hash == key), None)

    def stretch_label(self, key: str) -> StretchLabel | None:
        """A label of the sound or text on screen, once its ranges are known."""
        stretches = self.book.stretches if self.book is not None else None
        return stretches.label_named(key) if stretches is not None else None

    def _on_stretch(
        self, ranges: tuple[Any, ...], range_unit: str | None, *, is_whole: bool = False
    ) -> OnStretch | None:
        """Where the selected label is; None of what is on frames."""
        book, unit, state = self.book, self._session.unit, self._session.state
        if book is None or unit is None or not book.is_needed:
            return None
        on = OnStretch(unit.kind, ranges, range_unit, state.stretch, is_whole=is_whole)
        stretches, content = book.stretches, book.passage.content if book.passage is not None else None
        if stretches is None:
            return on
        at = stretches.find(state.selected, state.stretch)
        if at is None or stretches.places[at] != state.stretch:
            return replace(on, content=content, is_placed=True)
        start, end = float(stretches.starts[at]), float(stretches.ends[at])
        page = book.passage if isinstance(book.passage, Page) else None
        words = around(page.tree, int(start), int(end), AROUND + 1) if page is not None else None
        return replace(on, start=start, end=end, content=content, around=words, is_placed=True)

    def _problems(self, key: str) -> list[Problem]:
        row = self._session.state.row
        return [p for p in self._session.problems() if p.place.row == row and p.place.object_hash == key]

    def _name_of(self, object_hash: str) -> str | None:
        instance = self._session.instance(object_hash)
        return instance.title if instance else None

    def _row_data(self) -> dict[str, Any]:
        row, unit = self._session.row, self._session.unit
        assert row is not None
        made: dict[str, Any] = {"row": dict(row.facts)}
        if unit is not None:
            file = unit.file_of(self._session.state.frame)
            made["unit"] = dict(unit.facts)
            if file is not None and unit.is_group:
                made["frame"] = dict(row.file_facts(file.path))
        return made

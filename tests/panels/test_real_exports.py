"""Real exports in the panels: whatever they hold is listed and inspected."""

from __future__ import annotations

import pytest

from tests.panels.support import list_of, texts
from tests.shared import EXPORTS, SHARED, needs_shared
from viewer.export.export import open_export
from viewer.panels.inspector_pane import InspectorPane
from viewer.panels.labels_pane import LabelsPane
from viewer.panels.raw_pane import RawPane
from viewer.panels.rows_pane import RowsPane
from viewer.panels.units_pane import UnitsPane
from viewer.scene.view_state import ViewState

pytestmark = needs_shared


def frames_of(row, unit):
    labels = row.labels[unit.id]
    for frame in labels.frames.tolist()[:3]:
        file = unit.file_of(frame)
        yield frame, labels.on_frame(frame, (file.size if file else None) or unit.size)


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.name[:40])
def test_every_label_is_listed_selected_and_inspected(show, path):
    export = open_export([path])
    row = export.row(0)
    index = row.index()
    labels, inspector, raw = show(LabelsPane, height=700), show(InspectorPane, height=700), show(RawPane)
    labels.show_row(index)
    inspector.show_row(row, row.units[0] if row.units else None, 0)
    for unit in row.units:
        instances = {i.object_hash: i for i in index.instances if i.unit == unit.id}
        for frame, found in frames_of(row, unit):
            labels.show_frame(found, frame, ViewState(row=0, unit=unit.id, frame=frame))
            listed = {labels._items[at][1].hash for at in range(list_of(labels).count) if labels._items[at][1]}
            assert listed >= {annotation.object_hash for annotation in found.annotations}
            for annotation in found.annotations:
                instance = instances.get(annotation.object_hash)
                kind = export.ontology.classes.get(annotation.feature_hash)
                inspector.show_object(
                    annotation, instance, row.answers_of(annotation.object_hash), frame=frame, kind=kind
                )
                assert annotation.object_hash in inspector.as_text()
                list_of(inspector).repaint()
                raw.show_data(annotation.name, dict(annotation.entry))
                assert "objectHash" in texts(list_of(raw))
    for found in index.classifications:
        inspector.show_classification(found, None, frame=0, kind=export.ontology.classes.get(found.feature_hash))
        assert found.classification_hash in inspector.as_text()


def test_every_answer_of_a_label_is_shown(show):
    export = open_export([SHARED / "exports" / "native_image_data__labels.labels.json"])
    row = export.row(0)
    instance = next(i for i in row.index().instances if i.object_hash == "f7RpEkg5")
    kind = export.ontology.classes[instance.feature_hash]
    inspector = show(InspectorPane, height=700)
    inspector.show_object(None, instance, instance.answers, frame=0, kind=kind)
    lines = list_of(inspector)
    told = {lines.line(at).name: (lines.line(at).text, lines.line(at).level) for at in range(lines.count)}
    assert told["Radio level 1 "] == ("1 option 2", 0)
    assert told["1 2 radio 1"] == ("1 2 1 option ", 1)


def test_all_rows_and_their_branches(show):
    export = open_export([SHARED / "exports" / "variants" / "v13_two_branches.labels.json"])
    rows, units = show(RowsPane), show(UnitsPane)
    rows.set_heads(export.heads)
    assert list_of(rows).line(1).text == "encord-annotator-1"
    units.show_row(export.row(0).units, export.heads, 0)
    assert texts(list_of(units)) == ["Branches", "main", "encord-annotator-1"]

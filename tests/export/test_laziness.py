"""Listing is not reading: nothing is parsed for rows and frames that nobody looks at."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.rows import blob, box, image_row, video_row, written
from viewer.export import export as export_module
from viewer.export import frames
from viewer.export.export import ROWS_KEPT, open_export
from viewer.labels.row import FRAMES_KEPT


@pytest.fixture
def made(monkeypatch):
    """Counts annotations made and rows read."""
    counts: Counter[str] = Counter()

    def counted(name, function):
        def count(*given, **named):
            counts[name] += 1
            return function(*given, **named)

        return count

    monkeypatch.setattr(frames, "Annotation", counted("annotations", frames.Annotation))
    monkeypatch.setattr(export_module, "read_row", counted("rows", export_module.read_row))
    return counts


def many(tmp_path, count):
    return written(tmp_path, [image_row(box(), label_hash=f"l{n}", data_hash=f"d{n}") for n in range(count)])


def test_10_000_rows_are_listed_without_one_of_them_being_read(tmp_path, made):
    export = open_export([many(tmp_path, 10_000)])
    assert len(export.heads) == 10_000 and export.heads[9_999].label_hash == "l9999"
    assert made == {}


def test_a_row_that_is_looked_at_is_read_alone_and_its_labels_when_asked_for(tmp_path, made):
    export = open_export([many(tmp_path, 1000)])
    row = export.row(700)
    assert made == {"rows": 1}
    row.labels["data0001"].on_frame(0, row.units[0].size)
    assert made == {"rows": 1, "annotations": 1}


def test_only_a_few_rows_stay_parsed(tmp_path, made):
    export = open_export([many(tmp_path, 100)])
    for index in range(100):
        export.row(index)
    assert len(export._rows) == ROWS_KEPT
    export.row(99), export.row(98)
    assert made["rows"] == 100


def test_of_a_long_video_only_the_frames_looked_at_are_decoded(tmp_path, made):
    path = written(tmp_path, [video_row({f: blob(box(), box("b")) for f in range(3000)}, duration=120.0)])
    row = open_export([path]).row(0)
    labels = row.labels["data0001"]
    assert len(labels.frames) == 3000 and made["annotations"] == 0
    for frame in range(500, 600):
        labels.on_frame(frame, row.units[0].size)
    assert made["annotations"] == 200
    assert len(labels._kept) == FRAMES_KEPT


def test_the_index_of_a_row_needs_no_annotation_at_all(tmp_path, made):
    path = written(tmp_path, [video_row({f: blob(box(), box("b")) for f in range(0, 3000, 2)}, duration=120.0)])
    index = open_export([path]).row(0).index()
    assert [len(instance.frames) for instance in index.instances] == [1500, 1500]
    assert made["annotations"] == 0


def test_the_index_is_made_once(tmp_path):
    row = open_export([many(tmp_path, 1)]).row(0)
    assert row.index_if_ready is None
    assert row.index() is row.index() is row.index_if_ready

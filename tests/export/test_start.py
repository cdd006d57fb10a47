"""Where a row is opened: the first unit with labels, of sounds and texts too, or where a label is."""

from __future__ import annotations

import pytest

from tests.ranged import found_at, judged, letter, on_page, page_row, position, ranged, sound_row, speech, text_row
from tests.rows import blob, box, image_row, opened, row, unit, written
from tests.shared import SHARED, needs_shared
from viewer.app.opening import Start
from viewer.app.opening import opened as opened_at
from viewer.errors import ViewerError
from viewer.export.export import open_export
from viewer.export.start import find_start, first_labelled, unit_of

SPOKEN = (ranged("s1", "Speaker", [[0, 10]]),)
WORD = (position("/html[1]/body[1]", 0), position("/html[1]/body[1]", 1))


@pytest.mark.parametrize(
    ("given", "labelled"),
    [
        (sound_row(*SPOKEN), True),
        (sound_row(judgements=[judged("c", "Language", "English")]), True),
        (sound_row(), False),
        (text_row(ranged("p", "Person", [found_at("Ada")], shape="text")), True),
        (text_row(), False),
        (page_row(on_page("w", "Word", WORD)), True),
        (page_row(), False),
        (image_row(box()), True),
        (image_row(), False),
    ],
)
def test_ranges_are_labels_too(tmp_path, given, labelled):
    found = opened(tmp_path, given).row(0)
    assert (first_labelled(found, found.units[0]) is not None) == labelled
    assert find_start(found, None, None) == (found.units[0], 0)


def test_an_export_opens_on_the_first_row_with_labels_on_ranges(tmp_path):
    path = written(tmp_path, [sound_row(label_hash="empty", data_hash="other"), letter(), speech()])
    _, found, chosen, _ = opened_at(Start((path,)))
    assert found is not None and chosen is not None
    assert (found.head.label_hash, chosen.kind) == ("note", "text")


def group(*labelled):
    """A sound, a text and a picture in one row, of which some have labels."""
    spaces = {
        "a": {"space_type": "audio", "child_info": {"file_name": "talk.wav"}, "duration_ms": 5000, "labels": {}},
        "t": {"space_type": "text", "child_info": {"file_name": "note.txt"}, "labels": {}},
        "p": {
            "space_type": "image",
            "width": 64,
            "height": 40,
            "labels": {"0": blob(box("box1"))} if "p" in labelled else {},
        },
    }
    answers = {}
    for key, shape in (("a", "audio"), ("t", "text")):
        if key in labelled:
            placed = {key: {"type": "frame", "range": [[0, 9]]}}
            answers[f"on {key}"] = ranged(f"on {key}", "Range", [], shape=shape, spaces=placed)
    whole = unit({"objects": [], "classifications": []}, "G", "group", data_title="group")
    return row(whole, data_type="group", data_hash="G", spaces=spaces, object_answers=answers)


@pytest.mark.parametrize(("labelled", "shown"), [("t", "t"), ("p", "p"), ("tp", "t"), ("at", "a"), ("", "a")])
def test_of_a_group_the_first_unit_with_labels_is_shown(tmp_path, labelled, shown):
    found = opened(tmp_path, group(*labelled)).row(0)
    chosen, frame = find_start(found, None, None)
    assert chosen is not None
    assert (chosen.id, frame) == (shown, 0)


def test_without_a_unit_the_one_is_shown_that_the_label_is_on(tmp_path):
    found = opened(tmp_path, group("a", "t", "p")).row(0)
    for label, key in (("on t", "t"), ("box1", "p"), ("on a", "a"), ("gone", "a"), (None, "a")):
        chosen, _ = find_start(found, None, None, label)
        assert chosen is not None and chosen.id == key
    chosen, _ = find_start(found, "p", None, "on t")
    assert chosen is not None and chosen.id == "p", "what is asked for goes first"
    with pytest.raises(ViewerError, match="no unit x"):
        find_start(found, "x", None, "on t")


def test_a_label_on_several_units_stays_near(tmp_path):
    placed = {key: {"type": "frame", "range": [[0, 9]]} for key in ("a", "t")}
    both = group()
    both["object_answers"] = {"o": ranged("o", "Range", [], spaces=placed)}
    index = opened(tmp_path, both).row(0).index()
    assert [unit_of(index, "o", near) for near in (None, "a", "t", "p")] == ["a", "a", "t", "a"]
    assert unit_of(index, "gone", "a") is None


@needs_shared
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("audio_labels__AUDIO_LABELS", "audio"),
        ("plain_text__PLAIN_TEXT_LABELS", "text"),
        ("html_text_labels__HTML_TEXT_LABELS", "html"),
        ("data_group__two_audio__DATA_GROUP_WITH_TWO_AUDIO_LABELS", "audio"),
        ("data_group__two_text__DATA_GROUP_WITH_TWO_TEXT_LABELS", "text"),
    ],
)
def test_real_exports_open_where_labels_are(name, kind):
    found = open_export([SHARED / "exports" / f"{name}.labels.json"]).row(0)
    chosen, _ = find_start(found, None, None)
    assert chosen is not None and chosen.kind == kind
    index = found.index()
    assert any(label.unit == chosen.id for label in (*index.instances, *index.classifications))

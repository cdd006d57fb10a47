from __future__ import annotations

import pytest

from tests.rows import answer, blob, box, image_row, listed, only, row, unit, video_row

ONTOLOGY = {
    "objects": [],
    "classifications": [
        {
            "featureNodeHash": "weather",
            "attributes": [
                {
                    "name": "Weather",
                    "type": "radio",
                    "featureNodeHash": "q1",
                    "options": [
                        {
                            "label": "Rain",
                            "featureNodeHash": "rain",
                            "options": [{"name": "Heavy", "type": "text", "featureNodeHash": "q2"}],
                        }
                    ],
                }
            ],
        },
        {
            "featureNodeHash": "usable",
            "level": "global",
            "attributes": [{"name": "Usable?", "type": "radio", "featureNodeHash": "q3", "options": []}],
        },
    ],
}
RAIN = [answer("q2", "Heavy", "very"), answer("q1", "Weather", [("rain", "Rain")])]
MADE = {"createdBy": "ann@example.org", "createdAt": "Mon, 02 Mar 2026 09:30:00 GMT", "confidence": 0.5}


def placed(key="c1", feature_hash="weather", **more):
    """As frames list it."""
    return {
        "classificationHash": key,
        "featureHash": feature_hash,
        "name": "Weather",
        "value": "weather",
        **MADE,
        **more,
    }


def judged(**more):
    return {"classificationHash": "c1", "classifications": RAIN, **more}


def classified(tmp_path, given, ontology=ONTOLOGY):
    (found,) = only(tmp_path, given, ontology)["classifications"]
    return found


def test_the_first_generation_is_placed_by_its_frames(tmp_path):
    frames = {f: blob(classifications=[placed()]) for f in (3, 4, 5, 9)}
    found = classified(tmp_path, video_row(frames, classification_answers={"c1": judged()}))
    assert found["frames"] == [[3, 5], [9, 9]]
    assert found["answers"] == {"Weather": "Rain", "Heavy": "very"}
    assert (found["feature_hash"], found["name"], found["unit"]) == ("weather", "Weather", "data0001")
    assert (found["created_by"], found["confidence"]) == ("ann@example.org", 0.5)


def test_the_second_generation_by_the_union_of_frames_and_ranges(tmp_path):
    frames = {f: blob(classifications=[placed()]) for f in (3, 12, 20)}
    entry = judged(featureHash="weather", range=[[4, 6], [10, 11]], createdBy="rev@example.org")
    found = classified(tmp_path, video_row(frames, classification_answers={"c1": entry}))
    assert found["frames"] == [[3, 6], [10, 12], [20, 20]]
    assert found["created_by"] == "rev@example.org"


def test_the_third_generation_by_its_ranges_alone(tmp_path):
    entry = judged(featureHash="weather", range=[[100, 100], [0, 49]], spaces={}, **MADE)
    found = classified(tmp_path, video_row({}, classification_answers={"c1": entry}))
    assert found["frames"] == [[0, 49], [100, 100]]
    assert found["ranges"] == [] and found["unit_of_range"] is None


def test_ranges_of_nanoseconds_are_kept_as_two_numbers(tmp_path):
    entry = judged(featureHash="weather", range=[[0, 3_000_000_000], [5, 9 * 10**18]])
    scene = row(unit({}, mime="application/mcap"), data_type="scene", classification_answers={"c1": entry})
    assert classified(tmp_path, scene)["frames"] == [[0, 9 * 10**18]]


@pytest.mark.parametrize("ontology", [ONTOLOGY, None])
def test_a_global_one_is_of_the_whole_unit(tmp_path, ontology):
    entry = {"classificationHash": "c1", "featureHash": "usable", "classifications": [], "range": [], "spaces": {}}
    assert classified(tmp_path, video_row({}, classification_answers={"c1": entry}), ontology)["frames"] is None


@pytest.mark.parametrize(
    "mime, data_type", [("audio/wav", "audio"), ("text/plain", "plain_text"), ("text/html", "plain_text")]
)
@pytest.mark.parametrize("ontology", [ONTOLOGY, None])
@pytest.mark.parametrize("range", [[], None])
def test_on_a_sound_or_text_without_ranges_it_is_of_the_whole_file(tmp_path, mime, data_type, ontology, range):
    entry = judged(featureHash="weather", range=range)
    given = row(unit({}, mime=mime), data_type=data_type, classification_answers={"c1": entry})
    found = classified(tmp_path, given, ontology)
    assert found["frames"] is None and found["ranges"] == []


@pytest.mark.parametrize(
    "mime, data_type, word", [("audio/wav", "audio", "ms"), ("text/plain", "plain_text", "characters")]
)
def test_on_a_sound_or_text_with_ranges_it_has_these_and_no_frames(tmp_path, mime, data_type, word):
    entry = judged(featureHash="weather", range=[[0, 1500], [9000, 12345]])
    given = row(unit({}, mime=mime), data_type=data_type, classification_answers={"c1": entry})
    found = classified(tmp_path, given)
    assert (found["frames"], found["ranges"], found["unit_of_range"]) == ([], [[0, 1500], [9000, 12345]], word)


def test_one_that_was_deleted_from_every_frame_is_not_taken_for_one_of_the_whole_unit(tmp_path):
    """Rows of the first generation keep its answers; known and not global, or without a word of a range."""
    for ontology, entry in ((ONTOLOGY, judged(featureHash="weather")), (None, judged()), (ONTOLOGY, judged())):
        found = classified(tmp_path, video_row({}, classification_answers={"c1": entry}), ontology)
        assert found["frames"] == []


def test_several_spaces_are_several_entries(tmp_path):
    spaces = {name: {"space_type": "video", "labels": {}} for name in ("S1", "S2", "S3")}
    where = {"S1": {"type": "frame", "range": [[0, 5]]}, "S2": {"type": "frame", "range": []}}
    entry = judged(featureHash="weather", range=[], spaces=where)
    group = row(unit(blob(), mime="group"), data_type="group", spaces=spaces, classification_answers={"c1": entry})
    found = only(tmp_path, group)["classifications"]
    assert [(c["unit"], c["frames"]) for c in found] == [("S1", [[0, 5]]), ("S2", None)]


def test_two_of_one_class_on_one_frame_are_both_shown(tmp_path):
    frames = {3: blob(classifications=[placed("c1"), placed("c2")])}
    found = only(tmp_path, video_row(frames), ONTOLOGY)["classifications"]
    assert [(c["classification_hash"], c["frames"], c["answers"]) for c in found] == [
        ("c1", [[3, 3]], {}), ("c2", [[3, 3]], {}),
    ]  # fmt: skip


@pytest.mark.parametrize("attributes", [[], None, [answer("q1", "Weather", [])]])
def test_classified_and_unanswered(tmp_path, attributes):
    entry = {"classificationHash": "c1", "featureHash": "weather", "classifications": attributes, "range": [[0, 0]]}
    assert classified(tmp_path, image_row(classification_answers={"c1": entry}))["answers"] == {}


def test_its_name_is_the_ontologys_then_the_frames_then_its_first_question(tmp_path):
    old = placed(name="Old name")
    frames = {3: blob(classifications=[old])}
    assert classified(tmp_path, video_row(frames))["name"] == "Weather"
    assert classified(tmp_path, video_row(frames), None)["name"] == "Old name"
    entry = {"featureHash": "other", "range": [[0, 0]], "classifications": [answer("q", "First question", "x")]}
    assert classified(tmp_path, image_row(classification_answers={"c1": entry}), None)["name"] == "First question"


def test_one_without_a_hash_is_listed_by_its_place(tmp_path):
    given = image_row(classifications=[{"name": "Weather"}])
    assert classified(tmp_path, given)["frames"] == [[0, 0]]


@pytest.mark.parametrize("broken", [None, 5, "x", []])
def test_a_broken_entry_on_a_frame_is_told_and_the_others_shown(tmp_path, broken):
    document = listed(tmp_path, image_row(box(), classifications=[broken, placed()]), ontology=ONTOLOGY)
    (found,) = document["rows"]
    assert [c["classification_hash"] for c in found["classifications"]] == ["c1"] and len(found["objects"]) == 1
    assert [p["severity"] for p in document["problems"] if p["where"].endswith(".classifications[0]")] == ["error"]


@pytest.mark.parametrize(
    "confidence, kept", [(5.0, 5.0), (None, 1), ("high", "high"), (10**400, str(10**400)), (float("nan"), "nan")]
)
def test_an_odd_confidence_is_kept_as_it_stands_and_told(tmp_path, confidence, kept):
    document = listed(tmp_path, image_row(box(confidence=confidence)))
    assert document["rows"][0]["annotations"]["data0001"]["0"][0]["confidence"] == kept
    assert any(p["where"].endswith(".confidence") for p in document["problems"]) is (confidence is not None)


def test_parts_of_a_millisecond_are_kept_as_of_labels(tmp_path):
    entry = judged(featureHash="weather", range=[[0.5, 1500.5]])
    given = row(unit({}, mime="audio/wav"), data_type="audio", classification_answers={"c1": entry})
    found = classified(tmp_path, given)
    assert (found["frames"], found["ranges"]) == ([], [[0.5, 1500.5]])


def test_what_is_wrong_with_its_range_is_told_with_the_place_of_the_range(tmp_path):
    entry = judged(featureHash="weather", spaces={"S1": {"type": "frame", "range": [["a", "b"]]}})
    spaces = {"S1": {"space_type": "audio", "labels": {}}}
    group = row(unit(blob(), mime="group"), data_type="group", spaces=spaces, classification_answers={"c1": entry})
    where = [p["where"] for p in listed(tmp_path, group)["problems"] if ".range" in p["where"]]
    assert where and all(".classification_answers.c1.spaces.S1.range" in place for place in where)

"""Labels of sounds and texts, whose place is a stretch in their answers."""

from __future__ import annotations

import pytest

from tests.rows import answer, blob, label, listed, only, row, unit

NODE = "/html[1]/body[1]/p[1]/text()[1]"


def ranged(shape, object_hash="r1", **place):
    return label(shape, {"range": [], "classifications": [answer("t", "Transcript", "hello")], **place}, object_hash)


def sound(*labels, **facts):
    given = unit(
        {}, "sound001", "audio/wav", data_title="talk.wav", width=None, height=None, data_duration=30.5, **facts
    )
    answers = {one["objectHash"]: one for one in labels}
    return row(given, data_type="audio", data_hash="sound001", object_answers=answers)


def text(*labels, mime="text/plain"):
    return row(unit({}, mime=mime), data_type="plain_text", object_answers={one["objectHash"]: one for one in labels})


def test_stretches_of_a_sound_are_milliseconds_as_exported(tmp_path):
    found = only(tmp_path, sound(ranged("audio", range=[[9000, 12345], [0, 1500.5]])))
    (o,) = found["objects"]
    assert (o["ranges"], o["unit_of_range"], o["frames"], o["unit"]) == (
        [[9000, 12345], [0, 1500.5]],
        "ms",
        [],
        "sound001",
    )
    assert (o["shape"], o["name"], o["answers"]) == ("audio", "Car", {"Transcript": "hello"})
    assert found["annotations"] == {"sound001": {}} and "texts" not in o
    assert found["units"][0]["duration"] == 30.5


def test_stretches_of_a_text_are_characters(tmp_path):
    (o,) = only(tmp_path, text(ranged("text", range=[[4, 9]])))["objects"]
    assert (o["ranges"], o["unit_of_range"], o["texts"]) == ([[4, 9]], "characters", [None])


@pytest.mark.parametrize("key", ["xpath", "node"])
def test_stretches_of_a_page_are_pairs_of_positions(tmp_path, key):
    ends = {"start": {key: NODE, "offset": 4}, "end": {key: NODE, "offset": 9}}
    (o,) = only(tmp_path, text(ranged("text", range_html=[ends]), mime="text/html"))["objects"]
    assert o["ranges"] == [[{"xpath": NODE, "offset": 4}, {"xpath": NODE, "offset": 9}]]
    assert o["unit_of_range"] == "html"


def spaces(kind, *labels):
    made = {name: {"space_type": kind, "labels": {}} for name in ("S1", "S2")}
    answers = {one["objectHash"]: one for one in labels}
    return row(unit(blob(), mime="group"), data_type="group", spaces=made, object_answers=answers)


def test_a_label_on_two_spaces_is_listed_on_each(tmp_path):
    where = {"S1": {"type": "frame", "range": [[100, 200]]}, "S2": {"range": [[300, 500]]}}
    found = only(tmp_path, spaces("audio", ranged("audio", spaces=where)))["objects"]
    assert [(o["unit"], o["ranges"], o["unit_of_range"]) for o in found] == [
        ("S1", [[100, 200]], "ms"), ("S2", [[300, 500]], "ms"),
    ]  # fmt: skip


@pytest.mark.parametrize("as_pairs", [True, False])
def test_pages_on_spaces_have_pairs_however_they_are_written(tmp_path, as_pairs):
    start, end = {"xpath": NODE, "offset": 5}, {"xpath": NODE, "offset": 10}
    place = [start, end] if as_pairs else {"start": start, "end": end}
    found = only(tmp_path, spaces("html", ranged("text", spaces={"S1": {"type": "html", "range": [place]}})))["objects"]
    assert [(o["unit"], o["ranges"], o["unit_of_range"]) for o in found] == [("S1", [[start, end]], "html")]


@pytest.mark.parametrize(
    ("range", "severity"),
    [
        ([[9, 4]], "warning"), ([[-5, 4]], "warning"), ([[0]], "warning"), ([5], "warning"), ([["a", "b"]], "warning"),
        (None, "error"), ("x", "error"), ([[0, 0]], None), ([[0.5, 1.5]], None),
    ],
)  # fmt: skip
def test_an_odd_stretch_is_listed_as_it_stands_and_told(tmp_path, range, severity):
    document = listed(tmp_path, sound(ranged("audio", range=range)))
    (o,) = document["rows"][0]["objects"]
    assert o["ranges"] == (range if isinstance(range, list) else [])
    said = [p["severity"] for p in document["problems"] if ".object_answers.r1.range" in p["where"]]
    assert said == ([severity] if severity else [])


@pytest.mark.parametrize("broken", [["x"], [{"start": {}}], [[{}, {}, {}]], [None]])
def test_an_odd_place_in_a_page_is_told(tmp_path, broken):
    document = listed(tmp_path, text(ranged("text", range_html=broken), mime="text/html"))
    assert document["rows"][0]["objects"][0]["ranges"] == broken, "as it stands"
    assert any(".range_html[0]" in p["where"] for p in document["problems"])


def test_numbers_on_a_page_are_listed_and_told(tmp_path):
    given = text(ranged("text", range=[[4, 9]]), mime="text/html")
    judged = {"classificationHash": "c1", "featureHash": "f", "classifications": [], "range": [[0, 5]]}
    given["classification_answers"] = {"c1": judged}
    document = listed(tmp_path, given)
    (o,), (c,) = document["rows"][0]["objects"], document["rows"][0]["classifications"]
    assert (o["ranges"], o["unit_of_range"]) == ([[4, 9]], "html")
    assert (c["ranges"], c["unit_of_range"]) == ([[0, 5]], "html"), "it does not hold for the whole page"
    told = [p["where"].partition("answers.")[2] for p in document["problems"] if "no pair of positions" in p["what"]]
    assert sorted(told) == ["c1.range[0]", "r1.range[0]"]


def test_offsets_of_a_text_go_before_positions_of_a_page(tmp_path):
    ends = {"start": {"xpath": NODE, "offset": 4}, "end": {"xpath": NODE, "offset": 9}}
    (o,) = only(tmp_path, text(ranged("text", range=[[4, 9]], range_html=[ends])))["objects"]
    assert (o["ranges"], o["unit_of_range"]) == ([[4, 9]], "characters")


def test_one_marked_as_deleted_is_left_out(tmp_path):
    found = only(
        tmp_path, sound(ranged("audio", "a", range=[[0, 1]], isDeleted=True), ranged("audio", "b", range=[[0, 1]]))
    )
    assert [o["object_hash"] for o in found["objects"]] == ["b"]


def test_answers_left_over_from_a_shape_are_no_label(tmp_path):
    left_over = ranged("bounding_box", spaces={"S1": {"type": "frame", "range": []}})
    assert only(tmp_path, spaces("video", left_over))["objects"] == []


def test_a_word_that_is_not_known_yet_is_listed_with_its_ranges(tmp_path):
    (o,) = only(tmp_path, sound(ranged("time_band", range=[[1, 2]])))["objects"]
    assert (o["shape"], o["ranges"]) == ("time_band", [[1, 2]])


def test_200_000_stretches_are_kept(tmp_path):
    (o,) = only(tmp_path, sound(ranged("audio", range=[[n, n + 1] for n in range(0, 400_000, 2)])))["objects"]
    assert len(o["ranges"]) == 200_000


@pytest.mark.parametrize(("end", "told"), [(30_500, False), (30_502, True), (10**15, True)])
def test_a_stretch_beyond_the_end_is_told(tmp_path, end, told):
    document = listed(tmp_path, sound(ranged("audio", range=[[0, end], [5, 1]])))
    assert any("beyond the duration" in p["what"] for p in document["problems"]) is told


@pytest.mark.parametrize(
    ("pair", "what"),
    [
        ([0, 2_000_000], "the label reaches to 2,000,000 ms, beyond the duration of 30,500 ms"),
        ([0, 1234567.125], "the label reaches to 1,234,567.125 ms, beyond the duration of 30,500 ms"),
        ([2_000_000.5, 1_999_999], "the range 2,000,000.5 to 1,999,999 ends before it starts"),
        ([-1_500_000.25, 5], "the range starts at -1,500,000.25, before the beginning"),
        ([-0.0000005, 5], "the range starts at -0.0000005, before the beginning"),
    ],
)
def test_numbers_are_written_in_full(tmp_path, pair, what):
    document = listed(tmp_path, sound(ranged("audio", range=[pair])))
    assert what in [p["what"] for p in document["problems"]]


def test_one_that_cannot_be_read_is_told_and_the_others_listed(tmp_path):
    deep: list = []
    for _ in range(300):
        deep = [deep]
    document = listed(tmp_path, sound(ranged("audio", "bad", extra=deep), ranged("audio", "good", range=[[0, 1]])))
    assert [o["object_hash"] for o in document["rows"][0]["objects"]] == ["good"]
    assert any(p["where"].endswith(".object_answers.bad") and p["severity"] == "error" for p in document["problems"])


@pytest.mark.parametrize(("kind", "unit_of_range"), [("text/plain", "characters"), ("text/html", "html")])
def test_a_classification_from_0_to_0_is_one_of_the_whole_unit(tmp_path, kind, unit_of_range):
    """The SDK writes so what is given no place; it is listed as exported."""
    given = text(mime=kind)
    given["classification_answers"] = {"c1": {"classificationHash": "c1", "featureHash": "f1", "range": [[0, 0]]}}
    document = listed(tmp_path, given)
    (found,) = document["rows"][0]["classifications"]
    assert (found["frames"], found["ranges"], found["unit_of_range"]) == (None, [[0, 0]], unit_of_range)
    assert not [p for p in document["problems"] if "classification" in p["where"]]


def test_a_classification_with_stretches_holds_there_only(tmp_path):
    given = text()
    given["classification_answers"] = {
        "c1": {"classificationHash": "c1", "featureHash": "f1", "range": [[0, 0], [4, 9]]}
    }
    (found,) = only(tmp_path, given)["classifications"]
    assert (found["frames"], found["ranges"], found["unit_of_range"]) == ([], [[0, 0], [4, 9]], "characters")

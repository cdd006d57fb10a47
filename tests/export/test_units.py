from __future__ import annotations

import pytest

from tests.rows import blob, box, image_row, label, listed, only, opened, row, unit, video_row
from viewer.size import Size

CUBOID = label("cuboid", {"cuboid": {"position": [1, 2, 3], "orientation": [0, 0, 1], "size": [4, 5, 6]}}, "cub00001")


def frames_of(found, unit_id: str) -> dict[str, list[str]]:
    return {frame: [a["object_hash"] for a in listed] for frame, listed in found["annotations"][unit_id].items()}


def pixels(found, unit_id: str, frame: int):
    return found["annotations"][unit_id][str(frame)][0]["pixels"]


@pytest.mark.parametrize(
    ("data_type", "mime", "kind"),
    [
        ("image", "image/png", "image"),
        ("video", "video/mp4", "video"),
        ("dicom", "application/dicom", "dicom"),
        ("dicom_study", "application/dicom", "dicom"),
        ("nifti", "application/nifti1", "nifti"),
        ("pdf", "application/pdf", "pdf"),
        ("audio", "audio/mpeg", "audio"),
        ("plain_text", "text/plain", "text"),
        ("plain_text", "text/html", "html"),
        ("time_series", "", "time_series"),
        ("scene", "application/mcap", "scene"),
        ("deleted", "image/jpeg", "image"),
        ("deleted", "video/mp4", "video"),
        ("deleted", "application/dicom", "dicom"),
        ("deleted", "application/nifti1", "nifti"),
        ("deleted", "application/pdf", "pdf"),
        ("deleted", "text/html", "html"),
        ("deleted", "text/csv", "text"),
        ("deleted", "", "unknown"),
        ("hologram", "video/mp4", "video"),
        ("hologram", "x/y", "unknown"),
    ],
)
def test_the_kind_of_a_unit(tmp_path, data_type, mime, kind):
    document = listed(tmp_path, row(unit({}, mime=mime), data_type=data_type))
    (found,) = document["rows"]
    assert found["type"] == data_type and [u["kind"] for u in found["units"]] == [kind]
    assert found["deleted"] is (data_type == "deleted")
    assert any("hologram" in p["what"] for p in document["problems"]) is (data_type == "hologram")


def test_the_id_is_the_units_own_hash_not_its_key(tmp_path):
    given = image_row(box())
    given["data_units"] = {"another key": given["data_units"]["data0001"]}
    (found,) = only(tmp_path, given)["units"]
    assert found["id"] == "data0001"


def test_an_image_has_its_labels_directly_or_by_frame(tmp_path):
    direct = only(tmp_path, image_row(box()))
    keyed = only(tmp_path, row(unit({"0": blob(box())})))
    assert direct["annotations"] == keyed["annotations"] and frames_of(direct, "data0001") == {"0": ["obj00001"]}
    assert direct["units"][0]["frames"] == 1


def test_frames_of_a_video_are_its_duration_by_its_rate(tmp_path):
    """A frame that has begun counts: 29.97 a second for 10.01 seconds are 299.9997 frames, so 300."""
    for fps, duration, frames in ((25.0, 0.08, 2), (25.0, 4.0, 100), (29.97, 10.01, 300), (24.0, 10.02, 241)):
        (found,) = only(tmp_path, video_row({}, fps, duration))["units"]
        assert (found["frames"], found["fps"], found["duration"]) == (frames, fps, duration)


@pytest.mark.parametrize("odd", [None, 0, -25, "fast", [], float("nan")])
def test_without_a_rate_or_a_duration_the_number_of_frames_is_not_known(tmp_path, odd):
    for key in ("data_fps", "data_duration"):
        given = video_row({3: blob(box())})
        given["data_units"]["data0001"][key] = odd
        found = only(tmp_path, given)
        assert found["units"][0]["frames"] is None and found["units"][0][key.removeprefix("data_")] is None
        assert frames_of(found, "data0001") == {"3": ["obj00001"]}


def test_only_frames_with_labels_are_listed(tmp_path):
    found = only(tmp_path, video_row({17: blob(box()), 3: blob(), 99: blob(box("b"))}))
    assert frames_of(found, "data0001") == {"17": ["obj00001"], "99": ["b"]}


@pytest.mark.parametrize("key", ["abc", "-1", "1.5", "", " 7", "٣", "9" * 30, "1e3"])
def test_a_key_that_is_no_frame_is_an_error_and_the_others_are_shown(tmp_path, key):
    document = listed(tmp_path, video_row({17: blob(box()), key: blob(box("lost"))}))
    (found,) = document["rows"]
    assert frames_of(found, "data0001") == {"17": ["obj00001"]}
    assert [p["severity"] for p in document["problems"] if ".labels." in p["where"]] == ["error"]


def test_a_frame_listed_under_two_keys_keeps_both(tmp_path):
    found = only(tmp_path, video_row({"7": blob(box("a")), "007": blob(box("b"))}))
    assert frames_of(found, "data0001") == {"7": ["a", "b"]}


def test_a_label_far_beyond_the_end_costs_nothing_and_is_told(tmp_path):
    document = listed(tmp_path, video_row({10**15: blob(box())}))
    assert frames_of(document["rows"][0], "data0001") == {str(10**15): ["obj00001"]}
    assert any("beyond the end" in p["what"] for p in document["problems"])


def group_row(*numbers, sequence=False, **more):
    units = [
        unit(blob(box(f"o{place}")), f"pic{place}", data_sequence=number, width=100 * (place + 1), height=50)
        for place, number in enumerate(numbers)
    ]
    return row(*units, data_type="img_group", data_hash="group001", is_image_sequence=sequence, **more)


def order(found) -> list[tuple[int, str]]:
    return [(file["frame"], file["data_hash"]) for file in found["units"][0]["files"]]


def test_an_image_group_is_one_unit_of_its_images(tmp_path):
    (found,) = only(tmp_path, group_row("0", "1", 2))["units"]
    assert (found["id"], found["kind"], found["frames"], found["width"], found["media"]) == (
        "group001", "image_group", 3, None, None,
    )  # fmt: skip
    assert [(file["width"], file["height"]) for file in found["files"]] == [(100, 50), (200, 50), (300, 50)]


@pytest.mark.parametrize(
    "sequence, kind",
    [(True, "image_sequence"), ("True", "image_sequence"), ("None", "image_group"), (None, "image_group")],
)
def test_an_image_sequence_is_told_from_a_group(tmp_path, sequence, kind):
    assert only(tmp_path, group_row(0, 1, sequence=sequence))["units"][0]["kind"] == kind


def test_each_image_is_scaled_by_its_own_size(tmp_path):
    found = only(tmp_path, group_row(0, 1))
    assert [pixels(found, "group001", frame)["w"] for frame in (0, 1)] == [50, 100]


def test_numbers_in_quotes_are_sorted_as_numbers(tmp_path):
    numbers = [str(n) for n in (10, 9, 2, 0, 1, 3, 4, 5, 6, 7, 8)]
    assert [frame for frame, _ in order(only(tmp_path, group_row(*numbers)))] == list(range(11))


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((0, 3, 7), [(0, "pic0"), (3, "pic1"), (7, "pic2")]),
        ((2, 1, 0), [(0, "pic2"), (1, "pic1"), (2, "pic0")]),
        ((0, 1, 1, 2), [(0, "pic0"), (1, "pic1"), (2, "pic3"), (3, "pic2")]),
        ((None, 0, 1), [(0, "pic1"), (1, "pic2"), (2, "pic0")]),
        ((None, None), [(0, "pic0"), (1, "pic1")]),
        ((5, "x", -1, 1.5, 5), [(5, "pic0"), (6, "pic4"), (7, "pic1"), (8, "pic2"), (9, "pic3")]),
    ],
)
def test_odd_numbers_keep_every_image_and_the_numbers_of_the_others(tmp_path, numbers, expected):
    found = only(tmp_path, group_row(*numbers))
    assert order(found) == expected
    # the labels go with their image
    by_image = {file["data_hash"]: str(file["frame"]) for file in found["units"][0]["files"]}
    assert frames_of(found, "group001") == {by_image[f"pic{place}"]: [f"o{place}"] for place in range(len(numbers))}


def test_labels_keyed_by_frame_inside_an_image_are_that_images(tmp_path):
    """As the documentation describes it: by zero in every image, or by the image's own number."""
    for keys in (("0", "0", "0"), ("0", "1", "2")):
        units = [
            unit({key: blob(box(f"o{place}"))}, f"pic{place}", data_sequence=place) for place, key in enumerate(keys)
        ]
        found = only(tmp_path, row(*units, data_type="img_group", data_hash="group001"))
        assert frames_of(found, "group001") == {"0": ["o0"], "1": ["o1"], "2": ["o2"]}


def test_a_deleted_image_group_is_shown_as_what_it_was(tmp_path):
    given = group_row(0, 1)
    given["data_type"] = "deleted"
    found = only(tmp_path, given)
    assert found["deleted"] and found["units"][0]["kind"] == "image_group" and len(found["units"][0]["files"]) == 2


def test_slices_are_scaled_by_their_own_size(tmp_path):
    big, small = {"width": 512, "height": 512}, {"width": 256, "height": 128}
    labels = {"0": {**blob(box()), "metadata": small}, "1": blob(box()), "2": {**blob(box()), "metadata": {"width": 0}}}
    given = row(unit(labels, mime="application/dicom", **big, data_links=["a", "b", "c"]), data_type="dicom")
    found = only(tmp_path, given)
    assert [pixels(found, "data0001", frame)["w"] for frame in (0, 1, 2)] == [128, 256, 256]
    assert found["units"][0]["frames"] == 3


def spaces_row(spaces, **more):
    group = unit(blob(), "group001", "group", data_title="", width=0, height=0)
    return row(group, data_type="group", data_hash="group001", spaces=spaces, **more)


def test_each_space_is_a_unit(tmp_path):
    spaces = {
        "S1": {
            "space_type": "video", "number_of_frames": 300, "width": 1280, "height": 720, "data_duration": 12.0,
            "data_fps": 25.0, "labels": {"11": blob(box("o1"))},
            "child_info": {"layout_key": "top-left", "file_name": "left.mp4", "data_link": "https://h/x?token=1"},
        },
        "S2": {"space_type": "audio", "duration_ms": 30500, "labels": {}},
        "S3": {"space_type": "pdf", "number_of_pages": 7, "labels": {"2": blob(box("o1"))}},
        "S4": {"space_type": "image", "width": 10, "height": 20, "labels": {"0": blob(box("o4"))}},
        "root": {"space_type": "image", "width": 4, "height": 4, "root_info": {"file_name": "layers"}, "labels": {}},
    }  # fmt: skip
    found = only(tmp_path, spaces_row(spaces))
    keys = ("id", "title", "kind", "width", "height", "frames", "fps", "duration", "layout_key")
    assert [tuple(u[key] for key in keys) for u in found["units"]] == [
        ("S1", "left.mp4", "video", 1280, 720, 300, 25.0, 12.0, "top-left"),
        ("S2", "S2", "audio", None, None, None, None, 30.5, None),
        ("S3", "S3", "pdf", None, None, 7, None, None, None),
        ("S4", "S4", "image", 10, 20, 1, None, None, None),
        ("root", "layers", "image", 4, 4, 1, None, None, None),
    ]
    assert frames_of(found, "S1") == {"11": ["o1"]} and frames_of(found, "S3") == {"2": ["o1"]}
    # one object on two spaces is one entry for each
    assert [(o["object_hash"], o["unit"]) for o in found["objects"]] == [("o1", "S1"), ("o1", "S3"), ("o4", "S4")]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("medical_file", "dicom"), ("medical_stack", "dicom"), ("text", "text"), ("html", "html"), ("image_sequence", "image_sequence"),
        ("time_series", "time_series"), ("scene_image", "image"), ("point_cloud", "scene"), ("hologram", "unknown"),
    ],
)  # fmt: skip
def test_the_kind_of_a_space(tmp_path, word, kind):
    document = listed(tmp_path, spaces_row({"S": {"space_type": word, "labels": {}}}))
    assert document["rows"][0]["units"][0]["kind"] == kind
    assert any("hologram" in p["what"] for p in document["problems"]) is (kind == "unknown")


def test_slices_of_a_stack_have_sizes_of_their_own(tmp_path):
    frames = [{"width": 100, "height": 100, "file_name": "a.dcm"}, {"width": 50, "height": 40, "file_name": "b.dcm"}]
    labels = {"0": blob(box()), "1": blob(box())}
    found = only(tmp_path, spaces_row({"S": {"space_type": "medical_stack", "frames": frames, "labels": labels}}))
    assert [pixels(found, "S", frame)["w"] for frame in (0, 1)] == [50, 25]
    assert pixels(found, "S", 1)["h"] == pytest.approx(12)


def test_a_missing_picture_of_a_sequence_is_named_at_its_own_path(tmp_path):
    frames = [{"data_title": "0.png", "data_sequence": 1}, {"data_title": "1.png", "data_sequence": 0}]
    document = listed(tmp_path, spaces_row({"S": {"space_type": "image_sequence", "frames": frames, "labels": {}}}))
    (found,) = document["rows"][0]["units"]
    assert [(file["frame"], file["title"]) for file in found["files"]] == [(1, "0.png"), (0, "1.png")]
    assert {p["where"] for p in document["problems"]} == {"export.json $[0].spaces.S"}


def test_labels_of_the_group_itself_are_not_lost(tmp_path):
    """Beside spaces, beside children, and with neither."""
    own = {"17": blob(box("own"))}
    for more in (
        {"spaces": {"S": {"space_type": "image", "labels": {"0": blob(box("s"))}}}},
        {"spaces": {}},
        {"spaces": {"group001": {"space_type": "image", "labels": {"0": blob(box("s"))}}}},
    ):
        given = row(unit(own, "group001", "group"), data_type="group", data_hash="group001", **more)
        found = only(tmp_path, given)
        shown = [hash for u in found["annotations"] for listed in frames_of(found, u).values() for hash in listed]
        assert sorted(shown) == (["own", "s"] if more["spaces"] else ["own"])


def test_children_that_are_rows_of_their_own_are_units_without_labels(tmp_path):
    children = [
        {"data_hash": "D1", "label_hash": "L1", "name": "left.mp4", "layout_key": "top-left"},
        {"data_hash": "D2", "label_hash": None, "name": "note.txt", "layout_key": "1"},
        None,
    ]
    given = row(unit(blob(), "G", "group", metadata={"children": children}), data_type="group", data_hash="G")
    document = listed(tmp_path, given)
    assert [(u["id"], u["title"], u["layout_key"]) for u in document["rows"][0]["units"]] == [
        ("D1", "left.mp4", "top-left"), ("D2", "note.txt", "1"),
    ]  # fmt: skip
    assert any(p["where"].endswith("children[2]") for p in document["problems"])


@pytest.mark.parametrize("metadata", [None, {}, {"children": []}, {"children": 5}])
def test_a_group_that_names_no_children_says_so(tmp_path, metadata):
    document = listed(tmp_path, row(unit(blob(), "G", "group", metadata=metadata), data_type="group", data_hash="G"))
    assert document["rows"][0]["units"] == []
    assert [p["severity"] for p in document["problems"]] == ["warning"]


def test_labels_of_a_scene_are_listed_under_frames_streams_and_nanoseconds(tmp_path):
    labels = {
        "20": blob(CUBOID),
        "camera1#5": blob(box("cam")),
        "lidar/1@1000000000": blob(label("segmentation", {"segmentation": "0640"}, "seg")),
    }
    document = listed(tmp_path, row(unit(labels, mime="application/mcap", width=0, height=0), data_type="scene"))
    (found,) = document["rows"]
    assert frames_of(found, "data0001") == {"20": ["cub00001"], "5": ["cam"], "1000000000": ["seg"]}
    assert pixels(found, "data0001", 20) == {"raw": CUBOID["cuboid"]}
    assert pixels(found, "data0001", 1000000000) == {"raw": "0640"}
    assert not [p for p in document["problems"] if p["severity"] == "error"]


def test_two_units_of_one_id_keep_their_labels_apart(tmp_path):
    given = row(unit(blob(box("a"))), data_type="image")
    given["data_units"]["again"] = {**unit(blob(box("b"))), "data_title": "other.png"}
    document = listed(tmp_path, given)
    (found,) = document["rows"]
    first, second = (u["id"] for u in found["units"])
    assert first == "data0001" and first != second
    assert frames_of(found, first) == {"0": ["a"]} and frames_of(found, second) == {"0": ["b"]}
    assert any("two units have the id data0001" in p["what"] for p in document["problems"])


def test_data_units_in_a_list_are_read_with_a_warning(tmp_path):
    given = image_row(box())
    given["data_units"] = list(given["data_units"].values())
    document = listed(tmp_path, given)
    assert frames_of(document["rows"][0], "data0001") == {"0": ["obj00001"]}
    assert any(p["where"].endswith(".data_units") and p["severity"] == "warning" for p in document["problems"])


def test_rows_of_2020_have_their_labels_at_the_top(tmp_path):
    given = {
        "label_hash": "old1", "data_hash": "d1", "data_title": "old.mp4", "data_type": "video", "width": 640, "height": 400,
        "labels": {"3": {"objects": [{"objectHash": "o1", "name": "Cow", "shape": "bounding_box", "manual_annotation": False,
                                      "bounding_box": {"x": 0.25, "y": 0.1, "w": 0.5, "h": 0.3}}]}},
    }  # fmt: skip
    found = only(tmp_path, given)
    assert pixels(found, "d1", 3) == pytest.approx({"x": 160, "y": 40, "w": 320, "h": 120})
    assert found["annotations"]["d1"]["3"][0]["manual"] is False


@pytest.mark.parametrize("broken", [None, 5, "x", [], [5], {"k": None}, {"k": []}])
def test_a_row_whose_units_cannot_be_read_is_listed_and_says_so(tmp_path, broken):
    document = listed(tmp_path, {**image_row(), "data_units": broken}, image_row(box(), label_hash="label002"))
    assert [found["label_hash"] for found in document["rows"]] == ["label001", "label002"]
    assert document["rows"][0]["units"] == [] and len(document["rows"][1]["objects"]) == 1
    assert any(p["where"].startswith("export.json $[0].data_units") for p in document["problems"])


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ({"width": 100, "height": 50}, Size(100, 50)),
        ({"width": "100", "height": 50.0}, Size(100, 50)),
        ({"width": 0, "height": 0}, None),
        ({"width": 100}, None),
        ({"width": -100, "height": 50}, None),
        ({"width": 10**9, "height": 50}, None),
        ({"width": True, "height": 50}, None),
        ({"width": 10.5, "height": 50}, None),
        ({"width": "wide", "height": []}, None),
        ({"width": 10**400, "height": float("nan")}, None),
    ],
)
def test_sizes(tmp_path, sides, expected):
    given = unit(blob())
    del given["width"], given["height"]
    assert opened(tmp_path, row({**given, **sides})).row(0).units[0].size == expected


def test_without_any_size_labels_are_listed_raw_and_it_is_said(tmp_path):
    document = listed(tmp_path, row(unit(blob(box()), width=None, height=None)))
    assert document["rows"][0]["annotations"]["data0001"]["0"][0]["pixels"] == {
        "raw": {"boundingBox": {"x": 0.25, "y": 0.1, "w": 0.5, "h": 0.3}}
    }
    assert any("width and height" in p["what"] for p in document["problems"])


def test_a_mask_tells_the_size_of_its_frame_where_nothing_else_does(tmp_path):
    mask = label("bitmask", {"bitmask": {"width": 640, "height": 400, "rleString": "<"}}, "mask")
    found = only(tmp_path, row(unit(blob(box(), mask), width=None, height=None)))
    assert pixels(found, "data0001", 0)["w"] == 320


@pytest.mark.parametrize(
    ("links", "slices", "frames"), [(3, (0, 2), 3), (1, (0, 7), None), (None, (4,), None), (2, (), 2)]
)
def test_the_number_of_slices_where_one_file_may_hold_many(tmp_path, links, slices, frames):
    labels = {str(number): blob(box()) for number in slices}
    given = unit(labels, mime="application/dicom", data_links=["bucket/a"] * links if links else None)
    assert only(tmp_path, row(given, data_type="dicom"))["units"][0]["frames"] == frames


def test_an_image_has_its_labels_on_frame_0_whatever_its_sequence_says(tmp_path):
    found = only(tmp_path, row(unit(blob(box()), data_sequence=3)))
    assert frames_of(found, "data0001") == {"0": ["obj00001"]}


@pytest.mark.parametrize(("fps", "duration", "frames"), [(25.0, 0.28, 7), (30.0, 8.3, 249)])
def test_a_product_that_comes_out_a_hair_too_large_is_no_frame_more(tmp_path, fps, duration, frames):
    assert fps * duration > frames
    assert only(tmp_path, video_row({}, fps, duration))["units"][0]["frames"] == frames

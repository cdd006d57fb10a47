"""The demo's film: its frames, decoded by FFmpeg, are those that the labels were made for, and wrong only where said."""

import json
from itertools import pairwise

import av
import cv2
import numpy as np
import pytest
from av.video.frame import PictureType
from PIL import Image

from viewer.demo import film
from viewer.demo.film import write_film
from viewer.demo.lakeside_film import COUNT, draw_film
from viewer.demo.lakeside_labels import JUMPS, LATE_BY
from viewer.demo.rows import object_hash

TITLE = "lakeside.mp4"
DISPLAY = (246, 345, 290, 370)
"""Where the pillar shows how many have gone by."""
ROAD = slice(395, 514)


@pytest.fixture(scope="module")
def row(demo):
    (row,) = [row for row in json.loads((demo / "export.json").read_text()) if row["data_type"] == "video"]
    return row


@pytest.fixture(scope="module")
def unit(row):
    (unit,) = row["data_units"].values()
    return unit


@pytest.fixture(scope="module")
def decoded(demo):
    """Per frame: its time, kind, display, and where the road is red and blue."""
    found = []
    with av.open(str(demo / "media" / TITLE)) as container:
        for frame in container.decode(video=0):
            picture = frame.to_ndarray(format="rgb24")
            left, top, right, bottom = DISPLAY
            display = picture[top:bottom, left:right].astype(np.int16)
            red, green, blue = (picture[ROAD, :, channel].astype(np.int16) for channel in range(3))
            masks = (red > 2 * np.maximum(green, 40)) & (red > 2 * blue), (blue > 1.7 * np.maximum(red, 30))
            found.append((frame.time, int(frame.pict_type), frame.key_frame, display, masks))
    return found


def places(unit, key):
    """The object's entries by frame."""
    wanted = object_hash(TITLE, key)
    labels = unit["labels"].items()
    return {int(f): o for f, blob in labels for o in blob["objects"] if o["objectHash"] == wanted}


def box(entry, unit):
    """Left, top, right and bottom in pixels."""
    b, width, height = entry["boundingBox"], unit["width"], unit["height"]
    return b["x"] * width, b["y"] * height, (b["x"] + b["w"]) * width, (b["y"] + b["h"]) * height


def overlap(one, other):
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    shared = max(0, across) * max(0, down)
    return shared / sum((b[2] - b[0]) * (b[3] - b[1]) for b in (one, other)) * 2


def reach(mask):
    """The columns of the largest piece of a colour."""
    _, _, pieces, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    left, _, width, _, _ = max(pieces[1:], key=lambda piece: piece[cv2.CC_STAT_AREA])
    return left, left + width


def runs(frames):
    ordered = sorted(frames)
    return 1 + sum(b - a > 1 for a, b in pairwise(ordered))


def test_the_export_says_what_the_file_is(row, unit, decoded):
    assert unit["data_type"] == "video/mp4" and unit["data_sequence"] == 0
    assert unit["data_hash"] == row["data_hash"] and row["video_link"]
    assert unit["data_fps"] * unit["data_duration"] == len(decoded) == COUNT
    assert [round(time * unit["data_fps"], 6) for time, *_ in decoded] == list(range(COUNT))


def test_the_film_is_as_films_are(decoded):
    """Frames between frames, and seconds between those that stand for themselves: what a reader has to cope with."""
    keys = [n for n, (_, _, key, *_) in enumerate(decoded) if key]
    assert keys[0] == 0 and 25 < max(np.diff(keys)) <= 100
    if "libx264" in av.codecs_available:
        assert {kind for _, kind, *_ in decoded} == {int(PictureType[name]) for name in "IPB"}


def test_every_frame_shows_its_number(decoded):
    """Of all that was drawn on the display, frame n of the file is nearest to what was drawn for frame n."""
    drawn = np.stack([np.asarray(picture.crop(DISPLAY), np.int16) for picture, _ in draw_film()])
    for frame, (_, _, _, display, _) in enumerate(decoded):
        # light changes, digits do not: what counts is the pattern
        far = np.abs(drawn - display).mean(axis=(1, 2, 3))
        assert far.argmin() == frame


def test_the_red_car_is_where_its_label_says(unit, decoded):
    labels = places(unit, "car 1")
    looked_at = [n for n in (92, 100, 110, 118, 330, 350, 370) if n in labels]
    assert len(looked_at) == 7
    for frame in looked_at:
        left, _, right, _ = box(labels[frame], unit)
        found = reach(decoded[frame][-1][0])
        assert abs(found[0] - left) < 4 and abs(found[1] - right) < 4


def test_the_red_car_jumps_onto_the_van_and_back(unit):
    labels, van = places(unit, "car 1"), places(unit, "van")
    near = {
        frame: overlap(box(labels[frame], unit), box(van[frame], unit)) for frame in range(70, 95) if frame in labels
    }
    assert all(near[frame] > 0.9 for frame in JUMPS)
    assert all(near[frame] < 0.1 for frame in near if frame not in JUMPS and frame > 73)
    assert {JUMPS[0] - 1, JUMPS[-1] + 1} <= set(near)


def test_the_blue_car_is_late_by_three_frames(unit, decoded):
    labels = places(unit, "car 2")
    frames = [*range(142, 200, 3), *range(286, 332, 3)]
    seen = {n: np.mean(reach(decoded[n][-1][1])) for n in range(130, 345)}
    errors = {}
    for lag in range(-6, 7):
        centres = [np.mean(box(labels[n], unit)[::2]) - seen[n - lag] for n in frames]
        errors[lag] = np.std(centres)
    assert min(errors, key=errors.__getitem__) == LATE_BY
    assert errors[LATE_BY] < 1 < 2 < errors[LATE_BY - 1]


def test_tracks_have_gaps_and_joints_are_hidden(unit):
    for key, at_least in (("car 1", 3), ("person 3", 2), ("buoy", 2), ("gull 1", 2), ("boat 1", 2)):
        assert runs(places(unit, key)) >= at_least, key
    assert len(places(unit, "person 2")) > 300 and runs(places(unit, "flag")) == 1
    joints = [j for key in ("person 1", "person 2") for o in places(unit, key).values() for j in o["skeleton"].values()]
    assert any("occluded" in joint for joint in joints) and any("invisible" in joint for joint in joints)


def test_changing_answers_hold_where_there_are_labels(row, unit):
    states = {}
    for key, actions in row["object_actions"].items():
        frames = sorted(int(f) for f, b in unit["labels"].items() if key in {o["objectHash"] for o in b["objects"]})
        ranges = [span for action in actions["actions"] for span in action["range"]]
        assert sorted(n for a, b in ranges for n in range(a, b + 1)) == frames
        states[key] = {a["answers"][0]["name"] for a in actions["actions"] if isinstance(a["answers"], list)}
    assert states[object_hash(TITLE, "barrier")] == {"Open", "Closing", "Closed", "Opening"}
    assert states[object_hash(TITLE, "person 1")] == {"Walking", "Waiting", "Running"}


def test_frames_of_the_weather_share_none(row):
    spans = [
        span
        for answer in row["classification_answers"].values()
        if answer["classifications"][0]["name"] == "Weather"
        for span in answer["range"]
    ]
    assert sorted(n for a, b in spans for n in range(a, b + 1)) == list(range(COUNT))


@pytest.mark.parametrize("without", [(), ("libx264",)])
def test_a_film_is_written_whatever_the_codecs(tmp_path, monkeypatch, without):
    monkeypatch.setattr(film.av, "codecs_available", set(av.codecs_available) - set(without))
    pictures = [Image.new("RGB", (64, 48), (5 * n, 0, 255 - 5 * n)) for n in range(40)]
    for name in ("one.mp4", "two.mp4"):
        assert write_film(iter(pictures), tmp_path / name, (64, 48)) == 40
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()
    with av.open(str(tmp_path / "one.mp4")) as container:
        reds = [frame.to_ndarray(format="rgb24")[..., 0].mean() for frame in container.decode(video=0)]
    assert len(reds) == 40 and np.abs(np.array(reds) - 5 * np.arange(40)).max() < 12

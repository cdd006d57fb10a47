from __future__ import annotations

import colorsys

import pytest

from tests.rows import box, image_row, opened
from viewer.labels.records import DEFAULT_COLOUR
from viewer.scene.colours import CONFIDENCE, SAFE, UNKNOWN, colour_of, hue_of, legend, of_confidence, rgb
from viewer.scene.view_state import Look


@pytest.fixture
def labels(tmp_path):
    def make(*objects):
        row = opened(tmp_path, image_row(*objects)).row(0)
        return row.labels["data0001"].on_frame(0, row.units[0].size).annotations

    return make


def test_hex_colours():
    assert rgb("#D33115") == (0xD3, 0x31, 0x15)
    assert rgb("red") == rgb(DEFAULT_COLOUR)


@pytest.mark.parametrize("colour", [None, "", "#00000", "#gggggg", "red", 5, []])
def test_a_broken_colour_is_the_default(labels, colour):
    (annotation,) = labels(box(color=colour))
    assert colour_of(annotation, Look(), ()) == rgb(DEFAULT_COLOUR)


def test_by_class_it_is_the_exports(labels):
    (annotation,) = labels(box(color="#0a0b0c"))
    assert colour_of(annotation, Look(), ()) == (10, 11, 12)


def test_colours_for_colour_blind_eyes_go_by_the_order_of_classes(labels):
    objects = labels(*(box(f"o{n}", featureHash=f"c{n}") for n in range(9)))
    order = [f"c{n}" for n in range(9)]
    shown = [colour_of(a, Look(safe_palette=True), order) for a in objects]
    assert shown == [SAFE[n % len(SAFE)] for n in range(9)]
    # until the row's classes are known, the export's own
    assert colour_of(objects[0], Look(safe_palette=True), ()) == (0xD3, 0x31, 0x15)


def test_by_instance_a_colour_depends_on_the_object_alone(labels):
    one, other, same = labels(box("a"), box("b"), box("a", x=0.5, featureHash="else"))
    look = Look(colour_by="instance")
    assert colour_of(one, look, ()) == colour_of(same, look, ()) != colour_of(other, look, ())


def test_colours_of_instances_are_lively_and_many():
    shown = [hue_of(f"obj{n:05}") for n in range(500)]
    assert len(set(shown)) > 400
    for red, green, blue in shown:
        _, lightness, saturation = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
        assert 0.4 < lightness < 0.7 and saturation > 0.6


def test_by_annotator(labels):
    mine, yours, nobody = labels(box("a"), box("b", createdBy="rev@example.org"), box("c", createdBy=None))
    look = Look(colour_by="annotator")
    assert len({colour_of(a, look, ()) for a in (mine, yours, nobody)}) == 3
    assert colour_of(nobody, look, ()) == UNKNOWN
    assert [(entry.title, entry.colour) for entry in legend((mine, yours, nobody, mine), look)] == [
        ("ann@example.org", colour_of(mine, look, ())),
        ("rev@example.org", colour_of(yours, look, ())),
        ("not said", UNKNOWN),
    ]


@pytest.mark.parametrize(
    ("confidence", "colour"),
    [
        (0, CONFIDENCE[0]),
        (0.25, CONFIDENCE[1]),
        (1, CONFIDENCE[-1]),
        (5.0, UNKNOWN),
        (-0.1, UNKNOWN),
        ("high", UNKNOWN),
        (None, UNKNOWN),
    ],
)
def test_by_confidence(confidence, colour):
    assert of_confidence(confidence) == colour


def test_between_the_steps_colours_run_into_one_another():
    low, high = CONFIDENCE[2], CONFIDENCE[3]
    assert of_confidence(0.625) == tuple(round((a + b) / 2) for a, b in zip(low, high, strict=True))
    assert [entry.colour for entry in legend((), Look(colour_by="confidence"))] == list(CONFIDENCE)

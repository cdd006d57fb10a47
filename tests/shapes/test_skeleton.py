from __future__ import annotations

import pytest

from tests.shapes.reading import read, said
from viewer.shapes.reading import BadGeometry

SAMPLE = {
    "shape": "skeleton",
    "skeleton": {
        "0": {"x": 0.5, "y": 0.25, "name": "head", "color": "#ff0000", "value": "head", "featureHash": "skpt0"},
        "1": {"x": 0.25, "y": 0.5, "name": "left hand", "value": "left_hand", "featureHash": "skpt1", "occluded": True},
        "2": {"x": 0.75, "y": 0.5, "name": "right hand", "featureHash": "skpt2", "visibility": "invisible"},
    },
}
TEMPLATE = {
    "name": "Stick figure",
    "skeleton": {
        "0": {"name": "head", "featureHash": "skpt0"},
        "1": {"name": "left hand", "featureHash": "skpt1"},
        "2": {"name": "right hand", "featureHash": "skpt2"},
    },
    "skeletonEdges": {"0": {"1": {"color": "#111111"}, "2": {"color": "#222"}}},
}


def skeleton(*points, template=TEMPLATE):
    return read({"shape": "skeleton", "skeleton": {str(i): point for i, point in enumerate(points)}}, template=template)


def joined(shape):
    """Names of the joints that bones join."""
    return {frozenset((shape.joints[bone.start].name, shape.joints[bone.end].name)) for bone in shape.bones}


def test_points_in_pixels_in_the_order_of_the_export():
    assert read(SAMPLE).pixels() == {
        "points": [
            {"name": "head", "x": 320, "y": 100, "visibility": "visible"},
            {"name": "left hand", "x": 160, "y": 200, "visibility": "occluded"},
            {"name": "right hand", "x": 480, "y": 200, "visibility": "invisible"},
        ]
    }
    backwards = {"shape": "skeleton", "skeleton": dict(reversed(SAMPLE["skeleton"].items()))}
    assert [point["name"] for point in read(backwards).pixels()["points"]] == ["right hand", "left hand", "head"]


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ({}, "visible"),
        ({"invisible": True, "visible": False, "occluded": False}, "invisible"),
        ({"invisible": True, "occluded": True, "selfOccluded": True, "visible": True}, "invisible"),
        ({"occluded": True, "selfOccluded": True, "visible": True}, "occluded"),
        ({"selfOccluded": True, "visible": True}, "selfOccluded"),
        ({"visible": True, "visibility": "invisible"}, "visible"),
        ({"visible": False}, "visible"),
        ({"visible": False, "visibility": "occluded"}, "occluded"),
        ({"visibility": "selfOccluded"}, "selfOccluded"),
        ({"visibility": None}, "visible"),
    ],
)
def test_a_true_flag_counts_before_the_word(point, expected):
    assert skeleton({"x": 0, "y": 0, **point}).joints[0].visibility == expected


@pytest.mark.parametrize("word", ["maybe", "Visible", "", 3, [], {}, True])
def test_an_unknown_visibility_is_visible_and_told(word):
    odd = {"shape": "skeleton", "skeleton": {"0": {"x": 0, "y": 0, "visibility": word}}}
    assert read(odd, template=TEMPLATE).joints[0].visibility == "visible"
    assert said(odd, template=TEMPLATE) == [("warning", "skeleton.0.visibility")]


def test_the_four_states_are_told_apart_by_form():
    states = ("visible", "occluded", "selfOccluded", "invisible")
    shape = skeleton(*({"x": 0, "y": 0, "visibility": state} for state in states))
    assert len({dot.mark for dot in shape.sketch().dots}) == 4


def test_bones_join_by_feature_hash_whatever_names_and_keys_say():
    shape = skeleton(
        {"x": 0, "y": 0, "name": "right hand", "featureHash": "skpt0"},
        {"x": 0, "y": 0, "name": "nobody", "featureHash": "skpt2"},
    )
    assert joined(shape) == {frozenset(("right hand", "nobody"))}
    # the second is the right hand by its hash, so it is not taken for the left hand by its key
    assert [bone.colour for bone in shape.bones] == ["#222222"]


def test_bones_join_by_name_where_no_hash_does():
    shape = skeleton({"x": 0, "y": 0, "name": "left hand"}, {"x": 0, "y": 0, "name": "head", "featureHash": "other"})
    assert joined(shape) == {frozenset(("head", "left hand"))}


def test_bones_join_by_key_where_nothing_else_does():
    shape = skeleton({"x": 0, "y": 0, "name": "a"}, {"x": 0, "y": 0, "name": "b"}, {"x": 0, "y": 0, "name": "c"})
    assert joined(shape) == {frozenset("ab"), frozenset("ac")}


def test_bones_have_the_colours_of_the_template():
    assert {line.colour for line in read(SAMPLE, template=TEMPLATE).sketch().lines} == {"#111111", "#222222"}


def test_a_bone_to_an_invisible_point_is_dashed():
    lines = read(SAMPLE, template=TEMPLATE).sketch().lines
    assert [line.dashed for line in lines] == [False, True]


def test_a_bone_to_a_point_that_is_nowhere_is_left_out():
    template = {**TEMPLATE, "skeletonEdges": {"0": {"1": {}, "99": {}}, "98": {"97": {}}}}
    assert joined(read(SAMPLE, template=template)) == {frozenset(("head", "left hand"))}


@pytest.mark.parametrize("broken", [{}, {"skeletonEdges": 3}, {"skeleton": [], "skeletonEdges": {"0": [1]}}])
def test_a_broken_template_gives_no_bones(broken):
    assert read(SAMPLE, template=broken).bones in ((), read(SAMPLE, template=TEMPLATE).bones)


def test_without_a_template_there_are_points_only_and_that_is_noted():
    assert read(SAMPLE).bones == ()
    assert said(SAMPLE) == [("note", "skeleton")]


@pytest.mark.parametrize("colour", ["#00000", "red", None, "#gggggg", 5])
def test_a_broken_colour_is_none(colour):
    assert skeleton({"x": 0, "y": 0, "color": colour}).joints[0].colour is None


def test_a_broken_point_is_told_and_the_others_shown():
    odd = {"shape": "skeleton", "skeleton": {**SAMPLE["skeleton"], "1": {"y": 0.5, "name": "left hand"}}}
    shape = read(odd, template=TEMPLATE)
    assert [joint.name for joint in shape.joints] == ["head", "right hand"]
    assert joined(shape) == {frozenset(("head", "right hand"))}
    assert said(odd, template=TEMPLATE) == [("error", "skeleton.1.x")]


def test_a_point_without_a_name_is_called_by_its_value_or_key():
    shape = skeleton({"x": 0, "y": 0, "value": "left_hand"}, {"x": 0, "y": 0})
    assert [joint.name for joint in shape.joints] == ["left_hand", "1"]


@pytest.mark.parametrize("nothing", [None, {}, [], {"0": None}, {"0": {"x": 1}}])
def test_no_points_no_skeleton(nothing):
    with pytest.raises(BadGeometry):
        read({"shape": "skeleton", "skeleton": nothing})


def test_each_state_has_its_own_form():
    forms = {"visible": "disc", "occluded": "ring", "selfOccluded": "barred ring", "invisible": "cross"}
    shape = skeleton(*({"x": 0, "y": 0, "visibility": state} for state in forms))
    assert [dot.mark for dot in shape.sketch().dots] == list(forms.values())

from __future__ import annotations

import numpy as np
import pytest

from tests.shapes.reading import read, said
from viewer.shapes.reading import BadGeometry
from viewer.size import Size

SAMPLE = {"shape": "bounding_box", "boundingBox": {"x": 0.25, "y": 0.1, "w": 0.5, "h": 0.3}}


def entry(**changes):
    return {"shape": "bounding_box", "boundingBox": {**SAMPLE["boundingBox"], **changes}}


def test_x_and_w_are_fractions_of_the_width_y_and_h_of_the_height():
    assert read(SAMPLE).pixels() == pytest.approx({"x": 160, "y": 40, "w": 320, "h": 120})
    assert read(SAMPLE, Size(100, 1000)).pixels() == pytest.approx({"x": 25, "y": 100, "w": 50, "h": 300})


def test_nothing_is_clipped_to_the_frame():
    assert read(entry(x=-0.1, w=1.5)).pixels() == pytest.approx({"x": -64, "y": 40, "w": 960, "h": 120})


def test_rows_of_2020_write_the_key_in_snake_case():
    old = {"shape": "bounding_box", "bounding_box": SAMPLE["boundingBox"]}
    assert read(old).pixels() == read(SAMPLE).pixels()


def test_the_sketch_is_the_four_corners():
    ((ring,),) = [area.rings for area in read(SAMPLE).sketch().areas]
    assert ring == pytest.approx(np.array([[160, 40], [480, 40], [480, 160], [160, 160]]))


def test_a_negative_size_is_kept_and_drawn_where_its_corners_are():
    mirrored = entry(x=0.75, w=-0.5)
    assert read(mirrored).pixels()["w"] == pytest.approx(-320)
    assert read(mirrored).sketch().bounds == pytest.approx(read(SAMPLE).sketch().bounds)
    assert said(mirrored) == [("warning", "boundingBox.w")]


def test_a_box_of_no_size_is_read_with_a_warning():
    assert said(entry(h=0)) == [("warning", "boundingBox.h")]
    assert said(entry(w=0, h=0)) == [("warning", "boundingBox.w")]


def test_a_number_in_quotes_is_read_with_a_warning():
    assert read(entry(x="0.25")).pixels() == read(SAMPLE).pixels()
    assert said(entry(x="0.25")) == [("warning", "boundingBox.x")]


@pytest.mark.parametrize("bad", [None, True, "left", [], {}, float("nan"), float("inf"), 10**400, "nan", "1e400"])
def test_what_is_no_number_is_refused_at_its_path(bad):
    with pytest.raises(BadGeometry) as refused:
        read(entry(y=bad))
    assert refused.value.where == "boundingBox.y" and refused.value.severity == "error"


def test_a_missing_side_is_refused_at_its_path():
    without = {"shape": "bounding_box", "boundingBox": {"x": 0.1, "y": 0.1, "w": 0.1}}
    with pytest.raises(BadGeometry, match="missing") as refused:
        read(without)
    assert refused.value.where == "boundingBox.h"


def test_a_number_that_is_finite_but_beyond_everything_is_only_a_warning():
    with pytest.raises(BadGeometry) as refused:
        read(entry(x=1e308))
    assert refused.value.severity == "warning"


def test_the_size_is_said_in_pixels():
    assert read(SAMPLE).measure() == "320 x 120 px"

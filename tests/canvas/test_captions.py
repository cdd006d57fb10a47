from __future__ import annotations

import itertools

import numpy as np
import pytest

from tests.canvas.support import BLUE, blobs, box, dot, line, mark, pixels, plain, scene, settle, shown
from viewer.canvas.outlines import Outlines
from viewer.canvas.paint_captions import chip_image, chip_size, place
from viewer.canvas.paint_scene import render_image
from viewer.canvas.region import Region
from viewer.canvas.tags import tags
from viewer.shapes.sketch import Dot, Sketch
from viewer.size import Size

VIEW = Region(0, 0, 600, 400)


def captions(*marks, unit: float = 1.0, first: str | None = None, name_points: bool = False):
    return place(tags(Outlines(marks), 1.0, VIEW, VIEW, unit, first, name_points), VIEW, VIEW, unit)


@pytest.mark.parametrize("unit", [1.0, 1.5, 2.0])
def test_no_chip_covers_another_and_all_are_in_view(qapp, unit: float) -> None:
    found = captions(*blobs(150, 25, Size(600, 400)).marks, unit=unit)
    chips = [c for c in found if not c.is_dot]
    boxes = [(c.x, c.y, *np.add((c.x, c.y), chip_size(c.tag.text, c.tag.flagged, unit))) for c in chips]
    assert len(chips) > 30 and any(c.is_dot for c in found)
    for one, other in itertools.combinations(boxes, 2):
        assert one[2] <= other[0] or one[0] >= other[2] or one[3] <= other[1] or one[1] >= other[3]
    assert all(b[0] >= 0 and b[1] >= 0 and b[2] <= 600 and b[3] <= 400 for b in boxes)


def test_the_selected_label_has_its_caption_first(qapp) -> None:
    crowd = [mark(box(200, 200, 240, 240), f"Car {i}") for i in range(30)]

    def at_the_best_place(first: str | None = None) -> str:
        return next(c.tag.text for c in captions(*crowd, first=first) if not c.is_dot)

    assert at_the_best_place() == "Car 29"
    assert at_the_best_place("Car 4") == "Car 4"


def test_labels_without_words_have_none_unless_something_is_wrong_with_them(qapp) -> None:
    assert captions(mark(box(200, 200, 240, 240), "")) == ()
    (only,) = captions(mark(box(200, 200, 240, 240), "", flagged=True))
    assert not only.is_dot


def test_names_of_points_stand_beside_them(qapp) -> None:
    joints = Sketch(dots=(Dot(100, 100, "disc", "nose"), Dot(100, 200, "ring", "knee"), Dot(200, 200)))
    found = captions(mark(joints, "Person 1"), name_points=True)
    assert [c.tag.text for c in found] == ["Person 1", "nose", "knee"]
    assert abs(found[2].y - 200) < 40


def test_a_lines_caption_stands_at_its_uppermost_point(qapp) -> None:
    (caption,) = captions(mark(line((50, 300), (400, 100), (500, 300)), "Lane"))
    assert 75 < caption.y < 100 and abs(caption.x - 400) < 8


def test_chips_are_in_the_labels_colour_with_legible_words(qapp) -> None:
    for colour, text_is_dark in (((250, 230, 90), True), ((20, 30, 90), False)):
        seen = pixels(chip_image("Car 3", colour, False, 1.0)).astype(int)
        inner = seen[3:-3, 3:-3, :3][..., ::-1]
        away = np.abs(inner - np.array(colour)).sum(axis=2)
        assert (away < 12).mean() > 0.4
        words = inner[away > 120].mean()
        assert (words < np.mean(colour)) == text_is_dark
        assert abs(inner[away == away.max()][0].mean() - np.mean(colour)) > 90


def test_the_warning_mark_widens_the_chip(qapp) -> None:
    assert chip_size("Car 3", True, 1.0)[0] > chip_size("Car 3", False, 1.0)[0] + 8


def test_long_captions_are_cut_short_and_never_interpreted(qapp) -> None:
    assert chip_size("n" * 1000, False, 1.0)[0] < 270
    bold, same_length = chip_image("<b>m</b>", BLUE, False, 1.0), chip_image("<b>m</b>", BLUE, True, 1.0)
    assert bold.width() > chip_image("m", BLUE, False, 1.0).width() * 2
    assert same_length.width() > bold.width()


def test_a_caption_without_room_is_whole_under_the_pointer(qtbot) -> None:
    crowd = [mark(box(80, 60, 140, 120), f"Label number {i} of a whole crowd", key=str(i)) for i in range(30)]
    pane = shown(qtbot, Size(300, 220))
    pane.show_picture(plain(Size(200, 150), 100), Size(200, 150), False)
    pane.show_scene(scene(*crowd))
    settle(qtbot, pane)
    front = crowd[-1]
    before = pane.seen()
    qtbot.mouseMove(pane, pane.rect().center())
    settle(qtbot, pane)
    assert pane._under_pointer() is front
    assert (pane.seen() != before).any()


def test_dots_stay_in_view_however_far_a_label_reaches(qapp) -> None:
    crowd = [mark(box(-1e10, -1e10, 1e10, 1e10), f"Label {i}", key=str(i)) for i in range(90)]
    dots = [c for c in captions(*crowd) if c.is_dot]
    assert dots and all((c.x, c.y) == (0, 0) for c in dots)
    render_image(scene(*crowd), None)


def test_dots_have_no_dot_for_a_caption(qapp) -> None:
    crowd = [mark(dot(300, 200), f"P{i}", key=str(i)) for i in range(40)]
    assert not any(c.is_dot for c in captions(*crowd))

from __future__ import annotations

from tests.canvas.support import box, mark
from viewer.canvas.picker import Picker

THREE = [mark(box(0, 0, n, n), name) for n, name in ((1, "small"), (2, "middle"), (3, "large"))]


def test_the_smallest_first_then_the_others_in_turn() -> None:
    picker, selected, walked = Picker(), None, []
    for _ in range(5):
        selected = picker.pick(THREE, 10, 10, selected)
        walked.append(selected)
    assert walked == ["small", "middle", "large", "small", "middle"]


def test_another_place_begins_with_the_smallest_again() -> None:
    picker = Picker()
    picker.pick(THREE, 10, 10, None)
    assert picker.pick(THREE, 30, 10, "small") == "small"


def test_beside_all_labels_nothing_is_picked() -> None:
    picker = Picker()
    picker.pick(THREE, 10, 10, None)
    assert picker.pick([], 10, 10, "small") is None


def test_a_label_selected_elsewhere_does_not_disturb_the_order() -> None:
    picker = Picker()
    assert picker.pick(THREE, 10, 10, "large") == "small"
    assert picker.pick(THREE, 10, 10, "not here") == "small"

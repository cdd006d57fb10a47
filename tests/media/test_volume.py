"""Slices as one volume: their order, their values, and what is said where they are none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.slices import BACK, FOOT, HEAD, LEFT, InMemory, stack
from viewer.errors import ViewerError
from viewer.media.grey import Rescale
from viewer.media.progress import Stopped
from viewer.media.volume import build_volume

BODY = np.random.default_rng(3).integers(-1000, 2000, (7, 11, 13), dtype=np.int16)


def shuffled(made: InMemory, order: list[int]) -> InMemory:
    return InMemory([made.stored[i] for i in order], [made.planes[i] for i in order])


def test_slices_are_put_in_the_order_in_which_they_lie():
    order = [3, 0, 6, 2, 5, 1, 4]
    made = build_volume(shuffled(stack(BODY), order))
    assert np.array_equal(made.values, BODY) and made.values.dtype == np.int16
    assert [order[frame] for frame in made.frames] == list(range(7))
    assert made.depths.tolist() == list(range(7)) and made.notes == () and made.is_complete


def test_the_normal_decides_not_the_order_of_the_files():
    """With rows towards the feet the normal of a coronal slice points the other way than with rows towards the head."""
    made = build_volume(stack(BODY, LEFT, FOOT, depths=[-d for d in range(7)]))
    assert np.array_equal(made.values, BODY[::-1])


def test_a_slice_that_cannot_be_read_is_left_out_and_said():
    slices = stack(BODY)
    slices.stored[3] = None
    made = build_volume(slices)
    assert np.array_equal(made.values, BODY[[0, 1, 2, 4, 5, 6]])
    assert not made.is_complete and made.notes == ("1 of 7 slices cannot be read and are left out: frame 3",)


def test_a_slice_without_a_file_is_said_too():
    slices = stack(BODY)
    slices.planes[2] = None
    made = build_volume(slices)
    assert made.frames == (0, 1, 3, 4, 5, 6) and "1 of 7" in made.notes[0] and 2 not in slices.asked


def test_slices_that_store_by_different_rules_are_stacked_as_values():
    slices = stack(BODY)
    slices.rescales = {i: Rescale(0.5 * (i + 1), -1024.0) for i in range(7)}
    made = build_volume(slices)
    wanted = BODY * (0.5 * np.arange(1, 8)[:, None, None]) - 1024
    assert made.values.dtype == np.float32 and np.allclose(made.values, wanted, rtol=1e-6)
    assert made.look.rescale == Rescale()


def test_padding_stays_padding_in_a_stack_of_values():
    slices = stack(BODY)
    slices.stored[0][0, 0] = slices.stored[1][0, 0] = -2000
    slices.rescales, slices.padding = {0: Rescale(2.0)}, (-2000, -2000)
    made = build_volume(slices)
    assert np.array_equal(made.grey(made.values[0]).is_padding(), slices.stored[0] == -2000)


def test_different_number_types_are_stacked_as_values():
    slices = stack(BODY)
    slices.stored[4] = (BODY[4] & 0xFF).astype(np.uint8)
    made = build_volume(slices)
    assert made.values.dtype == np.float32 and np.array_equal(made.values[4], BODY[4] & 0xFF)


def test_a_small_budget_takes_fewer_pixels_and_says_so():
    made = build_volume(stack(BODY), budget_bytes=BODY.nbytes // 4)
    assert made.values.nbytes <= BODY.nbytes // 4 and made.step == 2 and "2nd pixel" in made.notes[0]
    assert np.array_equal(made.values, BODY[:, 1::2, 1::2]) and made.size == (13, 11)


def test_no_budget_at_all():
    with pytest.raises(ViewerError, match="more memory"):
        build_volume(stack(BODY), budget_bytes=3)


def test_progress_and_stop():
    told: list[float] = []
    build_volume(stack(BODY), told.append)
    assert told == sorted(told) and told[-1] == 1
    with pytest.raises(Stopped):
        build_volume(stack(BODY), told.append, lambda: len(told) > 9)
    assert len(told) == 10


def changed(place: int, **more: object) -> InMemory:
    slices = stack(BODY)
    slices.planes[place] = replace(slices.planes[place], **more)
    return slices


def coloured() -> InMemory:
    return InMemory([np.zeros((4, 4, 3), np.uint8)] * 3, stack(BODY[:3]).planes)


def of_sizes() -> InMemory:
    slices = stack(BODY)
    slices.stored[2] = BODY[2, :5]
    return slices


@pytest.mark.parametrize(
    ("slices", "said"),
    [
        (lambda: stack(BODY[:1]), "at least two"),
        (of_sizes, "2 sizes"),
        (lambda: changed(4, across=BACK, down=HEAD), "different directions"),
        (lambda: changed(4, position=None), "does not say where it lies"),
        (lambda: changed(4, position=(float("nan"), 0.0, 0.0)), "does not say where it lies"),
        (lambda: changed(4, position=(0.0, 0.0, 3.0)), "Frames 3 and 4 lie in the same place"),
        (lambda: changed(0, spacing=None), "how large their pixels are"),
        (lambda: changed(4, spacing=(1.0, 2.0)), "different sizes in millimetres"),
        (coloured, "coloured"),
        (lambda: InMemory([BODY[0], None, None], stack(BODY[:3]).planes), "that can be read"),
    ],
)
def test_what_is_no_volume_is_said_in_a_sentence(slices, said):
    with pytest.raises(ViewerError, match=said):
        build_volume(slices())


def test_what_is_unusual_is_said():
    uneven = build_volume(stack(BODY, depths=[0, 1, 2, 3, 5, 7, 9]))
    assert uneven.notes == ("The gaps between slices differ: 1 to 2 mm",)
    tilted = stack(BODY)
    tilted.planes = [replace(p, position=(0.0, 0.4 * i, float(i))) for i, p in enumerate(tilted.planes)]
    assert "shifted sideways by up to 2.4 mm" in build_volume(tilted).notes[0]
    assert "how the patient lies" in build_volume(stack(BODY, None, None)).notes[0]


def test_slices_stand_for_the_gap_between_them_or_for_their_thickness_where_there_is_room():
    assert build_volume(stack(BODY, thickness=3.0)).thick.tolist() == [1.0] * 7
    mixed = build_volume(stack(BODY, depths=[0, 1, 2, 3, 4, 9, 14], thickness=5.0))
    assert mixed.thick.tolist() == [1.0, 1.0, 1.0, 1.0, 1.0, 5.0, 5.0]

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from tests.timeline.support import (
    LIGHT,
    classification,
    dynamic,
    instance,
    name_point,
    point,
    said,
    tracks,
    turn,
)
from viewer.scene.view_state import ViewState
from viewer.timeline.bands import SLIM
from viewer.timeline.timeline_pane import FEW_FRAMES

LEFT = Qt.MouseButton.LeftButton
TRACKS = tracks(
    instance(
        "a", ((10, 19), (40, 40)), answers=dynamic(said("door", "Open", (10, 14)), said("lights", "On", (10, 40)))
    ),
    instance("b", ((0, 99),), number=2),
    instance("p", ((50, 59),), name="Person"),
    classifications=[classification("w"), classification("v", ((20, 29),), answer="Fog")],
)
WEATHER, CAR, A, B, PERSON, P = range(6)
"""Rows as they are listed."""


@pytest.fixture
def pane(show):
    return show(TRACKS)


def emitted(signal) -> list:
    got: list = []
    signal.connect(got.append)
    return got


def test_it_hides_for_one_frame(show):
    assert show(tracks(instance("a"), frames=1), frames=1).isHidden()
    assert not show(TRACKS).isHidden()


def test_the_owner_may_want_none(pane):
    pane.set_shown(False)
    assert pane.isHidden() and not pane.is_wanted
    pane.show_unit(np.arange(50), np.ones(50, dtype=np.int64), None)
    assert pane.isHidden()
    pane.set_shown(True)
    assert not pane.isHidden()


# -------------------------------------------------------------------- seeking


@pytest.mark.parametrize("y", [5, 40])
def test_clicking_and_dragging_seek(pane, qtbot, y):
    got = emitted(pane.frame_requested)
    qtbot.mousePress(pane.view, LEFT, pos=point(pane, 30, y=y))
    qtbot.mouseMove(pane.view, point(pane, 31, y=y))
    qtbot.mouseMove(pane.view, point(pane, 60, y=y))
    qtbot.mouseMove(pane.view, QPoint(90_000, y))
    qtbot.mouseRelease(pane.view, LEFT)
    assert got == [30, 31, 60, 99]
    qtbot.mouseMove(pane.view, point(pane, 5, y=y))
    assert got == [30, 31, 60, 99], "after the button is let go nothing seeks"


def test_seeking_beyond_an_edge_takes_the_view_along(pane, qtbot):
    pane.model.axis = pane.model.axis.showing(20, 40)
    before = pane.model.axis
    got = emitted(pane.frame_requested)
    qtbot.mousePress(pane.view, LEFT, pos=point(pane, 38))
    qtbot.mouseMove(pane.view, QPoint(pane.view.width() + 80, 5))
    qtbot.mouseRelease(pane.view, LEFT)
    moved = (pane.model.axis.first - before.first) * before.scale
    assert 0 < moved < 80
    assert got[-1] == pane.model.axis.seen()[1] - 1


def test_frames_are_asked_for_by_their_own_numbers(show, qtbot):
    numbers = [3, 7, 8, 20]
    pane = show(tracks(instance("a", ((3, 20),)), frames=numbers), numbers, fps=None)
    pane.choose_slim(False)
    got = emitted(pane.frame_requested)
    qtbot.mouseClick(pane.view, LEFT, pos=point(pane, 3))
    assert got == [20]


def test_the_frame_on_screen_is_not_asked_for_again(pane, qtbot):
    pane.set_frame(30)
    got = emitted(pane.frame_requested)
    qtbot.mouseClick(pane.view, LEFT, pos=point(pane, 30))
    assert got == []


@pytest.mark.parametrize(
    ("key", "frame"),
    [
        (Qt.Key.Key_Right, 31),
        (Qt.Key.Key_Left, 29),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 99),
        (Qt.Key.Key_PageUp, 20),
        (Qt.Key.Key_PageDown, 40),
    ],
)
def test_keys_in_time(pane, qtbot, key, frame):
    pane.set_frame(30)
    got = emitted(pane.frame_requested)
    qtbot.keyClick(pane.view, key)
    assert got == [frame]


def test_keys_stop_at_the_ends(pane, qtbot):
    pane.set_frame(95)
    got = emitted(pane.frame_requested)
    qtbot.keyClick(pane.view, Qt.Key.Key_PageDown)
    pane.set_frame(99)
    qtbot.keyClick(pane.view, Qt.Key.Key_Right)
    assert got == [99]


def test_the_view_follows_the_playhead_but_not_a_frame_that_is_only_drawn_again(pane):
    pane.model.axis = pane.model.axis.showing(0, 20)
    pane.set_frame(80)
    assert pane.model.axis.shows(80)
    moved = pane.model.axis = pane.model.axis.panned(-5000)
    pane.set_frame(80)
    assert pane.model.axis == moved


# -------------------------------------------------------------------- selecting


def test_clicking_a_bar_selects_its_label_and_seeks(pane, qtbot):
    frames, labels = emitted(pane.frame_requested), emitted(pane.selected)
    qtbot.mouseClick(pane.view, LEFT, pos=point(pane, 55, P))
    qtbot.mouseClick(pane.view, LEFT, pos=point(pane, 25, WEATHER))
    assert (labels, frames) == (["p", "v"], [55, 25])


def test_clicking_a_gap_only_seeks(pane, qtbot):
    frames, labels = emitted(pane.frame_requested), emitted(pane.selected)
    qtbot.mouseClick(pane.view, LEFT, pos=point(pane, 30, A))
    assert (labels, frames) == ([], [30])


def test_clicking_a_name_selects_without_seeking(pane, qtbot):
    frames, labels = emitted(pane.frame_requested), emitted(pane.selected)
    qtbot.mouseClick(pane.view, LEFT, pos=name_point(pane, B))
    qtbot.mouseClick(pane.view, LEFT, pos=name_point(pane, WEATHER))
    assert (labels, frames) == (["b", "w"], [])


def test_up_and_down_walk_through_the_labels(pane, qtbot):
    pane.selected.connect(pane.set_selected)
    got = emitted(pane.selected)
    for _ in range(5):
        qtbot.keyClick(pane.view, Qt.Key.Key_Down)
    qtbot.keyClick(pane.view, Qt.Key.Key_Up)
    assert got == ["w", "a", "b", "p", "b"], "heads are passed over, the end is the end"


def test_selecting_says_nothing_back_and_comes_into_view(show):
    many = [instance(f"o{n}", ((n, n + 3),), number=n) for n in range(90)]
    pane = show(tracks(*many))
    got = emitted(pane.selected)
    pane.set_selected("o80")
    row = pane.model.row_of("o80")
    assert row in pane.model.bands.rows_seen(pane.model.scroll, len(pane.model.rows)) and got == []
    pane.fold_all()
    pane.set_selected("o5")
    assert pane.model.row_of("o5") is not None


# -------------------------------------------------------------------- wheel, zoom, sizes


def test_the_wheel_zooms_at_the_pointer(pane):
    at = point(pane, 70)
    turn(pane, at, 3)
    assert pane.model.axis.scale > 1.5 * pane.model.axis.width / 100
    assert pane.model.hit(at.x(), 5).position == 70
    turn(pane, at, -30)
    assert pane.model.axis.fits


def test_shift_moves_in_time_and_control_or_the_names_scroll_the_rows(show):
    pane = show(tracks(*[instance(f"o{n}", number=n) for n in range(90)]))
    turn(pane, point(pane, 50), 4)
    before = pane.model.axis
    turn(pane, point(pane, 50), -2, Qt.KeyboardModifier.ShiftModifier)
    assert pane.model.axis.first > before.first and pane.model.axis.scale == before.scale
    held = pane.model.axis
    turn(pane, point(pane, 50), -1, Qt.KeyboardModifier.ControlModifier)
    assert (pane.model.scroll, pane.model.axis) == (60, held)
    turn(pane, QPoint(20, 150), -1)
    assert (pane.model.scroll, pane.model.axis) == (120, held)


def test_keys_zoom_around_the_playhead(pane, qtbot):
    pane.set_frame(20)
    for _ in range(3):
        qtbot.keyClick(pane.view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ShiftModifier)
    assert pane.model.axis.shows(20) and not pane.model.axis.fits
    for _ in range(4):
        qtbot.keyClick(pane.view, Qt.Key.Key_Minus)
    assert pane.model.axis.fits


def test_a_double_click_zooms_to_a_bar_and_on_a_name_to_the_label(pane, qtbot):
    qtbot.mouseDClick(pane.view, LEFT, pos=point(pane, 12, A))
    assert pane.model.axis.seen()[0] <= 10 and pane.model.axis.seen()[1] < 30
    qtbot.mouseDClick(pane.view, LEFT, pos=name_point(pane, A))
    low, high = pane.model.axis.seen()
    assert low <= 10 and 41 <= high < 50


def test_the_scroll_bar_across_comes_with_zooming_and_moves_the_view(pane):
    assert pane._across.isHidden()
    turn(pane, point(pane, 50), 5)
    assert not pane._across.isHidden()
    pane._across.setValue(pane._across.maximum())
    assert pane.model.axis.seen()[1] == 100
    pane.fit_all()
    assert pane._across.isHidden() and pane.model.axis.fits


def test_the_middle_button_moves_the_view(pane, qtbot):
    turn(pane, point(pane, 50), 5)
    before = pane.model.axis
    qtbot.mousePress(pane.view, Qt.MouseButton.MiddleButton, pos=QPoint(600, 100))
    qtbot.mouseMove(pane.view, QPoint(500, 100))
    qtbot.mouseRelease(pane.view, Qt.MouseButton.MiddleButton)
    assert pane.model.axis.first - before.first == pytest.approx(100 * pane.model.ratio / before.scale)


def test_the_edge_of_the_names_is_dragged(pane, qtbot):
    edge = pane.model.bands.left
    qtbot.mousePress(pane.view, LEFT, pos=QPoint(edge, 150))
    qtbot.mouseMove(pane.view, QPoint(edge + 90, 150))
    qtbot.mouseRelease(pane.view, LEFT)
    assert pane.model.bands.left == edge + 90


# -------------------------------------------------------------------- rows


def test_heads_fold_and_labels_open(pane, qtbot):
    qtbot.mouseClick(pane.view, LEFT, pos=name_point(pane, PERSON))
    assert [row.kind for row in pane.model.rows].count("label") == 2
    qtbot.mouseClick(pane.view, LEFT, pos=name_point(pane, A, x=20))
    assert [row.kind for row in pane.model.rows].count("attribute") == 2
    pane.set_selected("a")
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert [row.kind for row in pane.model.rows].count("attribute") == 0


def test_the_buttons(pane, qtbot):
    head = pane.head
    qtbot.mouseClick(head.fold, LEFT)
    assert [row.kind for row in pane.model.rows] == ["classification", "class", "class"]
    assert head.fold.accessibleName() == "Unfold all classes"
    qtbot.mouseClick(head.fold, LEFT)
    assert len(pane.model.rows) == 6
    assert not head.zoom.isEnabled()
    pane.set_selected("p")
    qtbot.mouseClick(head.zoom, LEFT)
    assert pane.model.axis.seen()[0] > 40
    qtbot.mouseClick(head.fit, LEFT)
    assert pane.model.axis.fits
    next(action for action in head.sort.menu().actions() if action.data() == "longest").trigger()
    assert [pane.model.rows[1].at, pane.model.rows[1].kind] == [TRACKS.track_of("b"), "label"]
    assert not head.fold.isEnabled()


def test_the_filter_keeps_rows_and_leads_back_to_them(pane, qtbot):
    qtbot.keyClicks(pane.head.field, "person")
    assert [row.kind for row in pane.model.rows] == ["class", "label"]
    qtbot.keyClicks(pane.head.field, "zzz")
    assert pane.model.rows == () and pane.view.empty == "No row holds these words"
    qtbot.keyClick(pane.head.field, Qt.Key.Key_Escape)
    assert len(pane.model.rows) == 6
    pane.head.field.setFocus()
    qtbot.keyClick(pane.head.field, Qt.Key.Key_Down)
    assert pane.view.hasFocus()


# -------------------------------------------------------------------- slim


def test_it_is_slim_for_few_pictures_and_without_rows(show):
    few = tracks(instance("a", ((0, 3),)), frames=FEW_FRAMES)
    assert show(few, FEW_FRAMES, fps=None).is_slim
    assert not show(few, FEW_FRAMES, fps=25.0).is_slim, "a short video is still a video"
    assert not show(TRACKS).is_slim
    bare = show(tracks(), counts=np.zeros(100, dtype=np.int64))
    assert bare.is_slim and bare.height() == SLIM and bare.head.isHidden()


def test_rows_that_are_still_made_have_their_place_already(show):
    assert not show(None).is_slim
    assert show(None, counts=np.zeros(100, dtype=np.int64)).is_slim


def test_a_click_makes_it_slim_and_that_stays_for_other_units(pane, qtbot):
    got = emitted(pane.slim_changed)
    qtbot.mouseClick(pane.head.slim, LEFT)
    assert pane.is_slim and got == [True] and pane.maximumHeight() == SLIM
    pane.show_unit(np.arange(400), np.ones(400, dtype=np.int64), 25.0)
    pane.set_tracks(TRACKS)
    assert pane.is_slim
    asked = emitted(pane.frame_requested)
    pane.resize(1000, SLIM)
    qtbot.mouseClick(pane.view, LEFT, pos=point(pane, 200, y=25))
    assert asked == [200]
    qtbot.mouseClick(pane.head.slim, LEFT)
    assert not pane.is_slim and pane.head.field.isVisible()


# -------------------------------------------------------------------- pictures and previews


def test_missing_pictures_are_asked_for_once_the_view_rests(pane, qtbot):
    pane.set_frame(50)
    with qtbot.waitSignal(pane.thumbnails_wanted) as got:
        turn(pane, point(pane, 50), 1)
    frames = got.args[0]
    assert isinstance(frames, tuple) and len(frames) == len(set(frames)) > 4
    assert abs(frames[0] - 50) == min(abs(frame - 50) for frame in frames), "the nearest to the playhead first"
    for frame in frames:
        pane.set_thumbnail(frame, np.zeros((44, 78, 4), dtype=np.uint8))
    assert pane.model.bands.pictures > 0
    again = emitted(pane.thumbnails_wanted)
    qtbot.wait(200)
    assert not again or not set(again[0]) & set(frames)
    pane.forget_thumbnails()
    assert pane.model.bands.pictures == 0


def test_a_moving_view_asks_for_no_pictures(pane, qtbot):
    got = emitted(pane.thumbnails_wanted)
    for _ in range(4):
        turn(pane, point(pane, 50), 1)
        qtbot.wait(30)
    assert got == []


def test_the_pointer_wants_a_preview_and_leaving_none(pane, qtbot):
    got = emitted(pane.preview_wanted)
    qtbot.mouseMove(pane.view, point(pane, 12, A))
    qtbot.mouseMove(pane.view, point(pane, 13, A))
    qtbot.mouseMove(pane.view, name_point(pane, A))
    assert got == [12, 13, -1]


def test_the_card_says_what_is_under_the_pointer(pane, qtbot):
    qtbot.mouseMove(pane.view, point(pane, 12, A))
    qtbot.waitUntil(pane.view.hover.card.isVisible)
    assert pane.view.hover.card.lines == ("frame 12 · 0:00.480", "Car 1", "frames 10–19", "Door: Open", "Lights: On")
    assert pane.view.hover.card.picture is None
    qtbot.mouseMove(pane.view, point(pane, 13, A))
    assert pane.view.hover.card.isVisible(), "once up it follows"
    pane.set_thumbnail(13, np.full((44, 78, 4), 200, dtype=np.uint8))
    assert pane.view.hover.card.picture is not None
    pane.view.hover.card.grab()
    qtbot.mousePress(pane.view, LEFT, pos=point(pane, 13, A))
    assert not pane.view.hover.card.isVisible()


# -------------------------------------------------------------------- for everyone


def test_everything_that_acts_has_a_name_and_is_reached_by_tab(pane):
    pane.set_frame(12)
    assert pane.accessibleName() and pane.view.accessibleName() == "Timeline"
    assert pane.view.accessibleDescription() == "frame 12 · 0:00.480, last frame 99"
    for kind in (QAbstractButton, QLineEdit):
        for part in pane.head.findChildren(kind):
            if part.parent() is pane.head:
                assert part.accessibleName() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert pane.focusProxy() is pane.view


def test_another_theme_repaints_everything(pane):
    before = pane.grab().toImage()
    pane.set_colours(LIGHT)
    assert pane.grab().toImage() != before


def test_hidden_labels_are_faint(pane):
    before = pane.grab().toImage()
    pane.set_hidden(ViewState(hidden_objects=frozenset({"b"})))
    assert pane.grab().toImage() != before
    pane.set_hidden(ViewState(frame=5))
    assert pane.grab().toImage() == before


@pytest.mark.parametrize("size", [(90, 34), (200, 60), (330, 120)])
def test_it_gets_very_narrow_without_harm(pane, size):
    pane.setMinimumHeight(0)
    pane.resize(*size)
    pane.grab()


def test_no_frames_at_all_do_no_harm(pane, qtbot):
    none = np.zeros(0, dtype=np.int64)
    pane.show_unit(none, none, None)
    pane.set_tracks(tracks(frames=0))
    pane.set_frame(3)
    pane.set_loop((1, 2))
    pane.set_thumbnail(1, np.zeros((4, 4, 4), dtype=np.uint8))
    qtbot.keyClick(pane.view, Qt.Key.Key_Right)
    turn(pane, QPoint(400, 10), 2)
    pane.view._hover(pane.view._hit(QPointF(400, 10)))
    pane.grab()

"""What is painted is read back: the label's colour where it is, the ground where it is not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage, QPainter

from tests.timeline.support import DARK, classification, dynamic, instance, pixels, said, tracks
from viewer.labels.row import joined
from viewer.paint.paint_bars import bar_sheet
from viewer.scene.contrast import contrast
from viewer.scene.runs import Runs, packed
from viewer.scene.view_state import Look, ViewState
from viewer.timeline.bands import ROW

RED = (211, 49, 21)
GROUND = (0x26, 0x28, 0x2B)
ACCENT = (0x5A, 0xA2, 0xFF)


def line_of(pane, row: int) -> np.ndarray:
    """The colours along the middle of a row, from the first column of time on, shape (columns, 3)."""
    chart = pane.model
    shown = pixels(pane)
    y = round((chart.bands.top_of(row, chart.scroll) + ROW / 2) * chart.ratio)
    left = round(chart.bands.left * chart.ratio)
    return shown[y, left : left + chart.axis.width]


def away(pane) -> None:
    """The playhead out of the way."""
    pane.model.position = 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    there=st.sets(st.integers(1, 199), min_size=1, max_size=150),
    zoom=st.floats(1, 20),
    at=st.floats(0, 1),
)
def test_a_bar_is_where_its_label_is_at_any_zoom(show, there, zoom, at):
    pane = show(tracks(instance("a", joined(np.array(sorted(there)))), frames=200), 200)
    away(pane)
    pane.model.axis = pane.model.axis.zoomed_at(at * pane.model.axis.width, zoom)
    pane.view.redraw()
    axis, line = pane.model.axis, line_of(pane, 1)
    assert axis.scale > 3
    for position in range(*axis.seen()):
        column = axis.middle(position)
        if position > 0 and 2 < column < axis.width - 2:
            if position in there:
                assert tuple(line[column]) == RED
            else:
                assert tuple(line[column]) != RED and np.ptp(line[column].astype(int)) < 30


def test_a_single_frame_of_a_long_video_is_seen_three_pixels_wide(show):
    pane = show(tracks(instance("a", ((60_000, 60_000),)), frames=200_000), 200_000)
    line = line_of(pane, 1)
    assert np.flatnonzero((line == RED).all(axis=1)).size == 3


def test_the_playhead_stands_in_the_middle_of_its_frame(show):
    pane = show(tracks(instance("a", ((3, 3),)), frames=10), 10)
    pane.set_frame(6)
    line = line_of(pane, 1)
    accent = np.flatnonzero((line == ACCENT).all(axis=1))
    left, right = pane.model.axis.cell(6)
    assert 1 <= len(accent) <= 2 and abs(accent.mean() + 0.5 - (left + right) / 2) <= 1.5


def test_answers_are_lighter_and_differ_and_the_bar_keeps_its_colour_below(show):
    answers = dynamic(said("door", "Open", (0, 49)), said("door", "Shut", (50, 99)))
    pane = show(tracks(instance("a", ((0, 99),), answers=answers)))
    away(pane)
    chart, shown = pane.model, pixels(pane)
    top = chart.bands.top_of(1, 0)

    def at(position: int, y: int) -> tuple[int, ...]:
        return tuple(int(part) for part in shown[top + y, round(chart.x_of(chart.axis.middle(position)))])

    opened, shut, spine = at(40, 5), at(90, 5), at(40, 15)
    assert opened != shut and spine == RED
    assert contrast(opened, (0, 0, 0)) > contrast(RED, (0, 0, 0)) and contrast(opened, (0, 0, 0)) >= 4.5


def test_words_stand_in_answers_that_are_wide_enough(show):
    wide = show(tracks(classifications=[classification("w", ((0, 99),), answer="Thunderstorm")]))
    bare = show(tracks(classifications=[classification("w", ((0, 99),), answer="  ")]))
    away(wide), away(bare)
    written, empty = ((line_of(pane, 0)[5:-5].max(axis=1) < 60).sum() for pane in (wide, bare))
    assert written > 10 and empty == 0


def test_a_bar_of_the_grounds_own_colour_has_an_outline(show):
    pane = show(tracks(instance("a", ((20, 40),), colour="#26282b")))
    away(pane)
    line = line_of(pane, 1)
    left, right = pane.model.axis.cell(20)[0], pane.model.axis.cell(40)[1] - 1
    assert all(contrast(tuple(map(int, line[column])), GROUND) > 1.5 for column in (left, right))
    assert tuple(line[(left + right) // 2]) == GROUND


def test_hidden_labels_are_painted_faint(show):
    pane = show(tracks(instance("a", ((20, 40),))))
    away(pane)
    pane.set_hidden(ViewState(hidden_classes=frozenset({"f-Car"})))
    colour = tuple(map(int, line_of(pane, 1)[pane.model.axis.middle(30)]))
    assert colour != RED and 1.05 < contrast(colour, GROUND) < contrast(RED, GROUND)


def test_colours_follow_the_picture(show):
    pane = show(tracks(instance("a", ((20, 40),))))
    away(pane)
    pane.set_hidden(ViewState(look=Look(safe_palette=True)))
    assert tuple(line_of(pane, 1)[pane.model.axis.middle(30)]) == (230, 159, 0)


def test_the_loop_is_a_band_from_its_first_to_its_last_frame(show):
    pane = show(tracks(instance("a", ((0, 1),))))
    away(pane)
    before = line_of(pane, 1)
    pane.set_loop((30, 39))
    changed = np.flatnonzero((line_of(pane, 1) != before).any(axis=1))
    axis = pane.model.axis
    assert abs(changed[0] - axis.cell(30)[0]) <= 1 and abs(changed[-1] - (axis.cell(39)[1] - 1)) <= 1


def test_the_selected_row_is_raised(show):
    pane = show(tracks(instance("a", ((20, 40),)), instance("b", ((20, 40),), number=2)))
    away(pane)
    pane.set_selected("b")
    ground = [tuple(int(part) for part in line_of(pane, row)[pane.model.axis.middle(62) + 2]) for row in (1, 2)]
    assert ground == [GROUND, (0x2C, 0x4A, 0x73)]


def test_pictures_stand_over_their_frames(show):
    pane = show(tracks(instance("a", ((0, 5),)), frames=10), 10)
    picture = np.zeros((44, 78, 4), dtype=np.uint8)
    picture[..., :3] = (10, 200, 30)  # blue, green, red
    pane.set_thumbnail(7, picture)
    away(pane)
    chart, shown = pane.model, pixels(pane)
    y = chart.bands.pictures_top + chart.bands.pictures // 2
    assert tuple(shown[y, round(chart.x_of(chart.axis.middle(7)))]) == (30, 200, 10)
    assert tuple(shown[y, round(chart.x_of(chart.axis.middle(3)))]) != (30, 200, 10)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0])
def test_a_bar_is_of_one_piece_at_every_scale_of_the_screen(qapp, ratio):
    runs = Runs(np.array([0]), np.array([4]), np.array([36]))
    sheet = bar_sheet(runs, 1, 40, round(2 * ratio), packed([RED]), packed([RED]))
    for top in range(3, 11):
        image = QImage(40, 60, QImage.Format.Format_RGB32)
        image.fill(0)
        image.setDevicePixelRatio(ratio)
        painter = QPainter(image)
        sheet.draw(painter, 0, 0, top, 14, ratio)
        painter.end()
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(60, 40, 4)
        filled = np.flatnonzero(rows[:, 20, 2] == RED[0])
        assert abs(len(filled) - 14 * ratio) < 1 and (np.diff(filled) == 1).all()
        wide = (rows[filled][:, :, 2] == RED[0]).sum(axis=1)
        assert wide[0] < wide[len(wide) // 2] == 32 and (wide == wide[::-1]).all(), "rounded alike above and below"


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#fcdc00", "#26282b", "#7b64ff", "#009ce0"])
def test_words_on_answers_can_be_read(colour):
    from viewer.scene.colours import rgb
    from viewer.scene.contrast import contrasting
    from viewer.timeline.ink import tints_of

    for tint in tints_of(rgb(colour)):
        assert contrast(contrasting(tint), tint) >= 4.5


def test_text_can_be_read_on_every_ground():
    from tests.timeline.support import LIGHT
    from viewer.scene.colours import rgb

    for colours in (DARK, LIGHT):
        for ground in (colours.ground, colours.ruler, colours.raised, colours.selection):
            assert contrast(rgb(colours.text), rgb(ground)) >= 7
        assert contrast(rgb(colours.quiet), rgb(colours.ruler)) >= 4.5

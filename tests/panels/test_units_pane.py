from __future__ import annotations

import pytest

from tests.panels.support import click, head, list_of, row_of, texts
from viewer.labels.records import Unit
from viewer.panels.units_pane import UnitsPane


def unit(key: str, title: str) -> Unit:
    return Unit(key, title, "video", None, 10, 25.0, 0.4, f"layout-{key}", (), "")


UNITS = (unit("a", "front.mp4"), unit("b", "back.mp4"))
BRANCHES = (head(0, branch="main"), head(1, branch="encord-second"))


@pytest.fixture
def pane(show):
    made = show(UnitsPane)
    made.show_row(UNITS, BRANCHES, 0)
    made.set_unit("a")
    return made


def test_it_takes_no_room_for_one_unit_and_one_branch(pane):
    assert not pane.isHidden()
    pane.show_row(UNITS[:1], BRANCHES[:1], 0)
    assert pane.isHidden()


def test_units_and_branches_are_listed(pane):
    assert texts(list_of(pane)) == ["Branches", "main", "encord-second", "Units", "front.mp4", "back.mp4"]


def test_rows_on_the_same_branch_are_told_apart_by_their_place(pane):
    pane.show_row((), (head(0), head(1)), 0)
    lines = list_of(pane)
    assert texts(lines) == ["Rows of the same data", "main", "main"]
    assert [lines.line(row).note for row in (1, 2)] == ["export.json $[0]", "export.json $[1]"]


def test_a_unit_is_chosen(pane, qtbot):
    with qtbot.waitSignal(pane.unit_chosen) as got, qtbot.assertNotEmitted(pane.branch_chosen):
        click(qtbot, list_of(pane), row_of(list_of(pane), "back.mp4"))
    assert got.args == ["b"]


def test_a_branch_is_chosen_by_the_index_of_its_row(pane, qtbot):
    with qtbot.waitSignal(pane.branch_chosen) as got:
        click(qtbot, list_of(pane), row_of(list_of(pane), "encord-second"))
    assert got.args == [1]


def test_the_current_ones_are_ticked(pane):
    ticked = [line.text for line in map(list_of(pane).line, range(6)) if line.sign and line.sign.name == "check"]
    assert ticked == ["main", "front.mp4"]

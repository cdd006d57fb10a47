from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.panels.support import LONG, NASTY, click, head, list_of, texts
from viewer.panels.row_list import Columns, RowFacts, RowOrder, row_line
from viewer.panels.rows_pane import RowsPane

HEADS = (
    head(0, "street_10.mp4", status="REVIEWED"),
    head(1, "street_9.mp4", status="NOT_LABELLED", data_type="image"),
    head(2, "talk.wav", status="LABEL_IN_PROGRESS", data_type="audio", dataset="Voices"),
    head(3, "street_9.mp4", data_hash="data0001", branch="encord-second", status="LABELLED", data_type="image"),
)


@pytest.fixture
def pane(show):
    made = show(RowsPane)
    made.set_heads(HEADS)
    return made


def field_of(pane):
    return pane._field


def test_a_click_chooses_the_row_by_its_index_in_the_export(pane, qtbot):
    pane.sort_by("title")
    assert pane.kept() == (1, 3, 0, 2)
    with qtbot.waitSignal(pane.chosen) as got:
        click(qtbot, list_of(pane), 2)
    assert got.args == [0]


def test_setting_the_current_row_says_nothing_back(pane, qtbot):
    with qtbot.assertNotEmitted(pane.chosen):
        pane.set_current(2)
    assert list_of(pane).current_row() == 2


@pytest.mark.parametrize(
    ("order", "kept"),
    [
        ("export", (0, 1, 2, 3)),
        ("title", (1, 3, 0, 2)),
        ("type", (2, 1, 3, 0)),
        ("status", (1, 2, 3, 0)),
        ("labels", (2, 0, 1, 3)),
        ("problems", (0, 2, 1, 3)),
    ],
)
def test_orders(order, kept):
    facts = {0: RowFacts(4, 1, 9, "note"), 2: RowFacts(12, 1, 1, "error")}
    assert tuple(RowOrder(HEADS).kept("", order, facts)) == kept


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("street", (0, 1, 3)),
        ("9 STREET", (1, 3)),
        ("label0002", (2,)),
        ("in progress", (2,)),
        ("NOT_LABELLED", (1,)),
        ("audio", (2,)),
        ("voices", (2,)),
        ("encord-second", (3,)),
        ("nothing of that kind", ()),
    ],
)
def test_filter_looks_at_title_hash_status_type_dataset_and_branch(pane, qtbot, query, kept):
    qtbot.keyClicks(field_of(pane), query)
    assert pane.kept() == kept


def test_how_many_are_kept_is_said(pane, qtbot):
    assert pane._title.accessibleName() == "4 rows"
    qtbot.keyClicks(field_of(pane), "street")
    assert pane._title.accessibleName() == "3 of 4 rows"


def test_enter_opens_the_first_row_that_is_left_and_escape_empties_the_filter(pane, qtbot):
    qtbot.keyClicks(field_of(pane), "talk")
    with qtbot.waitSignal(pane.chosen) as got:
        qtbot.keyClick(field_of(pane), Qt.Key.Key_Return)
    assert got.args == [2]
    qtbot.keyClick(field_of(pane), Qt.Key.Key_Escape)
    assert len(pane.kept()) == 4
    assert list_of(pane).current_row() == 2, "the current row is found again"


def test_the_next_row_is_the_next_on_screen(pane, qtbot):
    pane.sort_by("title")
    pane.set_current(3)
    assert (pane.neighbour(-1), pane.neighbour(1)) == (1, 0)
    qtbot.keyClicks(field_of(pane), "talk")
    assert pane.neighbour(1) == 2, "the current row is filtered out, so the first one is next"
    pane.set_current(2)
    assert pane.neighbour(1) is None


def test_facts_arrive_later_and_together(pane, qtbot):
    list_of(pane).repaint()
    for index in range(4):
        pane.set_facts(index, RowFacts(1000 + index, 3, index, "error" if index else None))
    qtbot.waitUntil(lambda: "1,002" in list_of(pane).line(2).spoken)
    assert "1,002 labels on 3 frames" in list_of(pane).line(2).spoken


def test_sorting_by_what_arrives_sorts_anew(pane, qtbot):
    pane.sort_by("problems")
    pane.set_facts(2, RowFacts(1, 1, 7, "warning"))
    qtbot.waitUntil(lambda: pane.kept()[0] == 2)


def test_a_branch_below_its_main_row_is_called_by_its_branch(pane):
    pane.sort_by("title")
    line = list_of(pane).line(1)
    assert (line.text, line.level) == ("encord-second", 1)
    pane.sort_by("export")
    assert list_of(pane).line(3).chip == "encord-second", "apart from its main row it keeps its title"


def test_a_new_export_starts_anew(pane, qtbot):
    qtbot.keyClicks(field_of(pane), "talk")
    pane.set_heads((head(0, "other"),))
    assert texts(list_of(pane)) == ["other"]
    assert field_of(pane).text() == ""


def test_empty_states_are_said_in_words(pane, qtbot):
    qtbot.keyClicks(field_of(pane), "zzz")
    assert list_of(pane)._empty == "No row holds these words"
    pane.set_heads(())
    assert list_of(pane)._empty == "The export has no rows"


def test_names_of_any_kind_are_shown_safely():
    columns = Columns(False, 1, 0, False)
    for name in (LONG, NASTY):
        line = row_line(head(0, name), RowFacts(), columns, False)
        assert len(line.text) <= 320
        assert "\n" not in line.text
        assert line.copy == name


def test_a_row_without_a_title_goes_by_its_hash():
    line = row_line(
        head(0).__class__(0, "label", "data", "", "image", "main", "", "", False, "", 1),
        RowFacts(),
        Columns(False, 0, 0, False),
        False,
    )
    assert line.text == "data"


def test_problems_are_told_by_form_not_only_by_colour():
    columns = Columns(False, 10, 10, False)
    icons = {
        row_line(head(0), RowFacts(1, 1, 3, worst), columns, False).cells[-1].icon
        for worst in ("error", "warning", "note")
    }
    assert len(icons) == 3

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.panels.support import LONG, NASTY, click, head, list_of, texts
from viewer.errors import Place, Problem
from viewer.panels.problem_groups import grouped
from viewer.panels.problems_pane import ProblemsPane

SAME = [
    Problem(
        "warning",
        f"e.json $[{n % 3}].labels.{n}.objects[0]",
        "the confidence lies outside 0 to 1",
        Place(n % 3, "u", n),
    )
    for n in range(6)
]
NOTE = Problem("note", "e.json $[1]", "a row of the oldest form", Place(1))
ERROR = Problem("error", "e.json $[2].polygon", "the polygon has no points", Place(2, "u", 7, "h"))


@pytest.fixture
def pane(show):
    made = show(ProblemsPane, 360)
    made.set_heads([head(n, f"street_{n}") for n in range(3)])
    made.set_problems([NOTE, *SAME, ERROR])
    return made


def test_the_gravest_stand_first_and_the_same_sentence_once(pane):
    assert texts(list_of(pane)) == [
        "the polygon has no points",
        "the confidence lies outside 0 to 1",
        "a row of the oldest form",
    ]
    assert list_of(pane).line(1).cells[0].text == "6"
    assert list_of(pane).line(1).cells[0].title == "6 times in 3 rows"


def test_severities_are_told_by_form_and_by_word(pane):
    lines = list_of(pane)
    assert [lines.line(row).sign.name for row in range(3)] == ["error", "warning", "note"]
    assert [button.accessibleName() for button in pane._filters.values()] == ["1 error", "6 warnings", "1 note"]


def test_a_group_unfolds_to_its_places_with_the_names_of_rows(pane, qtbot):
    click(qtbot, list_of(pane), 1)
    assert texts(list_of(pane))[2:4] == ["street_0 · frame 0", "street_1 · frame 1"]
    assert list_of(pane).line(2).path == "e.json $[0].labels.0.objects[0]"
    click(qtbot, list_of(pane), 1)
    assert len(texts(list_of(pane))) == 3


def test_picking_one_jumps_to_its_place(pane, qtbot):
    with qtbot.waitSignal(pane.jump) as got:
        click(qtbot, list_of(pane), 0)
    assert got.args == [ERROR.place]
    click(qtbot, list_of(pane), 1)
    with qtbot.waitSignal(pane.jump) as got:
        click(qtbot, list_of(pane), 3)
    assert got.args == [SAME[1].place]
    with qtbot.waitSignal(pane.jump):
        qtbot.keyClick(list_of(pane), Qt.Key.Key_Return)


def test_walking_by_keys_does_not_jump(pane, qtbot):
    list_of(pane).set_current_row(0)
    with qtbot.assertNotEmitted(pane.jump):
        qtbot.keyClick(list_of(pane), Qt.Key.Key_Down)


def test_severities_can_be_left_out(pane, qtbot):
    qtbot.mouseClick(pane._filters["warning"], Qt.MouseButton.LeftButton)
    assert len(texts(list_of(pane))) == 2
    qtbot.mouseClick(pane._filters["warning"], Qt.MouseButton.LeftButton)
    assert len(texts(list_of(pane))) == 3


@pytest.mark.parametrize(("query", "count"), [("polygon", 1), ("street_1", 3), ("confidence street_2", 2), ("zzz", 0)])
def test_filter_looks_at_sentence_place_and_row(pane, qtbot, query, count):
    qtbot.keyClicks(pane._field, query)
    assert sum(len(group.problems) for group in pane._kept) == count


def test_the_list_as_text(pane, qtbot):
    qtbot.keyClicks(pane._field, "polygon")
    pane.copy_all()
    assert QGuiApplication.clipboard().text() == "error: the polygon has no points (e.json $[2].polygon)"


def test_more_problems_arrive_without_losing_the_place(pane, qtbot):
    click(qtbot, list_of(pane), 1)
    list_of(pane).set_current_row(3)
    before = list_of(pane).line(3).text
    pane.set_problems([NOTE, *SAME, ERROR, Problem("error", "x", "something new")])
    lines = list_of(pane)
    assert lines.line(lines.current_row()).text == before


def test_ten_thousand_problems_are_grouped(show):
    problems = [Problem("warning", f"e.json $[{n}]", f"sentence {n % 7}", Place(n)) for n in range(10_000)]
    assert [len(group.problems) for group in grouped(problems)] == [1429] * 4 + [1428] * 3
    pane = show(ProblemsPane)
    pane.set_problems(problems)
    list_of(pane).repaint()
    assert list_of(pane).count == 7


def test_rows_that_are_not_known_have_a_number(pane):
    pane.set_heads(())
    assert list_of(pane).line(0).below == "row 3 · frame 7"
    pane.set_problems([Problem("warning", "folder", "a link that leads outside")])
    assert list_of(pane).line(0).below == "the whole export"


@pytest.mark.parametrize("text", [LONG, NASTY])
def test_texts_of_any_kind(pane, text):
    pane.set_problems([Problem("error", text, text, Place(0))])
    list_of(pane).repaint()
    assert len(list_of(pane).line(0).text) <= 620


def test_no_problems_is_said(pane):
    pane.set_problems(())
    assert list_of(pane)._empty == "No problems found"

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.panels.support import click, list_of, texts
from viewer.panels.raw_pane import RawPane
from viewer.panels.raw_tree import MOST_SEARCHED, STEP, RawTree, node_line

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=25,
)
ENTRY = {"objectHash": "gqW/3+Ab", "bitmask": {"top": 0, "rleString": "dVW16" * 500}, "points": [1, 2, 3]}


def unfold_all(tree):
    row = 0
    while row < len(tree.nodes):
        tree.unfold(row)
        row += 1


@given(data=st.dictionaries(st.text(max_size=4), JSON, max_size=5))
def test_unfolded_wholly_every_member_stands_there_once_in_order(data):
    tree = RawTree(data)
    unfold_all(tree)

    def members(value, path):
        named = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, member in named:
            yield (*path, key)
            yield from members(member, (*path, key))

    assert [node.path for node in tree.nodes] == list(members(data, ()))
    for row in range(len(tree.nodes) - 1, -1, -1):
        tree.fold(row)
    assert [node.path for node in tree.nodes] == [(key,) for key in data]


def test_a_long_list_unfolds_piece_by_piece():
    tree = RawTree({"a": list(range(3 * STEP + 7))})
    tree.unfold(0)
    assert len(tree.nodes) == 1 + STEP + 1
    assert tree.nodes[-1].more == 2 * STEP + 7
    tree.unfold(len(tree.nodes) - 1)
    assert [node.value for node in tree.nodes[1:-1]] == list(range(2 * STEP))


def test_what_was_found_is_revealed_however_deep_it_stands():
    data = {"frames": [{"objects": [{"hash": f"h{n}"}]} for n in range(4 * STEP)]}
    tree = RawTree(data)
    found, complete = tree.find(f"h{3 * STEP + 5}")
    assert complete
    assert found == [("frames", 3 * STEP + 5, "objects", 0, "hash")]
    row = tree.reveal(found[0])
    assert tree.nodes[row].value == f"h{3 * STEP + 5}"


def test_a_search_says_when_it_did_not_look_at_everything():
    tree = RawTree({"a": list(range(MOST_SEARCHED + 10))})
    assert tree.find("nowhere") == ([], False)
    assert tree.find("") == ([], True)


def test_a_long_text_is_cut_and_its_length_said():
    tree = RawTree(ENTRY)
    tree.unfold(1)
    line = node_line(next(node for node in tree.nodes if node.path[-1] == "rleString"), False)
    assert line.note.endswith("2,500 characters")
    assert len(line.note) < 200


@pytest.mark.parametrize("data", [None, 5, "text", [], {}, [[]], {"": None}])
def test_any_json_can_be_shown(show, data):
    pane = show(RawPane)
    pane.show_data("odd", data)
    list_of(pane).repaint()


@pytest.fixture
def pane(show):
    made = show(RawPane)
    made.show_data("Car 3", ENTRY)
    return made


def test_a_small_thing_is_unfolded_at_once(pane):
    assert texts(list_of(pane)) == ["objectHash", "bitmask", "top", "rleString", "points", "0", "1", "2"]


def test_a_large_thing_is_not(show):
    pane = show(RawPane)
    pane.show_data("row", {"many": list(range(1000)), "few": {"x": 1}})
    assert texts(list_of(pane)) == ["many", "few", "x"]


def test_folding_by_click(pane, qtbot):
    click(qtbot, list_of(pane), 1)
    assert texts(list_of(pane)) == ["objectHash", "bitmask", "points", "0", "1", "2"]
    click(qtbot, list_of(pane), 1)
    assert len(texts(list_of(pane))) == 8


def test_searching_goes_round(pane, qtbot):
    qtbot.keyClicks(pane._field, "o")
    qtbot.keyClick(pane._field, Qt.Key.Key_Return)
    lines = list_of(pane)
    seen = [lines.current_row()]
    for _ in range(2):
        qtbot.keyClick(pane._field, Qt.Key.Key_Return)
        seen.append(lines.current_row())
    assert [lines.line(row).text for row in seen] == ["objectHash", "top", "points"]
    assert pane._hits.text() == "3 of 3"
    qtbot.keyClick(pane._field, Qt.Key.Key_Return)
    assert pane._hits.text() == "1 of 3"
    qtbot.mouseClick(pane._before, Qt.MouseButton.LeftButton)
    assert pane._hits.text() == "3 of 3"


def test_searching_waits_for_the_typing_to_end(pane, qtbot):
    qtbot.keyClicks(pane._field, "nowhere")
    qtbot.waitUntil(lambda: pane._hits.text() == "not found")


def test_copying(pane, qtbot):
    pane.copy_all()
    assert json.loads(QGuiApplication.clipboard().text()) == ENTRY
    lines = list_of(pane)
    lines.set_current_row(3)
    qtbot.keyClick(lines, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "dVW16" * 500
    lines.set_current_row(4)
    qtbot.keyClick(lines, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert json.loads(QGuiApplication.clipboard().text()) == [1, 2, 3]


def test_nothing_selected_is_said(pane):
    pane.show_nothing()
    assert list_of(pane)._empty == "Nothing is selected"
    assert list_of(pane).count == 0


IDENTITY = {"metadata": {"patient_id": "P-0042", "study_uid": "1.2.3"}, "patient_name": {"given": "Zaphod"}}


@pytest.fixture
def with_identity(show):
    made = show(RawPane)
    made.show_data("CT chest", IDENTITY)
    return made


def whole(pane) -> str:
    """All that its lines say, to eyes, readers of screens, tooltips and copies."""
    lines = list_of(pane)
    return " ".join(
        f"{lines.line(row).spoken} {lines.line(row).tip} {lines.line(row).copy} {pane._value_text(row)}"
        for row in range(lines.count)
    )


def test_identity_is_hidden_until_it_is_asked_for(with_identity):
    assert "P-0042" not in whole(with_identity)
    assert "Zaphod" not in whole(with_identity)
    assert "1.2.3" in whole(with_identity)
    with_identity.set_identity_hidden(False)
    assert "P-0042" in whole(with_identity)
    assert "Zaphod" in whole(with_identity)


def test_hidden_identity_is_neither_found_nor_copied(with_identity, qtbot):
    qtbot.keyClicks(with_identity._field, "P-0042")
    qtbot.keyClick(with_identity._field, Qt.Key.Key_Return)
    assert with_identity._hits.text() == "not found"
    with_identity.copy_all()
    assert json.loads(QGuiApplication.clipboard().text()) == {
        "metadata": {"patient_id": "(hidden)", "study_uid": "1.2.3"},
        "patient_name": "(hidden)",
    }


def test_a_hidden_value_is_painted_as_a_bar_that_tells_nothing_of_it(show):
    pictures = []
    for secret in ("a", "Zaphod Beeblebrox the fourth"):
        pane = show(RawPane)
        pane.show_data("CT", {"patient_id": secret})
        pictures.append(list_of(pane).grab().toImage())
    assert pictures[0] == pictures[1]
    pane.set_identity_hidden(False)
    assert list_of(pane).grab().toImage() != pictures[0]

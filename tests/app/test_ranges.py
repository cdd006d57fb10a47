"""The panels around sounds and texts in a real window: what is listed, selected, hidden, linked and gone back to."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.app.conftest import settle
from tests.panels.support import click, list_of, row_of, texts
from tests.ranged import folder_of, found_at, letter, news, page_row, ranged, sound_row, speech, text_row
from tests.rows import image_row, written
from tests.shared import SHARED, needs_shared
from viewer.app.opening import Start
from viewer.errors import Place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder_of(tmp_path)
    written(tmp_path, [speech(), letter(), news()])
    return tmp_path


@pytest.fixture
def open_row(make_window, folder, qtbot):
    """A window on one of the rows, by its label hash."""

    def made(row=None, **more):
        window = make_window()
        window.open(Start((folder,), row=row, **more))
        settle(window, qtbot)
        return window

    return made


def place(window):
    return window.session.state.selected, window.session.state.stretch


def show_tab(window, pane):
    window.show_details(pane)
    return list_of(pane)


def ranges_tab(window):
    details = window.panes.details
    return details.isTabVisible(details.indexOf(window.panes.ranges))


def test_on_opening_the_first_range_in_time_is_selected(open_row):
    window = open_row()
    assert window.session.row.head.label_hash == "talk"
    assert place(window) == ("s1", 0)
    assert ranges_tab(window)
    assert texts(list_of(window.panes.ranges))[:3] == ["Language", "Speaker 1", "Loudness"]
    assert list_of(window.panes.ranges).current_row() == 1
    said = window.panes.inspector.as_text()
    assert "Range 1 of 3" in said
    assert "frame" not in said.casefold()


def test_a_click_on_a_range_reaches_every_panel(open_row, qtbot):
    window = open_row()
    lines = show_tab(window, window.panes.ranges)
    click(qtbot, lines, 4)
    settle(window, qtbot)
    assert place(window) == ("s1", 1)
    assert "Range 2 of 3" in window.panes.inspector.as_text()
    lines.setFocus()
    qtbot.keyClick(lines, Qt.Key.Key_Down)
    settle(window, qtbot)
    assert place(window) == ("n1", 0)
    labels = list_of(window.panes.labels)
    assert labels.line(labels.current_row()).text == "Noise 1"
    assert "beyond the duration" in window.panes.inspector.as_text()


def test_the_inspector_leads_to_the_other_ranges(open_row, qtbot):
    window = open_row()
    lines = show_tab(window, window.panes.inspector)
    click(qtbot, lines, row_of(lines, "0:07.000 – 0:06.000"))
    settle(window, qtbot)
    assert place(window) == ("s1", 2)
    said = window.panes.inspector.as_text()
    assert "Range 3 of 3" in said
    assert "ends before it starts" in said
    ranges = list_of(window.panes.ranges)
    assert ranges.line(ranges.current_row()).below.endswith("ends before it starts")


def test_words_of_a_text_are_listed_and_inspected(open_row, qtbot):
    window = open_row("note")
    assert place(window) == ("p1", 0)
    lines = show_tab(window, window.panes.ranges)
    notes = [lines.line(row).note for row in range(lines.count)]
    assert notes[:6] == ["English", "Ada", "Grace", "Ada's sister Mary,⏎who", "Ada's", "Mary"]
    click(qtbot, lines, 3)
    settle(window, qtbot)
    said = window.panes.inspector.as_text()
    assert "Words: Ada's sister Mary,\r\nwho" in said
    assert "Transcript: sister of" in said
    assert "Length: 23 characters" in said


def test_words_of_a_page_are_listed_and_what_leads_nowhere_too(open_row):
    window = open_row("page")
    assert place(window) == ("w1", 0)
    lines = list_of(window.panes.ranges)
    assert [(lines.line(row).note, lines.line(row).below.rpartition(" · ")[2]) for row in range(lines.count)] == [
        ("One bold", "8 characters"),
        ("", "no place in the page"),
    ]
    said = window.panes.inspector.as_text()
    assert "Words: One bold" in said
    assert "frame" not in said.casefold()


def test_up_and_down_in_the_list_walk_the_labels_from_their_first_range(open_row, qtbot):
    window = open_row()
    window.session.set(stretch=1)
    walked = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up):
        list_of(window.panes.labels).setFocus()
        qtbot.keyClick(list_of(window.panes.labels), key)
        settle(window, qtbot)
        walked.append(place(window))
    assert walked == [("s2", 0), ("lang", 0), ("s2", 0), ("s1", 0), ("n1", 0)]


def test_n_goes_to_the_next_label_of_the_class(open_row, qtbot):
    window = open_row()
    window.moving.step_same_class(1)
    assert place(window) == ("s2", 0)
    window.moving.step_same_class(-1)
    assert place(window) == ("s1", 0)


def test_hidden_and_soloed_labels_are_quiet_in_the_list(open_row, qtbot):
    window = open_row()
    lines = list_of(window.panes.ranges)

    def quiet():
        return {lines.line(row).text for row in range(lines.count) if lines.line(row).tone == "quiet"}

    assert quiet() == {"Speaker 1"}, "its range that runs backwards"
    window.showing.show_class("f-Speaker", False)
    settle(window, qtbot)
    assert quiet() == {"Speaker 1", "Speaker 2"}
    window.showing.show_everything()
    window.showing.toggle_solo("loud")
    settle(window, qtbot)
    assert quiet() == {"Language", "Speaker 1", "Speaker 2", "Noise 1"}


def test_colours_of_the_lists_are_those_of_the_view(open_row, qtbot):
    window = open_row()
    window.session.set_look(colour_by="instance")
    settle(window, qtbot)
    ranges, labels = list_of(window.panes.ranges), list_of(window.panes.labels)
    shown = {ranges.line(row).text: ranges.line(row).sign.colour for row in range(ranges.count)}
    for title in ("Speaker 1", "Speaker 2", "Noise 1"):
        assert labels.line(row_of(labels, title)).sign.colour == shown[title]
    assert len({shown["Speaker 1"], shown["Speaker 2"]}) == 2


def test_ctrl_f_filters_the_ranges_when_they_have_the_keyboard(open_row, qtbot):
    window = open_row()
    lines = show_tab(window, window.panes.ranges)
    lines.setFocus()
    window.focus.filter()
    qtbot.keyClicks(QApplication.focusWidget(), "come in")
    assert texts(lines) == ["Speaker 2"]


def test_the_tab_goes_with_the_sound(make_window, tmp_path, qtbot):
    folder_of(tmp_path)
    written(tmp_path, [speech(), image_row(label_hash="picture", data_hash="picture")])
    window = make_window()
    window.open(Start((tmp_path,)))
    settle(window, qtbot)
    assert ranges_tab(window)
    window.session.go_to(1)
    settle(window, qtbot)
    assert not ranges_tab(window)
    assert not window.panes.labels._scope[0].isHidden()
    window.session.go_to(0)
    settle(window, qtbot)
    assert ranges_tab(window)
    assert place(window) == (None, 0), "only on opening is something selected"


def test_labels_on_ranges_are_counted_and_told(open_row, qtbot):
    window = open_row()
    assert {row: facts.labels for row, facts in window.session.facts.items()} == {0: 5, 1: 6, 2: 2}
    said = window.status._place.text()
    assert "3 labels  ·  2 classifications  ·  Speaker 1  ·  range 1 of 3" in said
    assert "frame" not in said


def test_links_name_the_range_and_reloading_keeps_it(open_row, qtbot):
    window = open_row()
    window.session.set(selected="s1", stretch=1)
    named = parse_qs(window.session.link().partition("?")[2])
    assert (named["object"], named["range"]) == (["s1"], ["1"])
    window.opener.reload()
    settle(window, qtbot)
    assert place(window) == ("s1", 1)
    window.session.set(stretch=0)
    assert "range" not in parse_qs(window.session.link().partition("?")[2])


def test_back_returns_to_the_range(open_row, qtbot):
    window = open_row()
    window.session.set(selected="s1", stretch=1)
    window.session.go_to(1)
    settle(window, qtbot)
    window.session.go_back()
    settle(window, qtbot)
    assert place(window) == ("s1", 1)


def test_a_problem_leads_to_its_label(open_row, qtbot):
    window = open_row("note")
    window.panes.problems.jump.emit(Place(0, None, None, "n1"))
    settle(window, qtbot)
    assert (window.session.state.row, *place(window)) == (0, "n1", 0)
    window.panes.problems.jump.emit(Place(0, None, None, "s2"))
    settle(window, qtbot)
    assert place(window) == ("s2", 0)


def test_a_problem_of_another_unit_leads_there(make_window, tmp_path, qtbot):
    both = sound_row(*speech()["object_answers"].values())
    text = text_row(ranged("p", "Person", [found_at("Ada")], shape="text"))
    spaces = {
        "sound": {"space_type": "audio", "child_info": {"file_name": "talk.wav"}, "duration_ms": 10_000, "labels": {}},
        "text": {"space_type": "text", "child_info": {"file_name": "note.txt"}, "labels": {}},
    }
    answers = {}
    for key, given in (("sound", both), ("text", text)):
        for object_hash, entry in given["object_answers"].items():
            placed = {key: {"type": "frame", "range": entry["range"]}}
            answers[object_hash] = {**entry, "range": [], "spaces": placed}
    both |= {"data_type": "group", "spaces": spaces, "object_answers": answers}
    both["data_units"]["sound"] |= {"data_type": "group", "labels": {"objects": [], "classifications": []}}
    folder_of(tmp_path)
    written(tmp_path, [both])
    window = make_window()
    window.open(Start((tmp_path,)))
    settle(window, qtbot)
    assert window.session.state.unit == "sound"
    for label, unit in (("p", "text"), ("s2", "sound")):
        window.panes.problems.jump.emit(Place(0, None, None, label))
        settle(window, qtbot)
        assert (window.session.state.unit, window.session.state.selected) == (unit, label)


@pytest.mark.parametrize("kind", ["sound", "text", "page"])
def test_odd_ranges_are_listed_as_they_stand(make_window, tmp_path, qtbot, kind):
    odd = [[1, 10**400], [0, 10**30], [True, 3], ["a", None], [1], None, "x", [0, 3]]
    made = {"sound": sound_row, "text": text_row, "page": page_row}[kind]
    folder_of(tmp_path)
    written(tmp_path, [made(ranged("o", "Odd", odd, shape="audio" if kind == "sound" else "text"))])
    window = make_window()
    window.open(Start((tmp_path,)))
    settle(window, qtbot)
    lines = show_tab(window, window.panes.ranges)
    assert lines.count == len(odd)
    for row in range(lines.count):
        click(qtbot, lines, row)
        settle(window, qtbot)
        line, said = lines.line(row), window.panes.inspector.as_text()
        exported = odd[window.session.state.stretch]
        if kind == "page" or exported != [0, 3]:
            assert "warning" in {cell.icon for cell in line.cells}
        for end in exported if isinstance(exported, list) and len(exported) == 2 else ():
            assert f"{end:,}"[:30] in said if type(end) is int and end < 10**40 else str(end)[:20] in said


@needs_shared
@pytest.mark.parametrize(
    "name",
    [
        "audio_labels__AUDIO_LABELS",
        "audio_labels__EMPTY_AUDIO_LABELS",
        "plain_text__PLAIN_TEXT_LABELS",
        "html_text_labels__HTML_TEXT_LABELS",
        "data_group__two_audio__DATA_GROUP_WITH_TWO_AUDIO_LABELS",
        "data_group__two_text__DATA_GROUP_WITH_TWO_TEXT_LABELS",
    ],
)
def test_every_label_of_real_exports_is_listed_selected_and_inspected(make_window, qtbot, name):
    window = make_window()
    window.open(Start((SHARED / "exports" / f"{name}.labels.json",)))
    settle(window, qtbot)
    session = window.session
    for unit in session.row.units:
        session.show_unit(unit.id)
        settle(window, qtbot)
        if session.unit.kind not in ("audio", "text", "html"):
            continue
        lines = list_of(window.panes.ranges)
        index = session.index
        known = {
            (i.object_hash, at) for i in index.instances if i.unit == unit.id for at in range(max(len(i.ranges), 1))
        }
        for judged in index.classifications:
            if judged.unit == unit.id:
                known |= {(judged.classification_hash, at) for at in range(max(len(judged.ranges), 1))}
        told = set()
        for row in range(lines.count):
            window.panes.ranges._choose(row)
            settle(window, qtbot)
            told.add(place(window))
            said = window.panes.inspector.as_text()
            assert session.state.selected in said
            assert "frame" not in said.casefold()
        assert told == known


def test_labels_of_texts_are_told_by_their_words(open_row, qtbot):
    window = open_row("note")
    lines = list_of(window.panes.labels)
    notes = {lines.line(row).text: lines.line(row).note for row in range(lines.count) if lines.line(row).level}
    assert notes["Person 2"] == "Grace"
    assert notes["Person 1"] == "Ada …", "the first of its ranges"
    assert notes["Relation 1"] == "sister of · Ada's sister Mary,⏎who"
    window.readings.end("included")
    settle(window, qtbot)
    assert lines.line(row_of(lines, "Person 3")).note == "Mary,"


def test_paths_of_a_page_do_not_stand_beside_its_labels(open_row):
    window = open_row("page")
    lines = list_of(window.panes.labels)
    assert lines.line(row_of(lines, "Word 1")).note == "One bold"
    assert lines.line(row_of(lines, "Word 2")).note == "", "it leads nowhere"
    said = [f"{lines.line(row).text} {lines.line(row).note} {lines.line(row).tip}" for row in range(lines.count)]
    assert not [line for line in said if "xpath" in line]


def test_a_click_on_the_selected_range_of_a_sound_leads_back_to_it(open_row, qtbot):
    window = open_row()
    lines = show_tab(window, window.panes.ranges)
    row = row_of(lines, "Noise 1")
    click(qtbot, lines, row)
    sound = window.panes.sound
    for _ in range(8):
        sound.zoom_in()
    chart = sound.view.chart
    click(qtbot, lines, row)
    there = chart.axis
    sound.pan(10_000, 0)
    assert chart.axis != there
    click(qtbot, lines, row)
    assert chart.axis == there

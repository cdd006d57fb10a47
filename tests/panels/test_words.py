from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtGui import QTextDocument

from tests.panels.support import LONG, NASTY
from viewer.panels.words import (
    counted,
    dated,
    filter_words,
    holds,
    natural,
    ranges_words,
    searchable,
    shown,
    stretch_words,
    tip,
)


def test_a_long_text_is_cut_and_a_cut_middle_keeps_both_ends():
    assert len(shown(LONG)) == 300
    path = "/start" + LONG + "end.json"
    assert shown(path, middle=True).startswith("/start")
    assert shown(path, middle=True).endswith("end.json")
    assert len(shown(path, middle=True)) == 300


def test_what_is_shown_stays_on_one_line_and_reads_left_to_right():
    assert "\n" not in shown(NASTY)
    assert "\u202e" not in shown(NASTY)


def test_a_tooltip_shows_markup_as_it_stands():
    document = QTextDocument()
    document.setHtml(tip(NASTY))
    assert QtGui.Qt.mightBeRichText(tip(NASTY)), "else Qt would show the escapes themselves"
    assert document.toPlainText() == "<b>bold</b> & <img src=x>\n\\u202eback"


def test_a_tooltip_says_how_much_it_left_out():
    document = QTextDocument()
    document.setHtml(tip(LONG))
    said = document.toPlainText()
    assert said.endswith("… (10,000 characters)")
    assert len(said) < 2200


def test_counts():
    assert [counted(n, "label") for n in (0, 1, 2, 12400)] == ["0 labels", "1 label", "2 labels", "12,400 labels"]
    assert counted(3, "class", "classes") == "3 classes"


def test_ranges_are_inclusive_and_cut_with_a_count():
    assert ranges_words([(0, 99), (140, 140)]) == "0–99, 140"
    assert ranges_words([(n, n) for n in range(0, 20, 2)]) == "0, 2, 4, 6 and 6 more"
    assert ranges_words([(1000, 2000)]) == "1,000–2,000"


def test_stretches():
    assert stretch_words([1500, 63000], "ms") == "0:01.500–1:03.000"
    assert stretch_words([12, 4800], "characters") == "12–4,800"
    assert stretch_words({"start": {"xpath": "/p"}}, "html").startswith("{'start'")


def test_a_date_without_a_zone_means_utc():
    assert dated("2026-03-02 09:30:00") == "2026-03-02 09:30:00 UTC"
    for said in ("Mon, 02 Mar 2026 09:30:00 GMT", "2026-03-02T09:30:00Z", "2026-03-02T09:30:00+02:00", ""):
        assert dated(said) == said


def test_natural_order_counts():
    names = ["img10", "Img2", "img1", "b", "10", "9"]
    assert sorted(names, key=natural) == ["9", "10", "b", "img1", "Img2", "img10"]


def test_every_word_must_occur_somewhere():
    text = searchable("Car 3", "Body: Estate", "")
    assert holds(filter_words("  estate CAR "), text)
    assert not holds(filter_words("car lorry"), text)
    assert holds((), text)

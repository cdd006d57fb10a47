from __future__ import annotations

from viewer.scene.words import counted, filter_words, holds, natural, searchable, shown

LONG = "x" * 10_000
NASTY = "<b>bold</b> & <img src=x>\n\u202eback"


def test_a_long_text_is_cut_and_a_cut_middle_keeps_both_ends():
    assert len(shown(LONG)) == 300
    path = "/start" + LONG + "end.json"
    assert shown(path, middle=True).startswith("/start")
    assert shown(path, middle=True).endswith("end.json")
    assert len(shown(path, middle=True)) == 300


def test_what_is_shown_stays_on_one_line_and_reads_left_to_right():
    assert "\n" not in shown(NASTY)
    assert "\u202e" not in shown(NASTY)


def test_counts():
    assert [counted(n, "label") for n in (0, 1, 2, 12400)] == ["0 labels", "1 label", "2 labels", "12,400 labels"]
    assert counted(3, "class", "classes") == "3 classes"


def test_natural_order_counts():
    names = ["img10", "Img2", "img1", "b", "10", "9"]
    assert sorted(names, key=natural) == ["9", "10", "b", "img1", "Img2", "img10"]


def test_every_word_must_occur_somewhere():
    text = searchable("Car 3", "Body: Estate", "")
    assert holds(filter_words("  estate CAR "), text)
    assert not holds(filter_words("car lorry"), text)
    assert holds((), text)

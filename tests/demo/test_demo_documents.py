"""The demo's article, page and invoice: labelled words against strings, boxes against what is drawn."""

import json
import re

import numpy as np
import pypdfium2
import pytest

from viewer.demo import article, invoice, timetable
from viewer.demo.pdf_file import text_width
from viewer.demo.rows import object_hash

OUTSIDE_TEXT = {"years": "ninety-four years", "harbour": "the harbour of Norhavn", "town": "Norhavn",
    "sign": "⛴️ Last boat 22:15 🌊", "cafe": "the Café Чайка", "ship": "the かもめ, a visiting schooner,",
    "claim swim": "The cafe\u0301's cat 🐈, he adds, swam behind the かもめ, a visiting schooner, in July 2019",
    "swim date": "in July 2019", "lighthouse": "ighthouse ", "light": "the lighthouse",
    "claim cost": "The upkeep is to cost less than the painting of the bridge",
    "claim painting": "less than the painting of the bridge does every seven years", "last night": "on the thirtieth of April",
}  # fmt: skip


@pytest.fixture(scope="module")
def rows(demo):
    return {row["data_title"]: row for row in json.loads((demo / "export.json").read_text())}


# ---------------------------------------------------------------- the article


@pytest.fixture(scope="module")
def spans(rows):
    """By key the range that was exported; every label has one."""
    answers = rows[article.TITLE]["object_answers"]
    found = {key: answers[object_hash(article.TITLE, key)]["range"] for key in article.SPANS}
    assert len(found) == len(answers) and all(len(ranges) == 1 for ranges in found.values())
    return {key: ranges[0] for key, ranges in found.items()}


def test_labelled_words_are_those_that_are_meant(demo, spans):
    text = (demo / "media" / article.TITLE).read_text(encoding="utf-8")
    assert {key: text[slice(*spans[key])] for key in OUTSIDE_TEXT} == OUTSIDE_TEXT
    assert 400 <= len(text.split()) <= 600 and text.count("\n\n") >= 5 and "{" not in text
    at_words = [re.search(r"^\w|^\W", text[a:b]) and not (text[a - 1] + text[a]).isalnum() for a, b in spans.values()]
    assert at_words.count(False) == 1  # the one that is off by one


def test_the_article_shows_what_can_go_wrong(demo, spans):
    text = (demo / "media" / article.TITLE).read_text(encoding="utf-8")
    pairs = [(a, b) for a in spans.values() for b in spans.values() if a != b]
    assert any(a[0] <= b[0] and b[1] <= a[1] for a, b in pairs), "nested"
    assert any(a[0] < b[0] < a[1] < b[1] for a, b in pairs), "overlapping"
    first_astral = next(at for at, letter in enumerate(text) if ord(letter) > 0xFFFF)
    assert sum(start > first_astral for start, _ in spans.values()) > 20
    assert any(ord(letter) > 0xFFFF for a, b in spans.values() for letter in text[a:b])


def test_objects_of_texts_stand_in_their_answers(rows):
    row = rows[article.TITLE]
    (unit,) = row["data_units"].values()
    assert (unit["data_type"], unit["labels"], row["data_type"]) == ("text/plain", {}, "plain_text")
    assert {answer["shape"] for answer in row["object_answers"].values()} == {"text"}
    assert {tuple(map(tuple, found["range"])) for found in row["classification_answers"].values()} == {(), ((0, 28),)}


# ---------------------------------------------------------------- the page


@pytest.fixture(scope="module")
def body(demo):
    """What a browser makes of the page, by an independent parser."""
    html5lib = pytest.importorskip("html5lib")
    text = (demo / "media" / timetable.TITLE).read_text(encoding="utf-8")
    return html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)


def texts_of(element):
    """The text nodes right inside an element, in order."""
    found = [element.text] if element.text else []
    return found + [child.tail for child in element if child.tail]


def node_at(root, path):
    """(element, text node): the path's steps count from 1."""
    steps = re.findall(r"/([a-z0-9()]+)\[(\d+)\]", path)
    assert steps[0] == ("html", "1") and steps[-1][0] == "text()"
    element = root
    for name, number in steps[1:-1]:
        element = [child for child in element if child.tag == name][int(number) - 1]
    return element, texts_of(element)[int(steps[-1][1]) - 1]


def between(root, start, end):
    """All text from one position to the other."""
    everything = [(element, text) for element in root.iter() for text in texts_of(element)]
    first, last = node_at(root, start["xpath"]), node_at(root, end["xpath"])
    if first == last:
        return first[1][start["offset"] : end["offset"]]
    whole = "".join(root.itertext())
    assert all(whole.count(text) == 1 for _, text in (first, last)) and first in everything
    return whole[whole.index(first[1]) + start["offset"] : whole.index(last[1]) + end["offset"]]


def test_positions_in_the_page_are_those_of_a_browser(rows, body):
    answers = rows[timetable.TITLE]["object_answers"]
    read = {}
    for key in timetable.READS:
        entry = answers[object_hash(timetable.TITLE, key)]
        assert (entry["shape"], entry["range"]) == ("text", [])
        (found,) = entry["range_html"]
        read[key] = between(body, found["start"], found["end"])
    assert read == timetable.READS
    assert read["claim"] == "the ferry leaves Norhavn every half hour"
    assert len(answers) == len(read)


def test_the_page_is_written_as_loosely_as_pages_are(demo, body, rows):
    text = (demo / "media" / timetable.TITLE).read_text(encoding="utf-8")
    assert "tbody" not in text and body.find("body/table/tbody/tr/td") is not None
    assert text.count("<p") > text.count("</p>") and "</li>" not in text and "https://pictures.example.org" in text
    assert len(body.findall("body/p")) == 3 and len(body.findall("body/ul/li")) == 3
    (unit,) = rows[timetable.TITLE]["data_units"].values()
    assert unit["data_type"] == "text/html"


# ---------------------------------------------------------------- the invoice


@pytest.fixture(scope="module")
def pages(demo):
    """Both pages, 4 pixels a point, (height, width, 3) as red, green, blue."""
    document = pypdfium2.PdfDocument(demo / "media" / invoice.TITLE)
    found = []
    for page in document:
        found.append(page.render(scale=4, rev_byteorder=True).to_numpy()[..., :3].astype(int))
        page.close()
    document.close()
    return found


def entry_of(rows, key, page):
    (unit,) = rows[invoice.TITLE]["data_units"].values()
    wanted = object_hash(invoice.TITLE, key)
    (found,) = [entry for entry in unit["labels"][str(page)]["objects"] if entry["objectHash"] == wanted]
    return found


def ends_of(box, picture):
    height, width = picture.shape[:2]
    return box["x"] * width, box["y"] * height, (box["x"] + box["w"]) * width, (box["y"] + box["h"]) * height


@pytest.mark.parametrize(
    ("key", "page"),
    [("sender", 0), ("sender", 1), ("recipient", 0), ("number", 0), ("date", 0), ("total", 0)],
)
def test_boxes_lie_around_the_words(rows, pages, key, page):
    """All ink inside, close to every side; none of it on the border itself but the line under the total."""
    picture = pages[page]
    left, top, right, bottom = map(round, ends_of(entry_of(rows, key, page)["boundingBox"], picture))
    inked = (picture.min(axis=2) < 160)[top:bottom, left:right]
    columns, lines = np.flatnonzero(inked.any(axis=0)), np.flatnonzero(inked.any(axis=1))
    assert 4 <= columns[0] <= 24 and 4 <= inked.shape[1] - 1 - columns[-1] <= 24
    assert 4 <= lines[0] <= 24 and inked.shape[0] - 1 - lines[-1] <= 24


def test_the_table_and_its_rows(rows, pages):
    picture = pages[0]
    left, top, right, bottom = ends_of(entry_of(rows, "table", 0)["boundingBox"], picture)
    navy = (abs(picture - np.array(invoice.NAVY) * 255) < 4).all(axis=2)
    head = np.argwhere(navy[round(top) : round(top) + 60])
    assert head[:, 0].min() <= 1 and abs(head[:, 1].min() - left) <= 1 and abs(head[:, 1].max() + 1 - right) <= 1
    lines = [entry_of(rows, f"item {at}", 0)["polygons"][0][0] for at in range(1, 5)]
    tops, bottoms = ([np.array(ring).reshape(-1, 2)[at, 1] * picture.shape[0] for ring in lines] for at in (0, 2))
    assert np.allclose(tops[1:], bottoms[:-1]) and abs(bottoms[-1] - bottom) < 0.01
    for y in bottoms:
        ruled = (picture[round(y) - 2 : round(y) + 2, round(left) + 8 : round(right) - 8].min(axis=2) < 225).any(axis=0)
        assert ruled.all()


def test_the_curve_and_the_tops_of_the_bars_are_where_they_are_drawn(rows, pages):
    picture = pages[1]
    height, width = picture.shape[:2]
    points = entry_of(rows, "curve", 1)["polyline"].values()
    places = [(round(point["x"] * width), round(point["y"] * height)) for point in points]
    assert len(places) == 12
    assert all(abs(picture[y, x] - np.array(invoice.GREEN) * 255).max() < 6 for x, y in places)
    ring = np.array(entry_of(rows, "bars", 1)["polygons"][0][0]).reshape(-1, 2) * (width, height)
    for (left, top), (right, _) in zip(ring[1:-1:2], ring[2:-1:2], strict=True):
        middle = round((left + right) / 2) + 30
        navy = np.array(invoice.NAVY) * 255
        assert abs(picture[round(top) + 3, middle] - navy).max() < 6 < abs(picture[round(top) - 3, middle] - navy).max()


def test_pages_have_the_sizes_that_were_meant(rows, pages, demo):
    document = pypdfium2.PdfDocument(demo / "media" / invoice.TITLE)
    assert [document.get_page_size(page) for page in range(len(document))] == [(595, 842), (842, 595)]
    words = document[0].get_textpage()
    assert all(said in words.get_text_range() for said in ("Norhavn Ferry", "Östervik", "1,022.00", "2026-0417"))
    words.close()
    document.close()
    (unit,) = rows[invoice.TITLE]["data_units"].values()
    assert (unit["width"], unit["height"], unit["data_fps"], set(unit["labels"])) == (0, 0, 0, {"0", "1"})


def test_words_are_as_wide_as_their_letters():
    assert text_width("A b", 10) == pytest.approx(6.67 + 2.78 + 5.56)

"""An HTML page of our own, written as loosely as pages are, and labels at positions in the tree a browser makes of it."""

from __future__ import annotations

from collections.abc import Iterator

from viewer.demo.ontology import Answers, Json
from viewer.demo.rows import CHECKED, DETECTED, Judgement, Made, PageRange, Thing

TITLE = "summer-timetable.html"
_INTRODUCTION = ("From ", "the first of June", " the ferry leaves ", "Norhavn", " every half hour.")
"""What stands before, in, between and after its emphasised words and its link."""
_FARES = (("Adult", "32 crowns"), ("Child under twelve", "free"), ("Bicycle", "15 crowns"), ("Piano", "ask the crew"))
_RULES = ("Dogs travel free & on a lead.", "Bread for the shops goes first.", "Whoever stands on the quay is taken.")
_UNCLOSED = "In fog the boat waits until the pilot can see the far shore."
_LAST = "Printed by the harbour office in May 2026."

PAGE = f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Summer timetable</title>
<style>body {{ font-family: sans-serif }} td, th {{ padding: 4px 12px; text-align: left }} .quiet {{ color: #607080 }}</style>
</head>
<body>
<h1>Summer timetable</h1>
<img src="https://pictures.example.org/ferry.jpg" alt="The ferry at the quay" width="320" height="120">
<p>{_INTRODUCTION[0]}<b>{_INTRODUCTION[1]}</b>{_INTRODUCTION[2]}<a href="https://norhavn.example.org/">{_INTRODUCTION[3]}</a>\
{_INTRODUCTION[4]}</p>
<h2>Fares</h2>
<table border="1">
<tr><th>Who</th><th>One way</th></tr>
{"".join(f"<tr><td>{who}</td><td>{price}</td></tr>{chr(10)}" for who, price in _FARES)}\
</table>
<h2>Good to know</h2>
<ul>
{"".join(f"<li>{rule.replace('&', '&amp;')}{chr(10)}" for rule in _RULES)}\
</ul>
<p>{_UNCLOSED}
<p class="quiet">{_LAST}
</body>
</html>
"""
"""The file. Its table has no tbody, its list items and its last paragraphs are not closed, and its picture is elsewhere."""

_BODY = "/html[1]/body[1]"
_INTRO = f"{_BODY}/p[1]"


def _position(path: str, offset: int) -> Json:
    return {"xpath": path, "offset": offset}


def _words(path: str, text: str, words: str) -> PageRange:
    """The words in a text node that holds `text`."""
    start = text.index(words)
    return _position(path, start), _position(path, start + len(words))


def _cell(row: int, column: int) -> str:
    """The text of a cell; the first row has the headings."""
    return f"{_BODY}/table[1]/tbody[1]/tr[{row + 1}]/td[{column + 1}]/text()[1]"


def _claim() -> PageRange:
    """Across the emphasised words and the link, from a text node of the paragraph to the last one."""
    start = _INTRODUCTION[2].index("the ferry")
    return _position(f"{_INTRO}/text()[2]", start), _position(f"{_INTRO}/text()[3]", len(_INTRODUCTION[4]) - 1)


def _labels() -> dict[str, tuple[str, PageRange, str, Answers, Made]]:
    """By key the class, where it is, what can be read there, and the rest."""
    adult, bicycle = _FARES[0][1], _FARES[2][1]
    return {
        "first day": (
            "Date", _words(f"{_INTRO}/b[1]/text()[1]", _INTRODUCTION[1], "the first of June"), "the first of June",
            {"As a date": "2026-06-01"}, CHECKED,
        ),
        "town": ("Place", _words(f"{_INTRO}/a[1]/text()[1]", _INTRODUCTION[3], "Norhavn"), "Norhavn", {"Kind": "Town"}, DETECTED),
        "claim": (
            "Claim", _claim(), "the ferry leaves Norhavn every half hour",
            {"Can be checked": "Yes", "Rests on": ["A document"]}, CHECKED,
        ),
        "adult": ("Price", _words(_cell(1, 1), adult, adult), adult, {"Amount": 32, "Currency": "Crowns"}, CHECKED),
        "bicycle": ("Price", _words(_cell(3, 1), bicycle, "15"), "15", {"Amount": 15, "Currency": "Crowns"}, Made()),
        "crew": ("Somebody", _words(_cell(4, 1), _FARES[3][1], "the crew"), "the crew", {"Role": "Crew"}, Made()),
        "dogs": (
            "Claim", _words(f"{_BODY}/ul[1]/li[1]/text()[1]", _RULES[0], "Dogs travel free & on a lead"),
            "Dogs travel free & on a lead", {"Can be checked": "No", "Rests on": []}, CHECKED,
        ),
        "pilot": ("Somebody", _words(f"{_BODY}/p[2]/text()[1]", _UNCLOSED, "the pilot"), "the pilot", {"Role": "Crew"}, DETECTED),
        "office": ("Place", _words(f"{_BODY}/p[3]/text()[1]", _LAST, "the harbour office"), "the harbour office", {"Kind": "Building"}, CHECKED),
        "month": ("Date", _words(f"{_BODY}/p[3]/text()[1]", _LAST, "May 2026"), "May 2026", {"As a date": "2026-05"}, DETECTED),
    }  # fmt: skip


READS = {key: words for key, (_, _, words, _, _) in _labels().items()}
"""By key, what a browser has between the two ends of a label."""


def timetable_things() -> Iterator[Thing]:
    for key, (kind, where, _, answers, made) in _labels().items():
        yield Thing(kind, key, answers=answers, page_ranges=(where,), made=made)


def timetable_judgements() -> tuple[Judgement, ...]:
    return (Judgement("Kind of document", {"Kind of document": "Timetable"}, ranges=()),)

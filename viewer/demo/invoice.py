"""An invoice of two pages, drawn and labelled by the same numbers: a letter with a table, and a chart across."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from viewer.demo.geometry import Frame, Geometry, Point
from viewer.demo.pdf_file import Box, Ink, Page, text_width, write_pdf
from viewer.demo.rows import CHECKED, DETECTED, Judgement, Made, Thing

TITLE = "ferry-invoice.pdf"
LETTER, ACROSS = Frame(595, 842), Frame(842, 595)
"""A4 in points, upright and lying."""
ITEMS = (
    ("Crossings for the bakery, 31 days", "62", "12.50", 775.00),
    ("Trolley, first boat of the day", "31", "4.00", 124.00),
    ("Piano, one way, by appointment", "1", "90.00", 90.00),
    ("Waiting in fog, per half hour", "3", "11.00", 33.00),
)
"""What, how many, at which price, and what it comes to."""
TOTAL = sum(amount for *_, amount in ITEMS)
PASSENGERS = (4120, 4380, 5210, 6040, 7350, 9480, 11920, 12210, 8270, 5590, 3780, 3062)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NAVY: Ink = (0.11, 0.23, 0.42)
PALE: Ink = (0.91, 0.94, 0.97)
GREY: Ink = (0.42, 0.46, 0.52)
RED: Ink = (0.78, 0.16, 0.18)
GREEN: Ink = (0.09, 0.52, 0.36)
STAMP = (452.0, 690.0, 62.0, 34.0)
"""Middle and half axes."""
BASE, LEFT, STEP, BAR = 470.0, 110.0, 54.0, 32.0
"""Of the chart: the line that the bars stand on, where the first begins, how far apart and how wide they are."""
TALLEST = 290.0


def write_invoice(path: Path) -> list[Thing]:
    """Write the document; what is labelled in it. Raises OSError if it cannot be written."""
    letter, across = Page(LETTER), Page(ACROSS)
    things = [*_head(letter, across), *_letter(letter), *_chart(across)]
    write_pdf([letter, across], path)
    return things


def invoice_judgements() -> tuple[Judgement, ...]:
    return (
        Judgement("Kind of document", {"Kind of document": "Invoice"}, ((0, 1),)),
        Judgement("Summary", {"Summary": "Passengers by month"}, ((1, 1),)),
    )


def _head(letter: Page, across: Page) -> Iterator[Thing]:
    """The name of the sender, on both pages."""
    places: dict[int, Geometry] = {}
    for number, page in enumerate((letter, across)):
        page.rectangle(0, 0, page.frame.width, 14, NAVY)
        places[number] = _around(page, page.text(56, 66, "Norhavn Ferry", 22, NAVY))
        page.text(page.frame.width - 56, 66, f"page {number + 1} of 2", 9, GREY, right=True)
    yield _field("sender", "Sender", "Norhavn Ferry", places)


def _letter(page: Page) -> Iterator[Thing]:
    page.text(56, 82, "The old pier 1, Norhavn", 9, GREY)
    lines = [
        page.text(56, 150 + 15 * at, words, 11) for at, words in enumerate(("The bakery", "Quay street 4", "Östervik"))
    ]
    yield _field(
        "recipient", "Recipient", "The bakery, Quay street 4, Östervik", {0: _around(page, _joined(lines))}, CHECKED
    )
    for at, (what, words) in enumerate((("Number", "2026-0417"), ("Date", "30 April 2026"))):
        page.text(400, 150 + 18 * at, what, 9, GREY)
        box = page.text(539, 150 + 18 * at, words, 11, right=True)
        yield _field(what.lower(), what, words, {0: _around(page, box)}, DETECTED)
    page.text(56, 246, "Invoice", 18, NAVY)
    yield from _table(page)
    page.text(56, 660, "Please pay within thirty days. Whoever stands on the quay is taken.", 10, GREY)
    x, y, a, b = STAMP
    for part in (1.0, 0.84):
        ring = [(x + part * a * math.cos(t), y + part * b * math.sin(t)) for t in _round()]
        page.line(ring, 2.0 if part == 1 else 1.0, RED, closed=True)
    page.text(x - text_width("RECEIVED", 15) / 2, y + 5, "RECEIVED", 15, RED)
    yield Thing("Stamp", "stamp", {0: page.frame.ellipse(x, y, a + 1, b + 1)}, made=CHECKED)


def _table(page: Page) -> Iterator[Thing]:
    top, tall, left, right = 270.0, 30.0, 56.0, 539.0
    columns = (left + 10, 370.0, 450.0, right - 10)
    page.rectangle(left, top, right - left, tall, NAVY)
    for x, words in zip(columns, ("What", "Number", "Each", "Amount"), strict=True):
        page.text(x, top + 20, words, 10, (1, 1, 1), right=x != columns[0])
    for at, item in enumerate(ITEMS, 1):
        y = top + tall * at
        if at % 2 == 0:
            page.rectangle(left, y, right - left, tall, PALE)
        for x, words in zip(columns, (*item[:3], f"{item[3]:,.2f}"), strict=True):
            page.text(x, y + 20, words, 11, right=x != columns[0])
        page.line([(left, y + tall), (right, y + tall)], 0.6, GREY)
        corners = [(left, y), (right, y), (right, y + tall), (left, y + tall)]
        yield Thing("Line item", f"item {at}", {0: page.frame.polygon([corners])}, {"Amount": item[3]}, made=DETECTED)
    bottom = top + tall * (len(ITEMS) + 1)
    yield Thing(
        "Table", "table", {0: page.frame.box(left, top, right - left, bottom - top)}, {"Rows": len(ITEMS)}, made=CHECKED
    )
    page.text(400, bottom + 32, "Total", 12, NAVY)
    box = page.text(right - 10, bottom + 32, f"{TOTAL:,.2f}", 15, NAVY, right=True)
    page.line([(box[0], bottom + 38), (right - 10, bottom + 38)], 1.2, NAVY)
    yield _field("total", "Total", f"{TOTAL:,.2f}", {0: _around(page, box)}, CHECKED)


def _chart(page: Page) -> Iterator[Thing]:
    page.text(56, 112, "Passengers by month, 2025", 14)
    for at in range(0, 13, 3):
        y = BASE - _height(1000 * at)
        page.line([(LEFT - 12, y), (LEFT + STEP * 12, y)], 0.5, (0.8, 0.83, 0.87))
        page.text(LEFT - 18, y + 3, f"{1000 * at:,}", 9, GREY, right=True)
    for at, (count, month) in enumerate(zip(PASSENGERS, _MONTHS, strict=True)):
        page.rectangle(LEFT + STEP * at, BASE - _height(count), BAR, _height(count), NAVY)
        page.text(LEFT + STEP * at + 7, BASE + 15, month, 9, GREY)
    middles = [LEFT + STEP * at + BAR / 2 for at in range(12)]
    curve = list(zip(middles, (BASE - _height(count) - 22 for count in _evened()), strict=True))
    page.line(curve, 2.5, GREEN)
    page.line([(LEFT - 12, BASE), (LEFT + STEP * 12, BASE)], 1.0)
    page.text(56, 540, "The curve is the mean of three months, drawn a little higher.", 10, GREY)
    yield Thing("Chart", "bars", {1: page.frame.polygon([_skyline()])}, {"Kind": "Bars"}, made=CHECKED)
    yield Thing("Curve", "curve", {1: page.frame.polyline(curve)}, made=Made())


def _skyline() -> list[Point]:
    """Along the tops of the bars, and back along the line they stand on."""
    tops = [
        point
        for at, count in enumerate(PASSENGERS)
        for point in (
            (LEFT + STEP * at, BASE - _height(count)),
            (LEFT + STEP * at + BAR, BASE - _height(count)),
        )
    ]
    return [(LEFT, BASE), *tops, (LEFT + STEP * 11 + BAR, BASE)]


def _evened() -> list[float]:
    around = (PASSENGERS[0], *PASSENGERS, PASSENGERS[-1])
    return [sum(around[at : at + 3]) / 3 for at in range(12)]


def _height(count: float) -> float:
    return TALLEST * count / 12_500


def _round() -> Iterator[float]:
    return (2 * math.pi * at / 72 for at in range(72))


def _joined(boxes: list[Box]) -> Box:
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return (left, top, right - left, bottom - top)


def _around(page: Page, box: Box) -> Geometry:
    """With a little room."""
    x, y, w, h = box
    return page.frame.box(x - 3, y - 2, w + 6, h + 4)


def _field(key: str, what: str, reads: str, places: dict[int, Geometry], made: Made = CHECKED) -> Thing:
    return Thing("Field", key, places, {"What": what, "Reads": reads}, made=made)

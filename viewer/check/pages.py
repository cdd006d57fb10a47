"""What is wrong with an HTML page, and with the positions of labels in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from viewer.errors import Place, Problem, ViewerError, escaped
from viewer.export.unit_media import MediaOf
from viewer.labels.records import Unit
from viewer.labels.row import LabelRow
from viewer.media.html_page import Page, Position
from viewer.scene.positions import ends_of, is_pair_of_positions


def page_problems(row: LabelRow, media: MediaOf, unit: Unit) -> Iterator[Problem]:
    """Of a unit's page, which is read for it; nothing for other units, and for those whose file was not found."""
    source = media.match(unit, 0).source if unit.kind == "html" else None
    if source is None:
        return
    where, at = escaped(source.name), Place(row.head.index, unit.id)
    try:
        page = media.passage(unit)
    except ViewerError as error:
        yield Problem("error", where, f"{error}; labels are listed without their text", at)
        return
    if not isinstance(page, Page):
        return
    for what in page.warnings:
        yield Problem("warning", where, what, at)
    for what in page.notes:
        yield Problem("note", where, what, at)
    index = row.index()
    labels = [(".object_answers", o.object_hash, o.ranges) for o in index.instances if o.unit == unit.id]
    labels += [
        (".classification_answers", c.classification_hash, c.ranges) for c in index.classifications if c.unit == unit.id
    ]
    below = f".spaces.{unit.id}.range" if unit.path.startswith(".spaces.") else ".range_html"
    for answers, label, ranges in labels:
        path = f"{row.head.where}{answers}.{label}{below}"
        for place, pair in enumerate(ranges):
            # what is no such pair was told when the row was read
            for what in _odd(*ends_of(pair, page)) if is_pair_of_positions(pair) else ():
                yield Problem("warning", f"{path}[{place}]", what, replace(at, object_hash=label))


def _odd(start: Position, end: Position) -> Iterator[str]:
    """What is wrong with one range."""
    for position in dict.fromkeys((start, end)):
        if position.at is None:
            yield f"{position.what}; the range has no place"
        elif position.what:
            yield position.what
    if start.at is not None and end.at is not None and start.at > end.at:
        yield f"the range ends before it starts, by {start.at - end.at:,} characters; it has no place"

"""What is wrong with a PDF document, held against what the export says of it."""

from __future__ import annotations

from collections.abc import Iterator

from viewer.errors import Place, Problem, ViewerError, escaped
from viewer.export.unit_media import MediaOf
from viewer.labels.records import Unit
from viewer.labels.row import LabelRow
from viewer.media.pdf import beyond_the_end
from viewer.scene.words import counted


def document_problems(row: LabelRow, media: MediaOf, unit: Unit) -> Iterator[Problem]:
    """Of a unit's document, which is opened for it; nothing for other units, and for those whose file was not found."""
    source = media.match(unit, 0).source if unit.kind == "pdf" else None
    if source is None:
        return
    where, at = escaped(source.name), Place(row.head.index, unit.id)
    try:
        pdf = media.pdf(unit)
    except ViewerError as error:
        yield Problem("error", where, f"{error}; its labels are listed", at)
        return
    if pdf is None:
        return
    for what in pdf.warnings:
        yield Problem("warning", where, what, at)
    if unit.frames is not None and unit.frames != pdf.count:
        said = f"the export says {counted(unit.frames, 'page')}, the document has {pdf.count:,}"
        yield Problem("warning", where, said, at)
    labelled = row.labels[unit.id].frames
    beyond = labelled[labelled >= pdf.count].tolist()
    if beyond:
        more = f" (and {counted(len(beyond) - 1, 'labelled page')} more)" if len(beyond) > 1 else ""
        what = f"{beyond_the_end(beyond[0], pdf.count)}{more}; what is labelled there is listed"
        yield Problem("warning", where, what, Place(row.head.index, unit.id, beyond[0]))
    of_text = sum(label.unit == unit.id and label.range_unit is not None for label in row.index().instances)
    if of_text:
        verb = "is" if of_text == 1 else "are"
        what = f"{counted(of_text, 'label')} of text {verb} listed by range: which characters of a PDF ranges count is not known"
        yield Problem("note", where, what, at)

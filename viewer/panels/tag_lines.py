"""Lines of the tags of a file and of what the export says beside them."""

from __future__ import annotations

from viewer.media.dicom_tags import Tag
from viewer.media.identity import HIDDEN
from viewer.panels.line import BLANK, Cell, Line
from viewer.panels.tag_pairs import Pair
from viewer.scene.words import shown

MOST_WRAPPED = 4
DEEPEST_SHOWN = 3
"""Levels that are set in; deeper ones would leave no room for names."""

SAME = Cell(icon="check", tone="ok", title="The same in the export and in the file")
DIFFERENT = Cell(icon="error", tone="error", title="Not the same in the export and in the file")
GROUPS = {
    "0002": "How the file is written",
    "0008": "Study and series",
    "0010": "Patient",
    "0012": "Clinical trial",
    "0018": "Acquisition",
    "0020": "Place of the picture",
    "0022": "Eye",
    "0028": "Pixels",
    "0032": "Request",
    "0040": "Procedure",
    "0054": "Nuclear medicine",
    "0070": "Presentation",
    "2050": "Presentation",
    "3002": "Radiotherapy image",
    "3004": "Dose",
    "3006": "Structures",
    "300A": "Plan",
    "300C": "Plan",
    "300E": "Approval",
    "5200": "Frames",
    "5400": "Waveform",
    "0042": "Document",
    "0048": "Slide",
    "0062": "Segmentation",
    "0066": "Surface",
}
"""Of tags, in words."""


def group_title(group: str) -> str:
    """'0010 Patient'; groups of odd numbers are their makers' own."""
    name = "Private" if int(group, 16) % 2 else "Overlay" if group.startswith("60") else GROUPS.get(group, "")
    return f"{group} {name}".rstrip()


def tag_line(tag: Tag, is_open: bool | None, hides: bool, among_heads: bool = True) -> Line:
    """One tag; `hides`: what tells who somebody is becomes a bar. Known UIDs are said in words, the number below."""
    is_hidden = hides and tag.is_identity and bool(tag.value)
    value = HIDDEN if is_hidden else tag.value
    said = tag.trouble or tag.meaning or value or ("" if not tag.vr else "empty")
    group, element = tag.tag.strip("()").split(",")
    number = "" if not tag.vr and not tag.trouble else element if not tag.depth else f"{group},{element}"
    tip = [f"{tag.name}", f"{tag.tag} {tag.keyword} {tag.vr}".rstrip(), value, tag.meaning, tag.trouble]
    return Line(
        text="\n".join(shown(part) for part in said.splitlines()) or shown(said),
        name=shown(tag.name, most=120),
        below=shown(value, middle=True) if tag.meaning else "",
        level=min((tag.depth + 1) // 2, DEEPEST_SHOWN),
        tone="error" if tag.trouble else "plain" if value and tag.vr != "SQ" else "quiet",
        wrap=1 if is_hidden or len(said) <= 12 else MOST_WRAPPED,
        bar="text" if is_hidden else "",
        open=is_open,
        among_heads=among_heads,
        cells=(Cell(text=number),) if number else (),
        tip="\n".join(part for part in tip if part),
        copy=_copied(tag, value),
    )


def _copied(tag: Tag, value: str) -> str:
    head = f"{tag.tag} {tag.name}" + (f" {tag.vr}" if tag.vr else "")
    said = value + (f" {tag.meaning}" if tag.meaning else "") or tag.trouble
    return f"{head}: {said}" if said else head


def pair_lines(pair: Pair, hides: bool) -> list[Line]:
    """One line where both say the same or only one says anything, two where they do not."""
    if pair.exported == pair.filed:
        return [_pair_line(pair, pair.what, pair.exported, "in both", hides, (SAME,))]
    made: list[Line] = []
    for side, value in (("export", pair.exported), ("file", pair.filed)):
        if value:
            mark = DIFFERENT if pair.differs and not made else Cell(icon=BLANK)
            cells = (Cell(text=side, room="export"), mark)
            made.append(_pair_line(pair, " " if made else pair.what, value, f"in the {side}", hides, cells))
    return made


def _pair_line(pair: Pair, name: str, value: str, where: str, hides: bool, cells: tuple[Cell, ...]) -> Line:
    is_hidden = hides and pair.is_identity
    said = HIDDEN if is_hidden else value
    return Line(
        text=shown(said, middle=True),
        name=shown(name, most=120),
        tone="error" if pair.differs else "plain",
        middle=True,
        wrap=1 if is_hidden or len(said) <= 12 else MOST_WRAPPED,
        bar="text" if is_hidden else "",
        cells=cells,
        tip=f"{pair.what}, {where}\n{said}",
        copy=f"{pair.what}, {where}: {said}",
    )

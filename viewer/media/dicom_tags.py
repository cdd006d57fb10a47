"""The tags of a DICOM file as text, for reading: its header only, and of a damaged one whatever can be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from viewer.errors import ViewerError, escaped
from viewer.media.dicom_broken import refuse_bombs
from viewer.media.dicom_lib import pydicom
from viewer.media.identity import is_identity_tag
from viewer.media.source import Source

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

LONG = 200
"""Characters of a value that are kept."""
MOST_TAGS = 20_000
"""Lines of one file."""
DEEPEST = 24
"""Levels of items within items."""
PIXELS = (0x7FE00008, 0x7FE00009, 0x7FE00010)
"""Where the header ends."""
TELLING = (0x00080016, 0x00080018, 0x00080060)
"""Class, instance, modality: one of them makes a DICOM file of what has neither preamble nor file meta group."""
ITEM = "(FFFE,E000)"


@dataclass(frozen=True, slots=True)
class Tag:
    """One line: a data element, or an item of a sequence, below which its own elements follow one level deeper."""

    tag: str
    """'(0010,0020)'."""
    keyword: str
    """'PatientID'; empty for private and unknown tags."""
    name: str
    """'Patient ID', 'Item 3'."""
    vr: str
    """Empty for items."""
    value: str
    """Empty where there is none."""
    depth: int = 0
    is_identity: bool = False
    """It tells who somebody is: see `identity.py`."""
    meaning: str = ""
    """Of a UID of the standard: 'CT Image Storage'."""
    trouble: str = ""
    """What is wrong with it."""


def read_tags(source: Source) -> tuple[Tag, ...]:
    """All tags before the pixels, the file meta group first, each group in ascending order.

    An element that is damaged says so in its own line. Raises ViewerError where nothing is legible or it is no DICOM file.
    """
    with source.open() as stream:
        dataset, broken_at = _read(stream, source.name)
    lines = _Lines()
    for part in (getattr(dataset, "file_meta", None), dataset):
        if part is not None:
            lines.add(part, 0, False)
    if len(lines.tags) >= MOST_TAGS:
        lines.tags.append(Tag(ITEM, "", "More", "", "", 1, trouble="too many tags, the rest is not shown"))
    if broken_at is not None:
        lines.tags.append(_unreadable(broken_at, 0, "the file is damaged here, and what follows cannot be read"))
    return tuple(lines.tags)


def _read(stream: BinaryIO, name: str) -> tuple[Dataset, int | None]:
    """The header, and the tag from which on it cannot be read; None where all of it could."""
    seen: list[int] = []

    def ends(tag: int, vr: str | None, length: int) -> bool:
        seen.append(tag)
        return tag in PIXELS

    read = pydicom().filereader.read_partial
    broken_at: int | None = None
    try:
        refuse_bombs(stream)
    except ViewerError as error:
        raise ViewerError(f"{error}: {escaped(name)}") from error
    try:
        dataset = read(stream, ends, force=True)
    except Exception as error:
        # pydicom raises nearly anything on damaged files; what precedes the damage is read in a second attempt
        dataset = _read_before(stream, len(seen)) if seen else None
        if dataset is None:
            raise ViewerError(f"{_no_header(stream)}: {escaped(name)}") from error
        broken_at = seen[-1]
    if not _is_dicom(dataset):
        raise ViewerError(f"This is not a DICOM file: {escaped(name)}")
    return dataset, broken_at


def _read_before(stream: BinaryIO, count: int) -> Dataset | None:
    """The elements before number `count`; None where they cannot be read either."""
    left = count

    def ends(tag: int, vr: str | None, length: int) -> bool:
        nonlocal left
        left -= 1
        return left <= 0

    stream.seek(0)
    try:
        return pydicom().filereader.read_partial(stream, ends, force=True)
    except Exception:
        # as above; that there is nothing to be shown is said by the caller
        return None


def _no_header(stream: BinaryIO) -> str:
    stream.seek(128)
    is_marked = stream.read(4) == b"DICM"
    return "The header of this DICOM file is damaged" if is_marked else "This is not a DICOM file"


def _is_dicom(dataset: Dataset) -> bool:
    is_marked = bool(getattr(dataset, "preamble", None)) or bool(len(getattr(dataset, "file_meta", ())))
    return is_marked or any(tag in dataset for tag in TELLING)


@dataclass(slots=True)
class _Lines:
    """Collects the lines of a data set and of all that is nested in it."""

    tags: list[Tag] = field(default_factory=list[Tag])

    def add(self, dataset: Dataset, depth: int, identity: bool) -> None:
        """`identity`: it stands in a sequence that is all about who somebody is."""
        for tag in sorted(dataset.keys()):
            if len(self.tags) >= MOST_TAGS:
                return
            try:
                element = dataset[tag]
                items = element.value if element.VR == "SQ" else None
                line = _line(element, depth, identity)
            except Exception:
                # nearly anything again, and its words may hold the value: they are never repeated
                self.tags.append(_unreadable(int(tag), depth, "damaged: its value cannot be read"))
                continue
            self.tags.append(line)
            if items is not None:
                self._add_items(items, depth, identity or is_identity_tag(line.keyword, ""))

    def _add_items(self, items: Any, depth: int, identity: bool) -> None:
        if depth >= DEEPEST:
            self.tags.append(Tag(ITEM, "", "Items", "", "", depth + 1, trouble="too deep, not shown"))
            return
        for number, item in enumerate(items, 1):
            if len(self.tags) >= MOST_TAGS:
                return
            self.tags.append(Tag(ITEM, "", f"Item {number:,}", "", "", depth + 1))
            self.add(item, depth + 2, identity)


def _line(element: Any, depth: int, identity: bool) -> Tag:
    tag, vr = element.tag, str(element.VR)
    keyword = str(element.keyword or "")
    hides = identity or is_identity_tag(keyword, vr, private=tag.is_private and not tag.is_private_creator)
    value = _text(element.value)
    meaning = str(element.value.name) if vr == "UI" and hasattr(element.value, "name") else ""
    return Tag(
        written(int(tag)),
        keyword,
        _name(element),
        vr,
        value,
        depth,
        hides and vr != "SQ",
        meaning if meaning != value else "",
    )


def _name(element: Any) -> str:
    """As the dictionary calls it; pydicom writes brackets around names of private tags."""
    if element.tag.is_private_creator:
        return "Private creator"
    if element.tag.is_private and element.tag.element < 0x1000:
        return "Private tag"
    name = str(element.name)
    return name[1:-1] if name.startswith("[") and name.endswith("]") else name


def _unreadable(tag: int, depth: int, trouble: str) -> Tag:
    """A line for what only the tag is known of. It may tell anything, so it counts as telling who somebody is."""
    datadict = pydicom().datadict
    known = datadict.dictionary_has_tag(tag)
    return Tag(
        written(tag),
        datadict.keyword_for_tag(tag),
        datadict.dictionary_description(tag) if known else "Unknown",
        datadict.dictionary_VR(tag) if known else "",
        "",
        depth,
        True,
        trouble=trouble,
    )


def written(tag: int) -> str:
    """'(0010,0020)'."""
    return f"({tag >> 16:04X},{tag & 0xFFFF:04X})"


def _text(value: Any) -> str:
    """Any value as text: several with a backslash between them, as in the file; bytes only counted."""
    if value is None:
        return ""
    if isinstance(value, bytes | bytearray):
        return f"{len(value):,} bytes" if value else ""
    if type(value).__name__ == "Sequence":
        return f"{len(value):,} item{'s' * (len(value) != 1)}"
    if isinstance(value, str) or not hasattr(value, "__len__") or not hasattr(value, "__getitem__"):
        return _cut(str(value).rstrip("\0 "))
    return _several(value)


def _several(values: Any) -> str:
    said = "\\".join(str(value) for value in values[: LONG // 2])
    if len(values) <= LONG // 2 and len(said) <= LONG:
        return said
    return f"{said[:LONG]}… {len(values):,} values"


def _cut(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG]}… {len(text):,} characters"

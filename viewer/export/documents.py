"""The JSON documents of what was opened: text to rows, each row left raw, leniently where the text is not strict."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from viewer.errors import Report, ViewerError
from viewer.export.loose_json import Bytes, NotJson, dumped, loose, members, whole_number
from viewer.export.ontology import is_ontology

EMPTY = msgspec.Raw(b"")


class RawRow(msgspec.Struct, frozen=True):
    """The members of a label row that we know, each left raw; absent ones are empty."""

    label_hash: Bytes = EMPTY
    data_hash: Bytes = EMPTY
    data_title: Bytes = EMPTY
    data_type: Bytes = EMPTY
    dataset_title: Bytes = EMPTY
    branch_name: Bytes = EMPTY
    label_status: Bytes = EMPTY
    is_image_sequence: Bytes = EMPTY
    data_units: Bytes = EMPTY
    labels: Bytes = EMPTY
    spaces: Bytes = EMPTY
    object_answers: Bytes = EMPTY
    object_actions: Bytes = EMPTY
    classification_answers: Bytes = EMPTY
    objects: Bytes = EMPTY
    classifications: Bytes = EMPTY
    images: Bytes = EMPTY
    annotations: Bytes = EMPTY
    categories: Bytes = EMPTY

    @property
    def is_row(self) -> bool:
        return any(len(memoryview(part)) for part in (self.label_hash, self.data_units, self.spaces)) or (
            len(memoryview(self.labels)) > 0 and len(memoryview(self.data_hash)) > 0
        )


@dataclass(frozen=True, eq=False)
class WholeText:
    """The text of a document, and once it is asked for the texts of its items, without a copy."""

    data: bytes

    @cached_property
    def items(self) -> list[msgspec.Raw]:
        return _TEXTS.decode(self.data)


@dataclass(frozen=True, slots=True, eq=False)
class FoundRow:
    """A row of a document: its members, left raw, and its JSON path `$` or `$[3]`."""

    row: RawRow
    members: Mapping[str, Bytes]
    path: str
    document: WholeText | None
    """None where it is not strict JSON: of what was read leniently only the meaning is kept."""
    place: int | None
    """In the list that the document is; None where the document is the row."""

    @property
    def nbytes(self) -> int:
        return sum(len(memoryview(part)) for part in self.members.values())

    def text(self) -> bytes | None:
        """The row's own text, if there is one. The first time it is looked for in the whole document, which takes a while."""
        if self.document is None:
            return None
        return self.document.data if self.place is None else bytes(self.document.items[self.place])


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: rows, or an ontology, or neither."""

    rows: tuple[FoundRow, ...] = ()
    ontology: Any = None
    other: str = ""
    """What the document seems to be where it holds no rows and is no ontology."""
    is_list: bool = False


_ROW = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ROWS = msgspec.json.Decoder(list[dict[str, msgspec.Raw]])
_TEXTS = msgspec.json.Decoder(list[msgspec.Raw])
_BEGINNING = re.compile(rb"\s*(\S?)")


def read_document(data: bytes, report: Report) -> Document:
    """Rows or ontology in the bytes of one file. Raises ViewerError naming line and column where it is not JSON."""
    data = _as_utf8(data, report)
    if not _first(data):
        raise ViewerError("the file is empty, there is no JSON in it")
    try:
        try:
            return _strict(data, report)
        except msgspec.DecodeError:
            return _lenient(data.decode("utf-8"), report)
    except RecursionError as error:
        raise ViewerError("the JSON is nested too deep to be read") from error


def _first(data: bytes) -> bytes:
    """The first character that is no white space; empty where there is none. Copies nothing of what may be large."""
    found = _BEGINNING.match(data)
    return found[1] if found else b""


def _as_utf8(data: bytes, report: Report) -> bytes:
    """Without byte order mark, as valid UTF-8; invalid bytes become U+FFFD and a warning."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            data = data[len(mark) :] if encoding == "utf-8" else _from_utf16(data)
            break
    if data.isascii():
        return data
    try:
        # the decoded text is dropped at once: only whether it is valid counts
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _first(data) not in (b"[", b"{"):
            raise ViewerError("not JSON, and not text in UTF-8 either") from error
        report.warning(f"byte {error.start:,} is not valid UTF-8; what could not be read is shown as \ufffd")
        return data.decode("utf-8", "replace").encode()
    return data


def _from_utf16(data: bytes) -> bytes:
    try:
        return data.decode("utf-16").encode()
    except UnicodeDecodeError as error:
        raise ViewerError("not JSON: it begins like text in UTF-16 and does not go on so") from error


def _strict(data: bytes, report: Report) -> Document:
    """By msgspec. Raises its DecodeError for text that it refuses."""
    first = _first(data)
    if first == b"[":
        try:
            # one pass over the whole text: the members of every row at once
            return _from_items(list(_ROWS.decode(data)), WholeText(data), report)
        except msgspec.ValidationError:
            return _from_items(_each_members(list(_TEXTS.decode(data)), report), WholeText(data), report)
    return _from_root(_ROW.decode(data) if first == b"{" else msgspec.json.decode(data), data)


def _each_members(texts: list[Bytes], report: Report) -> list[Mapping[str, Bytes] | None]:
    """The members of each item; None for items that are no objects, and for those that cannot be read."""
    made: list[Mapping[str, Bytes] | None] = []
    for index, text in enumerate(texts):
        try:
            made.append(members(text))
        except TypeError:
            made.append(None)
        except NotJson as error:
            report.error(f"this row cannot be read ({error}); left out", f" $[{index}]")
            made.append({})
    return made


def _from_items(items: Sequence[Mapping[str, Bytes] | None], whole: WholeText | None, report: Report) -> Document:
    found: list[FoundRow] = []
    strangers: list[tuple[int, str]] = []
    for index, parts in enumerate(items):
        if parts is None:
            strangers.append((index, "no JSON object, so no label row"))
            continue
        row = _raw_row(parts)
        if row.is_row:
            found.append(FoundRow(row, parts, f"$[{index}]", whole, index))
        else:
            strangers.append((index, "an object without label_hash and data_units, so no label row"))
    if items and not found:
        return Document(other="a list without label rows", is_list=True)
    for index, what in strangers:
        report.warning(f"{what}; left out", f" $[{index}]")
    return Document(tuple(found), is_list=True)


def _raw_row(parts: Mapping[str, Bytes]) -> RawRow:
    """The members that are known."""
    return RawRow(**{key: parts[key] for key in RawRow.__struct_fields__ if key in parts})


def _from_root(parts: Any, data: bytes | None) -> Document:
    """`data`: the text, where it is strict JSON."""
    if not isinstance(parts, dict):
        return Document(other={str: "a text", bool: "true or false", type(None): "null"}.get(type(parts), "a number"))
    root = _raw_row(parts)
    if root.is_row:
        return Document((FoundRow(root, parts, "$", WholeText(data) if data is not None else None, None),))
    if data is not None and len(memoryview(root.objects)) and len(memoryview(root.classifications)):
        whole = msgspec.json.decode(data)
        if is_ontology(whole):
            return Document(ontology=whole)
    if len(memoryview(root.images)) and len(memoryview(root.annotations)) and len(memoryview(root.categories)):
        return Document(other="a COCO file (images, annotations, categories)")
    return Document(other="a JSON object without label_hash and data_units")


def _lenient(text: str, report: Report) -> Document:
    """By the standard library: NaN and the like, a cut-off end, text after the end, a row a line."""
    try:
        whole = loose(text)
    except NotJson as error:
        return _salvaged(text, str(error), report)
    if isinstance(whole, list):
        return _from_list(whole, report)
    if is_ontology(whole):
        return Document(ontology=whole)
    return _from_root(members(dumped(whole)) if isinstance(whole, dict) else whole, None)


def _from_list(made: list[Any], report: Report) -> Document:
    """Items that had to be read leniently, each of its parts written again as text."""
    return _from_items(_each_members([dumped(item) for item in made], report), None, report)


def _salvaged(text: str, refusal: str, report: Report) -> Document:
    """Whole rows out of a text that is not JSON as a whole. Raises ViewerError where there are none."""
    decoder = json.JSONDecoder(parse_int=whole_number)
    body = text.strip()
    if body.startswith("["):
        rows, cut = _items_before_the_cut(body, decoder)
        if rows and cut:
            report.error(f"{refusal}; the file is cut off, {len(rows):,} whole rows before the cut are shown")
            return _from_items(_each_members([row.encode() for row in rows], report), None, report)
    try:
        first, end = decoder.raw_decode(body)
    except (ValueError, RecursionError) as error:
        raise ViewerError(refusal) from error
    lines = _rows_a_line(body)
    if lines is not None:
        report.note("one row a line (JSON lines); opened as a list of rows")
        return _from_list(lines, report)
    if isinstance(first, dict | list) and body[end:].strip():
        report.error(f"{refusal}; the text after the end of the JSON was left out")
        return _lenient(body[:end], report)
    raise ViewerError(refusal)


def _items_before_the_cut(body: str, decoder: json.JSONDecoder) -> tuple[list[str], bool]:
    """Texts of the whole items at the start of a list, and whether the list ends in the middle of something."""
    found: list[str] = []
    at = 1
    while True:
        at = _skip_space(body, at)
        try:
            _, end = decoder.raw_decode(body, at)
        except json.JSONDecodeError as error:
            rest = body[error.pos :]
            cut = any(word.startswith(rest) for word in ("", "true", "false", "null", "NaN", "Infinity"))
            return found, cut or error.msg.startswith("Unterminated string")
        except (ValueError, RecursionError):
            return found, False
        found.append(body[at:end])
        at = _skip_space(body, end)
        if at >= len(body):
            return found, True
        if body[at] != ",":
            return found, False
        at += 1


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _rows_a_line(body: str) -> list[Any] | None:
    """The objects of JSON lines; None where a line is something else."""
    made: list[Any] = []
    for line in re.split("[\r\n]", body):
        if line.strip():
            try:
                made.append(loose(line))
            except NotJson:
                return None
    return made if len(made) > 1 and all(isinstance(item, dict) for item in made) else None

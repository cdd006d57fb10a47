"""The JSON documents of what was opened: text to rows, each row left raw, leniently where the text is not strict."""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass
from typing import Any

import msgspec

from viewer.errors import Report, ViewerError
from viewer.export.loose_json import Bytes, NotJson, dumped, loose, members
from viewer.labels.ontology import is_ontology

EMPTY = msgspec.Raw(b"")


class RawRow(msgspec.Struct):
    """The members of a label row that we know, each left raw; absent ones are empty."""

    label_hash: msgspec.Raw = EMPTY
    data_hash: msgspec.Raw = EMPTY
    data_title: msgspec.Raw = EMPTY
    data_type: msgspec.Raw = EMPTY
    dataset_title: msgspec.Raw = EMPTY
    branch_name: msgspec.Raw = EMPTY
    label_status: msgspec.Raw = EMPTY
    is_image_sequence: msgspec.Raw = EMPTY
    data_units: msgspec.Raw = EMPTY
    labels: msgspec.Raw = EMPTY
    spaces: msgspec.Raw = EMPTY
    object_answers: msgspec.Raw = EMPTY
    object_actions: msgspec.Raw = EMPTY
    classification_answers: msgspec.Raw = EMPTY
    objects: msgspec.Raw = EMPTY
    classifications: msgspec.Raw = EMPTY
    images: msgspec.Raw = EMPTY
    annotations: msgspec.Raw = EMPTY
    categories: msgspec.Raw = EMPTY

    @property
    def is_row(self) -> bool:
        return any(len(memoryview(part)) for part in (self.label_hash, self.data_units, self.spaces)) or (
            len(memoryview(self.labels)) > 0 and len(memoryview(self.data_hash)) > 0
        )


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of a document: its members, its whole text, and its JSON path `$` or `$[3]`."""

    row: RawRow
    text: Bytes
    path: str


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: rows, or an ontology, or neither."""

    rows: tuple[FoundRow, ...] = ()
    ontology: Any = None
    other: str = ""
    """What the document seems to be where it holds no rows and is no ontology."""
    is_list: bool = False


_ROW = msgspec.json.Decoder(RawRow)
_ROWS = msgspec.json.Decoder(list[msgspec.Raw])


def read_document(data: bytes, report: Report) -> Document:
    """Rows or ontology in the bytes of one file. Raises ViewerError naming line and column where it is not JSON."""
    data = _as_utf8(data, report)
    if not data.strip():
        raise ViewerError("the file is empty, there is no JSON in it")
    try:
        return _strict(data, report)
    except RecursionError as error:
        raise ViewerError("the JSON is nested too deep to be read") from error
    except msgspec.DecodeError:
        return _lenient(data.decode("utf-8"), report)


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
        if data.lstrip()[:1] not in (b"[", b"{"):
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
    if data.lstrip()[:1] == b"[":
        texts = _ROWS.decode(data)
        return _from_items(list(texts), report)
    return _from_root(_ROW.decode(data) if data.lstrip()[:1] == b"{" else msgspec.json.decode(data), data, report)


def _from_items(texts: list[Bytes], report: Report) -> Document:
    found: list[FoundRow] = []
    strangers: list[tuple[int, str]] = []
    for index, text in enumerate(texts):
        try:
            row = _raw_row(text)
        except TypeError:
            strangers.append((index, "no JSON object, so no label row"))
            continue
        if row.is_row:
            found.append(FoundRow(row, text, f"$[{index}]"))
        else:
            strangers.append((index, "an object without label_hash and data_units, so no label row"))
    if texts and not found:
        return Document(other="a list without label rows", is_list=True)
    for index, what in strangers:
        report.warning(f"{what}; left out", f" $[{index}]")
    return Document(tuple(found), is_list=True)


def _raw_row(text: Bytes) -> RawRow:
    """The members of a row, also where its text is not strict. Raises TypeError for what is no object."""
    try:
        return _ROW.decode(text)
    except msgspec.ValidationError as error:
        raise TypeError("not an object") from error
    except msgspec.DecodeError:
        parts = members(text)
        known = {key: msgspec.Raw(parts[key]) for key in RawRow.__struct_fields__ if key in parts}
        return RawRow(**known)


def _from_root(root: Any, data: bytes, report: Report) -> Document:
    if not isinstance(root, RawRow):
        return Document(other={str: "a text", bool: "true or false", type(None): "null"}.get(type(root), "a number"))
    if root.is_row:
        return Document((FoundRow(root, data, "$"),))
    if len(memoryview(root.objects)) and len(memoryview(root.classifications)):
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
        return _from_items([dumped(item) for item in whole], report)
    data = dumped(whole)
    if is_ontology(whole):
        return Document(ontology=whole)
    return _from_root(_raw_row(data) if isinstance(whole, dict) else whole, data, report)


def _salvaged(text: str, refusal: str, report: Report) -> Document:
    """Whole rows out of a text that is not JSON as a whole. Raises ViewerError where there are none."""
    decoder = json.JSONDecoder()
    body = text.strip()
    if body.startswith("["):
        rows, cut = _items_before_the_cut(body, decoder)
        if rows and cut:
            report.error(f"{refusal}; the file is cut off, {len(rows):,} whole rows before the cut are shown")
            return _from_items([row.encode() for row in rows], report)
    try:
        first, end = decoder.raw_decode(body)
    except (ValueError, RecursionError) as error:
        raise ViewerError(refusal) from error
    lines = _rows_a_line(body)
    if lines is not None:
        report.note("one row a line (JSON lines); opened as a list of rows")
        return _from_items([dumped(line) for line in lines], report)
    if isinstance(first, dict | list) and body[end:].strip():
        report.error(f"{refusal}; the text after the end of the JSON was left out")
        return _lenient(body[:end], report)
    raise ViewerError(refusal)


def _items_before_the_cut(body: str, decoder: json.JSONDecoder) -> tuple[list[str], bool]:
    """Texts of the whole items at the start of a list, and whether the list ends in the middle of something."""
    found: list[str] = []
    at = 1
    while True:
        at = _skip(body, at, " \t\r\n")
        try:
            _, end = decoder.raw_decode(body, at)
        except json.JSONDecodeError as error:
            rest = body[error.pos :]
            cut = any(word.startswith(rest) for word in ("", "true", "false", "null", "NaN", "Infinity"))
            return found, cut or error.msg.startswith("Unterminated string")
        except (ValueError, RecursionError):
            return found, False
        found.append(body[at:end])
        at = _skip(body, end, " \t\r\n")
        if at >= len(body):
            return found, True
        if body[at] != ",":
            return found, False
        at += 1


def _skip(text: str, at: int, characters: str) -> int:
    while at < len(text) and text[at] in characters:
        at += 1
    return at


def _rows_a_line(body: str) -> list[Any] | None:
    """The objects of JSON lines; None where a line is something else."""
    made: list[Any] = []
    for line in body.splitlines():
        if line.strip():
            try:
                made.append(loose(line))
            except NotJson:
                return None
    return made if len(made) > 1 and all(isinstance(item, dict) for item in made) else None

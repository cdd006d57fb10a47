"""Export: what was opened. Rows are listed at once and read when looked at; media are found by comparing names."""

from __future__ import annotations

import os
import stat
import threading
import zipfile
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from viewer.errors import Place, Problem, Report, ViewerError, escaped
from viewer.export import ontology_file
from viewer.export.documents import Document, FoundRow, read_document
from viewer.export.facts import text
from viewer.export.find_media import MediaPlaces, is_media_file
from viewer.export.ontology import read_ontology
from viewer.export.places import folder_sources, stat_of, zip_sources
from viewer.export.row import read_row
from viewer.labels.ontology import NO_ONTOLOGY, Ontology
from viewer.labels.records import RowHead
from viewer.labels.row import LabelRow
from viewer.media.source import Source, listed_source

ROWS_KEPT = 8
"""Rows that were looked at and stay parsed."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A JSON file of what was opened."""

    name: str
    data: bytes
    document: Document


class Export:
    """An ordered collection of rows. Safe to use from several threads."""

    def __init__(
        self,
        title: str,
        rows: Sequence[tuple[RowHead, FoundRow]],
        places: MediaPlaces,
        ontology: Ontology,
        problems: Sequence[Problem],
        ontology_problems: Sequence[Problem] = (),
    ) -> None:
        self.title = title
        """Name of what was opened."""
        self.heads: tuple[RowHead, ...] = tuple(head for head, _ in rows)
        self.problems: tuple[Problem, ...] = (*problems, *ontology_problems)
        """About the files as a whole; rows have problems of their own."""
        self.ontology = ontology
        self.places = places
        self._file_problems = tuple(problems)
        self._found = tuple(found for _, found in rows)
        self._rows: OrderedDict[int, LabelRow] = OrderedDict()
        self._lock = threading.Lock()

    def named(self, row_hash: str | None) -> tuple[RowHead, ...]:
        """Rows with this label hash or data hash; all of them for None. Raises ViewerError where there is none."""
        found = tuple(head for head in self.heads if row_hash in (None, head.label_hash, head.data_hash))
        if row_hash is not None and not found:
            raise ViewerError(f"no row with the label hash or data hash {escaped(row_hash)} in {self.title}")
        return found

    def row(self, index: int) -> LabelRow:
        """The row at a place of `heads`, parsed now unless it was just looked at."""
        with self._lock:
            if index in self._rows:
                self._rows.move_to_end(index)
                return self._rows[index]
        made = self.read(index)
        with self._lock:
            kept = self._rows.setdefault(index, made)
            while len(self._rows) > ROWS_KEPT:
                self._rows.popitem(last=False)
        return kept

    def read(self, index: int) -> LabelRow:
        """A row parsed for a single look, which is not kept unless it was looked at before."""
        with self._lock:
            kept = self._rows.get(index)
        return kept or read_row(self._found[index], self.heads[index], self.ontology)

    def text_of(self, index: int) -> bytes | None:
        """The row's own JSON text; None where it is not strict JSON and was read leniently."""
        return self._found[index].text()

    def with_ontology(self, ontology: Ontology) -> Export:
        """The same rows read with another ontology."""
        rows = list(zip(self.heads, self._found, strict=True))
        return Export(self.title, rows, self.places, ontology, self._file_problems)


def open_export(paths: Sequence[Path], media: Sequence[Path] = (), ontology: Path | None = None) -> Export:
    """Files, folders and archives as one export. Raises ViewerError where there is nothing to show."""
    problems: list[Problem] = []
    files: list[ReadFile] = []
    found_ontologies: list[Ontology] = []
    places: list[Path] = []
    lone_other = ""
    for path in paths:
        read, beside, other = _read_path(path, problems)
        files += read
        found_ontologies += beside
        lone_other = lone_other or other
        place = path if path.is_dir() else path.parent
        places += [path, place] if path.is_file() and zipfile.is_zipfile(path) else [place]
    for place in media:
        if not (place.is_dir() or is_media_file(place)):
            raise ViewerError(f"no such folder of media, zip archive or DICOMDIR: {escaped(str(place))}")
    rows = _rows(files, problems)
    is_bare = not any(file.document.is_list and not file.document.other for file in files)
    if not rows and (is_bare or lone_other) and not any(p.severity == "error" for p in problems):
        raise ViewerError(f"{_nothing_found(paths, lone_other, found_ontologies)}: {_listed(paths)}")
    if not rows and is_bare:
        worst = next(problem for problem in problems if problem.severity == "error")
        raise ViewerError(f"no label export could be opened, {worst.what}: {worst.where}")
    if not rows:
        problems.append(Problem("warning", files[0].name, "an export without rows: the list is empty"))
    for file in files:
        if rows and file.document.other:
            problems.append(Problem("warning", file.name, f"not a label export but {file.document.other}; left out"))
    report = Report(files[0].name)
    known = ontology_file.open_ontology(ontology) if ontology else _choose(found_ontologies, files, report)
    title = paths[0].name if len(paths) == 1 else f"{paths[0].name} and {len(paths) - 1} more"
    return Export(
        escaped(title), rows, MediaPlaces(media, tuple(dict.fromkeys(places))), known, problems, report.problems
    )


def _choose(found: Sequence[Ontology], files: Sequence[ReadFile], report: Report) -> Ontology:
    with_rows = [(file.name, file.data) for file in files if file.document.rows]
    return ontology_file.chosen(found, with_rows, report) if with_rows else NO_ONTOLOGY


def _listed(paths: Sequence[Path]) -> str:
    return escaped(", ".join(map(str, paths)))


def _nothing_found(paths: Sequence[Path], other: str, ontologies: Sequence[Ontology]) -> str:
    if ontologies and not other:
        return (
            "this is an ontology, not a label export; open the export that it belongs to, beside it or with --ontology"
        )
    if other:
        return f"not a label export: {other}, where label rows (JSON objects with data_units) were expected"
    kind = "folder" if paths[0].is_dir() else "archive"
    return f"no label export (a JSON file with label rows) in this {kind}"


def _read_path(path: Path, problems: list[Problem]) -> tuple[list[ReadFile], list[Ontology], str]:
    """JSON files with rows, ontologies beside them, and what a lone file is where it holds neither."""
    try:
        is_folder, is_file = path.is_dir(), path.is_file()
    except (OSError, ValueError) as error:
        raise ViewerError(f"this path cannot be opened ({error}): {escaped(str(path))[:300]}") from error
    if is_folder:
        report = Report(escaped(path.name or str(path)), problems=problems)
        return *_read_all([s for s in folder_sources(path, report) if _is_json(s)], problems, ""), ""
    if not is_file:
        what = "not a regular file" if path.exists() else "no such file or folder"
        raise ViewerError(f"{what}: {escaped(str(path))[:300]}")
    if zipfile.is_zipfile(path):
        return *_read_zip(path, problems), ""
    return _read_file(path, problems)


def _read_zip(path: Path, problems: list[Problem]) -> tuple[list[ReadFile], list[Ontology]]:
    name = escaped(path.name)
    report = Report(name, problems=problems)
    sources = zip_sources(path, report)
    inner = [source for source in sources if source.name.casefold().endswith(".zip")]
    for source in inner:
        report.warning("a zip archive inside the archive; unpack it and open it by itself", f"/{escaped(source.name)}")
    return _read_all([source for source in sources if _is_json(source)], problems, f"{name}/")


def _is_json(source: Source) -> bool:
    return source.name.casefold().endswith((".json", ".jsonl", ".ndjson"))


def _read_all(sources: Sequence[Source], problems: list[Problem], base: str) -> tuple[list[ReadFile], list[Ontology]]:
    """Of a folder or archive: other JSON is passed over, a damaged file is a problem."""
    files: list[ReadFile] = []
    ontologies: list[Ontology] = []
    for source in sources:
        name = base + escaped(source.name)
        report = Report(name, problems=problems)
        try:
            data = source.read()
            document = read_document(data, report)
        except ViewerError as error:
            report.say("warning" if "ontology" in name.casefold() else "error", f"{error}; this file was left out")
            continue
        if document.ontology is not None:
            ontologies.append(read_ontology(document.ontology, name))
        elif document.rows:
            files.append(ReadFile(name, data, document))
    return files, ontologies


def _read_file(path: Path, problems: list[Problem]) -> tuple[list[ReadFile], list[Ontology], str]:
    name = escaped(path.name)
    report = Report(name, problems=problems)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ViewerError(f"the file cannot be read ({error.strerror}): {escaped(str(path))}") from error
    try:
        document = read_document(data, report)
    except ViewerError as error:
        damaged = data[:4] == b"PK\x03\x04"
        what = "a damaged zip archive" if damaged else str(error)
        raise ViewerError(f"{what}: {escaped(str(path))}") from error
    if document.ontology is not None:
        return [], [read_ontology(document.ontology, name)], ""
    beside = _ontologies_beside(path, report)
    return [ReadFile(name, data, document)], beside, document.other


def _ontologies_beside(path: Path, report: Report) -> list[Ontology]:
    """Ontologies among the other JSON files of the export's own folder, not below it."""
    try:
        names = sorted(os.listdir(path.parent))
    except OSError:
        return []
    sources: list[Source] = []
    for name in names:
        beside = path.parent / name
        found = stat_of(str(beside)) if name.casefold().endswith(".json") and beside != path else None
        if found is not None and stat.S_ISREG(found.st_mode):
            # read when it is its turn: one that cannot be read, or leads outside, is no reason not to open the export
            sources.append(listed_source(beside, path.parent, name, found))
    return ontology_file.candidates(sources, report)


def _rows(files: Sequence[ReadFile], problems: list[Problem]) -> list[tuple[RowHead, FoundRow]]:
    """All rows; branches of one data unit together, the main branch first, else in the order of the export."""
    listed = [(_head(found, file.name), found) for file in files for found in file.document.rows]
    first: dict[str, int] = {}
    keys: list[tuple[int, bool, int]] = []
    for place, (head, _) in enumerate(listed):
        group = first.setdefault(head.data_hash, place) if head.data_hash else place
        keys.append((group, head.branch != "main", place))
    order = sorted(range(len(listed)), key=keys.__getitem__)
    rows = [(replace(listed[place][0], index=index), listed[place][1]) for index, place in enumerate(order)]
    counts = Counter((head.label_hash, head.branch) for head, _ in rows if head.label_hash)
    for (label_hash, branch), count in counts.items():
        if count > 1:
            head = next(head for head, _ in rows if (head.label_hash, head.branch) == (label_hash, branch))
            what = f"{count} rows have the label_hash {label_hash} on branch {branch}; all are shown"
            problems.append(Problem("warning", head.where, what, Place(head.index)))
    return rows


def _head(found: FoundRow, file: str) -> RowHead:
    row = found.row
    data_type = text(row.data_type)
    return RowHead(
        index=0,
        label_hash=text(row.label_hash),
        data_hash=text(row.data_hash),
        title=text(row.data_title),
        data_type=data_type,
        branch=text(row.branch_name) or "main",
        status=text(row.label_status),
        dataset=text(row.dataset_title),
        deleted=data_type == "deleted",
        where=f"{file} {found.path}",
        nbytes=found.nbytes,
    )

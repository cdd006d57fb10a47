"""Which file belongs to which data unit: by comparing names, never by following a path that the export holds."""

from __future__ import annotations

import os
import threading
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from viewer.errors import Problem, Report, ViewerError, escaped
from viewer.export.dicomdir import dicomdir_sources, is_dicomdir
from viewer.export.places import folder_sources, zip_sources
from viewer.labels.records import Unit, UnitFile
from viewer.media.dicom_files import DicomFiles
from viewer.media.source import Source, real_below

FoundBy = Literal["name", "title", "hash", "link", "uid", "order"]


@dataclass(frozen=True, slots=True)
class Match:
    """The file found for a data unit; or the several that it could be, and none is guessed."""

    source: Source | None = None
    found_by: FoundBy | None = None
    candidates: tuple[Source, ...] = ()


class MediaNames:
    """Names of all files that may be looked at, for look-ups without touching the disk."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.sources: list[Source] = []
        self._by_name: defaultdict[str, list[Source]] = defaultdict(list)
        self._by_stem: defaultdict[str, list[Source]] = defaultdict(list)
        self.count = 0
        for source in sources:
            if source.name.casefold().endswith((".json", ".labelreview")):
                continue
            self.count += 1
            self.sources.append(source)
            name = PurePosixPath(source.name).name.casefold()
            self._by_name[name].append(source)
            stem = name.rpartition(".")[0]
            if stem:
                self._by_stem[stem].append(source)

    def find(self, file: UnitFile) -> Match:
        """By file name, by title without its ending, by data hash, by the last part of the link; in this order."""
        if not self.count:
            return Match()
        title = _last_part(file.title)
        ways: Sequence[tuple[FoundBy, list[Source]]] = (
            ("name", self._by_name.get(title, [])),
            ("title", self._by_stem.get(title, []) or self._by_name.get(title.rpartition(".")[0], [])),
            ("hash", self._named(file.data_hash.casefold())),
            ("link", self._named(_last_part(file.link))),
        )
        doubtful: tuple[Source, ...] = ()
        for found_by, sources in ways:
            chosen = _narrowed(sources, file.title)
            if len(chosen) == 1:
                return Match(chosen[0], found_by)
            doubtful = doubtful or tuple(chosen)
        return Match(candidates=doubtful)

    def _named(self, name: str) -> list[Source]:
        return (self._by_name.get(name, []) or self._by_stem.get(name, [])) if name else []


def _last_part(text: str) -> str:
    return text.replace("\\", "/").rstrip("/").rpartition("/")[2].casefold()


def _narrowed(sources: list[Source], title: str) -> list[Source]:
    """Of several files of one name, those whose folders end as the title's do, or that are written just like it."""
    wanted = [part for part in title.replace("\\", "/").casefold().split("/") if part not in ("", ".", "..")]
    for length in range(len(wanted), 1, -1):
        same = [s for s in sources if list(PurePosixPath(s.name.casefold()).parts[-length:]) == wanted[-length:]]
        if same:
            return same
    exact = [s for s in sources if PurePosixPath(s.name).name == title.replace("\\", "/").rpartition("/")[2]]
    return exact or sources


class MediaPlaces:
    """Folders and archives in which media are looked for: those the user added first, then what was opened."""

    def __init__(self, added: Sequence[Path], opened: Sequence[Path]) -> None:
        self.added = tuple(added)
        self.opened = tuple(opened)
        self.problems: tuple[Problem, ...] = ()
        self._names: tuple[MediaNames, MediaNames] | None = None
        self._dicom: DicomFiles | None = None
        self._lock = threading.Lock()

    def with_folder(self, folder: Path) -> MediaPlaces:
        return MediaPlaces((folder, *(known for known in self.added if known != folder)), self.opened)

    def matches(self, unit: Unit) -> dict[int, Match]:
        """For each file of a unit, by frame, what was found for it. Lists the folders at the first call."""
        return {file.frame: self.match(file) for file in unit.files}

    def match(self, file: UnitFile) -> Match:
        """What was found for one file, by its names."""
        added, opened = self._listed()
        first = added.find(file)
        second = first if first.source else opened.find(file)
        return first if not second.source and first.candidates else second

    def named(self, name: str) -> Source | None:
        """The file that a folder or archive lists under just this name."""
        return next((s for names in self._listed() for s in names.sources if s.name == name), None)

    @property
    def dicom(self) -> DicomFiles:
        """Those of the files that are DICOM, whatever they are called."""
        added, opened = self._listed()
        with self._lock:
            if self._dicom is None:
                self._dicom = DicomFiles([*added.sources, *opened.sources])
            return self._dicom

    @property
    def count(self) -> int:
        """Files that media are looked for among."""
        return sum(names.count for names in self._listed())

    def _listed(self) -> tuple[MediaNames, MediaNames]:
        with self._lock:
            if self._names is None:
                problems: list[Problem] = []
                seen: set[str] = set()
                self._names = (
                    MediaNames(_sources_of(self.added, seen, problems)),
                    MediaNames(_sources_of(self.opened, seen, problems)),
                )
                self.problems = tuple(problems)
            return self._names


def is_media_file(place: Path) -> bool:
    """Whether a file stands for many media: a zip archive, or the directory of a DICOM medium."""
    return place.is_file() and (zipfile.is_zipfile(place) or is_dicomdir(place))


def _sources_in(place: Path, report: Report) -> Iterable[Source]:
    if not place.is_file():
        return folder_sources(place, report)
    return dicomdir_sources(place, report) if is_dicomdir(place) else zip_sources(place, Report(""))


def _sources_of(places: Sequence[Path], seen: set[str], problems: list[Problem]) -> list[Source]:
    made: list[Source] = []
    for place in places:
        report = Report(escaped(str(place)), problems=problems)
        root, inside = str(place), os.path.realpath(place)
        try:
            for source in _sources_in(place, report):
                key = real_below(str(source.path), root, inside) if source.path else f"{place}/{source.name}"
                if key not in seen:
                    seen.add(key)
                    made.append(source)
        except ViewerError as error:
            report.warning(str(error))
    return made

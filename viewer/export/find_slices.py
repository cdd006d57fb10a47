"""Which file holds which slice: by instance UID, else by name, else by their order, and never by a mixture of series."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from viewer.errors import ViewerError, escaped
from viewer.export.find_media import FoundBy, Match
from viewer.export.slice_order import in_order
from viewer.labels.records import Unit, UnitFile
from viewer.media.dicom_files import DicomFiles
from viewer.media.dicom_header import Header
from viewer.media.dicom_slices import SliceAt
from viewer.media.progress import Progress
from viewer.media.source import Source


@dataclass(frozen=True, slots=True, eq=False)
class FoundSlices:
    """The slices of one unit, all of its files looked at."""

    places: dict[int, SliceAt]
    found_by: dict[int, FoundBy]
    repeated: dict[int, tuple[Source, ...]] = field(default_factory=dict[int, tuple[Source, ...]])
    """Frames whose instance stands in several files that differ; none was taken."""
    copied: dict[int, tuple[Source, ...]] = field(default_factory=dict[int, tuple[Source, ...]])
    """Frames whose instance stands in several files that are the same, byte for byte."""
    ordered: str = ""
    """How those were put in order that the export does not tell apart."""
    backwards: dict[int, SliceAt] = field(default_factory=dict[int, SliceAt])
    """The same counted from the other end, where nothing says which way they run."""
    unused: tuple[Header, ...] = ()
    """Files of the series that are no frame of the export."""
    unclear: dict[int, Header] = field(default_factory=dict[int, Header])
    """Frames whose file has several frames, of which the export names none, or one that is not there."""
    several: tuple[str, ...] = ()
    """Series that it could be; none was taken."""
    files: int = 0
    """DICOM files that were looked at."""


class SliceFinder:
    """Of one unit; safe in several threads."""

    def __init__(
        self, unit: Unit, files: DicomFiles, by_name: Callable[[UnitFile], Match], last_labelled: int = -1
    ) -> None:
        self._unit = unit
        self._files = files
        self._by_name = by_name
        self._last_labelled = last_labelled
        # a lone file with the unit's own place stands for the series, of whose slices nothing is said
        told_apart = [file for file in unit.files if len(unit.files) > 1 or file.path != unit.path]
        self._listed = {file.frame: file for file in told_apart}
        self._bases = _bases(unit.files)
        self._uncounted = _uncounted(told_apart)
        # then no file has several frames, and its header can say nothing new
        self._is_one_each = len(self._uncounted) == len(told_apart) > 1 and [*self._listed] == [*range(len(told_apart))]
        self._found: FoundSlices | None = None
        self._lock = threading.Lock()

    @property
    def listed(self) -> Mapping[int, UnitFile]:
        """By frame, the slices that the export says anything of."""
        return self._listed

    @property
    def found_if_ready(self) -> FoundSlices | None:
        return self._found

    @property
    def count(self) -> int:
        """Frames that can be addressed, as far as is known."""
        listed = max(self._listed) + 1 if self._listed else 0
        ordered = max(self._found.places, default=-1) + 1 if self._found is not None else 0
        return max(self._unit.frames or 0, listed, ordered, self._last_labelled + 1)

    @property
    def rate(self) -> float | None:
        """Pictures a second of a cine, as far as its header was read already."""
        first = min(self._found.places if self._found is not None else self._listed, default=0)
        place = self._found.places.get(first) if self._found is not None else self._quickly(first)
        try:
            return self._files.header(place.source).rate if place is not None else None
        except ViewerError:
            return None  # said where the slice is wanted

    def find(self, frame: int, *, backwards: bool = False) -> SliceAt:
        """Where a frame lies; looks at no more files than it must. Raises ViewerError where it was not found.

        `backwards`: slices that were only put in order are counted from the other end.
        """
        if self._found is None:
            quick = self._quickly(frame)
            if quick is not None:
                return quick
        found = self.complete()
        place = (found.backwards.get(frame) if backwards else None) or found.places.get(frame)
        if place is None:
            raise ViewerError(self._why_not(frame, found))
        return place

    def complete(self, progress: Progress = lambda _: None, stop: Callable[[], bool] = lambda: False) -> FoundSlices:
        """Look at the headers of all files. Raises Stopped when told to stop."""
        with self._lock:
            if self._found is None:
                self._found = self._sorted_out(self._files.headers(progress, stop))
            return self._found

    def _quickly(self, frame: int) -> SliceAt | None:
        """By the instance that the first bytes of exactly one file name, or by the name of its link.

        Looking at the header as well takes as long again as the picture, and is left out where it can say nothing new.
        """
        file = self._listed.get(frame)
        if file is not None and not file.data_hash and file.link and len(self._listed) > 1:
            source = self._by_name(file).source
            return self._checked(source, file) if source is not None else None
        named = self._files.named(file.data_hash) if file is not None and file.data_hash else []
        if file is None or len(named) != 1:
            return None
        if self._is_one_each and self._files.is_certain(named[0]):
            return SliceAt(named[0])
        return self._checked(named[0], file)

    def _checked(self, source: Source, file: UnitFile) -> SliceAt | None:
        try:
            header = self._files.header(source)
        except ViewerError:
            return None
        if header.size is None or (file.data_hash and header.uid != file.data_hash):
            return None
        inner = self._inner(file, header)
        return None if inner is None else SliceAt(source, inner)

    def _inner(self, file: UnitFile, header: Header) -> int | None:
        """Which frame of its file, from 0; None where the export does not say it, or names one that is not there."""
        if header.frames == 1:
            return 0
        if file.inner is not None:
            inner = file.inner - self._bases.get(file.data_hash, 0)
        else:
            frames = self._uncounted[_key(file)]
            if len(self._uncounted) == 1 and len(self._listed) == len(frames):
                inner = file.frame  # there is nothing but this file
            elif len(frames) == header.frames == frames[-1] - frames[0] + 1:
                inner = file.frame - frames[0]
            else:
                return None
        return inner if 0 <= inner < header.frames else None

    def _why_not(self, frame: int, found: FoundSlices) -> str:
        if frame in found.repeated:
            names = ", ".join(escaped(source.name) for source in found.repeated[frame][:3])
            return f"frame {frame:,} stands in several files that differ, and none was guessed: {names}"
        if frame in found.unclear:
            header = found.unclear[frame]
            said = f"{header.frames:,} frame{'s' * (header.frames != 1)}"
            return f"the export does not say which frame of its file frame {frame:,} is, or one that is not there; it has {said}: {escaped(header.source.name)}"
        if found.several:
            return f"the files belong to {len(found.several):,} series, and the export does not say to which of them it belongs"
        file = self._listed.get(frame)
        named = f" (instance {escaped(file.data_hash)[:80]})" if file is not None and file.data_hash else ""
        return f"frame {frame:,}{named} was not found among {found.files:,} DICOM files"

    # -- all of them

    def _sorted_out(self, headers: Sequence[Header]) -> FoundSlices:
        of_source = {id(header.source): header for header in headers}
        told = self._told_apart(headers, of_source)
        places, found_by = told.places, told.found_by
        series = _by_series(headers)
        left = None if told.unclear else self._left_over(places, told.repeated)
        ordered, several = "", ()
        backwards: dict[int, SliceAt] = {}
        if left is not None:
            chosen, several = self._series_of(series, places, of_source)
            if chosen:
                ordered = self._by_order(chosen, places, found_by, left)
                if ordered and "uid" not in found_by.values():
                    backwards = self._from_the_other_end(chosen, found_by)
        own = {of_source[id(place.source)].series for place in places.values() if id(place.source) in of_source}
        used = {id(place.source) for place in places.values()}
        used |= {id(source) for sources in (*told.repeated.values(), *told.copied.values()) for source in sources}
        used |= {id(header.source) for header in told.unclear.values()}
        unused = tuple(header for header in headers if header.series in own and id(header.source) not in used)
        return replace(told, ordered=ordered, backwards=backwards, unused=unused, several=several, files=len(headers))

    def _told_apart(self, headers: Sequence[Header], of_source: Mapping[int, Header]) -> FoundSlices:
        """Those that the export names, by instance or by link."""
        told = FoundSlices({}, {})
        by_uid: defaultdict[str, list[Header]] = defaultdict(list)
        for header in headers:
            by_uid[header.uid].append(header)
        for frame, file in self._listed.items():
            same = by_uid.get(file.data_hash, []) if file.data_hash else []
            by: FoundBy = "uid"
            if len(same) > 1:
                sources = tuple(header.source for header in same)
                if not _are_copies(sources):
                    told.repeated[frame] = sources
                    continue
                told.copied[frame] = sources
            if same:
                header = same[0]
            elif not file.data_hash and (file.link or len(self._listed) > 1):
                match = self._by_name(file)
                found = of_source.get(id(match.source))
                if found is None:
                    continue
                header, by = found, match.found_by or "link"
            else:
                continue
            inner = self._inner(file, header)
            if inner is None:
                told.unclear[frame] = header
            else:
                told.places[frame], told.found_by[frame] = SliceAt(header.source, inner), by
        return told

    def _left_over(self, places: dict[int, SliceAt], repeated: dict[int, tuple[Source, ...]]) -> list[int] | None:
        """Frames to be found by their order: those of which the export says no instance; None where there are none."""
        named = {frame for frame, file in self._listed.items() if file.data_hash}
        if self._unit.frames is None and not named:
            return []
        left = [f for f in range(self.count) if f not in places and f not in named and f not in repeated]
        return left or None

    def _series_of(
        self, series: dict[str, list[Header]], places: dict[int, SliceAt], of_source: dict[int, Header]
    ) -> tuple[list[Header], tuple[str, ...]]:
        """The files of the one series that it can be, else none, and those that it could be."""
        metadata = self._unit.facts.get("metadata")
        wanted = metadata.get("series_uid") if isinstance(metadata, dict) else None
        if isinstance(wanted, str) and wanted in series:
            return series[wanted], ()
        own = {of_source[id(place.source)].series for place in places.values()}
        if len(own) == 1:
            return series[own.pop()], ()
        named = {uid: found for uid, found in series.items() if any(self._is_named(header) for header in found)}
        if len(named) == 1:
            return next(iter(named.values())), ()
        fitting = {uid: found for uid, found in series.items() if self._fits(found)} if len(series) > 1 else series
        if len(fitting) == 1:
            return next(iter(fitting.values())), ()
        return [], tuple(fitting or series)

    def _fits(self, found: Sequence[Header]) -> bool:
        size, frames = self._unit.size, sum(header.frames for header in found)
        return (size is None or any(header.size == size for header in found)) and frames >= self.count

    def _is_named(self, header: Header) -> bool:
        return any(self._by_name(file).source is header.source for file in self._unit.files[:1])

    def _by_order(
        self,
        chosen: Sequence[Header],
        places: dict[int, SliceAt],
        found_by: dict[int, FoundBy],
        left: Sequence[int],
    ) -> str:
        """Give the frames that are left the slices at their places in the order; how they were put in order."""
        slices, words = in_order(chosen)
        ranks = {(id(place.source), place.inner): rank for rank, place in enumerate(slices)}
        known = sorted(
            (f, ranks[key]) for f, place in places.items() if (key := (id(place.source), place.inner)) in ranks
        )
        if len(known) > 1 and all(b[1] - a[1] == a[0] - b[0] for a, b in pairwise(known)):
            slices, words = slices[::-1], f"{words}, backwards"
            known = [(frame, len(slices) - 1 - rank) for frame, rank in known]
        by = known[0][1] - known[0][0] if known else 0
        if any(rank - frame != by for frame, rank in known):
            return ""
        for frame in left or range(len(slices)):
            if 0 <= frame + by < len(slices) and frame not in places:
                places[frame], found_by[frame] = slices[frame + by], "order"
        return words

    def _from_the_other_end(self, chosen: Sequence[Header], found_by: dict[int, FoundBy]) -> dict[int, SliceAt]:
        slices = in_order(chosen)[0][::-1]
        return {frame: slices[frame] for frame, by in found_by.items() if by == "order" and frame < len(slices)}


def _bases(files: Iterable[UnitFile]) -> dict[str, int]:
    """By instance, the number of its first frame, as exports do not say from what they count.

    It is 0 where 0 occurs, and where every number is that of the slice itself, which counts from 0.
    """
    counted: defaultdict[str, list[UnitFile]] = defaultdict(list)
    for file in files:
        if file.inner is not None:
            counted[file.data_hash].append(file)
    return {
        uid: 0 if any(file.inner == 0 for file in found) or all(file.inner == file.frame for file in found) else 1
        for uid, found in counted.items()
    }


def _key(file: UnitFile) -> str:
    return file.data_hash or file.link or file.title


def _uncounted(files: Iterable[UnitFile]) -> dict[str, list[int]]:
    """By file, the frames that name it without saying which of its own frames they are."""
    made: defaultdict[str, list[int]] = defaultdict(list)
    for file in files:
        if file.inner is None:
            made[_key(file)].append(file.frame)
    return {key: sorted(frames) for key, frames in made.items()}


def _by_series(headers: Sequence[Header]) -> dict[str, list[Header]]:
    made: defaultdict[str, list[Header]] = defaultdict(list)
    for header in headers:
        if header.size is not None:
            made[header.series].append(header)
    return dict(made)


def _are_copies(sources: Sequence[Source]) -> bool:
    if len({source.bytes_size for source in sources}) != 1:
        return False
    try:
        first = sources[0].read()
        return all(source.read() == first for source in sources[1:])
    except ViewerError:
        return False

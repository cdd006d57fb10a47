"""Lookup tables of DICOM files, of values and of colours, in all the ways in which they are written (PS3.3 C.7.6.3, C.11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

MOST_ENTRIES = 65_536
"""What a count of 0 stands for, as 16 bits hold no more."""
DISCRETE, LINEAR, INDIRECT = range(3)
"""Kinds of segments."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Entries for the numbers from `first` on; the first and the last of them hold beyond the ends."""

    first: int
    entries: NDArray[np.int64]
    bits: int
    """Of an entry."""

    def of(self, numbers: NDArray[Any]) -> NDArray[np.int64]:
        return self.entries[np.clip(numbers.astype(np.int64) - self.first, 0, len(self.entries) - 1)]


def table_of(
    item: Dataset, descriptor: str = "LUTDescriptor", data: str = "LUTData", *, signed: bool = False
) -> Table | None:
    """The table whose two elements are called so; None where there is none that can be read.

    `signed`: what is looked up may be negative, so a first number beyond 32,767 is a negative one.
    """
    described = _described(item, descriptor, signed=signed)
    if described is None or item.get(data) in (None, b"", []):
        return None
    count, first, bits = described
    entries, is_bytes = _entries(item, data, count, bits)
    return _table(first, entries[:count], 8 if is_bytes else bits)


def palette_colours(ds: Dataset, stored: NDArray[Any]) -> NDArray[Any]:
    """(rows, columns, 3) uint8 or uint16, as deep as the palette is. Raises ValueError where it has none to be read."""
    signed = stored.dtype.kind == "i"
    tables = [_channel(ds, colour, signed=signed) for colour in ("Red", "Green", "Blue")]
    kind = np.uint8 if max(table.bits for table in tables) <= 8 else np.uint16
    if stored.dtype.itemsize > 2:
        return np.stack([table.of(stored).astype(kind) for table in tables], axis=-1)
    unsigned = np.dtype(f"u{stored.dtype.itemsize}")
    every = np.arange(2 ** (8 * unsigned.itemsize), dtype=unsigned).view(stored.dtype)
    return np.stack([table.of(every).astype(kind) for table in tables], axis=-1)[stored.view(unsigned)]


def _channel(ds: Dataset, colour: str, *, signed: bool) -> Table:
    descriptor, data = f"{colour}PaletteColorLookupTableDescriptor", f"{colour}PaletteColorLookupTableData"
    if ds.get(data) in (None, b"") and ds.get(f"Segmented{data}"):
        found = _segmented(ds, descriptor, f"Segmented{data}", signed=signed)
    else:
        found = table_of(ds, descriptor, data, signed=signed)
    if found is None:
        raise ValueError(f"{data} is missing or broken")
    return found


def _segmented(ds: Dataset, descriptor: str, data: str, *, signed: bool) -> Table | None:
    described = _described(ds, descriptor, signed=signed)
    if described is None:
        return None
    count, first, bits = described
    words = _words(ds, data, 1 if bits <= 8 else 2)
    made: list[int] = []
    for run in _runs(words, count, bits):
        made.extend(run)
        if len(made) >= count:
            break
    return _table(first, np.asarray(made[:count], dtype=np.int64), bits)


def _runs(words: NDArray[np.int64], count: int, bits: int) -> Iterator[list[int]]:
    """The entries of one segment after another (PS3.3 C.7.9.2). Raises ValueError where they make no sense."""
    waiting, last, steps = [(0, len(words), MOST_ENTRIES)], 0, 0
    while waiting:
        at, end, segments = waiting.pop()
        if at + 2 > end or segments == 0:
            continue
        steps += 1
        kind, length = int(words[at]), int(words[at + 1])
        if steps > MOST_ENTRIES or kind > INDIRECT or (kind == LINEAR and at + 2 >= end):
            raise ValueError("broken segments")
        run: list[int] = []
        if kind == DISCRETE:
            run, after = words[at + 2 : at + 2 + length].tolist(), at + 2 + length
        elif kind == LINEAR:
            goal, after = int(words[at + 2]), at + 3
            run = np.rint(np.linspace(last, goal, length + 1)[1:]).astype(int).tolist()
        else:
            parts = words[at + 2 : at + (4 if bits > 8 else 6)].tolist()
            offset, after = (
                sum(part << ((16 if bits > 8 else 8) * place) for place, part in enumerate(parts)),
                at + 2 + len(parts),
            )
            waiting += [(after, end, segments - 1), (offset, len(words), length)]
            continue
        waiting.append((after, end, segments - 1))
        last = run[-1] if run else last
        yield run


def _described(item: Dataset, name: str, *, signed: bool) -> tuple[int, int, int] | None:
    """Count of entries, number of the first one, bits of an entry."""
    said = item.get(name)
    if said is None or isinstance(said, str | bytes | int) or len(said) != 3:
        return None
    count, first, bits = (int(part) for part in said)
    if not 0 < bits <= 16:
        return None
    return count & 0xFFFF or MOST_ENTRIES, first - 65_536 if signed and first > 32_767 else first, bits


def _table(first: int, entries: NDArray[np.int64], bits: int) -> Table | None:
    """Of as many bits as its entries have, whatever it says itself."""
    if not len(entries) or int(entries.min()) < 0 or int(entries.max()) >= MOST_ENTRIES:
        return None
    return Table(first, entries, max(bits, int(entries.max()).bit_length()))


def _entries(item: Dataset, name: str, count: int, bits: int) -> tuple[NDArray[np.int64], bool]:
    """And whether they are bytes, which two to a word hold."""
    value = item[name].value
    if isinstance(value, bytes):
        is_bytes = count > 1 and len(value) <= count + 1
        return _words(item, name, 1 if is_bytes else 2), is_bytes
    words = np.atleast_1d(np.asarray(value, dtype=np.int64))
    is_packed = bits <= 8 and count > 1 and len(words) == (count + 1) // 2
    if is_packed:
        words = np.frombuffer(words.astype("<u2").tobytes(), np.uint8).astype(np.int64)
    return words, is_packed


def _words(item: Dataset, name: str, size: int) -> NDArray[np.int64]:
    """Numbers of so many bytes, from bytes that are turned about in pairs where words of 16 bits stand the other way."""
    element = item[name]
    little = getattr(item, "original_encoding", (None, True))[1] is not False
    data = element.value[: len(element.value) // 2 * 2] if element.VR == "OW" or size == 2 else element.value
    if not little and (element.VR == "OW" or size == 2):
        data = np.frombuffer(data, np.uint16).byteswap().tobytes()
    return np.frombuffer(data, np.dtype(f"<u{size}")).astype(np.int64)

"""pydicom, loaded where it is first needed, and kept from talking: what it warns of may name a patient."""

from __future__ import annotations

import logging
import warnings
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydicom.dataelem import DataElement, RawDataElement
    from pydicom.dataset import Dataset
    from pydicom.tag import BaseTag


def pydicom() -> ModuleType:
    """The module. Values that break the standard's rules are read as they are, without a word on standard error."""
    # each time, as whoever catches warnings forgets the filter afterwards
    warnings.filterwarnings("ignore", module=r"pydicom\b")
    return _loaded()


@cache
def _loaded() -> ModuleType:
    import pydicom as module
    from pydicom import config, encaps, pixels

    assert encaps and pixels  # so that they can be reached by the module
    config.settings.reading_validation_mode = config.IGNORE
    logger = logging.getLogger("pydicom")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    logger.setLevel(logging.CRITICAL + 1)
    return module


def value_of(ds: Dataset, keyword: str, otherwise: Any = None) -> Any:
    """What `ds.get` gives, in a fraction of the time where nothing is there, which is usual, or plain decimal numbers."""
    tag = _tag(keyword)
    there = ds.keys()  # the test of the data set itself is slow
    if tag not in there:
        return otherwise
    made = _plain(ds.get_item(tag))
    if made is not None:
        return made
    try:
        return ds[tag].value
    except AttributeError:
        return otherwise


def _plain(element: DataElement | RawDataElement | None) -> int | float | tuple[float, ...] | None:
    """Of one small number or of decimal ones that nobody has looked at yet; None for anything else."""
    raw = element.value if element is not None else None
    if element is None or not isinstance(raw, bytes):
        return None
    if element.VR == "US" and len(raw) == 2:
        return int.from_bytes(raw, "little" if getattr(element, "is_little_endian", True) else "big")
    if element.VR != "DS":
        return None
    try:
        first, *more = (float(part) for part in raw.split(b"\\"))
    except ValueError:
        return None  # it may still mean something to pydicom
    return (first, *more) if more else first


@cache
def _tag(keyword: str) -> BaseTag:
    from pydicom.tag import Tag

    return Tag(keyword)

"""pydicom, loaded where it is first needed, and kept from talking: what it warns of may name a patient."""

from __future__ import annotations

import logging
import warnings
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
    """The same as `ds.get`, which takes long to find out that something is not there, as most things are not."""
    tag = _tag(keyword)
    there = ds.keys()  # the test of the data set itself is slow
    if tag not in there:
        return otherwise
    try:
        return ds[tag].value
    except AttributeError:
        return otherwise


@cache
def _tag(keyword: str) -> BaseTag:
    from pydicom.tag import Tag

    return Tag(keyword)

"""pydicom, loaded where it is first needed, and kept from talking: what it warns of may name a patient."""

from __future__ import annotations

import logging
import warnings
from functools import cache
from types import ModuleType


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

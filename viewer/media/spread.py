"""More than 8 bits on a screen of 8: numbers mapped linearly from the smallest to the largest there is."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_STRIP = 1 << 20
"""Numbers mapped at a time, so that the wide numbers in between stay small."""


def spread(values: NDArray[Any], called: str) -> tuple[NDArray[np.uint8], str]:
    """8-bit grey levels of the same shape, and how they came about: '16 bit, shown from 3 to 4,011'.

    Smallest and largest are those of the finite numbers. What is not a number is black, and so is all of a picture
    that has one value only.
    """
    bounds = _finite_bounds(values)
    if bounds is None:
        return np.zeros(values.shape, np.uint8), f"{called}, no finite numbers in it: shown black"
    low, high = bounds
    if values.dtype == np.uint16:
        shown = np.take(_mapped(np.arange(65536), low, high), values)
    else:
        shown = np.empty(values.shape, np.uint8)
        flat, out = values.reshape(-1), shown.reshape(-1)
        for start in range(0, flat.size, _STRIP):
            out[start : start + _STRIP] = _mapped(flat[start : start + _STRIP], low, high)
    return shown, f"{called}, shown from {_said(low)} to {_said(high)}"


def _finite_bounds(values: NDArray[Any]) -> tuple[float, float] | None:
    low, high = values.min(), values.max()
    if not (np.isfinite(low) and np.isfinite(high)):
        finite = values[np.isfinite(values)]
        if not finite.size:
            return None
        low, high = finite.min(), finite.max()
    return low.item(), high.item()


def _mapped(values: NDArray[Any], low: float, high: float) -> NDArray[np.uint8]:
    # In float64: the distance of two float32 may be beyond float32
    scaled = (values.astype(np.float64) - low) * 255.0 / ((high - low) or np.inf)
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(np.clip(np.rint(scaled), 0, 255), nan=0.0).astype(np.uint8)


def _said(number: float) -> str:
    return f"{number:,}" if isinstance(number, int) else f"{number:,.6g}"

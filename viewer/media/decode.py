"""From an opened picture to numbers: what the file holds, and what the screen shows of it. Nothing is turned yet."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.media.load import load
from viewer.media.opencv import cv2
from viewer.media.profile import from_lab, through_profile
from viewer.media.spread import spread
from viewer.media.still import Still, open_still

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

_CHANNELS = {
    "P": ("index",),
    "PA": ("index", "A"),
    "LA": ("L", "A"),
    "RGB": ("R", "G", "B"),
    "RGBA": ("R", "G", "B", "A"),
    "CMYK": ("C", "M", "Y", "K"),
    "YCbCr": ("Y", "Cb", "Cr"),
    "LAB": ("L", "a", "b"),
}
_PREMULTIPLIED = {"La": "LA", "RGBa": "RGBA", "RGBX": "RGB"}
_STRIP = 1 << 16
"""Pixels converted at a time: few enough to stay in the cache, and for OpenCV not to call in threads of its own."""
_DEEP = re.compile(r"RGBA?;16[BLN]")
"""Raw modes with 16 bits a colour, of which Pillow would keep 8."""
_OTHER_END = {"B": "L", "L": "B", "N": "B" if sys.byteorder == "little" else "L"}
_TIFF_BITS, _TIFF_PHOTOMETRIC, _TIFF_NUMBER = 258, 262, 339
_UNSIGNED = 1


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """As in `Picture`, but as stored."""

    shown: NDArray[np.uint8]
    values: NDArray[Any] | None
    """None where they are the colours of `shown`."""
    channels: tuple[str, ...]
    opaque: bool = True


def decode(still: Still) -> Decoded:
    """Decode a picture; adds to its notes and warnings. Raises whatever Pillow raises where nothing can be shown."""
    raw_mode = _raw_mode(still.image)
    image = load(still)
    if _DEEP.fullmatch(raw_mode):
        return _deep_colour(image, still, raw_mode)
    if image.mode in _PREMULTIPLIED:
        image = image.convert(_PREMULTIPLIED[image.mode])
    if image.mode not in _CHANNELS:
        return _grey(image, still)
    if raw_mode == "LA;16B":
        image = image.convert("LA")  # which Pillow has spread over three equal colours
    if ";16" in raw_mode:
        still.notes.append("16 bit, read as 8 bit")
    return _colour(image, still)


def _grey(image: Image, still: Still) -> Decoded:
    bits, inverted = _grey_facts(still)
    values = _native(np.asarray(image))
    if values.dtype == np.bool_:
        shown = np.where(values, np.uint8(255), np.uint8(0))
        values = (values != inverted).view(np.uint8)
    elif values.dtype == np.uint8:
        shown = values
        if bits < 8:
            values = values // np.uint8(255 // (2**bits - 1))
        if inverted:
            values = np.uint8(2**bits - 1) - values
    else:
        if values.dtype == np.int32 and bits == 32 and _tag(still, _TIFF_NUMBER) == _UNSIGNED:
            values = values.view(np.uint32)
        shown, note = spread(values, "floating point" if values.dtype == np.float32 else f"{bits} bit")
        still.notes.append(note)
        shown = 255 - shown if inverted else shown
    if still.profile is not None:
        still.notes.append("its grey colour profile is not applied")
    return _keyed(shown, values, ("L",), image.info.get("transparency"))


def _grey_facts(still: Still) -> tuple[int, bool]:
    """Bits of a grey pixel, and whether 0 is white."""
    wide = {"1": 1, "I": 32, "F": 32}.get(still.image.mode, 16 if still.image.mode.startswith("I;16") else 8)
    if still.kind != "TIFF":
        return still.grey_bits or wide, False
    return _tag(still, _TIFF_BITS) or wide, _tag(still, _TIFF_PHOTOMETRIC) == 0


def _tag(still: Still, number: int) -> int | None:
    value = getattr(still.image, "tag_v2", {}).get(number)
    return value[0] if isinstance(value, tuple) else value


def _native(array: NDArray[Any]) -> NDArray[Any]:
    return array.astype(array.dtype.newbyteorder("="), copy=False)


def _colour(image: Image, still: Still) -> Decoded:
    screen = _for_the_screen(image, still)
    shown, opaque = _bgra(screen)
    if image.mode == "RGB":
        values = None if screen is image else np.asarray(image)
        decoded = Decoded(shown, values, _CHANNELS["RGB"], opaque)
        key = image.info.get("transparency")
        return decoded if key is None else _keyed(shown, np.asarray(image), _CHANNELS["RGB"], key)
    values = np.asarray(image)
    if image.mode == "LAB":
        values = np.concatenate([values[..., :1].astype(np.int16), values[..., 1:].view(np.int8)], axis=-1)
    return Decoded(shown, values, _CHANNELS[image.mode], opaque)


def _for_the_screen(image: Image, still: Still) -> Image:
    """The same in RGB or RGBA, through its colour profile where it has one."""
    mode = image.mode
    if mode == "LAB":
        return from_lab(image)
    if mode in ("P", "PA", "LA"):
        image = image.convert("RGBA" if mode != "P" or image.has_transparency_data else "RGB")
    elif mode == "YCbCr":
        image = image.convert("RGB")
    if still.profile is not None:
        image, note = through_profile(image, still.profile)
        still.notes += [note] if note else []
    if image.mode == "CMYK":
        image = image.convert("RGB")
        still.notes.append("CMYK, shown in approximate colours")
    return image


def _bgra(image: Image) -> tuple[NDArray[np.uint8], bool]:
    """An RGB or RGBA image as blue, green, red, alpha; and whether it is opaque."""
    width, height = image.size
    shown = np.empty((height, width, 4), np.uint8)
    solid = image.mode == "RGB"
    rows = max(1, _STRIP // width)
    for top in range(0, height, rows):
        strip = image.crop((0, top, width, min(top + rows, height))).tobytes("raw", "RGBX" if solid else "RGBA")
        out = shown[top : top + rows]
        cv2().cvtColor(np.frombuffer(strip, np.uint8).reshape(-1, width, 4), cv2().COLOR_RGBA2BGRA, dst=out)
        if solid:
            out[..., 3] = 255
    return shown, solid or bool(shown[..., 3].min() == 255)


def _keyed(shown: NDArray[np.uint8], values: NDArray[Any], channels: tuple[str, ...], key: Any) -> Decoded:
    """With the one colour transparent that a PNG or GIF names so."""
    if not isinstance(key, (int, tuple)):
        return Decoded(shown, values, channels)
    clear = values == key if values.ndim == 2 else (values == np.array(key, values.dtype)).all(axis=-1)
    if shown.ndim == 2:
        shown = cv2().cvtColor(shown, cv2().COLOR_GRAY2BGRA)
    shown[clear, 3] = 0
    return Decoded(shown, values, channels, not clear.any())


def _raw_mode(image: ImageFile) -> str:
    """How Pillow is going to read the numbers of the file, '' where that differs within it."""
    modes = {tile.args if isinstance(tile.args, str) else str((tile.args or ("",))[0]) for tile in image.tile}
    return modes.pop() if len(modes) == 1 else ""


def _deep_colour(high: Image, still: Still, raw_mode: str) -> Decoded:
    """All 16 bits: Pillow keeps the upper byte of each number, and the lower one if told the other byte order."""
    other = raw_mode[:-1] + _OTHER_END[raw_mode[-1]]
    again = open_still(still.data)
    again.image.tile = [
        tile._replace(args=(other, *tile.args[1:]) if isinstance(tile.args, tuple) else other)
        for tile in again.image.tile
    ]
    values = np.asarray(high).astype(np.uint16) << 8 | np.asarray(load(again))
    colours, note = spread(values[..., :3], "16 bit")
    still.notes.append(note)
    if still.profile is not None:
        still.notes.append("its colour profile is not applied")
    shown = cv2().cvtColor(colours, cv2().COLOR_RGB2BGRA)
    if values.shape[-1] == 3:
        return _keyed(shown, values, _CHANNELS["RGB"], high.info.get("transparency"))
    shown[..., 3] = values[..., 3] >> 8
    return Decoded(shown, values, _CHANNELS["RGBA"], bool(shown[..., 3].min() == 255))

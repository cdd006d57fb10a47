"""Cells twice: a stained slide in colour, and fluorescence as a 16-bit grey picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from viewer.demo.geometry import Frame
from viewer.demo.pencil import Colour, Pencil, Point, blob, mixed
from viewer.demo.rows import CHECKED, DETECTED, Made, Thing

SLIDE = Frame(1024, 1024)
GLOWING = Frame(900, 700)


def draw_slide() -> tuple[Pencil, dict[str, Thing]]:
    """Tissue with cells; some have a hole, and one an island in its hole."""
    rng = np.random.default_rng(31)
    pencil = Pencil(*SLIDE)
    pencil.begin("tissue")
    pencil.gradient(0, 0, *SLIDE, [(0, (244, 214, 226)), (0.5, (238, 202, 220)), (1, (246, 220, 230))])
    for x, y in rng.uniform((-100, 0), SLIDE, (90, 2)).tolist():
        drift = rng.normal(0, 9, 7).cumsum().tolist()
        points = [(x + 48 * step, y + sway) for step, sway in enumerate(drift)]
        pencil.line(points, float(rng.uniform(2, 7)), (226, 150, 190, int(rng.integers(30, 80))))
    pencil.texture("tissue", 6, (2, 2))
    things: list[Thing] = []
    for number, (x, y, radius) in enumerate(_places(rng), 1):
        things += _cell(pencil, rng, number, x, y, radius)
    for key in [thing.key for thing in things if thing.kind == "Cell"]:
        nucleus = key.replace("cell", "nucleus")
        made = DETECTED if int(key.split()[1]) % 3 else CHECKED
        things.append(Thing("Nucleus", nucleus, {0: SLIDE.bitmask(pencil.visible(nucleus))}, made=made))
    return pencil, {thing.key: thing for thing in things}


def _places(rng: np.random.Generator) -> list[tuple[float, float, float]]:
    """Centres and radii, spread so that no two cells touch."""
    found: list[tuple[float, float, float]] = [(512, 500, 168), (800, 250, 112), (210, 780, 118)]
    for _ in range(4000):
        radius = float(rng.uniform(44, 88))
        x, y = (float(c) for c in rng.uniform(1.25 * radius, 1024 - 1.25 * radius, 2))
        if all((x - a) ** 2 + (y - b) ** 2 > (1.32 * (radius + r)) ** 2 for a, b, r in found):
            found.append((x, y, radius))
        if len(found) == 17:
            break
    return found


def _cell(pencil: Pencil, rng: np.random.Generator, number: int, x: float, y: float, radius: float) -> list[Thing]:
    outline = blob(rng, x, y, radius, 40, 0.11)
    key, nucleus = f"cell {number}", f"nucleus {number}"
    pencil.begin(key)
    tone: Colour = mixed((206, 136, 190), (222, 160, 204), float(rng.random()))
    pencil.polygon(outline, mixed(tone, (120, 50, 120), 0.4))
    pencil.polygon([(x + (px - x) * 0.965, y + (py - y) * 0.965) for px, py in outline], tone)
    rings: list[list[Point]] = [outline]
    islands: list[list[Point]] = []
    centre = (x, y)
    if radius > 100:
        # A vacuole: a hole in the cell, and in the largest one a drop of the cell's own stuff.
        hole = blob(rng, x + 0.3 * radius, y + 0.2 * radius, 0.42 * radius, 30, 0.08)
        centre = (x - 0.45 * radius, y - 0.35 * radius)
        pencil.begin()
        pencil.polygon(hole, (250, 240, 246))
        rings.append(hole)
        if radius > 150:
            island = blob(rng, x + 0.3 * radius, y + 0.2 * radius, 0.16 * radius, 20, 0.1)
            pencil.begin(key)
            pencil.polygon(island, mixed(tone, (120, 50, 120), 0.25))
            islands.append(island)
    pencil.begin(nucleus)
    core = blob(rng, *centre, 0.36 * radius, 26, 0.12)
    pencil.polygon(core, (84, 44, 122))
    pencil.polygon(
        [(centre[0] + (px - centre[0]) * 0.86, centre[1] + (py - centre[1]) * 0.86) for px, py in core], (108, 62, 148)
    )
    for _ in range(5):
        dx, dy = (float(d) for d in rng.uniform(-0.18, 0.18, 2) * radius)
        pencil.ellipse(centre[0] + dx, centre[1] + dy, 0.05 * radius, 0.05 * radius, (70, 34, 106))
    place = SLIDE.polygon(rings, *([island] for island in islands))
    phase = {"Phase": "Dividing" if number % 5 == 0 else "Resting"}
    return [Thing("Cell", key, {0: place}, phase, made=Made() if number % 2 else CHECKED)]


def draw_glowing() -> tuple[Image.Image, list[Thing]]:
    """A 16-bit grey picture whose values use most of the range, and masks of what glows."""
    rng = np.random.default_rng(5)
    width, height = GLOWING
    light = rng.normal(900, 130, (height, width))
    things = []
    for number, (x, y, radius) in enumerate(_scattered(rng), 1):
        mask = _filled(blob(rng, x, y, radius, 30, 0.14))
        soft = np.asarray(Image.fromarray(mask).convert("L").filter(ImageFilter.BoxBlur(radius / 4))) / 255
        core = np.hypot(np.arange(width)[np.newaxis] - x, np.arange(height)[:, np.newaxis] - y) / radius
        strength = float(rng.uniform(6000, 38000))
        light += strength * soft * (0.35 + 0.65 * np.exp(-(core**2))) * rng.normal(1, 0.05, mask.shape)
        made = DETECTED if number % 2 else CHECKED
        things.append(Thing("Nucleus", f"nucleus {number}", {0: GLOWING.bitmask(mask)}, made=made))
    # The lamp does not light evenly.
    light *= np.linspace(0.7, 1.0, width)[np.newaxis]
    return Image.fromarray(light.clip(0, 65535).astype(np.uint16)), things


def _scattered(rng: np.random.Generator) -> list[tuple[float, float, float]]:
    """Centres and radii of fourteen nuclei; a few touch, none covers another."""
    found: list[tuple[float, float, float]] = []
    while len(found) < 14:
        x, y, radius = (float(c) for c in rng.uniform((70, 70, 26), (830, 630, 58)))
        if all(np.hypot(x - a, y - b) > 0.98 * (radius + r) for a, b, r in found):
            found.append((x, y, radius))
    return found


def _filled(points: list[Point]) -> NDArray[np.bool_]:
    mask = Image.new("1", GLOWING, 0)
    ImageDraw.Draw(mask).polygon(points, fill=1)
    return np.asarray(mask)

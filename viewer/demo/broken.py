"""A test card with labels that are wrong on purpose, one of each kind, beside good ones that must be shown all the same."""

from __future__ import annotations

from viewer.demo.geometry import Frame
from viewer.demo.pencil import Colour, Pencil, ellipse_points
from viewer.demo.rows import Made, Thing

FRAME = Frame(800, 600)


def draw_test_card() -> tuple[Pencil, list[Thing]]:
    """Four plain things with good labels, and below them the places of five broken ones."""
    pencil = Pencil(*FRAME)
    pencil.gradient(0, 0, *FRAME, [(0, (70, 74, 82)), (1, (48, 50, 58))])
    for x in range(0, 800, 40):
        pencil.line([(x, 0), (x, 600)], 1, (96, 100, 110))
    for y in range(0, 600, 40):
        pencil.line([(0, y), (800, y)], 1, (96, 100, 110))
    colours: tuple[Colour, ...] = ((214, 80, 76), (232, 178, 66), (82, 164, 116), (76, 128, 196))
    pencil.begin("square")
    pencil.rectangle(80, 120, 120, 120, colours[0])
    pencil.begin("disc")
    pencil.ellipse(340, 180, 60, 60, colours[1])
    pencil.begin("triangle")
    triangle = [(520.0, 120.0), (580.0, 240.0), (460.0, 240.0)]
    pencil.polygon(triangle, colours[2])
    pencil.begin("ring")
    pencil.polygon(ellipse_points(680, 180, 60, 60), colours[3])
    pencil.begin()
    pencil.polygon(ellipse_points(680, 180, 30, 30), (60, 63, 70))
    for x in range(100, 800, 150):
        pencil.line([(x - 26, 404), (x + 26, 456)], 6, (110, 114, 124))
        pencil.line([(x + 26, 404), (x - 26, 456)], 6, (110, 114, 124))
    good = [
        Thing("Car", "square", {0: FRAME.box(80, 120, 120, 120)}, {"Remark": "A good label: it is shown"}),
        Thing("Plate", "disc", {0: FRAME.circle(340, 180, 60)}),
        Thing("Cell", "triangle", {0: FRAME.polygon([triangle])}),
        Thing("Nucleus", "ring", {0: FRAME.bitmask(pencil.visible("ring"))}),
        # On the picture that is missing.
        Thing("Car", "lost", {1: FRAME.box(200, 200, 240, 120)}),
    ]
    return pencil, good + _broken(pencil)


def _broken(pencil: Pencil) -> list[Thing]:
    """Labels as no reader should meet them, each with the class that its shape belongs to."""
    no_width = FRAME.box(60, 400, 80, 60)
    del no_width["boundingBox"]["w"]
    cut = FRAME.bitmask(pencil.visible("ring"))
    letters: str = cut["bitmask"]["rleString"]
    # The last letter that is left says that another one follows.
    end = max(i for i in range(len(letters) // 2) if ord(letters[i]) - 48 & 32)
    cut["bitmask"]["rleString"] = letters[: end + 1]
    word = {"point": {"0": {"x": "left", "y": 0.7}}}
    unheard = {"shape": "hologram", "hologram": {"sheets": [[0.62, 0.66], [0.7, 0.76]]}}
    stranger = {**FRAME.box(660, 400, 80, 60), "featureHash": "notThere", "name": "Submarine", "color": "blueish"}
    made = Made("script@example.org", manual=False)
    return [
        Thing("Car", "box without a width", {0: no_width}, made=made),
        Thing("Cell", "polygon of one point", {0: FRAME.polygon([[(250.0, 430.0)]])}, made=made),
        Thing("Nucleus", "mask cut short", {0: cut}, made=made),
        Thing("Buoy", "point with a word", {0: word}, made=made),
        Thing("Crate", "unheard shape", {0: unheard}, made=made),
        Thing("Car", "class not in the ontology", {0: stranger}, made=made),
    ]

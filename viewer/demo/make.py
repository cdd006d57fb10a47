"""Writes the demo: `export.json`, `ontology.json`, and pictures, film, sound, texts and DICOM files in `media/`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from PIL import Image

from viewer.demo import article, timetable
from viewer.demo.angio import FRAME as ANGIOGRAM
from viewer.demo.angio import angio_judgements, angio_things, draw_angio
from viewer.demo.angio_file import write_angio
from viewer.demo.broken import draw_test_card
from viewer.demo.cells import draw_glowing, draw_slide
from viewer.demo.court import draw_court
from viewer.demo.crates import draw_crates
from viewer.demo.crossing import COUNT, crossing_things, draw_crossing
from viewer.demo.doorstep import SECONDS, scene, write_scene
from viewer.demo.doorstep_labels import doorstep_judgements, doorstep_things
from viewer.demo.film import FPS, write_film
from viewer.demo.geometry import Geometry
from viewer.demo.harbour import draw_harbour
from viewer.demo.invoice import TITLE as INVOICE
from viewer.demo.invoice import invoice_judgements, write_invoice
from viewer.demo.lakeside import FRAME as LAKESIDE
from viewer.demo.lakeside_film import draw_film
from viewer.demo.lakeside_labels import film_judgements, film_things
from viewer.demo.ontology import Terms, ontology
from viewer.demo.outdoors import draw_balloons, draw_kites, draw_lighthouse
from viewer.demo.perspective import FRAME as STREET
from viewer.demo.perspective import TITLE as STREET_TITLE
from viewer.demo.phantom import Phantom
from viewer.demo.phantom_grid import FRAME as CHEST
from viewer.demo.phantom_labels import phantom_judgements, phantom_things
from viewer.demo.phantom_series import write_series
from viewer.demo.rows import SECOND, Judgement, Row, Thing, Unit, row_json
from viewer.demo.street import draw_street
from viewer.demo.table import draw_table
from viewer.demo.voice import RATE

_EXIF_ORIENTATION, _TURN_CLOCKWISE = 0x0112, 6


def make_demo(folder: Path) -> Path:
    """Write the demo into `folder`, which is made if need be, and return it: it can be opened as any export.

    The files are the same, byte for byte, whenever the same versions of Pillow, numpy, PyAV, soundfile and pydicom make them.
    Raises OSError if the folder cannot be written.
    """
    media = folder / "media"
    media.mkdir(parents=True, exist_ok=True)
    rows = [
        *_street(media),
        _group(media),
        _crossing(media),
        _film(media),
        _phantom(media),
        _angio(media),
        _doorstep(media),
        _article(media),
        _timetable(media),
        _invoice(media),
        _nuclei(media),
        _lighthouse(media),
        _unlabelled(media),
        _broken(media),
        _deleted(),
    ]
    terms = Terms()
    (folder / "export.json").write_text(json.dumps([row_json(row, terms) for row in rows]), encoding="utf-8")
    (folder / "ontology.json").write_text(json.dumps(ontology(), indent=1), encoding="utf-8")
    return folder


def _street(media: Path) -> list[Row]:
    """The dense picture twice: as reviewed, and as a second annotator saw it."""
    pencil, things = draw_street()
    unit = _save(pencil.finish(1), media / STREET_TITLE)
    judgements = (
        Judgement("Usable?", {"Usable?": "Yes"}, ranges=()),
        Judgement("Time of day", {"Time of day": "Dusk"}),
        Judgement("Seen", {"Seen": ["People", "Vehicles"]}),
        Judgement("People counted", {"People counted": 4}),
    )
    main = Row(STREET_TITLE, (unit,), tuple(things), judgements, status="REVIEWED", exported_before=True)
    doubts = (
        Judgement(
            "Usable?", {"Usable?": "No", "Why not": ["Too dark"], "Comment": "Far cars are hard to see"}, ranges=()
        ),
        Judgement("Time of day", {"Time of day": "Night"}),
    )
    second = tuple(_second_opinion(things))
    return [
        main,
        replace(main, branch="encord-second-annotator", things=second, judgements=doubts, status="LABELLED", day=1),
    ]


def _second_opinion(things: Iterable[Thing]) -> Iterable[Thing]:
    """What the second annotator did otherwise: left things out, moved, renamed and answered differently."""
    for thing in things:
        if thing.key in ("car 2", "lamp 1", "lamp 2", "building left 1", "scan 1"):
            continue
        thing = replace(thing, made=SECOND)
        if thing.key == "car 4":
            box = thing.places[0]["boundingBox"]
            thing = replace(thing, places={0: {"boundingBox": box | {"x": box["x"] + 0.006, "h": box["h"] - 0.01}}})
        elif thing.key == "car 7":
            thing = replace(
                thing, answers={**thing.answers, "Kind": "Estate", "Roof rails": "No", "Extras": ["Spoiler"]}
            )
        elif thing.key == "road":
            thing = replace(thing, places={0: {"polygon": thing.places[0]["polygon"]}})
        elif thing.key == "sign no entry":
            thing = replace(thing, answers={"Meaning": "Speed limit", "Limit (km/h)": 30})
        yield thing
    x, y, near = 1130.0, 846.0, 0.63
    yield Thing("Manhole", "shadow taken for a manhole", {0: STREET.ellipse(x, y, 120 * near, 30 * near)}, made=SECOND)


def _group(media: Path) -> Row:
    """Six pictures of six sizes."""
    drawings = {
        "harbour.jpg": draw_harbour(), "table.jpg": draw_table(), "court.jpg": draw_court(),
        "crates.png": draw_crates(), "slide.png": draw_slide(), "kites.jpg": draw_kites(),
    }  # fmt: skip
    units, things = [], []
    for frame, (name, (pencil, found)) in enumerate(drawings.items()):
        units.append(_save(pencil.finish(frame, noise=1 if name.endswith("png") else 3), media / name))
        things += [_on_frame(thing, frame, name) for thing in found.values()]
    judgements = (
        Judgement("Seen", {"Seen": ["Vehicles", "Water"]}, ((0, 0),), generation=1),
        Judgement("Time of day", {"Time of day": "Day"}, ((0, 1), (5, 5)), generation=1),
        Judgement("Note", {"Note": "Stained slide, not a scene"}, ((4, 4),), generation=1),
    )
    return Row("Six pictures", tuple(units), tuple(things), judgements, "img_group", sequence=False, day=2)


def _on_frame(thing: Thing, frame: int, name: str) -> Thing:
    """A thing of one picture, as a thing of the group."""
    changing = tuple((title, answer, ((frame, frame),)) for title, answer, _ in thing.changing)
    return replace(thing, key=f"{name}: {thing.key}", places={frame: thing.places[0]}, changing=changing)


def _crossing(media: Path) -> Row:
    """A sequence of 24 frames."""
    (media / "crossing").mkdir(exist_ok=True)
    units, places = [], []
    for frame, (pencil, found) in enumerate(draw_crossing()):
        units.append(_save(pencil.finish(frame, noise=2), media / "crossing" / f"crossing-{frame:02}.jpg"))
        places.append(found)
    judgements = (
        Judgement("Time of day", {"Time of day": "Day"}, ((0, COUNT - 1),), generation=2),
        Judgement("Note", {"Note": "The van covers the car"}, ((9, 13),), generation=2),
        Judgement("Seen", {"Seen": ["People", "Vehicles", "Animals"]}, ((0, 8), (15, COUNT - 1)), generation=2),
    )
    things = tuple(crossing_things(places))
    return Row("Crossing", tuple(units), things, judgements, "img_group", status="REVIEWED_TWICE", sequence=True, day=3)


def _film(media: Path) -> Row:
    """Twenty seconds by a lake; `lakeside_labels.py` says which labels are wrong on purpose."""
    places: list[dict[str, Geometry]] = []

    def pictures() -> Iterator[Image.Image]:
        for picture, found in draw_film():
            places.append(found)
            yield picture

    count = write_film(pictures(), media / "lakeside.mp4", LAKESIDE)
    unit = Unit("lakeside.mp4", *LAKESIDE, fps=float(FPS), count=count)
    things = tuple(film_things(places))
    return Row(unit.file, (unit,), things, film_judgements(), "video", status="REVIEWED", day=8)


def _phantom(media: Path) -> Row:
    """A CT series of a drawn chest; `phantom_labels.py` says which label is wrong on purpose."""
    series = write_series(Phantom(), media / "phantom")
    unit = Unit("Chest CT", *CHEST, series=series)
    return Row(unit.file, (unit,), tuple(phantom_things()), phantom_judgements(), "dicom", status="REVIEWED", day=8)


def _angio(media: Path) -> Row:
    """One DICOM file of thirty frames."""
    series = write_angio(draw_angio(), media / "angio.dcm")
    unit = Unit("angio.dcm", *ANGIOGRAM, series=series)
    return Row(unit.file, (unit,), tuple(angio_things()), angio_judgements(), "dicom", day=8)


def _doorstep(media: Path) -> Row:
    """A minute of sound; `doorstep_labels.py` says which labels are wrong on purpose."""
    heard, path = scene(), media / "doorstep.flac"
    write_scene(heard, path)
    facts = {
        "audio_codec": "flac", "audio_sample_rate": RATE, "audio_bit_depth": 16, "audio_num_channels": 2,
        "data_duration": float(SECONDS),
    }  # fmt: skip
    unit, things = Unit(path.name, facts=facts), tuple(doorstep_things(heard))
    return Row(path.name, (unit,), things, doorstep_judgements(heard), "audio", status="REVIEWED", day=8)


def _article(media: Path) -> Row:
    """A text; `article.py` says which label is wrong on purpose."""
    (media / article.TITLE).write_bytes(article.ARTICLE.encode())
    things, judgements = tuple(article.article_things()), article.article_judgements()
    return Row(article.TITLE, (Unit(article.TITLE, facts={}),), things, judgements, "plain_text", day=8)


def _timetable(media: Path) -> Row:
    """An HTML page, which exports call plain text too."""
    (media / timetable.TITLE).write_bytes(timetable.PAGE.encode())
    things, judgements = tuple(timetable.timetable_things()), timetable.timetable_judgements()
    return Row(timetable.TITLE, (Unit(timetable.TITLE, facts={}),), things, judgements, "plain_text", day=8)


def _invoice(media: Path) -> Row:
    """A document of two pages."""
    things = tuple(write_invoice(media / INVOICE))
    unit = Unit(INVOICE, fps=0.0, count=2)
    return Row(INVOICE, (unit,), things, invoice_judgements(), "pdf", status="REVIEWED", day=8)


def _nuclei(media: Path) -> Row:
    picture, things = draw_glowing()
    unit = _save(picture, media / "nuclei-16-bit.png")
    return Row(unit.file, (unit,), tuple(things), status="LABEL_IN_PROGRESS", day=4)


def _lighthouse(media: Path) -> Row:
    """A photo as phones store it: lying on its side, with a note how to turn it."""
    pencil, things = draw_lighthouse()
    picture = pencil.finish(7)
    exif = Image.Exif()
    exif[_EXIF_ORIENTATION] = _TURN_CLOCKWISE
    stored = picture.transpose(Image.Transpose.ROTATE_90)
    _save(stored, media / "lighthouse.jpg", exif)
    unit = Unit("lighthouse.jpg", *picture.size)
    judgements = (Judgement("Time of day", {"Time of day": "Night"}),)
    return Row(unit.file, (unit,), tuple(things), judgements, status="REVIEW_IN_PROGRESS", day=5)


def _unlabelled(media: Path) -> Row:
    unit = _save(draw_balloons().finish(9), media / "balloons.jpg")
    return Row(unit.file, (unit,), status="NOT_LABELLED", day=6)


def _broken(media: Path) -> Row:
    """Labels that are wrong, and a second picture that is not there."""
    pencil, things = draw_test_card()
    unit = _save(pencil.finish(3, noise=1), media / "test-card.png")
    units = (unit, replace(unit, file="lost-picture.png"))
    return Row("Broken on purpose", units, tuple(things), data_type="img_group", sequence=False, day=7)


def _deleted() -> Row:
    """The row of a picture that was deleted from the project after it was labelled."""
    thing = Thing("Bird", "bird", {0: STREET.point(400, 300)})
    return Row("deleted-picture.jpg", (Unit("deleted-picture.jpg", *STREET),), (thing,), data_type="deleted", day=1)


def _save(picture: Image.Image, path: Path, exif: Image.Exif | None = None) -> Unit:
    if path.suffix == ".jpg":
        picture.save(path, quality=88, exif=exif.tobytes() if exif else b"")
    else:
        picture.save(path)
    return Unit(path.name, *picture.size)

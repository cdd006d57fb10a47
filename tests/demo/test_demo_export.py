"""The demo as a whole: the same every time, complete, readable, and wrong only where it says so."""

import json
import re

import av
import pytest
from PIL import Image, ImageOps

from viewer.__main__ import main
from viewer.demo.make import make_demo

SHAPES = {
    "bounding_box", "rotatable_bounding_box", "polygon", "polyline", "point", "skeleton", "bitmask",
    "circle", "ellipse", "cuboid_2d", "cuboid",
}  # fmt: skip


@pytest.fixture(scope="module")
def rows(demo):
    return json.loads((demo / "export.json").read_text())


def blobs(rows):
    for row in rows:
        for unit in row["data_units"].values():
            labels = unit["labels"]
            yield from [labels] if "objects" in labels else labels.values()


def entries(rows):
    for blob in blobs(rows):
        yield from blob["objects"]


def test_it_is_the_same_every_time(demo, tmp_path):
    again = make_demo(tmp_path / "new" / "folder")
    files = sorted(path.relative_to(demo) for path in demo.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert [file for file in files if (demo / file).read_bytes() != (again / file).read_bytes()] == []


def test_it_stays_small(demo):
    assert sum(path.stat().st_size for path in demo.rglob("*") if path.is_file()) < 22_000_000


def test_every_shape_is_there(rows):
    assert {entry["shape"] for entry in entries(rows)} == SHAPES | {"hologram"}
    keys = {key for entry in entries(rows) for key in entry}
    assert {"polygons", "polygon"} <= keys
    assert any("polygon" in entry and "polygons" not in entry for entry in entries(rows))
    cuboids = [entry["cuboid_2d"] for entry in entries(rows) if "cuboid_2d" in entry]
    assert any("vanishingPoint" in cuboid for cuboid in cuboids) and any("offset" in cuboid for cuboid in cuboids)


def test_rows_of_every_kind(rows):
    assert {row["data_type"] for row in rows} == {
        *("image", "img_group", "video", "dicom", "deleted"),
        *("audio", "plain_text", "pdf"),
    }
    assert {unit["data_type"] for row in rows for unit in row["data_units"].values()} >= {"text/plain", "text/html"}
    assert {row["is_image_sequence"] for row in rows} == {True, False, None}
    assert len({row["label_status"] for row in rows}) >= 5
    assert any(not list(entries([row])) for row in rows)
    assert len({row["label_hash"] for row in rows}) == len(rows)
    crossing = next(row for row in rows if row["is_image_sequence"])
    assert [unit["data_sequence"] for unit in crossing["data_units"].values()] == [str(n) for n in range(24)]
    six = next(row for row in rows if row["data_title"] == "Six pictures")
    assert len({(unit["width"], unit["height"]) for unit in six["data_units"].values()}) == 6


def test_two_branches_of_one_picture_differ_on_purpose(rows):
    first, second = [row for row in rows if row["data_title"] == "street-at-dusk.jpg"]
    assert (first["branch_name"], second["branch_name"]) == ("main", "encord-second-annotator")
    assert first["data_hash"] == second["data_hash"] and first["label_hash"] != second["label_hash"]
    one, other = ({entry["objectHash"]: entry for entry in entries([row])} for row in (first, second))
    assert set(one) - set(other) and set(other) - set(one)
    assert any(one[key].get("boundingBox") != other[key].get("boundingBox") for key in set(one) & set(other))


def test_answers_of_every_type_and_nested_ones(rows):
    answers = [a for row in rows for o in row["object_answers"].values() for a in o["classifications"]]
    kinds = {type(answer["answers"]) for answer in answers}
    assert kinds >= {str, list} and kinds & {int, float}
    assert [] in [answer["answers"] for answer in answers]
    assert {"Side door", "Lettering", "Limit (km/h)"} <= {answer["name"] for answer in answers}
    actions = [a for row in rows for o in row["object_actions"].values() for a in o["actions"]]
    assert any(len(action["range"]) > 1 for action in actions)


def test_a_relation_points_to_another_object_of_the_row(rows):
    street = rows[0]
    (link,) = [
        (key, answer["answers"])
        for key, entry in street["object_answers"].items()
        for answer in entry["classifications"]
        if answer["name"] == "Drives behind"
    ]
    assert link[1] in street["object_answers"] and link[1] != link[0]


def test_classifications_of_three_generations(rows):
    seen = set()
    for row in rows:
        placed = {c["classificationHash"] for blob in blobs([row]) for c in blob["classifications"]}
        for key, answer in row["classification_answers"].items():
            seen.add((key in placed, "range" in answer))
    assert seen == {(True, False), (True, True), (False, True)}


def test_makers_are_of_both_kinds_and_no_one(demo, rows):
    makers = {entry["createdBy"] for entry in entries(rows)}
    assert len(makers) >= 3 and {entry["manualAnnotation"] for entry in entries(rows)} == {True, False}
    assert any(entry["confidence"] < 1 for entry in entries(rows))
    assert any("lastEditedBy" in entry for entry in entries(rows))
    people = r'"(?:createdBy|lastEditedBy|user_email)": "([^"]+)"'
    addresses = set(re.findall(people, (demo / "export.json").read_text()))
    assert addresses and all(address.endswith("@example.org") for address in addresses)


def test_every_class_and_option_is_in_the_ontology(demo, rows):
    ontology = (demo / "ontology.json").read_text()
    hashes = set(re.findall(r'"featureNodeHash": "([^"]+)"', ontology))
    used = set(re.findall(r'"featureHash": "([^"]+)"', json.dumps(rows)))
    joints = set(re.findall(r'"featureHash": "([^"]+)"', ontology))
    assert used - hashes - joints == {"notThere"}


def test_pictures_have_the_size_that_the_export_says(demo, rows):
    media = {path.name: path for path in (demo / "media").rglob("*.*")}
    missing = []
    for row in rows:
        if row["data_type"] in ("dicom", "audio", "plain_text", "pdf"):
            continue  # the headers of slices are looked at beside their pixels; the others have no size in the export
        for unit in row["data_units"].values():
            path = media.get(unit["data_title"])
            if path is None:
                missing.append(unit["data_title"])
                continue
            if path.suffix == ".mp4":
                with av.open(str(path)) as film:
                    stream = film.streams.video[0]
                    assert (stream.width, stream.height) == (unit["width"], unit["height"])
                continue
            with Image.open(path) as picture:
                assert ImageOps.exif_transpose(picture).size == (unit["width"], unit["height"])
    assert missing == ["lost-picture.png", "deleted-picture.jpg"]


def test_a_turned_photo_and_a_picture_of_sixteen_bits(demo):
    with Image.open(demo / "media" / "lighthouse.jpg") as photo:
        assert photo.getexif()[0x0112] == 6 and photo.width > photo.height
    with Image.open(demo / "media" / "nuclei-16-bit.png") as grey:
        assert grey.mode == "I;16" and grey.getextrema()[1] > 30_000


def test_the_reader_finds_fault_only_with_what_is_broken_on_purpose(demo, rows, capsys):
    (broken,) = [index for index, row in enumerate(rows) if row["data_title"] == "Broken on purpose"]
    assert main(["check", "--json", str(demo)]) == 1
    problems = json.loads(capsys.readouterr().out)
    errors = [problem for problem in problems if problem["severity"] == "error"]
    assert errors and all(f"$[{broken}]" in problem["where"] for problem in errors)
    (film,) = [index for index, row in enumerate(rows) if row["data_type"] == "video"]
    assert not [problem for problem in problems if f"$[{film}]" in problem["where"] and ".labels" in problem["where"]]
    assert any("cuboid" in problem["what"] for problem in problems)

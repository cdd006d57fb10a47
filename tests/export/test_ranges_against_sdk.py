"""Labels of sounds, texts and pages that Encord's own SDK makes and writes: every range, answer and classification is
read as the SDK holds it. The real exports of these kinds are held against what it reads of them."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.rows import listed
from tests.shared import EXPORTS, SHARED, load, needs_shared
from tests.sounds import noise, write
from viewer.commands.inspect import inspected
from viewer.export.export import open_export

pytest.importorskip("encord")
pytestmark = [needs_shared, pytest.mark.filterwarnings("ignore")]

TEXT = "😀 Paris and London\r\nare far from 東京. " * 30
WHERE = ["/html[1]/body[1]/p[1]/text()[1]", "/html[1]/body[1]/div[2]/b[1]/text()[2]", "/html[1]/body[1]"]
KINDS = {"audio": ("audio", "audio/wav"), "text": ("plain_text", "text/plain"), "html": ("plain_text", "text/html")}
SOUND = {
    "data_duration": 60.0, "audio_codec": "pcm", "audio_sample_rate": 8000, "audio_bit_depth": 16,
    "audio_num_channels": 1,
}  # fmt: skip
UNIT_OF_RANGE = {"audio": "ms", "text": "characters", "html": "html"}


@pytest.fixture(scope="module")
def oracle() -> Any:
    return load(SHARED / "oracle" / "oracle.py")


def ontology() -> Any:
    """Classes with attributes of each type, nested ones, and two of the same title."""
    from encord.objects.attributes import ChecklistAttribute, NumericAttribute, RadioAttribute, TextAttribute
    from encord.objects.common import Shape
    from encord.objects.ontology_structure import OntologyStructure

    def ask(owner: Any) -> None:
        radio = owner.add_attribute(RadioAttribute, "Kind of speech")
        radio.add_option("Calm")
        nested = radio.add_option("Loud").add_nested_option(TextAttribute, "Why so loud?")
        assert nested is not None

    structure = OntologyStructure()
    for shape in (Shape.AUDIO, Shape.TEXT):
        made = structure.add_object(f"Speaker {shape.value}", shape=shape)
        ask(made)
        ticks = made.add_attribute(ChecklistAttribute, "Heard")
        for label in ("Zebra", "Ape", "Bee"):
            ticks.add_option(label)
        made.add_attribute(TextAttribute, "Transcript")
        made.add_attribute(TextAttribute, "Transcript")
        made.add_attribute(NumericAttribute, "Loudness")
    ask(structure.add_classification())
    ticks = structure.add_classification().add_attribute(ChecklistAttribute, "Noise")
    for label in ("Wind", "Cars"):
        ticks.add_option(label)
    structure.add_classification().add_attribute(TextAttribute, "Remark")
    return structure


def answered(instance: Any, attributes: Any, chance: random.Random) -> Any:
    """The same instance with some of its attributes answered."""
    for attribute in attributes:
        kind = attribute.get_property_type().value
        if chance.random() < 0.2 and len(attributes) > 1:
            continue
        if kind == "radio":
            option = chance.choice(attribute.options)
            instance.set_answer(option, attribute=attribute)
            for nested in getattr(option, "attributes", []) or []:
                instance.set_answer("because 😀", attribute=nested)
        elif kind == "checklist":
            instance.set_answer(chance.sample(attribute.options, chance.randint(1, len(attribute.options))), attribute)
        elif kind == "numeric":
            instance.set_answer(chance.choice([0, -3, 2.5]), attribute=attribute)
        else:
            instance.set_answer(chance.choice(["hello", "", "line\nline", "'quoted' \"text\""]), attribute=attribute)
    return instance


def stretches(chance: random.Random, end: int) -> list[tuple[int, int]]:
    """Some that do not touch; the SDK joins those that do."""
    ends = sorted(chance.sample(range(0, end, 2), 2 * chance.randint(1, 4)))
    return list(zip(ends[::2], ends[1::2], strict=True))


def positions(chance: random.Random) -> list[Any]:
    from encord.objects.html_node import HtmlNode, HtmlRange

    def node() -> Any:
        return HtmlNode(xpath=chance.choice(WHERE), offset=chance.randint(0, 50))

    return [HtmlRange(start=node(), end=node()) for _ in range(chance.randint(1, 3))]


def empty_row(kind: str, spaces: dict[str, str]) -> dict[str, Any]:
    data_type, mime = KINDS.get(kind, ("group", "group"))
    made = {
        "data_hash": "d1", "data_title": "talk", "data_type": mime, "data_sequence": 0, "data_link": "bucket/d1",
        "labels": {} if kind in KINDS else {"objects": [], "classifications": []},
        **(SOUND if kind == "audio" else {}),
    }  # fmt: skip
    return {
        "label_hash": "l1", "branch_name": "main", "data_hash": "d1", "dataset_hash": "s1", "dataset_title": "set",
        "data_title": "talk", "data_type": data_type, "data_units": {"d1": made}, "object_answers": {},
        "classification_answers": {}, "object_actions": {}, "label_status": "LABELLED",
        "created_at": "2026-03-02 09:30:00", "last_edited_at": "2026-03-02 09:30:00",
        "spaces": {key: space(key, word) for key, word in spaces.items()},
    }  # fmt: skip


def space(key: str, word: str) -> dict[str, Any]:
    made = {"space_type": word, "child_info": {"layout_key": key, "file_name": key, "data_link": None}, "labels": {}}
    return {**made, **({"duration_ms": 60_000} if word == "audio" else {})}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", KINDS)
def test_rows_written_by_the_sdk(tmp_path: Path, kind: str, seed: int, oracle: Any) -> None:
    from encord.objects.coordinates import AudioCoordinates, HtmlCoordinates, TextCoordinates
    from encord.objects.frames import Range

    chance, structure = random.Random(seed), ontology()
    row, _ = oracle.load_row(empty_row(kind, {}), structure.to_dict())
    shape = "audio" if kind == "audio" else "text"
    truth: dict[str, Any] = {}
    for _ in range(5):
        owner = next(o for o in structure.objects if o.shape.value == shape)
        instance = answered(owner.create_instance(), owner.attributes, chance)
        if kind == "html":
            found: Any = positions(chance)
            coordinates: Any = HtmlCoordinates(range=found)
        else:
            found = stretches(chance, len(TEXT))
            made = [Range(*pair) for pair in found]
            coordinates = AudioCoordinates(range=made) if kind == "audio" else TextCoordinates(range=made)
        instance.set_for_frames(coordinates, created_by="ann@example.org", confidence=0.5, manual_annotation=False)
        row.add_object_instance(instance)
        truth[instance.object_hash] = found
    whole = add_classifications(row, structure, chance)
    written_row = json.loads(json.dumps(row.to_encord_dict()))
    name = "talk.wav" if kind == "audio" else "note.txt"
    written_row["data_title"] = written_row["data_units"]["d1"]["data_title"] = name
    if kind == "audio":
        write(tmp_path / name, noise(seconds=0.1, channels=1))
    else:
        (tmp_path / name).write_bytes(TEXT.encode())
    mine = with_ontology(tmp_path, written_row, structure)
    assert {o["object_hash"] for o in mine["objects"]} == set(truth)
    for listed_object in mine["objects"]:
        expected = truth[listed_object["object_hash"]]
        assert listed_object["unit_of_range"] == UNIT_OF_RANGE[kind]
        if kind == "html":
            ends = [html.to_dict() for html in expected]
            assert listed_object["ranges"] == [[html["start"], html["end"]] for html in ends]
        else:
            assert listed_object["ranges"] == [list(pair) for pair in expected]
        if kind == "text":
            assert listed_object["texts"] == [TEXT[start:end] for start, end in expected]
        instance = next(o for o in row.get_object_instances() if o.object_hash == listed_object["object_hash"])
        assert listed_object["name"] == instance.object_name
        assert_same_answers(listed_object["answers"], instance, oracle)
    for classification in mine["classifications"]:
        instance = whole.pop(classification["classification_hash"])
        assert classification["frames"] is None
        assert classification["ranges"] == [[found.start, found.end] for found in instance.range_list] == [[0, 0]]
        assert_same_answers(classification["answers"], instance, oracle)
    assert not whole
    reread, _ = oracle.load_row(written_row, structure.to_dict())
    assert {o.object_hash for o in reread.get_object_instances()} == set(truth)


def add_classifications(row: Any, structure: Any, chance: random.Random) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for owner in structure.classifications:
        instance = answered(owner.create_instance(range_only=True), owner.attributes, chance)
        instance.set_for_frames(created_by="ann@example.org")
        row.add_classification_instance(instance)
        made[instance.classification_hash] = instance
    return made


def with_ontology(folder: Path, row: dict[str, Any], structure: Any) -> dict[str, Any]:
    document = listed(folder, row, ontology=structure.to_dict())
    severe = [problem for problem in document["problems"] if problem["severity"] == "error"]
    assert not severe
    return document["rows"][0]


def assert_same_answers(mine: dict[str, Any], instance: Any, oracle: Any) -> None:
    """Whole and in the ontology's own titles; options of a checklist in the ontology's order."""
    theirs = oracle.static_answers(instance)
    assert len(mine) == len(theirs)
    for feature_hash, answer in theirs.items():
        found = (
            mine[f"{answer['name']} [{feature_hash}]"]
            if f"{answer['name']} [{feature_hash}]" in mine
            else mine[answer["name"]]
        )
        value = answer["answer"]
        if isinstance(value, dict):
            assert found == value["label"]
        elif isinstance(value, list):
            assert sorted(found) == sorted(option["label"] for option in value)
        else:
            assert found == value


@pytest.mark.parametrize("seed", range(4))
def test_data_groups_written_by_the_sdk(tmp_path: Path, seed: int, oracle: Any) -> None:
    """One label on two spaces of its kind, with ranges of its own on each, and classifications of whole spaces."""
    from encord.objects.frames import Range

    chance, structure = random.Random(seed), ontology()
    words = {"a1": "audio", "a2": "audio", "t1": "text", "t2": "text", "h1": "html", "h2": "html"}
    row, _ = oracle.load_row(empty_row("group", words), structure.to_dict())
    truth: dict[tuple[str, str], Any] = {}
    instances: dict[str, Any] = {}
    for word in ("audio", "text", "html"):
        owner = next(o for o in structure.objects if o.shape.value == ("audio" if word == "audio" else "text"))
        for _ in range(3):
            instance = answered(owner.create_instance(), owner.attributes, chance)
            instances[instance.object_hash] = instance
            keys = [key for key, kind in words.items() if kind == word]
            for key in chance.sample(keys, chance.randint(1, 2)):
                place = row.get_space(id=key, type_=word)
                if word == "html":
                    found: Any = positions(chance)
                    place.put_object_instance(instance, ranges=found)
                    truth[instance.object_hash, key] = [[r.to_dict()["start"], r.to_dict()["end"]] for r in found]
                else:
                    found = stretches(chance, 500)
                    place.put_object_instance(instance, ranges=[Range(*pair) for pair in found])
                    truth[instance.object_hash, key] = [list(pair) for pair in found]
    judged: dict[tuple[str, str], Any] = {}
    for key, word in words.items():
        for owner in chance.sample(structure.classifications, 2):
            instance = answered(owner.create_instance(range_only=True), owner.attributes, chance)
            row.get_space(id=key, type_=word).put_classification_instance(instance)
            judged[instance.classification_hash, key] = instance
    mine = with_ontology(tmp_path, json.loads(json.dumps(row.to_encord_dict())), structure)
    assert {(o["object_hash"], o["unit"]): o["ranges"] for o in mine["objects"]} == truth
    for listed_object in mine["objects"]:
        assert listed_object["unit_of_range"] == UNIT_OF_RANGE[words[listed_object["unit"]]]
        assert_same_answers(listed_object["answers"], instances[listed_object["object_hash"]], oracle)
    assert {(c["classification_hash"], c["unit"]) for c in mine["classifications"]} == set(judged)
    for classification in mine["classifications"]:
        assert (classification["frames"], classification["ranges"]) == (None, [])
        assert_same_answers(
            classification["answers"], judged[classification["classification_hash"], classification["unit"]], oracle
        )


RANGED = [path for path in EXPORTS if any(word in path.name for word in ("audio", "text", "html", "all_modalities"))]


@pytest.mark.parametrize("path", RANGED, ids=lambda path: path.name.removesuffix(".labels.json"))
def test_real_exports(path: Path, oracle: Any) -> None:
    """Every range on a row or a space, as the SDK reads it, and every classification."""
    known = Path(str(path).replace(".labels.json", ".ontology.json"))
    rows = inspected(open_export([path], ontology=known))["rows"]
    for row in oracle.rows_of(json.loads(path.read_text())):
        mine = next(r for r in rows if r["label_hash"] == row["label_hash"])
        sdk = oracle.summarise(row, json.loads(known.read_text()))
        ours = {(o["object_hash"], o["unit"]): o["ranges"] for o in mine["objects"] if o["unit_of_range"]}
        own = mine["units"][0]["id"]
        theirs: dict[tuple[str, str], Any] = {}
        for object_hash, found in sdk["objects"].items():
            if "range" in found:
                html = [[r["start"], r["end"]] for r in found["range_html"] or []]
                theirs[object_hash, own] = html or found["range"]
        for key, found in sdk["spaces"].items():
            for object_hash, listed_object in found["objects"].items():
                for annotation in listed_object["annotations"]:
                    if "ranges" in annotation:
                        theirs[object_hash, key] = [
                            [r["start"], r["end"]] if isinstance(r, dict) else r for r in annotation["ranges"]
                        ]
        assert ours == theirs
        on_spaces = {(key, one) for key, found in sdk["spaces"].items() for one in found["classifications"]}
        judged = {(c["unit"], c["classification_hash"]) for c in mine["classifications"]}
        assert judged == {(own, key) for key in sdk["classifications"]} | on_spaces

from __future__ import annotations

import pytest

from tests.fuzz.seeds import ONTOLOGY
from viewer.export.ontology import DEEPEST, is_ontology, read_ontology


def test_classes_are_known_by_hash():
    ontology = read_ontology(ONTOLOGY, "o.json")
    car = ontology.classes["cls00000"]
    assert (car.title, car.colour, car.shape, car.is_global) == ("bounding_box", "#D33115", "bounding_box", False)
    # a classification is called by its first question
    assert ontology.classes["cla00001"].title == "Weather"


def test_attributes_are_walked_parents_before_children():
    walked = [
        (a.title, option and option.title, depth)
        for a, option, depth in read_ontology(ONTOLOGY, "").classes["cls00000"].walk()
    ]
    assert walked == [("Kind", None, 0), ("Breed", "Dairy", 1), ("Extras", None, 0)]


def test_the_template_of_a_class_by_its_hash_else_by_its_name():
    ontology = read_ontology(ONTOLOGY, "")
    assert ontology.template("cls00005", "whatever") is ontology.template("unknown", "skeleton") is not None
    assert ontology.template("unknown", "unknown") is None


def test_a_classification_of_whole_units():
    ontology = read_ontology({"objects": [], "classifications": [{"featureNodeHash": "c", "level": "global"}]}, "")
    assert ontology.classes["c"].is_global


def test_the_first_counts_where_a_hash_stands_twice():
    twice = {"objects": [{"featureNodeHash": "h", "name": "One"}, {"featureNodeHash": "h", "name": "Two"}]}
    assert read_ontology(twice, "").classes["h"].title == "One"


@pytest.mark.parametrize(
    "broken", [{}, {"objects": 3}, {"objects": [None, 5, {"attributes": "x"}]}, {"skeleton_templates": [{}]}]
)
def test_what_can_be_read_is(broken):
    read_ontology(broken, "")


def test_nesting_has_an_end():
    attribute = {"name": "leaf", "type": "text", "featureNodeHash": "leaf"}
    for level in range(DEEPEST * 2):
        option = {"label": "o", "featureNodeHash": f"o{level}", "options": [attribute]}
        attribute = {"name": f"a{level}", "type": "radio", "featureNodeHash": f"a{level}", "options": [option]}
    ontology = read_ontology({"objects": [{"featureNodeHash": "h", "attributes": [attribute]}]}, "")
    assert DEEPEST <= max(depth for _, _, depth in ontology.classes["h"].walk()) <= DEEPEST + 1


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (ONTOLOGY, True),
        ({"objects": [], "classifications": []}, True),
        ({"objects": [], "classifications": [], "data_units": {}}, False),
        ({"images": [], "annotations": [], "categories": []}, False),
        ([], False),
        (None, False),
    ],
)
def test_an_ontology_is_told_from_other_documents(document, expected):
    assert is_ontology(document) is expected

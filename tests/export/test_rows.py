"""What was opened as a list of rows: their order, their twins, their identity; and the ontology that is chosen."""

from __future__ import annotations

import json
import zipfile

import pytest

from tests.fuzz.seeds import ONTOLOGY
from tests.rows import blob, box, image_row, label, listed, row, unit, written
from viewer.commands.inspect import inspected
from viewer.errors import ViewerError
from viewer.export.export import open_export
from viewer.export.ontology import read_ontology


def identities(document):
    return [(found["label_hash"], found["branch"]) for found in document["rows"]]


def said(document, severity="warning"):
    return [p["what"] for p in document["problems"] if p["severity"] == severity and "not found" not in p["what"]]


def test_branches_of_one_data_unit_stand_together_main_first(tmp_path):
    rows = [
        image_row(label_hash="b2", data_hash="d1", branch_name="encord-b"),
        image_row(label_hash="x", data_hash="d2"),
        image_row(label_hash="m", data_hash="d1"),
        image_row(label_hash="b1", data_hash="d1", branch_name="encord-a"),
        image_row(label_hash="none", data_hash="d3", branch_name=None),
    ]
    assert identities(listed(tmp_path, *rows)) == [
        ("m", "main"), ("b2", "encord-b"), ("b1", "encord-a"), ("x", "main"), ("none", "main"),
    ]  # fmt: skip


def test_rows_without_data_hash_keep_their_order_and_are_not_thrown_together(tmp_path):
    rows = [image_row(label_hash=f"l{n}", data_hash="", branch_name="main" if n else "other") for n in range(4)]
    assert [h for h, _ in identities(listed(tmp_path, *rows))] == ["l0", "l1", "l2", "l3"]


def test_two_rows_of_one_hash_and_branch_are_both_shown_and_told(tmp_path):
    rows = [
        image_row(label_hash="l1", data_hash="d0", branch_name="other"),
        image_row(label_hash="l1", data_hash="d1"),
        image_row(label_hash="l1", data_hash="d2"),
    ]
    document = listed(tmp_path, *rows)
    assert len(document["rows"]) == 3
    assert said(document) == ["2 rows have the label_hash l1 on branch main; all are shown"]
    (problem,) = [p for p in document["problems"] if "2 rows" in p["what"]]
    assert problem["where"] == "export.json $[1]"


def test_one_label_hash_on_two_branches_is_no_twin(tmp_path):
    assert said(listed(tmp_path, image_row(), image_row(branch_name="other"))) == []


def test_status_and_type_stand_as_exported(tmp_path):
    document = listed(tmp_path, image_row(label_status="SOMETHING_NEW"), image_row(label_status=None, label_hash="l2"))
    assert [found["status"] for found in document["rows"]] == ["SOMETHING_NEW", ""]


def test_a_folder_of_files_is_one_list(tmp_path):
    for n in range(12):
        written(tmp_path, [image_row(label_hash=f"l{n:02}", data_hash=f"d{n}")], f"sub{n % 3}/{n:02}.json")
    (tmp_path / "package.json").write_text('{"name": "x"}')
    (tmp_path / "list.json").write_text("[1, 2]")
    document = inspected(open_export([tmp_path]))
    assert sorted(h for h, _ in identities(document)) == [f"l{n:02}" for n in range(12)]


def test_a_zip_of_files_is_one_list(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as made:
        made.writestr("a/1.json", json.dumps([image_row(label_hash="l1", data_hash="d1")]))
        made.writestr("2.json", json.dumps(image_row(label_hash="l2", data_hash="d2")))
        made.writestr("ontology.json", json.dumps(ONTOLOGY))
        made.writestr("inner.zip", b"PK")
    export = open_export([tmp_path / "x.zip"])
    assert sorted(head.label_hash for head in export.heads) == ["l1", "l2"]
    assert any("zip" in p.what for p in export.problems)


def test_several_paths_are_one_list(tmp_path):
    paths = [written(tmp_path, [image_row(label_hash=f"l{n}", data_hash=f"d{n}")], f"{n}.json") for n in range(3)]
    assert [head.label_hash for head in open_export(paths).heads] == ["l0", "l1", "l2"]


def test_one_of_several_paths_that_is_no_export_is_told(tmp_path):
    good = written(tmp_path, [image_row()])
    coco = written(tmp_path, {"images": [], "annotations": [], "categories": []}, "coco.json")
    export = open_export([good, coco])
    assert len(export.heads) == 1
    assert [(p.severity, p.where) for p in export.problems] == [("warning", "coco.json")] and "COCO" in export.problems[
        0
    ].what


def test_a_broken_file_in_a_folder_is_an_error_and_the_others_are_shown(tmp_path):
    written(tmp_path, [image_row()])
    (tmp_path / "broken.json").write_text("{")
    export = open_export([tmp_path])
    assert len(export.heads) == 1 and [(p.severity, p.where) for p in export.problems] == [("error", "broken.json")]


@pytest.mark.parametrize("name", ["no such file", "", "\0", "a" * 5000, "x/y/z"])
def test_a_path_that_is_not_there(tmp_path, name):
    with pytest.raises(ViewerError):
        open_export([tmp_path / "missing" / name])


def test_an_empty_folder(tmp_path):
    with pytest.raises(ViewerError, match="no label export"):
        open_export([tmp_path])


def test_an_ontology_by_itself(tmp_path):
    with pytest.raises(ViewerError, match="this is an ontology"):
        open_export([written(tmp_path, ONTOLOGY, "ontology.json")])


def named(title, *hashes):
    return {"objects": [{"featureNodeHash": h, "name": f"{title} {h}"} for h in hashes], "classifications": []}


def chosen(tmp_path, **ontologies):
    """The ontology used, beside an export with classes c1 and c2."""
    rows = [image_row(box("a", featureHash="c1", name=""), box("b", featureHash="c2", name=""))]
    path = written(tmp_path, rows, "farm.labels.json")
    for name, document in ontologies.items():
        written(tmp_path, document, f"{name.replace('_', '.')}.json")
    export = open_export([path])
    return export.ontology.source, [p.what for p in export.problems]


def test_of_several_ontologies_the_one_that_knows_most_classes(tmp_path):
    assert chosen(tmp_path, one=named("x", "c1"), two=named("y", "c1", "c2"), three=named("z", "zz")) == (
        "two.json",
        [],
    )


def test_of_equals_the_one_named_like_the_export(tmp_path):
    equal = named("x", "c1", "c2")
    assert chosen(tmp_path, a=equal, farm_ontology=named("y", "c1", "c2"))[0] == "farm.ontology.json"


def test_of_equals_that_differ_one_is_taken_and_it_is_told(tmp_path):
    source, problems = chosen(tmp_path, a=named("x", "c1", "c2"), b=named("y", "c1", "c2"))
    assert source in ("a.json", "b.json") and len(problems) == 1 and "several ontologies" in problems[0]


def test_an_ontology_of_another_project_is_not_used_and_it_is_told(tmp_path):
    source, problems = chosen(tmp_path, ontology=named("x", "zz"))
    assert source == "" and len(problems) == 1 and "no class" in problems[0]


def test_a_broken_ontology_is_told_and_the_export_opened(tmp_path):
    path = written(tmp_path, [image_row(box())])
    (tmp_path / "ontology.json").write_text('{"objects": [')
    export = open_export([path])
    assert len(export.heads) == 1 and [p.severity for p in export.problems] == ["warning"]


def test_the_ontology_that_the_user_names_is_used_whatever_it_knows(tmp_path):
    path = written(tmp_path, [image_row(box())])
    export = open_export([path], ontology=written(tmp_path, named("x", "zz"), "o.json"))
    assert export.ontology.source == "o.json"
    with pytest.raises(ViewerError, match="not an ontology"):
        open_export([path], ontology=path)
    with pytest.raises(ViewerError, match="cannot be read"):
        open_export([path], ontology=tmp_path / "missing.json")


def test_classes_without_a_name_are_called_by_ontology_then_value_then_hash(tmp_path):
    objects = [
        box("a", featureHash="c1", name="", value="v"),
        box("b", featureHash="zz", name=None, value="v"),
        box("c", featureHash="zz", name=5, value=None),
        box("d", featureHash="", name="", value=""),
    ]
    (found,) = listed(tmp_path, image_row(*objects), ontology=named("Class", "c1"))["rows"]
    assert [o["name"] for o in found["objects"]] == ["Class c1", "v", "zz", "(no class)"]


def test_a_label_without_a_shape_is_called_by_its_geometry_everywhere(tmp_path):
    given = box()
    del given["shape"]
    (found,) = listed(tmp_path, image_row(given))["rows"]
    assert found["objects"][0]["shape"] == found["annotations"]["data0001"]["0"][0]["shape"] == "bounding_box"


def test_an_object_is_numbered_once_however_many_units_it_is_on(tmp_path):
    spaces = {s: {"space_type": "image", "labels": {"0": blob(box("a"), box(f"only {s}"))}} for s in ("S1", "S2")}
    given = row(unit(blob(), mime="group"), data_type="group", spaces=spaces)
    export = open_export([written(tmp_path, [given])])
    numbers = [(i.unit, i.object_hash, i.number) for i in export.row(0).index().instances]
    assert numbers == [("S1", "a", 1), ("S1", "only S1", 2), ("S2", "a", 1), ("S2", "only S2", 3)]


def test_labels_marked_as_deleted_are_left_out(tmp_path):
    (found,) = listed(tmp_path, image_row(box("a", isDeleted=True), box("b", isDeleted=False), box("c")))["rows"]
    assert [o["object_hash"] for o in found["objects"]] == ["b", "c"]
    assert [a["object_hash"] for a in found["annotations"]["data0001"]["0"]] == ["b", "c"]


def test_one_bad_label_hides_no_good_one(tmp_path):
    deep: list = []
    for _ in range(400):
        deep = [deep]
    bad = [
        None, 5, [], {}, {"shape": "polygon"}, box("nan", x=float("nan")), box("deep", extra=deep), box("digits", y=10**4000),
        label("bitmask", {"bitmask": {"rleString": "\ud800"}}, "mask"),
    ]  # fmt: skip
    objects = [item for index, one in enumerate(bad) for item in (box(f"good{index}"), one)]
    text = json.dumps([image_row(*objects)])
    path = tmp_path / "export.json"
    path.write_text(text)
    document = inspected(open_export([path]))
    shown = {a["object_hash"]: a for a in document["rows"][0]["annotations"]["data0001"]["0"]}
    assert all("x" in shown[f"good{index}"]["pixels"] for index in range(len(bad)))
    places = " ".join(p["where"] for p in document["problems"] if p["severity"] == "error")
    assert all(f".objects[{2 * index + 1}]" in places for index in range(len(bad)))


def test_the_number_that_the_editor_shows_is_kept(tmp_path):
    answers = {"a": {"objectNumber": 7}, "b": {"objectNumber": "x"}, "c": {"objectNumber": -1}, "d": 5}
    export = open_export([written(tmp_path, [image_row(*map(box, "abcd"), object_answers=answers)])])
    assert [instance.number for instance in export.row(0).index().instances] == [7, 2, 3, 4]


def test_no_two_of_a_class_get_one_number_where_the_export_numbers_only_some(tmp_path):
    answers = {"b": {"objectNumber": 1, "featureHash": "cls00001"}, "d": {"objectNumber": 2, "featureHash": "other"}}
    export = open_export([written(tmp_path, [image_row(*map(box, "abc"), object_answers=answers)])])
    assert [instance.number for instance in export.row(0).index().instances] == [2, 1, 3]


@pytest.mark.parametrize("name", ["elsewhere.json", "ontology.json"])
def test_a_file_beside_the_export_that_leads_outside_is_not_read_and_hides_nothing(tmp_path, name):
    secret = written(tmp_path / "private", [image_row(box("secret"))], "secret.json")
    path = written(tmp_path / "opened", [image_row(box("fine"))])
    (path.parent / name).symlink_to(secret)
    export = open_export([path])
    assert [i.object_hash for i in export.row(0).index().instances] == ["fine"]
    assert [("ontology.json" in p.what and "outside" in p.what) for p in export.problems] == [True] * (
        name != "elsewhere.json"
    )


def test_a_warning_about_an_ontology_goes_with_it(tmp_path):
    written(
        tmp_path,
        {"objects": [{"name": "Dog", "shape": "polygon", "featureNodeHash": "dog"}], "classifications": []},
        "ontology.json",
    )
    export = open_export([written(tmp_path, [image_row(box())])])
    assert any("ontology" in problem.what for problem in export.problems)
    fitting = read_ontology({"objects": [], "classifications": []}, "fitting.json")
    assert export.with_ontology(fitting).problems == ()


def test_a_label_that_was_deleted_is_no_twin_of_one_that_is_there(tmp_path):
    found = listed(tmp_path, image_row(box("a", isDeleted=True), box("a")))
    assert not any("twice" in problem["what"] for problem in found["problems"])

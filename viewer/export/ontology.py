"""A parsed ontology file to its records, leniently."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from viewer.export.facts import text_of
from viewer.labels.ontology import AnswerKind, Attribute, Ontology, OntologyClass, Option

DEEPEST = 100
"""Levels of nested attributes that are read."""

_KINDS: dict[Any, AnswerKind] = {"radio": "radio", "checklist": "checklist", "text": "text", "numeric": "number"}


def is_ontology(document: Any) -> bool:
    """Whether a parsed JSON document looks like an ontology rather than a label row."""
    return (
        isinstance(document, Mapping)
        and isinstance(document.get("objects"), list)
        and isinstance(document.get("classifications"), list)
        and not any(key in document for key in ("data_units", "label_hash", "images"))
    )


def read_ontology(document: Mapping[str, Any], source: str) -> Ontology:
    """From the parsed file, leniently: what can be read is read."""
    classes: dict[str, OntologyClass] = {}
    for entry in _objects(document.get("objects")) + _objects(document.get("classifications")):
        made = _class(entry)
        classes.setdefault(made.feature_hash, made)
    templates: dict[str, Mapping[str, Any]] = {}
    for entry in _objects(document.get("skeleton_templates")):
        template = entry.get("template", entry)
        if isinstance(template, Mapping):
            for key in (text_of(template, "feature_node_hash", "featureNodeHash"), f"name:{text_of(template, 'name')}"):
                if key not in ("", "name:"):
                    templates.setdefault(key, template)
    return Ontology(classes, templates, source)


def _class(entry: Mapping[str, Any]) -> OntologyClass:
    attributes = _attributes(entry.get("attributes"), 0)
    return OntologyClass(
        feature_hash=text_of(entry, "featureNodeHash", "feature_node_hash"),
        title=text_of(entry, "name") or (attributes[0].title if attributes else ""),
        colour=text_of(entry, "color"),
        shape=text_of(entry, "shape"),
        attributes=attributes,
        is_global=entry.get("level") == "global",
    )


def _attributes(value: Any, depth: int) -> tuple[Attribute, ...]:
    if depth > DEEPEST:
        return ()
    return tuple(
        Attribute(
            feature_hash=text_of(entry, "featureNodeHash", "feature_node_hash"),
            title=text_of(entry, "name"),
            kind=_KINDS.get(entry.get("type")) if isinstance(entry.get("type"), str) else None,
            dynamic=entry.get("dynamic") is True,
            required=entry.get("required") is True,
            options=tuple(_option(option, depth) for option in _objects(entry.get("options"))),
        )
        for entry in _objects(value)
    )


def _option(entry: Mapping[str, Any], depth: int) -> Option:
    return Option(
        feature_hash=text_of(entry, "featureNodeHash", "feature_node_hash"),
        title=text_of(entry, "label", "name", "value", "featureNodeHash"),
        attributes=_attributes(entry.get("options"), depth + 1),
    )


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []

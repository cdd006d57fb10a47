"""The ontology: classes, their attributes as a tree, and skeleton templates. Labels join to it by feature hash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

AnswerKind = Literal["radio", "checklist", "text", "number"]

DEEPEST = 100
"""Levels of nested attributes that are read."""

_KINDS: dict[Any, AnswerKind] = {"radio": "radio", "checklist": "checklist", "text": "text", "numeric": "number"}


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a radio or checklist attribute; a radio's choice may open further attributes."""

    feature_hash: str
    title: str
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribute:
    """A question asked of a label."""

    feature_hash: str
    title: str
    kind: AnswerKind | None
    """None where the ontology does not say."""
    dynamic: bool = False
    required: bool = False
    options: tuple[Option, ...] = ()

    def option(self, feature_hash: str) -> Option | None:
        return next((option for option in self.options if option.feature_hash == feature_hash), None)


@dataclass(frozen=True, slots=True)
class OntologyClass:
    """A class of objects or of classifications."""

    feature_hash: str
    title: str
    colour: str
    shape: str
    """The shape's word; empty for classifications."""
    attributes: tuple[Attribute, ...] = ()
    is_global: bool = False
    """A classification of whole units."""

    def walk(self) -> Iterator[tuple[Attribute, Option | None, int]]:
        """Every attribute of the class with the option that opens it and its depth, parents before children."""
        stack: list[tuple[Attribute, Option | None, int]] = [(a, None, 0) for a in reversed(self.attributes)]
        while stack:
            attribute, option, depth = stack.pop()
            yield attribute, option, depth
            children = [(a, o, depth + 1) for o in attribute.options for a in o.attributes]
            stack.extend(reversed(children))


@dataclass(frozen=True, slots=True, eq=False)
class Ontology:
    """What the labels' hashes mean; empty where no ontology file was found."""

    classes: Mapping[str, OntologyClass]
    """Objects and classifications by feature hash; the first counts where a hash stands twice."""
    templates: Mapping[str, Mapping[str, Any]]
    """Skeleton templates as they stand in the file, by feature hash of their class and by `name:` + name."""
    source: str = ""
    """The file it came from."""

    def template(self, feature_hash: str, name: str) -> Mapping[str, Any] | None:
        """The skeleton template of a class, by its hash, else by its name."""
        return self.templates.get(feature_hash) or self.templates.get(f"name:{name}")


NO_ONTOLOGY = Ontology({}, {})


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
            for key in (_text(template, "feature_node_hash", "featureNodeHash"), f"name:{_text(template, 'name')}"):
                if key not in ("", "name:"):
                    templates.setdefault(key, template)
    return Ontology(classes, templates, source)


def _class(entry: Mapping[str, Any]) -> OntologyClass:
    attributes = _attributes(entry.get("attributes"), 0)
    return OntologyClass(
        feature_hash=_text(entry, "featureNodeHash", "feature_node_hash"),
        title=_text(entry, "name") or (attributes[0].title if attributes else ""),
        colour=_text(entry, "color"),
        shape=_text(entry, "shape"),
        attributes=attributes,
        is_global=entry.get("level") == "global",
    )


def _attributes(value: Any, depth: int) -> tuple[Attribute, ...]:
    if depth > DEEPEST:
        return ()
    return tuple(
        Attribute(
            feature_hash=_text(entry, "featureNodeHash", "feature_node_hash"),
            title=_text(entry, "name"),
            kind=_KINDS.get(entry.get("type")) if isinstance(entry.get("type"), str) else None,
            dynamic=entry.get("dynamic") is True,
            required=entry.get("required") is True,
            options=tuple(_option(option, depth) for option in _objects(entry.get("options"))),
        )
        for entry in _objects(value)
    )


def _option(entry: Mapping[str, Any], depth: int) -> Option:
    return Option(
        feature_hash=_text(entry, "featureNodeHash", "feature_node_hash"),
        title=_text(entry, "label", "name", "value", "featureNodeHash"),
        attributes=_attributes(entry.get("options"), depth + 1),
    )


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _text(entry: Mapping[str, Any], *keys: str) -> str:
    return next((value for key in keys if isinstance(value := entry.get(key), str) and value), "")

"""The ontology: classes, their attributes as a tree, and skeleton templates. Labels join to it by feature hash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

AnswerKind = Literal["radio", "checklist", "text", "number"]


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

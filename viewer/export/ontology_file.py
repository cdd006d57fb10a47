"""The ontology beside an export: found by content, chosen by how many of the export's classes it knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from viewer.errors import Report, ViewerError
from viewer.export.documents import read_document
from viewer.export.ontology import read_ontology
from viewer.labels.ontology import NO_ONTOLOGY, Ontology
from viewer.media.source import Source

LARGEST = 64_000_000
"""Bytes of an ontology file."""
LOOKED_AT = 64_000_000
"""Bytes of each export that are searched for class hashes."""


def open_ontology(path: Path) -> Ontology:
    """A file that the user named. Raises ViewerError where it is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ViewerError(f"the ontology cannot be read ({error.strerror}): {path}") from error
    try:
        document = read_document(data, Report(str(path)))
    except ViewerError as error:
        raise ViewerError(f"the ontology cannot be read, {error}: {path}") from error
    if document.ontology is None:
        raise ViewerError(f"this is not an ontology, but {document.other or 'a label export'}: {path}")
    return read_ontology(document.ontology, path.name)


def candidates(sources: Sequence[Source], report: Report) -> list[Ontology]:
    """Ontologies among the JSON files beside an export."""
    found: list[Ontology] = []
    for source in sources:
        if source.bytes_size > LARGEST:
            continue
        is_named = "ontology" in source.name.casefold()
        try:
            data = source.read()
            if not is_named and b'"featureNodeHash"' not in data:
                continue
            document = read_document(data, Report(source.name))
        except ViewerError as error:
            if is_named:
                report.warning(f"the ontology {source.name} cannot be read ({error}); opened without it")
            continue
        if document.ontology is not None:
            found.append(read_ontology(document.ontology, source.name))
    return found


def chosen(found: Sequence[Ontology], exports: Sequence[tuple[str, bytes]], report: Report) -> Ontology:
    """The ontology that knows most classes of the exports (name, bytes); of equals the one named like the export."""
    if not found:
        return NO_ONTOLOGY
    stems = [_stem(name) for name, _ in exports]
    texts = [data[:LOOKED_AT] for _, data in exports]
    scored = [(_known(ontology, texts), _stem(ontology.source) in stems, ontology) for ontology in found]
    best = max(scored, key=lambda item: item[:2])
    if best[0] == 0:
        if any(_has_objects(text) for text in texts):
            names = ", ".join(ontology.source for ontology in found)
            report.warning(f"the ontology knows no class of this export and is not used: {names}")
        return NO_ONTOLOGY
    equals = [ontology for score, named, ontology in scored if (score, named) == best[:2]]
    if len(equals) > 1 and any(other.classes != equals[0].classes for other in equals[1:]):
        names = ", ".join(ontology.source for ontology in equals)
        report.warning(f"several ontologies fit equally well; {equals[0].source} is used of: {names}")
    return best[2]


def _stem(name: str) -> str:
    """'a.labels.json' and 'a.ontology.json' are 'a'."""
    stem = re.sub(r"\.json$", "", name.rpartition("/")[2], flags=re.IGNORECASE)
    return re.sub(r"[._-]?(labels|ontology|export)$", "", stem, flags=re.IGNORECASE)


def _known(ontology: Ontology, texts: list[bytes]) -> int:
    return sum(any(f'"{key}"'.encode() in text for text in texts) for key in ontology.classes if key)


def _has_objects(text: bytes) -> bool:
    return b'"featureHash"' in text

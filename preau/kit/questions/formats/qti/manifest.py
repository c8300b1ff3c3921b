"""What the manifest of a package says of its items."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from preau.kit.questions.formats.qti.item import Found
from preau.kit.questions.formats.qti.package import inside

_ITEM, _TEST = "imsqti_item", "imsqti_test"
_OTHER = ("imsqti_", "imsqti-")  # of QTI too, but neither
_SEEN_TO = ("imsqti_rptemplate", "imsqti_stimulus")  # where an item names them
CATALOG = "number"  # in the metadata: the author's own number of a question
_SILENT = frozenset({"general", "classification", "metaMetadata", "technical"})


@dataclass(frozen=True)
class Resource:
    """One of the resources that are of QTI."""

    kind: str
    path: str
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    number: str = ""
    files: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def is_item(self) -> bool:
        """Whether it is a question."""
        return self.kind.startswith(_ITEM)

    @property
    def refusal(self) -> str:
        """Why it is not taken."""
        if self.kind.startswith(_TEST):
            return "A test's order, sections, weights and limits have no place in a bank."
        return f"Resources of type “{self.kind[:60]}” are not taken."


def found_in(root: Element, resource: Resource, package: Mapping[str, bytes]) -> Found:
    """The item of a resource."""
    return Found(
        root, resource.path, 0, resource.category, resource.tags, resource.number, resource.files,
        resource.dropped, package,
    )  # fmt: skip


def resources_of(manifest: Element, folder: str) -> list[Resource]:
    """The items, and whatever else of QTI is in the package."""
    return [
        _resource(node, folder)
        for node in manifest.iter("resource")
        if node.get("type", "").startswith(_OTHER) and not node.get("type", "").startswith(_SEEN_TO)
    ]


def _resource(node: Element, folder: str) -> Resource:
    path = inside(folder, node.get("href", ""))
    files = [inside(folder, file.get("href", "")) for file in node.iterfind("file")]
    lom = next(node.iter("lom"), None)
    known = Resource(node.get("type", ""), path, files=tuple(it for it in files if it != path))
    if lom is None:
        return known
    return Resource(
        known.kind, path, _category(lom), _tags(lom), _number(lom), known.files,
        tuple(_left(lom)),
    )  # fmt: skip


def _strings(node: Element) -> Iterator[str]:
    for part in node.iter():
        if part.tag in ("string", "langstring", "entry", "keyword") and (part.text or "").strip():
            yield (part.text or "").strip()


def _tags(lom: Element) -> tuple[str, ...]:
    found = [text for node in lom.iterfind("general/keyword") for text in _strings(node)]
    return tuple(dict.fromkeys(found))


def _category(lom: Element) -> tuple[str, ...]:
    path = lom.find("classification/taxonPath")
    if path is None:
        return ()
    return tuple(text for taxon in path.iterfind("taxon") for text in [*_strings(taxon)][:1])


def _number(lom: Element) -> str:
    for node in lom.iterfind("general/identifier"):
        if (node.findtext("catalog") or "").strip() == CATALOG:
            return (node.findtext("entry") or "").strip()
    return ""


def _left(lom: Element) -> Iterator[str]:
    names = sorted({node.tag for node in lom if node.tag not in _SILENT})
    if names:
        yield f"The metadata {', '.join(names)} has no place here."
    if len(lom.findall("classification/taxonPath")) > 1:
        yield "A further classification in the metadata has no place here."

"""Reading QTI: an item, several in one file, or a content package."""

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from preau.kit.errors import PreauError
from preau.kit.questions.fidelity import Fidelity, Item
from preau.kit.questions.formats.qti.item import Found, item_of
from preau.kit.questions.formats.qti.manifest import Resource, found_in, resources_of
from preau.kit.questions.formats.qti.package import Package, is_zip
from preau.kit.questions.formats.qti.source import Placed, tree

KEY = "qti"
_ITEM, _REFERENCE = "assessmentItem", "assessmentItemRef"
_SETS = ("assessmentTest", "assessmentSection", "testPart")
_SIGNS = (
    b"assessmentItem", b"assessment-item", b"assessmentTest", b"assessment-test",
    b"assessmentSection", b"assessment-section",
)  # fmt: skip


def looks_like(data: bytes) -> bool:
    """Whether it is a zip with a manifest or items, or an XML file whose beginning names one."""
    if is_zip(data):
        try:
            package = Package(data)
        except PreauError:
            return False
        return package.manifest is not None
    start = data[:4000].replace(b"\0", b"")
    return b"<" in start and any(sign in start for sign in _SIGNS)


def read(data: bytes) -> Fidelity:
    """What becomes of each item; a file that has none is refused."""
    if is_zip(data):
        return Fidelity(KEY, tuple(_packed(Package(data))))
    root = tree(data)
    if root.tag == "manifest":
        raise PreauError("This is the manifest of a package; give the whole package, as a zip.")
    items = tuple(_items(root))
    if not items:
        raise PreauError(
            f"The file is XML, but begins with <{root.tag[:60]}> and has no <{_ITEM}> in it."
        )
    return Fidelity(KEY, items)


def _items(root: Placed) -> Iterator[Item]:
    """Those in one XML file."""
    waiting: list[Element] = [root]
    while waiting:
        element = waiting.pop()
        line = getattr(element, "line", 0)
        if element.tag == _ITEM:
            yield item_of(Found(element, line=line))
        elif element.tag == _REFERENCE:
            href = element.get("href", "")[:100]
            sentence = f"The item “{href}” is not in this file; give its package, as a zip."
            yield Item(element.get("identifier", href), element.tag, None, (sentence,), line=line)
        else:
            waiting.extend(reversed(element))


def _packed(package: Package) -> Iterator[Item]:
    if package.manifest is None:
        raise PreauError("The zip has no imsmanifest.xml; is it a content package?")
    folder = posixpath.dirname(package.manifest)
    try:
        resources = resources_of(tree(package[package.manifest]), folder)
    except PreauError as error:
        raise PreauError(f"{package.manifest}: {error}") from None
    if not resources:
        raise PreauError(f"{package.manifest} names no item.")
    seen = set()
    for resource in resources:
        if resource.path in seen:
            sentence = "The manifest names it once more."
            yield Item(resource.path, resource.kind, None, (sentence,))
        else:
            seen.add(resource.path)
            yield _resource(package, resource)


def _resource(package: Package, resource: Resource) -> Item:
    kind = resource.kind
    if not resource.is_item:
        return Item(resource.path, kind, None, (resource.refusal,))
    if resource.path not in package:
        sentence = f"“{resource.path[:100]}” is named by the manifest, but not in the package."
        return Item(resource.path, kind, None, (sentence,))
    try:
        root = tree(package[resource.path])
    except PreauError as error:
        return Item(resource.path, kind, None, (str(error),))
    if root.tag != _ITEM:
        return Item(resource.path, kind, None, (f"It begins with <{root.tag[:60]}>, no item.",))
    return item_of(found_in(root, resource, package))

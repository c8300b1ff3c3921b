"""Writing a content package of QTI 3.0; each item is read again, so the report says what is lost.

The same questions give the same bytes.
"""

import io
import posixpath
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from preau.kit.errors import PreauError
from preau.kit.questions.fidelity import Fidelity, Item
from preau.kit.questions.formats.losses import losses
from preau.kit.questions.formats.qti.elements import renamed
from preau.kit.questions.formats.qti.item import item_of
from preau.kit.questions.formats.qti.manifest import CATALOG, found_in, resources_of
from preau.kit.questions.formats.qti.markup import clean
from preau.kit.questions.formats.qti.names import METADATA, PACKAGE
from preau.kit.questions.formats.qti.package import MANIFEST
from preau.kit.questions.formats.qti.read import KEY
from preau.kit.questions.formats.qti.source import tree
from preau.kit.questions.formats.qti.write_bodies import write_body
from preau.kit.questions.formats.qti.writing import FOLDER, Writing
from preau.kit.questions.question import Question

_TYPE = "imsqti_item_xmlv3p0"
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # of time, in a zip


def write(questions: Sequence[Question]) -> tuple[bytes, Fidelity]:
    """All questions that can be carried, an item each, in their order."""
    files: dict[str, bytes] = {}
    manifest = _manifest()
    items = []
    for number, question in enumerate(questions, 1):
        try:
            carried, resource, item = _carried(question, f"item-{number:04}")
        except PreauError as error:
            items.append(Item(question.name, question.type, None, (str(error),), question))
            continue
        files |= carried
        manifest[-1].append(resource)
        items.append(item)
    packed = _packed({MANIFEST: _bytes(manifest), **files})
    return packed, Fidelity(KEY, tuple(items))


def _carried(question: Question, identifier: str) -> tuple[dict[str, bytes], Element, Item]:
    """The files of an item, its resource and its report. Raises ``PreauError``."""
    if problems := question.problems():
        raise PreauError(f"Nobody could be asked it: {' '.join(problems)}")
    it = Writing(question)
    write_body(it)
    path = f"items/{identifier}/item.xml"
    try:
        files = {path: _bytes(renamed(it.item(identifier)))}
    except RecursionError:
        raise PreauError("A text has too many elements inside each other.") from None
    folder = posixpath.dirname(path)
    for name, content in question.files.items():
        files[f"{folder}/{FOLDER}{name.replace('/', '_')}"] = content
    resource = _resource(question, identifier, list(files))
    return files, resource, _again(question, path, files, resource)


def _again(question: Question, path: str, files: Mapping[str, bytes], resource: Element) -> Item:
    """What came back of it."""
    manifest = _manifest()
    manifest[-1].append(resource)
    (again,) = resources_of(tree(_bytes(manifest)), "")
    back = item_of(found_in(tree(files[path]), again, files))
    taken = back.question
    if taken is None:
        raise PreauError(f"Nobody could be asked it: {' '.join(back.dropped)}")
    if taken.type != question.type:
        raise PreauError("It would be read as something else in QTI.")
    lost = losses(replace(question, files={}), taken, "QTI")
    if dict(taken.files) != dict(question.files):
        lost.append("QTI has no place for the images as they are named.")
    missing = tuple(name.removeprefix(FOLDER) for name in back.missing)
    return Item(
        question.name, question.type, back.type, tuple(lost), question,
        images=len(question.files), missing=missing,
    )  # fmt: skip


def _manifest() -> Element:
    root = Element("manifest", {"xmlns": PACKAGE, "xmlns:lom": METADATA, "identifier": "preau"})
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "QTI Package"
    SubElement(metadata, "schemaversion").text = "3.0.0"
    SubElement(root, "organizations")
    SubElement(root, "resources")
    return root


def _resource(question: Question, identifier: str, paths: Sequence[str]) -> Element:
    named = {"identifier": identifier, "type": _TYPE, "href": quote(paths[0])}
    resource = Element("resource", named)
    metadata = SubElement(resource, "metadata")
    _lom(SubElement(metadata, "lom:lom"), question)
    for path in paths:
        SubElement(resource, "file", {"href": quote(path)})
    resource.tail = "\n"
    return resource


def _lom(lom: Element, question: Question) -> None:
    general = SubElement(lom, "lom:general")
    if question.number:
        identifier = SubElement(general, "lom:identifier")
        SubElement(identifier, "lom:catalog").text = CATALOG
        SubElement(identifier, "lom:entry").text = clean(question.number)
    _string(SubElement(general, "lom:title"), question.name)
    for tag in question.tags:
        _string(SubElement(general, "lom:keyword"), tag)
    if question.category:
        classification = SubElement(lom, "lom:classification")
        path = SubElement(classification, "lom:taxonPath")
        for name in question.category:
            _string(SubElement(SubElement(path, "lom:taxon"), "lom:entry"), name)


def _string(parent: Element, text: str) -> None:
    SubElement(parent, "lom:string").text = clean(text)


def _bytes(root: Element) -> bytes:
    data: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _packed(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, content in files.items():
            member = zipfile.ZipInfo(path, _BEGINNING)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return buffer.getvalue()

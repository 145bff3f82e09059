"""Annotations, which in a pack are links."""

import pikepdf

from ..rule import A, HOUSE, UA, at, rule
from ..structure_tree import ObjectReference

TYPES = frozenset("Text Link FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink Popup "
                  "FileAttachment Widget PrinterMark TrapNet Watermark".split())
INVISIBLE, HIDDEN, PRINT, NO_VIEW, TOGGLE_NO_VIEW = 1, 2, 4, 32, 256
VAGUE = frozenset(("here", "click here", "link", "more", "read more", "this", "page", "see"))


def _kind(annotation):
    return str(annotation.get("/Subtype", "")).lstrip("/")


def _is_seen(document, number, annotation):
    """Whether it is neither hidden nor off its page."""
    if int(annotation.get("/F", 0)) & HIDDEN:
        return False
    page = document.pages[number - 1]
    left, bottom, right, above = _box(page.get("/CropBox", page.MediaBox))
    x0, y0, x1, y1 = _box(annotation.get("/Rect", [0, 0, 0, 0]))
    return x0 < right and x1 > left and y0 < above and y1 > bottom


def _box(values):
    numbers = [float(value) for value in values]
    return min(numbers[0], numbers[2]), min(numbers[1], numbers[3]), max(numbers[0], numbers[2]), max(numbers[1], numbers[3])


def _holders(document):
    """The elements that hold each annotation: {objgen: [Element, …]}."""
    found = {}
    for element in document.structure.elements:
        for kid in element.kids:
            if isinstance(kid, ObjectReference) and isinstance(kid.object, pikepdf.Object):
                found.setdefault(kid.object.objgen, []).append(element)
    return found


def _parent(document, annotation):
    """The type of the element that the parent tree gives an annotation, or None."""
    entry = document.parent_tree.get(int(annotation.get("/StructParent", -1)))
    if not isinstance(entry, pikepdf.Dictionary):
        return None
    return document.structure.standard_type(str(entry.get("/S", "/")).lstrip("/"))


@rule("28-002", UA, "An annotation that is no link stands in an Annot element", "ISO 14289-1, 7.18.1; Matterhorn 28-002")
def tagged(document):
    for number, annotation in document.annotations():
        if _kind(annotation) not in ("Widget", "PrinterMark", "Link") and _is_seen(document, number, annotation):
            if _parent(document, annotation) != "Annot":
                yield at(f"a {_kind(annotation)} in {_parent(document, annotation)}", number, annotation)


@rule("28-004", UA, "An annotation has words", "ISO 14289-1, 7.18.1; Matterhorn 28-004")
def described(document):
    for number, annotation in document.annotations():
        if _kind(annotation) == "Widget" or not _is_seen(document, number, annotation):
            continue
        entry = document.parent_tree.get(int(annotation.get("/StructParent", -1)))
        words = str(annotation.get("/Contents", "")) or (str(entry.get("/Alt", "")) if isinstance(entry, pikepdf.Dictionary) else "")
        if not words:
            yield at(f"a {_kind(annotation)} with neither Contents nor Alt", number, annotation)


@rule("28-007", UA, "There are no trap networks", "ISO 14289-1, 7.18.2; Matterhorn 28-007")
def trap_networks(document):
    for number, annotation in document.annotations():
        if _kind(annotation) == "TrapNet" and _is_seen(document, number, annotation):
            yield at("a TrapNet annotation", number, annotation)


@rule("28-008", UA, "On a page with annotations the keyboard follows the structure", "ISO 14289-1, 7.18.3; Matterhorn 28-008, 28-009")
def tab_order(document):
    for number in sorted({number for number, _ in document.annotations()}):
        if document.pages[number - 1].obj.get("/Tabs") != "/S":
            yield at(f"Tabs is {document.pages[number - 1].obj.get('/Tabs')}", number)


@rule("28-011", UA, "A link stands in a Link element", "ISO 14289-1, 7.18.5; Matterhorn 28-011")
def link_elements(document):
    for number, annotation in document.annotations():
        if _kind(annotation) == "Link" and _is_seen(document, number, annotation) and _parent(document, annotation) != "Link":
            yield at(f"it stands in {_parent(document, annotation)}", number, annotation)


@rule("28-012", UA, "A link says where it leads", "ISO 14289-1, 7.18.5; Matterhorn 28-012")
def link_contents(document):
    for number, annotation in document.annotations():
        if _kind(annotation) == "Link" and _is_seen(document, number, annotation) and not str(annotation.get("/Contents", "")):
            yield at("it has no Contents", number, annotation)


@rule("BP-36", HOUSE, "The Link element of the parent tree holds the link, and no other element does", "ISO 32000-1, 14.7.4.3; rule PDF-36")
def link_references(document):
    holders = _holders(document)
    for number, annotation in document.annotations():
        if _kind(annotation) != "Link":
            continue
        entry = document.parent_tree.get(int(annotation.get("/StructParent", -1)))
        found = holders.get(annotation.objgen, [])
        if len(found) != 1 or not isinstance(entry, pikepdf.Dictionary) or found[0].object.objgen != entry.objgen:
            yield at(f"{len(found)} elements hold it", number, annotation)


@rule("BP-36-words", HOUSE, "A link's words mean something alone", "WCAG 2.4.4; rule PDF-36")
def link_words(document):
    for element in document.structure.of_type("Link"):
        words = document.text_of(element).strip()
        if not any(isinstance(kid, ObjectReference) for kid in element.kids):
            yield at("the element holds no link", document.page_of(element), element)
        if not words or words.lower().rstrip(".") in VAGUE or words.lower().startswith(("http:", "https:", "www.")):
            yield at(f"its words are '{words}'", document.page_of(element), element)


@rule("BP-36-over-words", HOUSE, "A link lies over the words of its element", "rule PDF-36")
def link_places(document):
    holders = _holders(document)
    for number, annotation in document.annotations():
        left, bottom, right, above = _box(annotation.get("/Rect", [0, 0, 0, 0]))
        for element in holders.get(annotation.objgen, []):
            for reference in element.marked_references():
                for item in document.marked_text.get((reference.owner, reference.mcid), []):
                    middle = ((item.box[0] + item.box[2]) / 2, (item.box[1] + item.box[3]) / 2)
                    if document.page_numbers.get(reference.page) == number and item.kind == "text" and item.text.strip() and \
                            not (left - 1 <= middle[0] <= right + 1 and bottom - 1 <= middle[1] <= above + 1):
                        yield at(f"'{item.text}' lies outside its link", number, annotation)


@rule("BP-36-target", HOUSE, "A link inside the pack leads to a page of it", "rule PDF-36")
def link_targets(document):
    for number, annotation in document.annotations():
        action = annotation.get("/A")
        destination = annotation.get("/Dest") if action is None else action.get("/D")
        if _kind(annotation) == "Link" and (action is None or action.get("/S") == "/GoTo"):
            if not isinstance(destination, pikepdf.Array) or destination[0].objgen not in document.page_numbers:
                yield at("it leads nowhere", number, annotation)


@rule("A-6.3.1-1", A, "Annotations are of the kinds that PDF/A allows", "ISO 19005-2, 6.3.1")
def kinds(document):
    for number, annotation in document.annotations():
        if _kind(annotation) not in TYPES:
            yield at(f"a {_kind(annotation) or 'nameless'} annotation", number, annotation)


@rule("A-6.3.2-1", A, "Annotations are printed, and not hidden", "ISO 19005-2, 6.3.2")
def flags(document):
    for number, annotation in document.annotations():
        value = annotation.get("/F")
        if value is None and _kind(annotation) != "Popup":
            yield at("it has no F", number, annotation)
        elif value is not None and (not int(value) & PRINT or int(value) & (INVISIBLE | HIDDEN | NO_VIEW | TOGGLE_NO_VIEW)):
            yield at(f"F is {int(value)}", number, annotation)


@rule("A-6.3.3-1", A, "An annotation that is drawn has its appearance in the file", "ISO 19005-2, 6.3.3")
def appearances(document):
    for number, annotation in document.annotations():
        left, bottom, right, above = _box(annotation.get("/Rect", [0, 0, 0, 0]))
        appearance = annotation.get("/AP")
        if appearance is None:
            if _kind(annotation) not in ("Popup", "Link") and (left, bottom) != (right, above):
                yield at(f"a {_kind(annotation)} without appearance", number, annotation)
        elif sorted(appearance.keys()) != ["/N"]:
            yield at(f"its appearance has {' '.join(appearance.keys())}", number, annotation)

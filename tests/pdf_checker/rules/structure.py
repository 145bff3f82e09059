"""The structure tree as a whole: types, parents, and how it and the pages' content refer to one another."""

import pikepdf

from ..rule import BOTH, HOUSE, UA, at, rule
from ..structure_tree import STANDARD_TYPES, MarkedReference, ObjectReference

# Types that hold running text: a block inside them has no meaning that a reader can say.
RUNNING_TEXT = frozenset("P H H1 H2 H3 H4 H5 H6 Lbl Span Quote Note Reference Code Link Caption".split())
BLOCKS = frozenset("Document Part Art Sect Div TOC TOCI P H H1 H2 H3 H4 H5 H6 L LI LBody Table TR TH TD THead TBody TFoot".split())


@rule("UA-7.1-11", BOTH, "There is a structure tree", "ISO 14289-1, 7.1; ISO 19005-2, 6.7.3.3")
def tree(document):
    if document.structure.root is None:
        yield at("the catalogue has no StructTreeRoot")


@rule("BP-20", HOUSE, "One Document is the top of the structure tree", "rule PDF-20")
def top(document):
    if document.structure.root is not None and [element.standard for element in document.structure.top] != ["Document"]:
        yield at(f"the top is {' '.join(element.type for element in document.structure.top) or 'empty'}")


@rule("UA-7.1-12", UA, "Every element names the element above it", "ISO 14289-1, 7.1; ISO 32000-1, 14.7.2")
def parents(document):
    for element in document.structure.wrong_parents:
        yield at("P is missing or another element", document.page_of(element), element)
    for dictionary in document.structure.shared:
        yield at("an element stands twice in the tree", place=dictionary)


@rule("02-001", BOTH, "Every structure type is a standard one or leads to one", "ISO 14289-1, 7.1; ISO 19005-2, 6.7.3.4; Matterhorn 02-001")
def types(document):
    for element in document.structure.elements:
        if element.standard not in STANDARD_TYPES and not document.structure.is_circular(element.type):
            yield at(f"the type {element.type} is not standard and is mapped to nothing that is", document.page_of(element), element)


@rule("02-003", BOTH, "No type is mapped to itself in a circle", "ISO 14289-1, 7.1; ISO 19005-2, 6.7.3.4; Matterhorn 02-003")
def circles(document):
    for name in document.structure.role_map:
        if document.structure.is_circular(name):
            yield at(f"the type {name}")


@rule("02-004", BOTH, "No standard type is mapped to another", "ISO 14289-1, 7.1; ISO 19005-2, 6.7.3.4; Matterhorn 02-004")
def remapped(document):
    for name, other in document.structure.role_map.items():
        if name in STANDARD_TYPES:
            yield at(f"{name} is mapped to {other}")


@rule("BP-25", HOUSE, "Only standard structure types are used: there is no role map", "rule PDF-25")
def no_role_map(document):
    if document.structure.role_map:
        yield at(f"the role map has {' '.join(document.structure.role_map)}")


@rule("BP-25-blocks", HOUSE, "A paragraph, heading, label, link or caption holds no block", "ISO 32000-1, 14.8.4; rule PDF-25")
def blocks(document):
    for element in document.structure.elements:
        if element.standard in BLOCKS and element.parent is not None and element.parent.standard in RUNNING_TEXT:
            if not (element.parent.standard in ("Note", "Caption") and element.standard in ("P", "L")):
                yield at(f"inside {element.parent.type}", document.page_of(element), element)


@rule("BP-20-empty", HOUSE, "No element is empty, except a cell", "rule PDF-20")
def empty(document):
    for element in document.structure.elements:
        if not element.kids and element.standard not in ("TD", "TH"):
            yield at("it holds nothing", 0, element)


@rule("BP-22-unclaimed", HOUSE, "Every numbered sequence of the content belongs to an element", "ISO 32000-1, 14.7.4; rule PDF-22")
def unclaimed(document):
    claimed = {(kid.owner, kid.mcid) for element in document.structure.elements for kid in element.kids if isinstance(kid, MarkedReference)}
    for content in document.contents:
        for owner, mcid, tag in content.mcids:
            if (owner, mcid) not in claimed:
                yield at(f"no element has {tag} with MCID {mcid}", content.number)


@rule("BP-22-dangling", HOUSE, "Every sequence that an element claims is in the content", "ISO 32000-1, 14.7.4; rule PDF-22")
def dangling(document):
    there = {(owner, mcid) for content in document.contents for owner, mcid, _ in content.mcids}
    for element in document.structure.elements:
        for kid in element.kids:
            if isinstance(kid, MarkedReference) and (kid.owner, kid.mcid) not in there:
                yield at(f"no content has MCID {kid.mcid}", document.page_numbers.get(kid.page, 0), element)
            if isinstance(kid, ObjectReference) and not isinstance(kid.object, (pikepdf.Dictionary, pikepdf.Stream)):
                yield at("it refers to an object that is not there", document.page_numbers.get(kid.page, 0), element)


@rule("BP-22-once", HOUSE, "A sequence belongs to one element, once", "ISO 32000-1, 14.7.4.3; rule PDF-22")
def claimed_once(document):
    claimed = {}
    for element in document.structure.elements:
        for kid in element.kids:
            if isinstance(kid, MarkedReference):
                key = (kid.owner, kid.mcid)
                if key in claimed:
                    yield at(f"MCID {kid.mcid} is also that of {claimed[key].type}", document.page_numbers.get(kid.page, 0), element)
                claimed[key] = element


@rule("BP-22-tag", HOUSE, "A sequence has the tag of its element, or Span", "ISO 32000-1, 14.7.4; rule PDF-22")
def same_tag(document):
    tags = {(owner, mcid): tag.lstrip("/") for content in document.contents for owner, mcid, tag in content.mcids}
    for element in document.structure.elements:
        for kid in element.kids:
            if isinstance(kid, MarkedReference):
                tag = tags.get((kid.owner, kid.mcid), element.type)
                if tag not in (element.type, "Span"):
                    yield at(f"its content with MCID {kid.mcid} is marked {tag}", document.page_numbers.get(kid.page, 0), element)


@rule("BP-20-pages", HOUSE, "Every page has its own entry in the parent tree", "ISO 32000-1, 14.7.4.4; rule PDF-20")
def page_entries(document):
    if document.structure.root is None:
        return
    used = {}
    for number, page in enumerate(document.pages, 1):
        key = page.obj.get("/StructParents")
        if key is None:
            yield at("the page has no StructParents", number)
        elif key in used:
            yield at(f"page {used[key]} has the same StructParents", number)
        elif int(key) not in document.parent_tree:
            yield at(f"the parent tree has no entry {key}", number)
        used[key] = number
    following = document.structure.root.get("/ParentTreeNextKey")
    if document.parent_tree and (following is None or int(following) <= max(document.parent_tree)):
        yield at(f"ParentTreeNextKey is {following}, the parent tree has {max(document.parent_tree)}")


@rule("BP-20-parent-tree", HOUSE, "The parent tree leads from each sequence to the element that claims it", "ISO 32000-1, 14.7.4.4; rule PDF-20")
def parent_tree(document):
    claimed = {(kid.owner, kid.mcid): element for element in document.structure.elements for kid in element.kids if isinstance(kid, MarkedReference)}
    for number, page in enumerate(document.pages, 1):
        entry = document.parent_tree.get(int(page.obj.get("/StructParents", -1)))
        if not isinstance(entry, pikepdf.Array):
            continue
        for owner, mcid, tag in document.contents[number - 1].mcids:
            element = claimed.get((owner, mcid))
            if owner != page.obj.objgen or element is None:
                continue
            if mcid >= len(entry) or entry[mcid] is None or entry[mcid].objgen != element.object.objgen:
                yield at(f"the entry of {tag} with MCID {mcid} is not {element.type}", number, element)


@rule("13-004", UA, "A figure has words for those who do not see it", "ISO 14289-1, 7.3; Matterhorn 13-004; WCAG 1.1.1")
def figure_words(document):
    for element in document.structure.of_type("Figure"):
        if not element.text_value("/Alt") and element.text_value("/ActualText") is None:
            yield at("it has neither Alt nor ActualText", document.page_of(element), element)


@rule("17-002", UA, "A formula has words for those who do not see it", "ISO 14289-1, 7.7; Matterhorn 17-002")
def formula_words(document):
    for element in document.structure.of_type("Formula"):
        if not element.text_value("/Alt") and element.text_value("/ActualText") is None:
            yield at("it has neither Alt nor ActualText", document.page_of(element), element)


@rule("BP-33", HOUSE, "A figure's words say something: more than one, and no file name", "WCAG 1.1.1; rule PDF-33")
def figure_sense(document):
    for element in document.structure.of_type("Figure"):
        words = element.text_value("/Alt") or ""
        if words and (len(words.split()) < 2 or words.lower().endswith((".png", ".pdf", ".svg")) or words.lower() in ("chart", "image", "figure")):
            yield at(f"its Alt is '{words}'", document.page_of(element), element)


@rule("BP-34", HOUSE, "A figure says where on the page it is", "ISO 32000-1, 14.8.5.4.3; rule PDF-34")
def figure_box(document):
    for element in document.structure.of_type("Figure"):
        box = element.attribute("/Layout", "/BBox")
        number = document.page_of(element)
        if box is None:
            yield at("it has no BBox", number, element)
            continue
        left, bottom, right, above = (float(part) for part in box)
        page = [float(part) for part in document.pages[number - 1].MediaBox] if number else [0, 0, 1e9, 1e9]
        if not (page[0] <= left < right <= page[2] and page[1] <= bottom < above <= page[3]):
            yield at(f"its BBox {left:g} {bottom:g} {right:g} {above:g} is not a box on its page", number, element)


@rule("19-003", UA, "A note has an identifier of its own", "ISO 14289-1, 7.9; Matterhorn 19-003, 19-004")
def note_identifiers(document):
    used = set()
    for element in document.structure.of_type("Note"):
        identifier = element.text_value("/ID")
        if not identifier:
            yield at("it has no ID", document.page_of(element), element)
        elif identifier in used:
            yield at(f"another note has the ID {identifier}", document.page_of(element), element)
        used.add(identifier)
